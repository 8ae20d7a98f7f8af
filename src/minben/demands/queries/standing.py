"""How the demands of a case stand (訴求辦理情形), and what they keep the case from."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from minben.casework.rules import Adoption
from minben.demands.models import Correction, Demand, Disposition, SplitVersion
from minben.demands.rules import (
    CORRECTION_BASIS,
    LEFT_OUT,
    RESPONSE_BASIS,
    SPLIT_BASIS,
    DemandState,
    roll_up,
)
from minben.kernel.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Summary:
    """How many demands of a case are in each state."""

    open: int = 0
    disposed: int = 0
    published: int = 0
    dropped: int = 0
    merged: int = 0

    @property
    def counted(self) -> int:
        """Those that need a disposition or have one: all but dropped and merged ones."""
        return self.open + self.disposed + self.published


def summary(case_id: int) -> Summary:
    """The demands of a case by state. One query."""
    rows = Demand.objects.filter(case=case_id).order_by().values_list("state")
    return Summary(**dict(rows.annotate(n=Count("pk"))))


def blocking(case_id: int) -> list[int]:
    """Numbers of the demands that keep the case from a final answer, in order. One query.

    Those not disposed of, and those with a correction nobody answered. A case without demands
    has none.
    """
    asked = Correction.objects.filter(demand=OuterRef("pk"), answered_at=None)
    rows = Demand.objects.filter(case=case_id).exclude(state=DemandState.PUBLISHED)
    held = rows.filter(Q(state=DemandState.OPEN) | Exists(asked))
    return list(held.order_by("number").values_list("number", flat=True))


def rolled_up(case_id: int) -> Adoption | None:
    """What the dispositions in force make of the case; None while there is none. One query.

    Counts what is decided, published or not: so the answer being drafted shows it already.
    """
    rows = Disposition.objects.filter(
        demand__case=case_id, demand__state__in=[DemandState.DISPOSED, DemandState.PUBLISHED]
    )
    in_force = dict(rows.order_by("number").values_list("demand_id", "adoption"))
    return roll_up([Adoption(adoption) for adoption in in_force.values()])


def snapshot(case_id: int, last: SplitVersion | None) -> list[dict[str, Any]]:  # Any: JSON values
    """The split as it would be published now, in order. One query."""
    rows = Demand.objects.filter(case=case_id).select_related("agency", "merged_into")
    return items_of(rows, last)


def items_of(
    rows: Iterable[Demand], last: SplitVersion | None
) -> list[dict[str, Any]]:  # Any: JSON values
    """Demands as a published split tells them.

    What is left out is told with its reason if the version before had it; a demand that never
    was public is the officers' own.
    """
    told_before = {item["number"] for item in last.items} if last else set()
    return [_item(row) for row in rows if row.state not in LEFT_OUT or row.number in told_before]


def _item(row: Demand) -> dict[str, Any]:  # Any: JSON values
    agency, left_out = row.agency, row.state in LEFT_OUT
    return {
        "number": row.number,
        "text": row.text,
        "drawn_from": row.drawn_from,
        "agency": agency and {"code": agency.code, "zh": agency.name_zh, "en": agency.name_en},
        "left_out": row.state if left_out else "",
        "reason": row.closed_reason,
        "into": row.merged_into.number if row.merged_into else None,
    }


def last_version(case_id: int) -> SplitVersion | None:
    """The split as last published. One query."""
    return SplitVersion.objects.filter(case=case_id).order_by("-number").first()


def is_published(case_id: int) -> bool:
    """Whether the split stands in public as it stands on the desk. Two queries."""
    last = last_version(case_id)
    return last is not None and last.items == snapshot(case_id, last)


def hindrance(case_id: int) -> Refusal | None:
    """Why the case can't get its final answer yet as far as its demands go. Five queries at most.

    The refusal `demands.actions.publish_dispositions` would raise; None for a case without
    demands.
    """
    counts = summary(case_id)
    if counts.counted == 0 and not SplitVersion.objects.filter(case=case_id).exists():
        return None
    if counts.open:
        numbers = ", ".join(map(str, blocking(case_id)))
        return Refusal("demands_open", basis=RESPONSE_BASIS, rule=RESPONSE_BASIS, numbers=numbers)
    if Correction.objects.filter(version__case=case_id, answered_at=None).exists():
        return Refusal("corrections_unanswered", basis=CORRECTION_BASIS, rule=CORRECTION_BASIS)
    if not is_published(case_id):
        return Refusal("split_not_published", basis=SPLIT_BASIS, rule=SPLIT_BASIS)
    return None
