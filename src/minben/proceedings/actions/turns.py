"""Correcting one's own words, and redactions (更正、遮蔽)."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from minben.audit.actions import record
from minben.kernel.actor import Actor
from minben.kernel.refusal import Refusal
from minben.notify import actions as notify
from minben.proceedings.models import Correction, Redaction, Turn
from minben.proceedings.permissions import require_run
from minben.proceedings.rules.transcripts import (
    CLOSED_INFORMATION,
    GROUND_BASIS,
    REASON_MAX,
    REASON_MIN,
    WINDOW,
    RedactionGround,
    corrected,
    passage_in,
    redacted,
    window_open,
)


def _locked(turn_id: int) -> Turn:
    rows = Turn.objects.select_for_update(of=("self",), no_key=True)
    found = rows.select_related("transcript__meeting", "speaker__person").filter(pk=turn_id).first()
    if found is None:
        raise Refusal("transcript_gone")
    return found


def _require_own(turn: Turn, by: Actor, at: datetime) -> None:
    """The speaker of these words, while the window is open."""
    if by.person_id is None or turn.speaker.person_id != by.person_id:
        raise Refusal("turn_not_yours", basis=WINDOW.basis)
    transcript = turn.transcript
    if transcript.published_at or not window_open(
        opened_at=transcript.opened_at, due_at=transcript.due_at, at=at
    ):
        raise Refusal("correction_window", basis=WINDOW.basis)


@transaction.atomic
def correct_turn(*, turn_id: int, text: str, revision: int, by: Actor, at: datetime) -> Turn:
    """Change one's own words; what stood there before is kept inside and never published.

    Raises:
        Refusal: ``turn_not_yours``, ``correction_window``, ``turn_changed``,
            ``redaction_left_out``, ``correction_same``.
    """
    turn = _locked(turn_id)
    _require_own(turn, by, at)
    if turn.revision != revision:
        raise Refusal("turn_changed", field="text")
    new = corrected(turn.text, text)
    Correction.objects.create(turn=turn, before=turn.text, after=new, at=at, by=by.id)
    turn.text, turn.revision, turn.corrected_at = new, revision + 1, at
    turn.save(update_fields=["text", "revision", "corrected_at"])
    _tell("proceedings.turn_corrected", turn, by, at)
    return turn


@transaction.atomic
def ask_redaction(
    *,
    turn_id: int,
    passage: str,
    ground: RedactionGround,
    reason: str,
    by: Actor,
    at: datetime,
) -> Redaction:
    """Ask that a passage of one's own words is not shown; whoever runs the meeting decides."""
    turn = _locked(turn_id)
    _require_own(turn, by, at)
    asked = Redaction.objects.create(
        turn=turn,
        passage=passage_in(turn.text, passage),
        ground=RedactionGround(ground),
        reason=_reasoned(reason),
        asked_at=at,
        asked_by=by.id,
    )
    _tell("proceedings.redaction_asked", turn, by, at, ground=asked.ground)
    return asked


@transaction.atomic
def decide_redaction(
    *, redaction_id: int, granted: bool, reason: str, by: Actor, at: datetime
) -> Redaction:
    """Grant a request, or refuse it with a reason.

    Raises:
        Refusal: ``not_running_meeting``, ``redaction_decided``, ``redaction_passage`` if the
            speaker has corrected the passage away meanwhile, ``redaction_reason``.
    """
    turn_id = Redaction.objects.filter(pk=redaction_id).values_list("turn", flat=True).first()
    turn = _locked(turn_id or 0)
    require_run(by, turn.transcript.meeting)
    asked = Redaction.objects.select_for_update().get(pk=redaction_id)
    if asked.granted is not None:
        raise Refusal("redaction_decided")
    if granted:
        _redact(turn, asked)
    asked.granted, asked.decided_at, asked.decided_by = granted, at, by.id
    asked.decision = reason.strip()[:REASON_MAX] if granted else _reasoned(reason)
    asked.save()
    kind = "proceedings.redacted" if granted else "proceedings.redaction_refused"
    _tell(kind, turn, by, at, ground=asked.ground)
    _answer(asked, turn, by, at)
    return asked


def _answer(asked: Redaction, turn: Turn, by: Actor, at: datetime) -> None:
    """Tell the speaker what became of their request."""
    person = turn.speaker.person
    if person is None or asked.asked_by != f"person:{person.pk}":
        return
    meeting = turn.transcript.meeting
    notify.enqueue(
        "proceedings.redaction_decided",
        fact=f"redaction:{asked.pk}",
        recipient=f"person:{person.pk}",
        address=person.email,
        language=person.language,
        context={
            "meeting": meeting.number,
            "title": meeting.title,
            "turn": turn.number,
            "granted": bool(asked.granted),
            "reason": asked.decision,
            "basis": GROUND_BASIS[RedactionGround(asked.ground)],
        },
        by=by,
        at=at,
    )


@transaction.atomic
def redact_turn(
    *,
    turn_id: int,
    passage: str,
    ground: RedactionGround,
    reason: str,
    by: Actor,
    at: datetime,
) -> Redaction:
    """Redact a passage without being asked, also after publication; it is marked and recorded."""
    turn = _locked(turn_id)
    require_run(by, turn.transcript.meeting)
    made = Redaction(
        turn=turn,
        passage=passage_in(turn.text, passage),
        ground=RedactionGround(ground),
        reason=_reasoned(reason),
        asked_at=at,
        asked_by=by.id,
        granted=True,
        decided_at=at,
        decided_by=by.id,
    )
    _redact(turn, made)
    made.save()
    _tell("proceedings.redacted", turn, by, at, ground=made.ground)
    return made


def _redact(turn: Turn, redaction: Redaction) -> None:
    highest = turn.redactions.aggregate(most=Max("mark"))["most"] or 0
    redaction.mark = highest + 1
    turn.text = redacted(turn.text, redaction.passage, redaction.mark)
    turn.revision += 1
    turn.save(update_fields=["text", "revision"])


def _reasoned(reason: str) -> str:
    said = reason.strip()
    if not REASON_MIN <= len(said) <= REASON_MAX:
        raise Refusal(
            "redaction_reason",
            basis=CLOSED_INFORMATION,
            field="reason",
            least=REASON_MIN,
            most=REASON_MAX,
        )
    return said


def _tell(kind: str, turn: Turn, by: Actor, at: datetime, *, ground: str = "") -> None:
    meeting = turn.transcript.meeting
    data: dict[str, str | int] = {"meeting": meeting.number, "turn": turn.number}
    if ground:
        data |= {"ground": ground, "basis": GROUND_BASIS[RedactionGround(ground)]}
    record(kind, by=by, at=at, subject=f"turn:{turn.pk}", case_id=meeting.case_id, data=data)
