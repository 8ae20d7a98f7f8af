"""Counts over all proposals (統計)."""

from django.db.models import Count, Sum

from minben.proposals.models import Proposal


def count_by_state() -> dict[str, int]:
    """How many proposals stand in each state. One query."""
    rows = Proposal.objects.order_by().values_list("state").annotate(n=Count("id"))
    return dict(rows)


def count_endorsements() -> int:
    """How many endorsements all proposals have. One query."""
    return Proposal.objects.aggregate(total=Sum("endorsed"))["total"] or 0
