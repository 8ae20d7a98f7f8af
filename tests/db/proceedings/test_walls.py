"""Questions and votes: once each whoever tries at the same moment, hidden and shown with a record."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from minben.audit.models import Event
from minben.kernel.refusal import Refusal
from minben.meetings.models import Meeting
from minben.proceedings import actions
from minben.proceedings.models import Concept, Question, QuestionVote
from minben.proceedings.queries import questions
from minben.proceedings.rules.questions import MOST_EACH, PAUSE, HideGround
from tests.db.crowd import at_once, crowd, outcomes
from tests.factories import DAY0, actor, make_person
from tests.held import ENDS, a_meeting, officer

pytestmark = pytest.mark.django_db


def ask(meeting: Meeting, by: Any = None, at: Any = DAY0) -> Question:
    return actions.ask_question(
        meeting_number=meeting.number, text="何時支援\n Mac？", by=by or actor(make_person()), at=at
    )


def hide(question: Question, ground: HideGround = HideGround.PRIVACY) -> None:
    actions.hide_question(
        question_id=question.pk, ground=ground, reason="寫出了住址。", by=officer(), at=DAY0
    )


def test_a_question_is_one_line_and_open_until_the_end() -> None:
    meeting = a_meeting()
    asked = ask(meeting)
    assert asked.text == "何時支援 Mac？"
    assert ask(meeting, at=ENDS - PAUSE).ordinal == 1
    with pytest.raises(Refusal, match="questions_closed"):
        ask(meeting, at=ENDS)
    cancelled = a_meeting(state="cancelled", cancelled_at=DAY0, cancel_reason="颱風")
    with pytest.raises(Refusal, match="questions_closed"):
        ask(cancelled)


def test_hiding_is_reasoned_recorded_and_taken_back() -> None:
    asked = ask(a_meeting())
    actions.answer_question(question_id=asked.pk, answer="明年。", by=officer(), at=DAY0)
    hide(asked)
    event = Event.objects.get(kind="proceedings.question_hidden")
    assert event.data["ground"] == "privacy"
    actions.show_question(question_id=asked.pk, by=officer(), at=DAY0)
    asked.refresh_from_db()
    assert (asked.state, asked.answer, asked.hide_reason) == ("answered", "明年。", "")
    assert Event.objects.filter(kind="proceedings.question_shown").exists()


def test_a_vote_touches_no_row_that_others_wait_for() -> None:
    asked, by = ask(a_meeting()), actor(make_person())
    with CaptureQueriesContext(connection) as captured:
        actions.want_question(question_id=asked.pk, by=by, at=DAY0)
    written = [
        row["sql"]
        for row in captured
        if row["sql"].startswith(("UPDATE", "DELETE"))
        or "FOR UPDATE" in row["sql"]
        or "FOR NO KEY" in row["sql"]
    ]
    assert not [sql for sql in written if "proceedings_question" in sql]


@pytest.mark.django_db(transaction=True)
def test_one_person_ten_times_at_once_is_one_vote_and_many_are_all_counted() -> None:
    asked = ask(a_meeting())
    people = crowd(20)
    acts = [
        lambda by=by: actions.want_question(question_id=asked.pk, by=by, at=DAY0)
        for by in [*people, *[people[0]] * 10]
    ]
    assert outcomes(at_once(acts)) == {"done": 30}  # type: ignore[arg-type]
    assert QuestionVote.objects.count() == 20
    assert questions.standing(asked.meeting_id)[0]["wanted"] == 20


@pytest.mark.django_db(transaction=True)
def test_one_person_asking_ten_times_at_once_has_one_question() -> None:
    meeting, by = a_meeting(), actor(make_person())
    at_once([lambda: ask(meeting, by) for _ in range(10)])
    assert Question.objects.count() == 1


def a_question() -> Question:
    return ask(a_meeting())


def a_concept() -> Concept:
    actions.write_concept(
        meeting_number=a_meeting().number,
        group=1,
        texts={"title": "網頁版", "problem": "難用", "idea": "改網頁"},
        by=officer(),
        at=DAY0,
    )
    return Concept.objects.get()


@pytest.mark.parametrize(
    ("make", "change"),
    [
        (a_question, {"state": "gone"}),
        (a_question, {"state": "hidden"}),
        (a_question, {"hide_reason": "理由"}),
        (a_question, {"hidden_at": DAY0}),
        (a_question, {"hidden_by": "person:1"}),
        (a_question, {"hide_ground": "mood"}),
        (a_question, {"state": "answered"}),
        (a_question, {"answered_at": DAY0}),
        (a_question, {"answer": "答"}),
        (a_question, {"ordinal": 0}),
        (a_question, {"ordinal": MOST_EACH + 1}),
        (a_question, {"text": ""}),
        (a_question, {"removed_at": DAY0}),
        (a_concept, {"group": 0}),
        (a_concept, {"group": 21}),
        (a_concept, {"published_at": DAY0}),
        (a_concept, {"published_by": "person:1"}),
    ],
)
def test_halves_are_refused_by_the_database(
    make: Callable[[], Any], change: dict[str, Any]
) -> None:
    row = make()
    with pytest.raises(IntegrityError), transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(**change)


def test_what_is_once_is_once() -> None:
    asked = a_question()
    actions.want_question(question_id=asked.pk, by=actor(make_person()), at=DAY0)
    for row in (asked, QuestionVote.objects.get()):
        row.pk = None
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save(force_insert=True)
