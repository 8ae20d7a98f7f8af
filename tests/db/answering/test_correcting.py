"""Corrections are appended: the published text stays, the reader sees what it is now and was."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError

from minben.answering import actions, queries
from minben.answering.models import Correction
from minben.audit.models import Event
from minben.casework.models import Deadline, Response
from minben.config.jobs import tick
from minben.kernel.actor import Actor
from minben.kernel.refusal import Refusal
from minben.notify.models import Notice
from tests.db.answering.scenes import AT, BLOCKS, answer, officer, reached_one
from tests.factories import DAY

pytestmark = pytest.mark.django_db
WHY = "原文漏列一場會議，依會議紀錄補正。"
NEW = "三月十日與三月十七日邀集提議者與廠商開會。"


def correct(response: Response, by: Actor, **more: Any) -> Correction:
    given = {"block": "deliberation", "text": NEW, "reason": WHY, "seen": 0} | more
    return actions.correct_response(
        case_id=response.case_id, response_id=response.pk, by=by, at=AT + DAY, **given
    )


def test_a_correction_is_a_row_of_its_own_and_the_response_stays() -> None:
    by = officer()
    response = answer(reached_one(), by)
    made = correct(response, by)
    response.refresh_from_db()
    assert response.deliberation == BLOCKS["deliberation"]
    assert (made.number, made.before, made.after) == (1, BLOCKS["deliberation"], NEW)
    text = queries.current_text(response, queries.corrections_of(response.case_id))
    assert text.blocks["deliberation"] == NEW
    assert text.blocks["analysis"] == BLOCKS["analysis"]
    [event] = Event.objects.filter(kind="answering.corrected")
    assert (event.data["block"], event.data["reason"]) == ("deliberation", WHY)
    tick(AT + DAY)
    assert not Notice.objects.filter(kind="answering.adoption_corrected").exists()


def test_a_second_correction_is_of_what_the_first_made() -> None:
    by = officer()
    response = answer(reached_one(), by)
    correct(response, by)
    with pytest.raises(Refusal, match="correction_seen_other"):
        correct(response, by, text=NEW + "又補。")
    second = correct(response, by, text=NEW + "又補。", seen=1)
    assert (second.number, second.before) == (2, NEW)


def test_another_adoption_moves_the_clock_the_lists_and_tells_everybody() -> None:
    proposal, by = reached_one(), officer()
    response = answer(proposal, by)
    correct(response, by, block="adoption", text="under_study")
    proposal.refresh_from_db()
    assert proposal.adoption == "under_study"
    assert Deadline.objects.get(case_id=proposal.case_id, kind="study_return").outcome == "open"
    tick(AT + DAY)
    assert Notice.objects.filter(kind="answering.adoption_corrected").count() == 2
    correct(response, by, block="adoption", text="adopted", seen=1)
    row = Deadline.objects.get(case_id=proposal.case_id, kind="study_return")
    assert row.outcome == "cancelled"


@pytest.mark.parametrize(
    ("more", "code", "field"),
    [
        ({"block": "weather"}, "correction_block", "block"),
        ({"text": " "}, "correction_empty", "text"),
        ({"text": BLOCKS["deliberation"]}, "correction_nothing", "text"),
        ({"text": "長" * 6001}, "answering_too_long", "text"),
        ({"reason": "短"}, "correction_reason", "reason"),
        ({"block": "adoption", "text": "perhaps"}, "adoption_missing", "adoption"),
    ],
)
def test_what_a_correction_must_say(more: dict[str, str], code: str, field: str) -> None:
    by = officer()
    response = answer(reached_one(), by)
    with pytest.raises(Refusal) as caught:
        correct(response, by, **more)
    assert (caught.value.code, caught.value.field) == (code, field)
    assert not Correction.objects.exists()


def test_a_draft_and_a_foreign_response_cannot_be_corrected() -> None:
    by = officer()
    response, other = answer(reached_one(), by), answer(reached_one(), by)
    with pytest.raises(Refusal, match="correction_unpublished"):
        actions.correct_response(
            case_id=response.case_id,
            response_id=other.pk,
            block="deliberation",
            text=NEW,
            reason=WHY,
            seen=0,
            by=by,
            at=AT,
        )


def test_the_database_keeps_a_correction_as_it_was_made() -> None:
    by = officer()
    made = correct(answer(reached_one(), by), by)
    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
        Correction.objects.filter(pk=made.pk).update(reason="另一個理由，其實沒有。")
