"""Which proposals are alike (相似提議), found by shared bigrams of their subjects."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Count, QuerySet, Subquery, Value

from minben.kernel.text import SUGGEST_AT_LEAST, bigrams, rank_similar, similarity
from minben.proposals.models import Gram, Proposal
from minben.proposals.queries.cards import Card, cards_of, with_cases
from minben.proposals.rules import PUBLIC_STATES, State

CANDIDATES = 60  # subjects compared exactly after the index has been asked
WRITING_AT_LEAST = 0.12
"""Lower than elsewhere, because only the best few are shown and a duplicate costs two proposals
their chance. Measured on 1,400 real subjects: five on average, none for one in three."""
SMALLEST = 1000  # proposals counted at least, or on a young platform no word would be rare


def _sharing(subject: str, rows: QuerySet[Proposal]) -> list[tuple[int, str]]:
    """Ids and subjects of those of `rows` that share most bigrams with `subject`. One query."""
    hits = (
        Gram.objects.filter(gram__in=bigrams(subject), in_subject=True, proposal__in=rows)
        .values_list("proposal_id", "proposal__subject")
        .annotate(shared=Count("id"))
        .order_by("-shared", "-proposal_id")[:CANDIDATES]
    )
    return [(pk, text) for pk, text, _ in hits]


def candidates(subject: str, rows: QuerySet[Proposal]) -> Sequence[Proposal]:
    """Those of `rows` that share a bigram with `subject`, most alike first. Two queries."""
    ids = [pk for pk, _ in _sharing(subject, rows)]
    found = Proposal.objects.select_related("case").in_bulk(ids)
    return sorted(
        found.values(), key=lambda proposal: (-similarity(subject, proposal.subject), proposal.pk)
    )


def _public() -> QuerySet[Proposal]:
    return Proposal.objects.filter(state__in=list(PUBLIC_STATES), opens_at__isnull=False)


def similar_to(
    subject: str,
    *,
    least: float = SUGGEST_AT_LEAST,
    limit: int = 5,
    exclude: int | None = None,
) -> Sequence[Proposal]:
    """Public proposals whose subject holds most of what `subject` says, best first. Three queries.

    How much of the query a subject holds counts, not how long it is: 報稅 is found in any subject
    that says it. Words that many proposals share count for little.
    """
    ranked = _ranked(subject, _public().exclude(pk=exclude or 0), least, limit)
    found = Proposal.objects.select_related("case").in_bulk(ranked)
    return [found[pk] for pk in ranked]


def similar_cards(subject: str, at: datetime, *, limit: int = 5) -> Sequence[Card]:
    """The same as lines of a list, for whoever is writing. Four queries, one more in a pause."""
    ranked = _ranked(subject, _public(), WRITING_AT_LEAST, limit)
    found = with_cases(Proposal.objects.all(), at).in_bulk(ranked)
    return cards_of([found[pk] for pk in ranked], at)


def _ranked(subject: str, rows: QuerySet[Proposal], least: float, limit: int) -> list[int]:
    """Ids, best first. What is rare is rare among all proposals, not among those found. Two queries."""
    shared = _sharing(subject, rows)
    if not shared:
        return []
    held = (
        Gram.objects.filter(gram__in=bigrams(subject), in_subject=True)
        .values_list("gram")
        .annotate(n=Count("id"), size=Subquery(_HOW_MANY))
    )
    counts = [(gram, n, size) for gram, n, size in held]
    found = rank_similar(
        subject,
        shared,
        at_least=least,
        limit=limit,
        spread={gram: n for gram, n, _ in counts},
        size=max(counts[0][2], SMALLEST),
    )
    return [pk for pk, _ in found]


_HOW_MANY = Proposal.objects.order_by().values(one=Value(1)).annotate(n=Count("pk")).values("n")


def similar_reached(subject: str, jurisdiction_id: int) -> Sequence[Proposal]:
    """Proposals to the same government that reached the threshold, most alike first."""
    rows = Proposal.objects.filter(
        state__in=[State.REACHED, State.ANSWERED], case__jurisdiction_id=jurisdiction_id
    )
    return candidates(subject, rows)
