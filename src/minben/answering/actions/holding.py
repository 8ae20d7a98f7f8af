"""What all acts of the agency begin with: the case held, and whether it is one that reached."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from minben.answering.rules import PLAN_BASIS
from minben.casework import actions as casework
from minben.casework import queries
from minben.casework.rules import CaseOrigin, DeadlineKind, Outcome
from minben.kernel.actor import Actor
from minben.kernel.refusal import Refusal

if TYPE_CHECKING:
    from minben.casework.models import Case

_AFTER_REACHING = {DeadlineKind.RESPONSE, DeadlineKind.HANDLING_PLAN}


def held_case(case_id: int, by: Actor, at: datetime) -> "Case":
    """The case, locked, for who may answer it. Three queries.

    Raises:
        Refusal: ``not_lead_agency``, ``case_not_reached``.
    """
    case = casework.hold_for_answer(case_id=case_id, by=by, at=at)
    if not has_reached(case):
        raise Refusal("case_not_reached", basis=PLAN_BASIS)
    return case


def has_reached(case: "Case") -> bool:
    """Whether a case has reached, or an agency brought it itself. One query."""
    return case.origin == CaseOrigin.AGENCY or any(
        row.kind in _AFTER_REACHING and row.outcome != Outcome.CANCELLED
        for row in queries.deadlines_of(case.pk)
    )


def signed(case: "Case") -> dict[str, Any]:  # Any: JSON values
    """The agency that answers, as events tell it."""
    return {"agency": {"zh": case.lead.name_zh, "en": case.lead.name_en} if case.lead else ""}
