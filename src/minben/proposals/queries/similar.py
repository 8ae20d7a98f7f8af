"""Which proposals are alike (相似提議), found by shared bigrams of their subjects."""

from collections.abc import Sequence

from django.db.models import Count, QuerySet

from minben.kernel.text import SUGGEST_AT_LEAST, bigrams, rank_similar, similarity
from minben.proposals.models import Gram, Proposal
from minben.proposals.rules import PUBLIC_STATES, State

CANDIDATES = 60  # subjects compared exactly after the index has been asked


def candidates(subject: str, rows: QuerySet[Proposal]) -> Sequence[Proposal]:
    """Those of `rows` that share a bigram with `subject`, most alike first. Two queries."""
    grams = bigrams(subject)
    hits = (
        Gram.objects.filter(gram__in=grams, in_subject=True, proposal__in=rows)
        .values("proposal_id")
        .annotate(shared=Count("id"))
        .order_by("-shared", "-proposal_id")[:CANDIDATES]
    )
    found = Proposal.objects.select_related("case").in_bulk([hit["proposal_id"] for hit in hits])
    return sorted(
        found.values(), key=lambda proposal: (-similarity(subject, proposal.subject), proposal.pk)
    )


def similar_to(
    subject: str,
    *,
    least: float = SUGGEST_AT_LEAST,
    limit: int = 5,
    exclude: int | None = None,
) -> Sequence[Proposal]:
    """Public proposals whose subject holds most of what `subject` says, best first. Two queries.

    How much of the query a subject holds counts, not how long it is: 報稅 is found in any subject
    that says it. Words that many candidates share count for little.
    """
    rows = Proposal.objects.filter(state__in=list(PUBLIC_STATES), opens_at__isnull=False)
    found = {row.pk: row for row in candidates(subject, rows.exclude(pk=exclude or 0))}
    ranked = rank_similar(
        subject,
        ((pk, row.subject) for pk, row in found.items()),
        at_least=least,
        limit=limit,
    )
    return [found[pk] for pk, _ in ranked]


def similar_reached(subject: str, jurisdiction_id: int) -> Sequence[Proposal]:
    """Proposals to the same government that reached the threshold, most alike first."""
    rows = Proposal.objects.filter(
        state__in=[State.REACHED, State.ANSWERED], case__jurisdiction_id=jurisdiction_id
    )
    return candidates(subject, rows)
