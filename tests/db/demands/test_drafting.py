"""The internal draft: nobody's text is lost, no step is skipped, nothing is decided uncleared."""

from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from minben.audit.models import Event
from minben.demands import actions
from minben.demands.models import ClearanceAct, Demand, Disposition, DraftText
from minben.demands.rules import Outcome, Step
from minben.kernel.actor import Role
from minben.kernel.refusal import Refusal
from tests.db.demands.scene import NOW, REASON, Scene, assigned, clear, disposed, draft, scene
from tests.factories import make_staff

pytestmark = pytest.mark.django_db
MINE, THEIRS = f"甲案。{REASON}", f"乙案。{REASON}"


def one_demand() -> tuple[Scene, Demand]:
    one = scene()
    [row] = assigned(one, "增設行人庇護島")
    return one, row


def step(demand: Demand, at_step: Step, by: Any, revision: int = 1, note: str = "") -> ClearanceAct:
    return actions.clear_draft(
        demand_id=demand.pk,
        step=at_step,
        outcome=Outcome.RETURNED if note else Outcome.APPROVED,
        revision=revision,
        note=note,
        by=by,
        at=NOW,
    )


def test_of_two_who_write_at_once_neither_loses_a_word() -> None:
    one, row = one_demand()
    other = make_staff(Role.OFFICER, one.agency)
    draft(row, one.officer, reason=MINE)
    with pytest.raises(Refusal) as caught:
        draft(row, other, revision=0, reason=THEIRS, adoption="not_adopted")
    assert caught.value.code == "demand_draft_kept"
    assert "不得覆蓋" in caught.value.basis
    kept = DraftText.objects.get(pk=caught.value.params["kept"])
    assert (kept.aside, kept.reason, kept.adoption, kept.by) == (
        True,
        THEIRS,
        "not_adopted",
        other.id,
    )
    assert DraftText.objects.get(aside=False).reason == MINE
    both = draft(row, other, revision=1, reason=f"{MINE}\n{THEIRS}")
    assert (both.revision, both.aside) == (2, False)


def test_three_writers_on_the_same_revision_are_all_kept() -> None:
    one, row = one_demand()
    draft(row, one.officer, reason=MINE)
    for n in range(3):
        with pytest.raises(Refusal, match="demand_draft_kept"):
            draft(row, make_staff(Role.OFFICER, one.agency), reason=f"第{n}案。{REASON}")
    assert DraftText.objects.filter(aside=True).count() == 3
    assert DraftText.objects.get(aside=False).reason == MINE


def test_the_same_text_saved_twice_is_one() -> None:
    one, row = one_demand()
    draft(row, one.officer)
    draft(row, one.officer, revision=1)
    draft(row, make_staff(Role.OFFICER, one.agency), revision=0)
    assert DraftText.objects.count() == 1


def test_a_text_that_was_saved_is_never_changed() -> None:
    one, row = one_demand()
    text = draft(row, one.officer)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        DraftText.objects.filter(pk=text.pk).update(reason="改寫")
    if connection.vendor == "postgresql":
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            text.delete()


def test_a_draft_is_cleared_step_by_step_and_then_decided() -> None:
    one, row = one_demand()
    draft(row, one.officer)
    with pytest.raises(Refusal, match="demand_not_cleared"):
        actions.dispose(demand_id=row.pk, revision=1, by=one.officer, at=NOW)
    clear(one, row)
    row.refresh_from_db()
    assert row.waits_for == ""
    made = actions.dispose(demand_id=row.pk, revision=1, by=one.officer, at=NOW)
    row.refresh_from_db()
    assert row.state == "disposed"
    assert (made.number, made.revision, made.adoption, made.reason) == (1, 1, "adopted", REASON)
    assert (made.agency, made.published_at) == (one.agency, None)


def test_a_participation_officer_clears_if_the_agency_has_one_and_legal_staff_if_asked() -> None:
    one, row = one_demand()
    participation = make_staff(Role.PARTICIPATION, one.agency)
    draft(row, one.officer)
    actions.hand_in(demand_id=row.pk, revision=1, legal=True, by=one.officer, at=NOW)
    colleague, lead = (make_staff(role, one.agency) for role in (Role.OFFICER, Role.LEAD))
    for at_step, by in (
        (Step.SECTION_HEAD, colleague),
        (Step.LEGAL, colleague),
        (Step.PARTICIPATION, participation),
        (Step.LEAD, lead),
    ):
        row.refresh_from_db()
        assert row.waits_for == at_step
        step(row, at_step, by)
    row.refresh_from_db()
    assert row.waits_for == ""


def test_steps_go_in_their_order_and_belong_to_their_roles() -> None:
    one, row = one_demand()
    lead, colleague = make_staff(Role.LEAD, one.agency), make_staff(Role.OFFICER, one.agency)
    draft(row, one.officer)
    with pytest.raises(Refusal, match="clearance_order"):
        step(row, Step.SECTION_HEAD, colleague)
    actions.hand_in(demand_id=row.pk, revision=1, legal=False, by=one.officer, at=NOW)
    with pytest.raises(Refusal, match="clearance_order"):
        step(row, Step.LEAD, lead)
    with pytest.raises(Refusal, match="clearance_not_yours"):
        step(row, Step.SECTION_HEAD, make_staff(Role.OFFICER, one.other))
    with pytest.raises(Refusal, match="clearance_own_draft"):
        step(row, Step.SECTION_HEAD, one.officer)
    step(row, Step.SECTION_HEAD, colleague)
    with pytest.raises(Refusal, match="clearance_not_yours"):
        step(row, Step.LEAD, colleague)
    step(row, Step.LEAD, lead)


def test_a_change_after_clearance_opens_the_steps_again() -> None:
    one, row = one_demand()
    draft(row, one.officer)
    clear(one, row)
    draft(row, one.officer, revision=1, reason=MINE)
    row.refresh_from_db()
    assert row.waits_for == "drafter"
    with pytest.raises(Refusal, match="demand_not_cleared"):
        actions.dispose(demand_id=row.pk, revision=2, by=one.officer, at=NOW)
    with pytest.raises(Refusal, match="demand_draft_changed"):
        actions.dispose(demand_id=row.pk, revision=1, by=one.officer, at=NOW)
    clear(one, row, revision=2)
    actions.dispose(demand_id=row.pk, revision=2, by=one.officer, at=NOW)


def test_a_returned_draft_is_the_drafters_again() -> None:
    one, row = one_demand()
    colleague = make_staff(Role.OFFICER, one.agency)
    draft(row, one.officer)
    actions.hand_in(demand_id=row.pk, revision=1, legal=False, by=one.officer, at=NOW)
    step(row, Step.SECTION_HEAD, colleague, note="請補充經費來源。")
    row.refresh_from_db()
    assert row.waits_for == "drafter"
    assert ClearanceAct.objects.get(outcome="returned").note == "請補充經費來源。"
    actions.hand_in(demand_id=row.pk, revision=1, legal=False, by=one.officer, at=NOW)
    row.refresh_from_db()
    assert row.waits_for == "section_head"


def test_a_decision_taken_back_is_cleared_anew_and_stays_on_file() -> None:
    one, row = one_demand()
    disposed(one, row)
    actions.take_back(demand_id=row.pk, why="經費有變，須重議。", by=one.officer, at=NOW)
    row.refresh_from_db()
    assert (row.state, row.waits_for) == ("open", "drafter")
    with pytest.raises(Refusal, match="demand_not_cleared"):
        actions.dispose(demand_id=row.pk, revision=1, by=one.officer, at=NOW)
    clear(one, row)
    actions.dispose(demand_id=row.pk, revision=1, by=one.officer, at=NOW)
    assert list(Disposition.objects.values_list("number", flat=True)) == [1, 2]


def test_another_agency_clears_its_own_words_anew() -> None:
    one, row = one_demand()
    draft(row, one.officer)
    clear(one, row)
    actions.assign_demand(demand_id=row.pk, agency_id=one.other.pk, by=one.officer, at=NOW)
    theirs = make_staff(Role.OFFICER, one.other)
    with pytest.raises(Refusal, match="demand_not_cleared"):
        actions.dispose(demand_id=row.pk, revision=1, by=theirs, at=NOW)
    with pytest.raises(Refusal, match="demand_not_your_agency"):
        draft(row, one.officer, revision=1, reason=MINE)
    actions.hand_in(demand_id=row.pk, revision=1, legal=False, by=theirs, at=NOW)
    row.refresh_from_db()
    assert row.waits_for == "section_head"
    draft(row, theirs, revision=1, reason=THEIRS)
    assert DraftText.objects.filter(aside=False).count() == 2


def test_words_of_drafts_stay_out_of_the_record() -> None:
    one, row = one_demand()
    disposed(one, row)
    told = [(event.data, event.private) for event in Event.objects.filter(case_id=one.case_id)]
    assert REASON not in str(told)
    acts = [event.private["act"] for event in Event.objects.filter(kind="demands.draft_worked_on")]
    assert acts == [
        "saved",
        "drafter:approved",
        "section_head:approved",
        "lead:approved",
        "disposed",
    ]
