"""What waits for officers of demands: drafts, steps of clearance, corrections, missing agencies."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from minben.base.inbox import Item, Waits, register
from minben.casework.rules import DeadlineKind
from minben.casework.rules import Outcome as DeadlineOutcome
from minben.demands.models import Correction, Demand, DraftText
from minben.demands.permissions import WRITING, acts_in, is_own_draft, may_clear, may_draft
from minben.demands.rules import DemandState, Step
from minben.demands.words import STEPS
from minben.kernel.actor import Actor

_TASKS = {
    Step.DRAFTER: _("Draft demand %(number)s"),
    Step.SECTION_HEAD: _("Clear the draft on demand %(number)s: section head"),
    Step.LEGAL: _("Clear the draft on demand %(number)s: legal staff"),
    Step.PARTICIPATION: _("Clear the draft on demand %(number)s: participation officer"),
    Step.LEAD: _("Clear the draft on demand %(number)s: head of the agency"),
}


def _due(path: str) -> Min:
    """When the answer to the case is due, if its clock runs."""
    runs = Q(**{f"{path}__kind": DeadlineKind.RESPONSE, f"{path}__outcome": DeadlineOutcome.OPEN})
    return Min(f"{path}__due_at", filter=runs)


def _waiting(actor: Actor, at: datetime) -> Sequence[Item]:
    """Demands being worked on that concern the actor's agencies, and corrections. Two queries."""
    answering, taking_part = actor.agency_ids, actor.participates_for
    if not answering and not taking_part:
        return []
    mine = Q(agency__in=answering | taking_part) | Q(case__lead__in=answering)
    last = DraftText.objects.filter(demand=OuterRef("pk"), aside=False).order_by("-revision")
    rows = (
        Demand.objects.filter(mine, state=DemandState.OPEN, case__closed_at=None)
        .select_related("agency", "case")
        .annotate(due=_due("case__deadlines"), writer=Subquery(last.values("by")[:1]))
        .order_by("case_id", "position")
    )
    items = [item for row in rows if (item := _item(actor, row)) is not None]
    asked = (
        Correction.objects.filter(
            answered_at=None,
            version__case__lead__in=answering,
            version__case__closed_at=None,
        )
        .values("version__case", "version__case__number")
        .annotate(n=Count("pk"), due=_due("version__case__deadlines"))
        .order_by("version__case")
    )
    return [*items, *(_correction(row) for row in asked)]


def _item(actor: Actor, row: Any) -> Item | None:  # Any: a demand with its annotations
    number = {"number": row.number}
    url = reverse("demands_desk:demand", args=[row.pk])
    told: dict[str, Any] = {"case_id": row.case_id, "due_at": row.due, "key": f"demand:{row.pk}"}
    if row.agency_id is None:
        return Item(
            task=_("Demand %(number)s") % number,
            waits=Waits.BLOCKED,
            url=reverse("demands_desk:change", args=[row.pk]),
            hindrance=_("No agency is responsible for it."),
            **told,
        )
    turn = Step(row.waits_for) if row.waits_for else None
    if turn is None:
        decides = may_draft(actor, row)
        return Item(
            task=_("Decide on demand %(number)s") % number,
            waits=Waits.ME if decides else Waits.OTHERS,
            url=url,
            hindrance="" if decides else row.agency.name_zh,
            **told,
        )
    writer = frozenset({row.writer} if row.writer else ())
    if may_clear(actor, row, turn) and not is_own_draft(actor, turn, writer):
        return Item(task=_TASKS[turn] % number, waits=Waits.ME, url=url, **told)
    if not acts_in(actor, row.case.lead_id, *WRITING) and not may_draft(actor, row):
        return None  # a participation officer whose turn it is not
    return Item(
        task=_TASKS[turn] % number,
        waits=Waits.OTHERS,
        url=url,
        hindrance=f"{row.agency.name_zh} · {STEPS[turn]}",
        **told,
    )


def _correction(row: Mapping[str, Any]) -> Item:  # Any: a row of values
    return Item(
        case_id=row["version__case"],
        task=_("Answer the proposer's corrections of the split (%(n)s)") % {"n": row["n"]},
        waits=Waits.ME,
        url=reverse("demands_desk:split", args=[row["version__case__number"]]),
        due_at=row["due"],
    )


register("demands", _waiting)
