"""Finding proposals by words (全文檢索): an index of character bigrams, the same on every database.

Chinese is written without spaces, so the index holds pairs of neighbouring characters, folded
(臺/台, full width, case). What shares every pair of the words is read and compared again: 公車站
shares both of its pairs with 「公車…車站」 without standing there.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from minben.kernel.text import bigrams, fold, runs
from minben.proposals.models import Gram, Proposal

WORDS_MAX = 100  # characters of a search that are looked at
MOST = 4000  # proposals one search finds at most, newest first
_NUMBER = re.compile(r"\d{4}-\d{1,6}|\d{8}-[0-9a-f]{1,8}")  # ours, and those of the archive


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found.

    Args:
        ids: proposals with all of the words, newest first.
        in_subject: those of them with every word in the subject.
        number: the case number that was asked for, or empty.
        cut: there are more than `MOST`; the oldest were left out.
    """

    ids: tuple[int, ...]
    in_subject: tuple[int, ...]
    number: str = ""
    cut: bool = False


def search(words: str) -> Found:
    """Find what holds all of `words`, in any order. One query, or two for longer words."""
    text = words.strip()[:WORDS_MAX]
    number = text if _NUMBER.fullmatch(text) else ""
    wanted = runs(text)
    if not wanted or number:
        return Found((), (), number)
    rows, pairs = _hits(wanted)
    hits = list(rows.order_by("-proposal_id")[: MOST + 1])
    if any(len(run) > 2 for run in wanted):
        kept = dict(_reread(wanted, [pk for pk, _ in hits[:MOST]]))
    else:
        kept = {pk: subjects >= pairs for pk, subjects in hits[:MOST]}
    return Found(
        tuple(kept),
        tuple(pk for pk, in_subject in kept.items() if in_subject),
        cut=len(hits) > MOST,
    )


def _hits(wanted: tuple[str, ...]) -> tuple["QuerySet[Gram, tuple[int, int]]", int]:
    """Proposals that hold every pair of the words, how many of them in the subject; of how many."""
    singles = sorted({run for run in wanted if len(run) == 1})
    pairs = frozenset[str]().union(*(bigrams(run) for run in wanted if len(run) > 1))
    rows = Gram.objects.order_by()
    for single in singles:
        # One character: it begins or ends a pair, or is a word of its own.
        holding = Gram.objects.filter(gram__contains=single).values("proposal_id")
        rows = rows.filter(proposal__in=holding)
    rows = rows.filter(gram__in=pairs) if pairs else rows.filter(gram__contains=singles[0])
    least = max(len(pairs), 1)
    held = rows.values("proposal_id").annotate(
        held=Count("gram", distinct=True),
        subjects=Count("gram", distinct=True, filter=Q(in_subject=True)),
    )
    return held.filter(held__gte=least).values_list("proposal_id", "subjects"), least


def _reread(wanted: tuple[str, ...], candidates: list[int]) -> Iterator[tuple[int, bool]]:
    """Those of the candidates that hold each word in one piece, newest first. One query."""
    rows = Proposal.objects.filter(pk__in=candidates).order_by("-pk")
    for pk, subject, content, benefits in rows.values_list("pk", "subject", "content", "benefits"):
        head = fold(subject)
        if all(run in head for run in wanted):
            yield pk, True
            continue
        body = fold(f"{content}\n{benefits}")
        if all(run in head or run in body for run in wanted):
            yield pk, False
