"""Reads of handling plans."""

from collections.abc import Sequence

from minben.answering.models import Plan


def plans_of(case_id: int) -> Sequence[Plan]:
    """The published versions of a case's plan, the newest first. One query."""
    rows = Plan.objects.filter(case_id=case_id, published_at__isnull=False)
    return list(rows.select_related("agency").order_by("-version"))


def draft_plan_of(case_id: int) -> Plan | None:
    """The draft of the next version, if there is one. One query."""
    return Plan.objects.filter(case_id=case_id, published_at=None).first()
