"""The petitioner corrects the split, in time and in public; a disposition is corrected, not erased."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.utils import DatabaseError

from minben.audit.models import Event
from minben.base.erasing import Erasing
from minben.demands import actions, personal, queries
from minben.demands.erasers import _erase
from minben.demands.models import Correction, Demand, Disposition, SplitVersion
from minben.demands.rules import CorrectionKind
from minben.kernel.actor import SYSTEM, Role
from minben.kernel.refusal import Refusal
from minben.notify.models import Notice
from minben.people.models import User
from tests.db.demands.scene import (
    NOW,
    REASON,
    Scene,
    answered,
    assigned,
    close,
    propose,
    scene,
    split,
)
from tests.factories import DAY, actor, file_one, make_person, make_staff

pytestmark = pytest.mark.django_db
# Published on Thursday 5 March 2026: seven days from the next day end with 12 March.
UNTIL = datetime(2026, 3, 12, 16, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def published() -> Scene:
    one = scene()
    split(one)
    actions.publish_split(case_id=one.case_id, by=one.officer, at=NOW)
    return one


def answer(one: Scene, made: Correction, *, taken: bool = True) -> Correction:
    return actions.answer_correction(
        correction_id=made.pk, taken=taken, answer="確為提議原意。", by=one.officer, at=NOW + DAY
    )


def test_the_window_is_open_for_seven_days_and_no_instant_longer() -> None:
    one = published()
    assert SplitVersion.objects.get().corrections_until == UNTIL
    propose(one, at=UNTIL - SECOND)
    with pytest.raises(Refusal) as caught:
        propose(one, number=2, at=UNTIL)
    assert caught.value.code == "correction_late"
    assert caught.value.params["until"] == "2026-03-12"
    assert "七日內" in caught.value.basis


def test_only_the_petitioner_corrects() -> None:
    one = published()
    for by in (actor(make_person()), one.officer, make_staff(Role.ADMINISTRATOR)):
        with pytest.raises(Refusal, match="correction_not_yours"):
            propose(one, by=by)
        with pytest.raises(Refusal, match="correction_not_yours"):
            actions.agree_to_split(case_id=one.case_id, version=1, by=by, at=NOW)


def test_who_agreed_has_nothing_more_to_correct() -> None:
    one = published()
    actions.agree_to_split(case_id=one.case_id, version=1, by=one.citizen, at=NOW)
    assert SplitVersion.objects.get().agreed_at == NOW
    with pytest.raises(Refusal, match="split_agreed_already"):
        propose(one)
    with pytest.raises(Refusal, match="split_agreed_already"):
        actions.agree_to_split(case_id=one.case_id, version=1, by=one.citizen, at=NOW)


def test_a_newer_split_opens_a_time_of_its_own() -> None:
    one = published()
    actions.add_demand(case_id=one.case_id, text="路口加強取締", by=one.officer, at=NOW)
    actions.publish_split(case_id=one.case_id, by=one.officer, at=NOW + 5 * DAY)
    with pytest.raises(Refusal, match="split_changed"):
        propose(one, at=NOW + 6 * DAY)
    propose(one, version=2, number=4, at=NOW + 12 * DAY)


def test_one_taken_over_changes_the_split_and_the_next_version_shows_it() -> None:
    one = published()
    answer(one, propose(one))
    answer(one, propose(one, kind=CorrectionKind.MISSING, number=None, text="路口加強取締"))
    answer(one, propose(one, kind=CorrectionKind.SUPERFLUOUS, number=3, text=""))
    assert SplitVersion.objects.count() == 1
    version = actions.publish_split(case_id=one.case_id, by=one.officer, at=NOW + DAY)
    told = {item["number"]: (item["text"], item["left_out"]) for item in version.items}
    assert told == {
        1: ("增設無障礙的庇護島", ""),
        2: ("延長行人綠燈秒數", ""),
        3: ("路口加裝照明", "dropped"),
        4: ("路口加強取締", ""),
    }


def test_one_not_taken_over_is_answered_with_a_reason_and_changes_nothing() -> None:
    one = published()
    made = answer(one, propose(one), taken=False)
    assert (made.taken, made.answer, made.answered_by) == (False, "確為提議原意。", one.officer.id)
    assert Demand.objects.get(number=1).text == "增設行人庇護島"
    [letter] = Notice.objects.filter(kind="demands.correction_answered")
    assert letter.recipient == f"person:{one.petitioner.pk}"
    with pytest.raises(Refusal, match="correction_answered"):
        answer(one, made)


def test_corrections_are_public_acts_without_their_words() -> None:
    one = published()
    answer(one, propose(one))
    first, second = Event.objects.filter(kind__startswith="demands.correction").order_by("pk")
    assert (first.data["kind"], first.data["demand"]) == ("reword", 1)
    assert second.data["taken"] is True
    assert "無障礙" not in f"{first.data}{second.data}"


def test_the_same_correction_is_proposed_once_and_twenty_are_enough() -> None:
    one = published()
    propose(one)
    with pytest.raises(Refusal, match="correction_twice"):
        propose(one, text="換一種說法再提")
    missing: Any = {"kind": CorrectionKind.MISSING, "number": None}
    for n in range(19):
        propose(one, **missing, text=f"漏列的第{n}項訴求")
    with pytest.raises(Refusal, match="corrections_too_many"):
        propose(one, **missing, text="再漏列一項訴求")


def test_a_closed_case_is_corrected_no_more() -> None:
    one = published()
    made = propose(one)
    close(one)
    with pytest.raises(Refusal, match="demands_case_closed"):
        propose(one, number=2)
    with pytest.raises(Refusal, match="demands_case_closed"):
        answer(one, made)


def test_a_published_split_is_never_changed() -> None:
    published()
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        SplitVersion.objects.update(items=[])
    SplitVersion.objects.update(agreed_at=NOW)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        SplitVersion.objects.update(agreed_at=NOW + DAY)


def correct(one: Scene, row: Demand, **changes: Any) -> Disposition:
    told: dict[str, Any] = {
        "demand_id": row.pk,
        "adoption": "partly_adopted",
        "reason": f"經再查明，{REASON}",
        "follow_up": "",
        "because": "原列經費數字有誤。",
        "number": 1,
        "by": one.officer,
        "at": NOW + DAY,
    }
    return actions.correct_disposition(**(told | changes))


def test_a_corrected_disposition_stands_beside_what_it_said() -> None:
    one = scene()
    [row] = answered(one, "adopted")
    close(one)
    correct(one, row)
    told = queries.published(one.case_id)
    assert told is not None
    now, before = told.demands[0].dispositions
    assert (now.adoption, now.because) == ("partly_adopted", "原列經費數字有誤。")
    assert (before.adoption, before.reason) == ("adopted", REASON)
    assert [one.kind for one in now.changes if one.kind != "same"] == ["new"]
    assert told.adoption == queries.rolled_up(one.case_id) == "partly_adopted"
    [event] = Event.objects.filter(kind="demands.disposition_corrected")
    assert (event.data["from"], event.data["adoption"]) == ("adopted", "partly_adopted")
    [letter] = Notice.objects.filter(kind="demands.corrected")
    assert letter.recipient == f"person:{one.petitioner.pk}"


def test_a_correction_needs_a_reason_and_the_newest_text() -> None:
    one = scene()
    [row] = answered(one, "adopted")
    with pytest.raises(Refusal) as caught:
        correct(one, row, because="錯")
    assert (caught.value.code, caught.value.field) == ("demand_why", "because")
    correct(one, row)
    with pytest.raises(Refusal, match="disposition_changed"):
        correct(one, row, reason=f"另一人也更正，{REASON}")
    with pytest.raises(Refusal, match="demand_not_your_agency"):
        correct(one, row, number=2, by=make_staff(Role.OFFICER, one.other))


def test_what_was_decided_is_never_changed() -> None:
    one = scene()
    answered(one, "adopted")
    for change in ({"reason": "改寫"}, {"adoption": "not_adopted"}, {"published_at": NOW + DAY}):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            Disposition.objects.update(**change)


def test_an_agency_that_ended_is_not_named() -> None:
    one = scene()
    [row] = split(one, "增設行人庇護島")
    type(one.other).objects.filter(pk=one.other.pk).update(valid_until=NOW.date())
    with pytest.raises(Refusal, match="demand_agency_ended"):
        actions.assign_demand(demand_id=row.pk, agency_id=one.other.pk, by=one.officer, at=NOW)


def test_a_case_that_is_not_public_publishes_no_split() -> None:
    one = scene()
    one.proposal = file_one(agencies=(one.agency,))  # waits for its check
    assigned(one)
    with pytest.raises(Refusal, match="split_case_not_public"):
        actions.publish_split(case_id=one.case_id, by=one.officer, at=NOW)


def test_who_is_erased_leaves_the_correction_without_words() -> None:
    one = published()
    answer(one, propose(one))
    held = personal.held_about(f"person:{one.petitioner.pk}")["split_corrections"]
    assert [row["text"] for row in held] == ["增設無障礙的庇護島"]
    _erase(Erasing(one.petitioner.pk), SYSTEM, NOW)
    row = Correction.objects.get()
    assert (row.text, row.why, row.answer) == ("", "", "確為提議原意。")
    assert User.objects.filter(pk=one.petitioner.pk).exists()
