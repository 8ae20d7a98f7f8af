"""Ranking agencies by the past cases most alike (分辦建議): whole numbers, no library, no training.

A text is the pairs of neighbouring characters in it. A pair counts more the oftener it stands in
the text and the fewer past cases have it. The past cases whose pairs point most nearly the same
way (cosine) are the nearest; each votes for its lead agencies with the square of its likeness.
Every number can be worked out again by hand from the cases that are shown.

Basis: none in law; who leads is decided by people (權責機關之指定). The measure is the one known
as lnc.ltc: of a past case nothing is kept that a later case would change.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isqrt, log
from typing import Final, Generic, TypeVar

from minben.kernel.text import runs

K = TypeVar("K", bound=Hashable)

METHOD: Final = "lnc.ltc bigrams, k nearest, squared cosine"
NEIGHBOURS: Final = 15
"""Chosen by five folds inside the older four fifths of 879 real cases, never on the rest: with 5, 10,
15, 25 and 40 the first was right in 75.4, 76.5, 76.7, 76.7 and 76.2 of 100. Fewer are read sooner."""
LEAST_CASES: Final = 30  # with fewer past cases nothing is suggested, and the page says so
SUBJECT_COUNTS: Final = 3  # what stands in the subject counts as if it stood there so often
CONTENT_READ: Final = 1500  # characters of the content, from its beginning
PAIRS_ASKED: Final = 120  # the heaviest pairs of the text asked about; more find nothing better
ONE: Final = 1000  # weights and shares are thousandths
LIKE: Final = 1_000_000  # likeness is in millionths
ASSIST_COUNTS: Final = 300  # thousandths of a vote for an agency that only assisted
ASSISTS_FROM: Final = 150  # thousandths of all votes from which an agency may be one to assist
SHOWN: Final = 5  # agencies, and cases of each
WORD_MOST: Final = 12


def weights_of(subject: str, content: str) -> dict[str, int]:
    """The pairs of a text with their weights, thousandths of 1 + ln(how often)."""
    found: Counter[str] = Counter()
    for text, times in ((subject, SUBJECT_COUNTS), (content[:CONTENT_READ], 1)):
        for run in runs(text):
            for at in range(len(run) - 1):
                found[run[at : at + 2]] += times
    return {pair: round(ONE * (1 + log(n))) for pair, n in found.items()}


def norm_of(weights: Mapping[str, int]) -> int:
    """The length of the vector, rounded down; at least 1."""
    return max(1, isqrt(sum(weight * weight for weight in weights.values())))


def asked_weights(
    weights: Mapping[str, int], spread: Mapping[str, int], size: int
) -> dict[str, int]:
    """The heaviest pairs of the text asked about, each weighted by its rarity.

    Args:
        spread: how many past cases have each pair; pairs that none has are left out.
        size: how many past cases there are.
    """
    rare = {
        pair: weight * round(ONE * log(1 + 2 * size / (2 * spread[pair] + 1))) // ONE
        for pair, weight in weights.items()
        if spread.get(pair)
    }
    heaviest = sorted(rare.items(), key=lambda item: (-item[1], item[0]))[:PAIRS_ASKED]
    return dict(heaviest)


@dataclass(frozen=True, slots=True)
class Near(Generic[K]):
    """A past case near the text asked about: likeness in millionths, and the pairs they share."""

    key: K
    likeness: int
    shared: frozenset[str]


def nearest(
    asked: Mapping[str, int],
    rows: Iterable[tuple[K, str, int]],
    norms: Mapping[K, int],
    k: int = NEIGHBOURS,
) -> list[Near[K]]:
    """The `k` past cases most alike, nearest first; of equal ones, that with the lower key.

    Args:
        rows: past case, pair and weight, for pairs of `asked` at least; others are passed over.
        norms: the length of each past case's vector.
    """
    dots: defaultdict[K, int] = defaultdict(int)
    shared: defaultdict[K, set[str]] = defaultdict(set)
    for key, pair, weight in rows:
        if pair in asked:
            dots[key] += asked[pair] * weight
            shared[key].add(pair)
    length = norm_of(asked)
    found = [
        Near(key, min(LIKE, dot * LIKE // (length * norms[key])), frozenset(shared[key]))
        for key, dot in dots.items()
    ]
    found.sort(key=lambda near: (-near.likeness, near.key))
    return found[:k]


@dataclass(frozen=True, slots=True)
class Parts:
    """Who led a past case and who assisted, by agency id."""

    leads: tuple[int, ...]
    assists: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Voice(Generic[K]):
    """An agency with its share of the votes in thousandths, and the cases that voted for it."""

    agency_id: int
    share: int
    cases: tuple[Near[K], ...]


def vote(near: Sequence[Near[K]], parts: Mapping[K, Parts]) -> tuple[Voice[K], ...]:
    """Agencies that led the nearest cases, the likeliest first. The shares sum to 1,000 at most."""
    given: defaultdict[int, int] = defaultdict(int)
    cases: defaultdict[int, list[Near[K]]] = defaultdict(list)
    for one in near:
        for agency_id in parts[one.key].leads:
            given[agency_id] += one.likeness**2
            cases[agency_id].append(one)
    return _voices(given, cases, sum(given.values()))


def vote_assisting(
    near: Sequence[Near[K]], parts: Mapping[K, Parts], lead: int
) -> tuple[Voice[K], ...]:
    """Agencies other than `lead` with a notable share, counting also those that only assisted."""
    given: defaultdict[int, int] = defaultdict(int)
    cases: defaultdict[int, list[Near[K]]] = defaultdict(list)
    for one in near:
        for agency_id in parts[one.key].leads:
            given[agency_id] += ONE * one.likeness**2
            cases[agency_id].append(one)
        for agency_id in parts[one.key].assists:
            given[agency_id] += ASSIST_COUNTS * one.likeness**2
            cases[agency_id].append(one)
    whole = sum(given.values())
    given.pop(lead, None)
    return tuple(voice for voice in _voices(given, cases, whole) if voice.share >= ASSISTS_FROM)


def _voices(
    given: Mapping[int, int], cases: Mapping[int, list[Near[K]]], whole: int
) -> tuple[Voice[K], ...]:
    ranked = sorted(given.items(), key=lambda item: (-item[1], item[0]))
    return tuple(
        Voice(agency_id, ONE * votes // whole, tuple(cases[agency_id]))
        for agency_id, votes in ranked
        if votes
    )


def shared_words(
    subject: str, content: str, shared: frozenset[str], weights: Mapping[str, int], most: int = 5
) -> tuple[str, ...]:
    """The longest pieces of the text all of whose pairs are shared, the weightiest first.

    Folded as searching sees them. `weights` are those of the text asked about.
    """
    found: dict[str, int] = {}
    for text in (subject, content[:CONTENT_READ]):
        for run in runs(text):
            for piece in _pieces(run, shared):
                pairs = {piece[at : at + 2] for at in range(len(piece) - 1)}
                found[piece] = sum(weights.get(pair, 0) for pair in pairs)
    ranked = sorted(found, key=lambda piece: (-found[piece], piece))
    kept: list[str] = []
    for piece in ranked:
        if not any(piece in other for other in kept):
            kept.append(piece)
    return tuple(kept[:most])


def _pieces(run: str, shared: frozenset[str]) -> Iterable[str]:
    begun = 0
    for at in range(len(run)):
        ends = at == len(run) - 1 or run[at : at + 2] not in shared
        if ends or at + 1 - begun == WORD_MOST:
            if at > begun:
                yield run[begun : at + 1]
            begun = at + 1 if ends else at
