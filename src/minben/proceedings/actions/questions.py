"""The question wall (提問牆): asking, wanting an answer, answering, hiding."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from minben.audit.actions import record
from minben.kernel.actor import Actor
from minben.kernel.refusal import Refusal
from minben.meetings import queries as meetings
from minben.operations.rules import Service
from minben.operations.switches import refuse_if_stopped
from minben.proceedings.models import Question, QuestionVote
from minben.proceedings.permissions import require_run
from minben.proceedings.rules import bounded
from minben.proceedings.rules.questions import (
    ANSWER_MAX,
    BASIS,
    MOST_EACH,
    PAUSE,
    REASON_MAX,
    REASON_MIN,
    TEXT_MAX,
    WALL,
    HideGround,
    QuestionState,
    wall_fault,
)

if TYPE_CHECKING:
    from minben.meetings.models import Meeting


def _meeting(number: str) -> "Meeting":
    found = meetings.meeting(number)
    if found is None:
        raise Refusal("questions_not_open", basis=WALL)
    return found


def _require_open(meeting: "Meeting", at: datetime) -> None:
    fault = wall_fault(
        announced=meeting.is_public,
        over=meeting.state != "announced" and meeting.is_public,
        ends_at=meeting.ends_at,
        at=at,
    )
    if fault:
        raise Refusal(fault, basis=WALL)


@transaction.atomic
def ask_question(*, meeting_number: str, text: str, by: Actor, at: datetime) -> Question:
    """Ask something at a meeting, for everybody to read.

    Raises:
        Refusal: ``verification_required``, ``questions_not_open``, ``questions_closed``,
            ``questions_too_many``, ``questions_too_fast``, or what is wrong with the text.
    """
    refuse_if_stopped(Service.CREATING)
    meeting = _meeting(meeting_number)
    if not by.verified or by.person_id is None:
        raise Refusal("verification_required")
    _require_open(meeting, at)
    said = bounded(text, "text", TEXT_MAX)
    own = Question.objects.filter(meeting=meeting, author=by.person_id).order_by("-ordinal")
    last = own.first()
    if last and last.ordinal >= MOST_EACH:
        raise Refusal("questions_too_many", field="text", most=MOST_EACH)
    if last and at < last.at + PAUSE:
        raise Refusal("questions_too_fast", field="text", seconds=PAUSE.seconds)
    try:
        with transaction.atomic():
            asked = Question.objects.create(
                meeting=meeting,
                author_id=by.person_id,
                ordinal=last.ordinal + 1 if last else 1,
                text=" ".join(said.split()),
                at=at,
            )
    except IntegrityError as error:  # the same person, at the same moment, in another window
        raise Refusal("questions_too_fast", field="text", seconds=PAUSE.seconds) from error
    record(
        "proceedings.question_asked",
        by=by,
        at=at,
        subject=f"question:{asked.pk}",
        case_id=meeting.case_id,
    )
    return asked


def _question(question_id: int, *, lock: bool = False) -> Question:
    rows = Question.objects.select_related("meeting")
    if lock:
        rows = rows.select_for_update(of=("self",), no_key=True)
    found = rows.filter(pk=question_id).first()
    if found is None:
        raise Refusal("question_gone")
    return found


@transaction.atomic
def want_question(*, question_id: int, by: Actor, at: datetime) -> None:
    """Want a question answered, too; wanting it twice changes nothing. No shared row is locked."""
    refuse_if_stopped(Service.CREATING)
    question = _question(question_id)
    if not by.verified or by.person_id is None:
        raise Refusal("verification_required")
    _require_open(question.meeting, at)
    if question.state == QuestionState.HIDDEN or question.removed_at:
        raise Refusal("question_gone")
    _, fresh = QuestionVote.objects.get_or_create(
        question=question, person_id=by.person_id, defaults={"at": at}
    )
    if fresh:
        _tell("wanted", question, by, at)


@transaction.atomic
def unwant_question(*, question_id: int, by: Actor, at: datetime) -> None:
    """Take that back; without it nothing changes."""
    question = _question(question_id)
    _require_open(question.meeting, at)
    gone, _ = QuestionVote.objects.filter(question=question, person=by.person_id).delete()
    if gone:
        _tell("not_wanted", question, by, at)


@transaction.atomic
def answer_question(*, question_id: int, answer: str, by: Actor, at: datetime) -> None:
    """Say that a question was answered, and how if it can be said in a few words."""
    question = _question(question_id, lock=True)
    require_run(by, question.meeting)
    if question.state != QuestionState.OPEN:
        raise Refusal("question_state")
    question.answer = bounded(answer, "answer", ANSWER_MAX, least=0)
    question.state, question.answered_at, question.answered_by = QuestionState.ANSWERED, at, by.id
    question.save(update_fields=["answer", "state", "answered_at", "answered_by"])
    _tell("answered", question, by, at)


@transaction.atomic
def hide_question(
    *, question_id: int, ground: HideGround, reason: str, by: Actor, at: datetime
) -> None:
    """Withhold a question; ground and reason are shown in its place."""
    question = _question(question_id, lock=True)
    require_run(by, question.meeting)
    if question.author_id == by.person_id:
        raise Refusal("question_own", basis=BASIS)
    if question.state == QuestionState.HIDDEN or question.removed_at:
        raise Refusal("question_state")
    said = reason.strip()
    if not REASON_MIN <= len(said) <= REASON_MAX:
        raise Refusal(
            "question_reason", basis=BASIS, field="reason", least=REASON_MIN, most=REASON_MAX
        )
    question.state, question.hidden_at, question.hidden_by = QuestionState.HIDDEN, at, by.id
    question.hide_ground, question.hide_reason = HideGround(ground), said
    question.save(update_fields=["state", "hidden_at", "hidden_by", "hide_ground", "hide_reason"])
    _tell("hidden", question, by, at, {"ground": question.hide_ground, "reason": said})


@transaction.atomic
def show_question(*, question_id: int, by: Actor, at: datetime) -> None:
    """Show a hidden question again."""
    question = _question(question_id, lock=True)
    require_run(by, question.meeting)
    if question.author_id == by.person_id:
        raise Refusal("question_own", basis=BASIS)
    if question.state != QuestionState.HIDDEN:
        raise Refusal("question_state")
    answered = question.answered_at is not None
    question.state = QuestionState.ANSWERED if answered else QuestionState.OPEN
    question.hidden_at, question.hidden_by = None, ""
    question.hide_ground, question.hide_reason = "", ""
    question.save(update_fields=["state", "hidden_at", "hidden_by", "hide_ground", "hide_reason"])
    _tell("shown", question, by, at)


def _tell(
    what: str, question: Question, by: Actor, at: datetime, data: dict[str, str] | None = None
) -> None:
    record(
        f"proceedings.question_{what}",
        by=by,
        at=at,
        subject=f"question:{question.pk}",
        case_id=question.meeting.case_id,
        data=dict(data or {}),
    )
