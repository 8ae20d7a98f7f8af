"""The internal draft of a disposition (擬稿): its text in force, and every other that was saved."""

from collections.abc import Sequence

from minben.demands.models import ClearanceAct, DraftText


def latest_text(demand_id: int) -> DraftText | None:
    """The draft as last saved. One query."""
    return DraftText.objects.filter(demand=demand_id, aside=False).order_by("-revision").first()


def texts_of(demand_id: int) -> Sequence[DraftText]:
    """All texts that were saved, those kept aside included, the newest first. One query."""
    return list(DraftText.objects.filter(demand=demand_id).order_by("-at", "-pk"))


def clearances_of(demand_id: int) -> Sequence[ClearanceAct]:
    """What was done in clearance, the oldest first. One query."""
    return list(ClearanceAct.objects.filter(demand=demand_id).order_by("pk"))
