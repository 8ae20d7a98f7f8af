"""How often a suggestion was right on cases it had not seen (分辦建議準確度), beside two baselines.

Every figure is a count of cases with the number of cases it is of; shares are thousandths, with
the interval Wilson's method gives for 95 in 100.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt
from typing import Final

from minben.assigning.rules import ONE, Parts, asked_weights, nearest, norm_of, vote

SEED: Final = 1
CONFIDENCE: Final = 1.959964  # 95 in 100


@dataclass(frozen=True, slots=True)
class Example:
    """A past case with who led it. `ticked`: what the proposer named; None where nobody asked."""

    key: int
    since: date
    leads: tuple[int, ...]
    weights: Mapping[str, int]
    ticked: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the cases: how many, and from which day to which they were filed."""

    n: int
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Score:
    """Of `n` cases, in how many the first was a lead, and in how many one of the first three."""

    name: str
    n: int
    top1: int
    top3: int


@dataclass(frozen=True, slots=True)
class Against:
    """On the same cases: how many the ranking alone was right about, and how many the other alone."""

    name: str
    n: int
    top1_gained: int
    top1_lost: int
    top3_gained: int
    top3_lost: int


@dataclass(frozen=True, slots=True)
class Accuracy:
    """The parts, the scores with the ranking first, and the ranking against each baseline."""

    learnt: Part
    unseen: Part
    scores: tuple[Score, ...]
    paired: tuple[Against, ...]


def split_by_time(examples: Sequence[Example], share: int) -> tuple[list[Example], list[Example]]:
    """The oldest `share` thousandths, and the rest."""
    rows = sorted(examples, key=lambda one: (one.since, one.key))
    cut = len(rows) * share // ONE
    return rows[:cut], rows[cut:]


def split_at_random(
    examples: Sequence[Example], share: int, seed: int = SEED
) -> tuple[list[Example], list[Example]]:
    """`share` thousandths drawn by a seed that is told, and the rest."""
    rows = sorted(examples, key=lambda one: one.key)
    random.Random(seed).shuffle(rows)  # noqa: S311  a draw anybody can repeat, no secret
    cut = len(rows) * share // ONE
    return rows[:cut], rows[cut:]


def measure(learnt: Sequence[Example], unseen: Sequence[Example], k: int) -> Accuracy:
    """Rank every unseen case by the learnt ones alone."""
    ranked = _ranker(learnt, k)
    often = Counter(agency_id for one in learnt for agency_id in one.leads)
    common = sorted(often, key=lambda agency_id: (-often[agency_id], agency_id))
    ours = {one.key: _hits(ranked(one), one) for one in unseen}
    frequent = {one.key: _hits(common, one) for one in unseen}
    ticked = {one.key: _hits(one.ticked, one) for one in unseen if one.ticked is not None}
    baselines = {"most_frequent": frequent, "proposer_ticked": ticked}
    return Accuracy(
        learnt=_part(learnt),
        unseen=_part(unseen),
        scores=(
            _score("ranking", ours),
            *(_score(name, hits) for name, hits in baselines.items()),
        ),
        paired=tuple(_against(name, ours, hits) for name, hits in baselines.items()),
    )


def _ranker(learnt: Sequence[Example], k: int) -> Callable[[Example], list[int]]:
    held: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for one in learnt:
        for pair, weight in one.weights.items():
            held[pair].append((one.key, weight))
    spread = {pair: len(rows) for pair, rows in held.items()}
    norms = {one.key: norm_of(one.weights) for one in learnt}
    parts = {one.key: Parts(one.leads) for one in learnt}

    def ranked(one: Example) -> list[int]:
        asked = asked_weights(one.weights, spread, len(learnt))
        rows = ((key, pair, weight) for pair in asked for key, weight in held[pair])
        return [voice.agency_id for voice in vote(nearest(asked, rows, norms, k), parts)]

    return ranked


def _hits(ranked: Sequence[int], one: Example) -> tuple[bool, bool]:
    leads = set(one.leads)
    return bool(leads & set(ranked[:1])), bool(leads & set(ranked[:3]))


def _part(rows: Sequence[Example]) -> Part:
    days = [one.since for one in rows]
    return Part(len(rows), min(days, default=None), max(days, default=None))


def _score(name: str, hits: Mapping[int, tuple[bool, bool]]) -> Score:
    firsts, threes = zip(*hits.values(), strict=True) if hits else ((), ())
    return Score(name, len(hits), sum(firsts), sum(threes))


def _against(
    name: str,
    ours: Mapping[int, tuple[bool, bool]],
    other: Mapping[int, tuple[bool, bool]],
) -> Against:
    pairs = [(ours[key], hit) for key, hit in other.items()]
    gained = [sum(mine[i] and not hit[i] for mine, hit in pairs) for i in (0, 1)]
    lost = [sum(hit[i] and not mine[i] for mine, hit in pairs) for i in (0, 1)]
    return Against(name, len(pairs), gained[0], lost[0], gained[1], lost[1])


def thousandths(hits: int, n: int) -> int | None:
    """A share, rounded; none of nothing."""
    return (2 * ONE * hits + n) // (2 * n) if n else None


def wilson(hits: int, n: int) -> tuple[int, int] | None:
    """The interval of a share in thousandths, rounded outwards; none of nothing.

    Source: E. B. Wilson, Journal of the American Statistical Association 22 (1927), 209-212.
    """
    if not n:
        return None
    z2 = CONFIDENCE**2
    middle = (hits + z2 / 2) / (n + z2)
    half = CONFIDENCE * sqrt(hits * (n - hits) / n + z2 / 4) / (n + z2)
    low, high = (middle - half) * ONE, (middle + half) * ONE
    return max(0, int(low + 1e-9)), min(ONE, -int(-high - 1 + 1e-9))
