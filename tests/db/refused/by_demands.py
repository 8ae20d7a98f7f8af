"""Refusals of the acts on demands."""

from datetime import timedelta
from typing import Any

from minben.demands import actions
from minben.demands.models import Demand
from minben.demands.rules import CorrectionKind, Outcome, Step
from minben.kernel.actor import Role
from tests.db.demands.scene import NOW, Scene, answered, assigned, close, disposed, draft, split
from tests.db.demands.scene import scene as case_of
from tests.db.refused import answered as listed
from tests.db.refused import citizen
from tests.factories import DAY, file_one, make_staff

WHY = "原提議第二段如此寫。"


def add(one: Scene, text: str = "增設行人庇護島", **more: Any) -> Demand:
    by = more.pop("by", one.officer)
    return actions.add_demand(case_id=one.case_id, text=text, by=by, at=NOW, **more)


def publish(one: Scene, **more: Any) -> None:
    actions.publish_split(case_id=one.case_id, by=one.officer, at=NOW, **more)


def split_of(*words: str) -> Scene:
    """A case whose split was published."""
    one = case_of()
    split(one, *words)
    publish(one)
    return one


def propose(one: Scene, **changes: Any) -> Any:
    told: dict[str, Any] = {
        "case_id": one.case_id,
        "version": 1,
        "kind": CorrectionKind.REWORD,
        "number": 1,
        "text": "增設無障礙的庇護島",
        "why": WHY,
        "by": one.citizen,
        "at": NOW,
    }
    return actions.propose_correction(**(told | changes))


def drafted() -> tuple[Scene, Demand]:
    one = case_of()
    [row] = assigned(one, "增設行人庇護島")
    draft(row, one.officer)
    return one, row


def clear(one: Scene, row: Demand, step: Step, by: Any, **more: Any) -> None:
    told: dict[str, Any] = {"outcome": Outcome.APPROVED, "revision": 1} | more
    actions.clear_draft(demand_id=row.pk, step=step, by=by, at=NOW, **told)


def handed_in() -> tuple[Scene, Demand]:
    one, row = drafted()
    actions.hand_in(demand_id=row.pk, revision=1, legal=False, by=one.officer, at=NOW)
    return one, row


@listed(403, basis=True)
def demands_not_lead_agency() -> None:
    one = case_of()
    add(one, by=make_staff(Role.OFFICER, one.other))


@listed(409, basis=True)
def demands_case_closed() -> None:
    one = case_of()
    close(one)
    add(one)


@listed(422, basis=True)
def demands_too_many() -> None:
    one = case_of()
    for n in range(31):
        add(one, f"第{n}個路口加裝照明")


@listed(409, basis=True)
def demands_open() -> None:
    one = split_of()
    actions.publish_dispositions(case_id=one.case_id, by=one.officer, at=NOW)


@listed(409, basis=True)
def corrections_unanswered() -> None:
    one = case_of()
    [row] = assigned(one, "增設行人庇護島")
    publish(one)
    propose(one)
    disposed(one, row)
    actions.publish_dispositions(case_id=one.case_id, by=one.officer, at=NOW)


@listed(409, basis=True)
def split_not_published() -> None:
    one = case_of()
    [row] = assigned(one, "增設行人庇護島")
    disposed(one, row)
    actions.publish_dispositions(case_id=one.case_id, by=one.officer, at=NOW)


@listed(422, field="text", basis=True)
def demand_text() -> None:
    add(case_of(), "燈")


@listed(422, field="drawn_from", basis=True)
def demand_quote() -> None:
    add(case_of(), drawn_from="引" * 1001)


@listed(422, field="why", basis=True)
def demand_why() -> None:
    one = case_of()
    actions.drop_demand(demand_id=add(one).pk, why="無", by=one.officer, at=NOW)


@listed(409, basis=True)
def demand_changed() -> None:
    one = case_of()
    told: Any = {"demand_id": add(one).pk, "drawn_from": "", "by": one.officer, "at": NOW}
    actions.reword_demand(text="先存的文字", revision=1, **told)
    actions.reword_demand(text="後寫的文字", revision=1, **told)


@listed(409, basis=True)
def demand_not_open() -> None:
    one = case_of()
    row = add(one)
    for _ in range(2):
        actions.drop_demand(demand_id=row.pk, why=WHY, by=one.officer, at=NOW)


@listed(409, basis=True)
def demand_is_open() -> None:
    one = case_of()
    actions.restore_demand(demand_id=add(one).pk, by=one.officer, at=NOW)


@listed(422, field="agency", basis=True)
def demand_agency_ended() -> None:
    one = case_of()
    type(one.other).objects.filter(pk=one.other.pk).update(valid_until=NOW.date())
    actions.assign_demand(demand_id=add(one).pk, agency_id=one.other.pk, by=one.officer, at=NOW)


@listed(422, field="into", basis=True)
def merge_target() -> None:
    one = case_of()
    row = add(one)
    actions.merge_demand(demand_id=row.pk, into_id=row.pk, why=WHY, by=one.officer, at=NOW)


@listed(409, basis=True)
def split_empty() -> None:
    publish(case_of())


@listed(409, basis=True)
def split_unchanged() -> None:
    publish(split_of())


@listed(422, field="note")
def split_note() -> None:
    publish(split_of(), note="說" * 501)


@listed(409, basis=True)
def split_case_not_public() -> None:
    one = case_of()
    one.proposal = file_one(agencies=(one.agency,))
    add(one)
    publish(one)


@listed(409, basis=True)
def split_changed() -> None:
    propose(split_of(), version=7)


@listed(409, basis=True)
def split_agreed_already() -> None:
    one = split_of()
    for _ in range(2):
        actions.agree_to_split(case_id=one.case_id, version=1, by=one.citizen, at=NOW)


@listed(403, basis=True)
def correction_not_yours() -> None:
    propose(split_of(), by=citizen())


@listed(409, basis=True)
def correction_late() -> None:
    propose(split_of(), at=NOW + timedelta(days=9))


@listed(422, field="demand", basis=True)
def correction_demand() -> None:
    propose(split_of(), number=99)


@listed(422, field="text", basis=True)
def correction_text() -> None:
    propose(split_of(), text="燈")


@listed(422, field="why", basis=True)
def correction_why() -> None:
    propose(split_of(), why="")


@listed(409, basis=True)
def correction_twice() -> None:
    one = split_of()
    propose(one)
    propose(one)


@listed(409, basis=True)
def corrections_too_many() -> None:
    one = split_of()
    for n in range(21):
        propose(one, kind=CorrectionKind.MISSING, number=None, text=f"漏列的第{n}項訴求")


@listed(409, basis=True)
def correction_answered() -> None:
    one = split_of()
    made = propose(one)
    for _ in range(2):
        actions.answer_correction(
            correction_id=made.pk, taken=False, answer=WHY, by=one.officer, at=NOW
        )


@listed(409, basis=True)
def demand_without_agency() -> None:
    one = case_of()
    actions.dispose(demand_id=add(one).pk, revision=0, by=one.officer, at=NOW)


@listed(403, basis=True)
def demand_not_your_agency() -> None:
    one, row = drafted()
    draft(row, make_staff(Role.OFFICER, one.other), revision=1, follow_up="明年度")


@listed(422, field="adoption", basis=True)
def demand_adoption() -> None:
    one, row = drafted()
    draft(row, one.officer, revision=1, adoption="perhaps")


@listed(422, field="reason", basis=True)
def demand_reason() -> None:
    one, row = drafted()
    draft(row, one.officer, revision=1, reason="可行")
    actions.hand_in(demand_id=row.pk, revision=2, legal=False, by=one.officer, at=NOW)


@listed(422, field="reason", basis=True)
def demand_reason_too_long() -> None:
    one, row = drafted()
    draft(row, one.officer, revision=1, reason="理" * 6001)


@listed(422, field="follow_up", basis=True)
def demand_follow_up_too_long() -> None:
    one, row = drafted()
    draft(row, one.officer, revision=1, follow_up="後" * 6001)


@listed(409, basis=True)
def demand_draft_kept() -> None:
    one, row = drafted()
    draft(row, make_staff(Role.OFFICER, one.agency), revision=0, follow_up="明年度")


@listed(409, basis=True)
def demand_draft_changed() -> None:
    one, row = drafted()
    actions.hand_in(demand_id=row.pk, revision=7, legal=False, by=one.officer, at=NOW)


@listed(409, basis=True)
def demand_not_cleared() -> None:
    one, row = drafted()
    actions.dispose(demand_id=row.pk, revision=1, by=one.officer, at=NOW)


@listed(409, basis=True)
def clearance_order() -> None:
    one, row = handed_in()
    clear(one, row, Step.LEAD, make_staff(Role.LEAD, one.agency))


@listed(403, basis=True)
def clearance_not_yours() -> None:
    one, row = handed_in()
    clear(one, row, Step.SECTION_HEAD, make_staff(Role.OFFICER, one.other))


@listed(403, basis=True)
def clearance_own_draft() -> None:
    one, row = handed_in()
    clear(one, row, Step.SECTION_HEAD, one.officer)


@listed(409, basis=True)
def demand_not_disposed() -> None:
    one, row = drafted()
    actions.take_back(demand_id=row.pk, why=WHY, by=one.officer, at=NOW)


@listed(409, basis=True)
def demand_published() -> None:
    one = case_of()
    [row] = answered(one, "adopted")
    actions.take_back(demand_id=row.pk, why=WHY, by=one.officer, at=NOW)


def correct(one: Scene, row: Demand, number: int = 1) -> None:
    actions.correct_disposition(
        demand_id=row.pk,
        adoption="not_adopted",
        reason="經查所需經費無法於本年度編列，故不予採納。",
        follow_up="",
        because=WHY,
        number=number,
        by=one.officer,
        at=NOW + DAY,
    )


@listed(409, basis=True)
def demand_not_published() -> None:
    one, row = drafted()
    correct(one, row)


@listed(409, basis=True)
def disposition_changed() -> None:
    one = case_of()
    [row] = answered(one, "adopted")
    correct(one, row, number=7)
