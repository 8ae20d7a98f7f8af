"""Refusals of the acts on who is responsible."""

from minben.assigning import actions
from minben.casework import actions as casework
from minben.kernel.actor import SYSTEM
from tests.db.assigning.handing import AT, REASON, Asked, asked
from tests.db.refused import answered


def _dispute(case: Asked, reason: str = REASON, proposed: str = "") -> None:
    actions.dispute_offer(
        offer_id=case.offer().pk, reason=reason, proposed=proposed, by=case.one, at=AT
    )


def _force(case: Asked, *, endorsed: int = 1000, agency_ids: tuple[int, ...] = ()) -> None:
    actions.force_assignment(
        case_id=case.proposal.case_id,
        agency_ids=agency_ids,
        reason=REASON,
        endorsed=endorsed,
        threshold=5000,
        by=case.admin,
        at=AT,
    )


@answered(404)
def offer_unknown() -> None:
    actions.accept_offer(offer_id=10**9, by=asked().one, at=AT)


@answered(403, basis=True)
def offer_not_yours() -> None:
    case = asked()
    actions.accept_offer(offer_id=case.offer().pk, by=case.two, at=AT)


@answered(409, basis=True)
def offer_answered() -> None:
    case = asked()
    actions.accept_offer(offer_id=case.offer().pk, by=case.one, at=AT)
    _dispute(case)


@answered(409, basis=True)
def offer_decided() -> None:
    case = asked()
    _dispute(case)
    actions.decide_dispute(
        offer_id=case.offer().pk, agencies=["mof"], reason=REASON, by=case.admin, at=AT
    )
    _dispute(case)


@answered(409, basis=True)
def offer_forced() -> None:
    case = asked()
    _force(case, agency_ids=(case.first.pk,))
    _dispute(case)


@answered(409, basis=True)
def offer_escalated() -> None:
    case = asked()
    _dispute(case)
    actions.escalate_dispute(offer_id=case.offer().pk, reason=REASON, by=case.one, at=AT)


@answered(409, basis=True)
def offer_closed() -> None:
    case = asked()
    casework.close_case(case=case.proposal.case, by=SYSTEM, at=AT)
    _dispute(case)


@answered(409, basis=True)
def nothing_disputed() -> None:
    case = asked()
    actions.escalate_dispute(offer_id=case.offer().pk, reason=REASON, by=case.one, at=AT)


@answered(422, field="reason", basis=True)
def handover_reason() -> None:
    _dispute(asked(), reason="短")


@answered(422, field="reason", basis=True)
def handover_reason_too_long() -> None:
    _dispute(asked(), reason="長" * 1001)


@answered(422, field="proposed")
def agency_itself() -> None:
    _dispute(asked(), proposed="mof")


@answered(422, field="agencies", basis=True)
def decision_names_nobody() -> None:
    _force(asked())


@answered(409, basis=True)
def too_few_to_force() -> None:
    case = asked()
    _force(case, endorsed=999, agency_ids=(case.first.pk,))
