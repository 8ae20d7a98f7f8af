"""The transcript's life: letters, corrections that are kept inside, redactions, the ledger's digest."""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from minben.audit.models import Event
from minben.kernel.actor import SYSTEM, Actor
from minben.kernel.refusal import Refusal
from minben.meetings.models import Meeting
from minben.notify.models import Notice
from minben.proceedings import actions, personal
from minben.proceedings.models import (
    Correction,
    Question,
    QuestionVote,
    Redaction,
    Speaker,
    Transcript,
    Turn,
)
from minben.proceedings.rules.transcripts import WINDOW, RedactionGround
from tests.factories import DAY, DAY0, actor, make_person
from tests.held import ENDS, a_meeting, imported, officer, opened, staff_person

pytestmark = pytest.mark.django_db
WHY = "發言時提到了不在場的人。"


def second(transcript: Transcript) -> Turn:
    return Turn.objects.get(transcript=transcript, number=2)


def correct(transcript: Transcript, by: Actor, text: str = "改過的話，請王小明說") -> Turn:
    turn = second(transcript)
    return actions.correct_turn(
        turn_id=turn.pk, text=text, revision=turn.revision, by=by, at=ENDS + DAY
    )


def ask(transcript: Transcript, by: Actor) -> Redaction:
    return actions.ask_redaction(
        turn_id=second(transcript).pk,
        passage="王小明",
        ground=RedactionGround.PERSONAL,
        reason=WHY,
        by=by,
        at=ENDS + DAY,
    )


def decide(asked: Redaction, *, granted: bool, reason: str = WHY) -> Redaction:
    return actions.decide_redaction(
        redaction_id=asked.pk, granted=granted, reason=reason, by=officer(), at=ENDS + 2 * DAY
    )


def publish(transcript: Transcript) -> Transcript:
    assert transcript.due_at
    return actions.publish_transcript(
        meeting_number=transcript.meeting.number, by=officer(), at=transcript.due_at
    )


def test_the_window_is_stored_with_its_basis_and_told_to_the_speakers() -> None:
    person = staff_person()
    transcript, _ = opened(person)
    assert transcript.due_at is not None
    assert transcript.due_at.isoformat() == "2026-03-17T16:00:00+00:00"
    assert transcript.basis == WINDOW.basis
    notice = Notice.objects.get(kind="proceedings.window_opened")
    assert notice.recipient == f"person:{person.pk}"
    assert notice.context["due"] == "2026-03-17"
    late = staff_person()
    speaker = Speaker.objects.get(transcript=transcript, name="財政部")
    actions.link_speaker(
        meeting_number=transcript.meeting.number,
        speaker_id=speaker.pk,
        email=late.email,
        by=officer(),
        at=ENDS + DAY,
    )
    assert Notice.objects.filter(recipient=f"person:{late.pk}").exists()


def test_corrections_keep_what_was_said_inside() -> None:
    transcript, speaker = opened()
    before = second(transcript).text
    correct(transcript, speaker)
    turn = second(transcript)
    assert (turn.original, turn.text, turn.revision) == (before, "改過的話，請王小明說", 2)
    kept = Correction.objects.get()
    assert (kept.before, kept.after) == (before, turn.text)
    for event in Event.objects.filter(case_id=transcript.meeting.case_id):
        assert before not in str(event.data)
        assert turn.text not in str(event.data)


def test_a_granted_redaction_leaves_no_word_in_the_public_text() -> None:
    transcript, speaker = opened()
    decide(ask(transcript, speaker), granted=True, reason="")
    assert second(transcript).text == "報稅軟體很難用，請█1█也說說。"
    assert "王小明" in second(transcript).original
    event = Event.objects.get(kind="proceedings.redacted")
    assert event.data["ground"] == "personal"
    assert event.data["turn"] == 2
    assert "王小明" not in str(event.data)
    assert Notice.objects.get(kind="proceedings.redaction_decided").context["granted"] is True


def test_a_refused_one_stays_and_says_why() -> None:
    transcript, speaker = opened()
    decide(ask(transcript, speaker), granted=False)
    assert "王小明" in second(transcript).text
    told = Notice.objects.get(kind="proceedings.redaction_decided").context
    assert told["granted"] is False
    assert told["reason"] == WHY
    assert publish(transcript).published_at


def test_a_passage_that_was_corrected_away_can_only_be_dismissed() -> None:
    transcript, speaker = opened()
    asked = ask(transcript, speaker)
    correct(transcript, speaker, "報稅軟體很難用。")
    with pytest.raises(Refusal, match="redaction_passage"):
        decide(asked, granted=True)
    decide(asked, granted=False)


def test_two_redactions_of_a_turn_have_marks_of_their_own() -> None:
    transcript, _ = opened()
    for passage in ("王小明", "報稅軟體"):
        actions.redact_turn(
            turn_id=second(transcript).pk,
            passage=passage,
            ground=RedactionGround.AGREED,
            reason=WHY,
            by=officer(),
            at=ENDS,
        )
    assert second(transcript).text == "█2█很難用，請█1█也說說。"


def test_what_the_ledger_says_can_be_computed_from_the_public_text() -> None:
    transcript, speaker = opened()
    correct(transcript, speaker)
    decide(ask(transcript, speaker), granted=True)
    publish(transcript)
    event = Event.objects.get(kind="proceedings.transcript_published")
    assert (event.data["turns"], event.data["corrected"], event.data["redactions"]) == (3, 1, 1)
    rows = Turn.objects.filter(transcript=transcript).values_list("speaker__name", "text")
    text = "".join(f"{who}: {said}\n" for who, said in rows)
    assert event.data["sha256"] == hashlib.sha256(text.encode()).hexdigest()


def test_nobody_but_the_speaker_corrects_not_even_the_host() -> None:
    transcript, speaker = opened()
    turn = Turn.objects.get(transcript=transcript, number=1)
    for by in (speaker, officer(), SYSTEM, actor(make_person())):
        with pytest.raises(Refusal, match="turn_not_yours"):
            actions.correct_turn(turn_id=turn.pk, text="改", revision=1, by=by, at=ENDS)


def test_before_the_window_opens_and_once_it_is_public_nothing_is_corrected() -> None:
    person, transcript = staff_person(), imported()
    speaker = transcript.speakers.get(name="提議人")
    actions.link_speaker(
        meeting_number=transcript.meeting.number,
        speaker_id=speaker.pk,
        email=person.email,
        by=officer(),
        at=ENDS,
    )
    with pytest.raises(Refusal, match="correction_window"):
        correct(transcript, actor(person))
    open_one, by = opened()
    publish(open_one)
    with pytest.raises(Refusal, match="correction_window"):
        correct(open_one, by)


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (Transcript, {"due_at": None}),
        (Transcript, {"basis": ""}),
        (Transcript, {"opened_by": ""}),
        (Transcript, {"due_at": ENDS}),
        (Transcript, {"published_at": ENDS + 60 * DAY}),
        (Transcript, {"published_by": "person:1"}),
        (Transcript, {"published_at": ENDS + DAY, "published_by": "person:1"}),  # too early
        (Turn, {"text": ""}),
        (Redaction, {"ground": "mood"}),
        (Redaction, {"granted": True}),
        (Redaction, {"decided_by": "person:1"}),
        (Redaction, {"mark": 1}),
        (Redaction, {"granted": True, "decided_by": "person:1", "decided_at": ENDS}),
        (Redaction, {"granted": False, "decided_by": "x", "decided_at": ENDS, "mark": 1}),
    ],
)
def test_halves_are_refused_by_the_database(model: Any, change: dict[str, Any]) -> None:
    transcript, speaker = opened()
    ask(transcript, speaker)
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.all().update(**change)


def test_what_is_once_is_once() -> None:
    transcript, speaker = opened()
    decide(ask(transcript, speaker), granted=True)
    rows: list[Callable[[], Any]] = [
        lambda: Transcript.objects.get(pk=transcript.pk),
        lambda: Turn.objects.get(number=2),
        lambda: Speaker.objects.get(name="主席"),
        Redaction.objects.get,
    ]
    for find in rows:
        row = find()
        row.pk = None
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save(force_insert=True)


def test_erasing_takes_what_was_only_inside_and_the_name() -> None:
    person = staff_person()
    transcript, speaker = opened(person)
    correct(transcript, speaker)
    decide(ask(transcript, speaker), granted=True)
    publish(transcript)
    meeting = a_meeting()
    asked = actions.ask_question(
        meeting_number=meeting.number, text="我住在三星鄉", by=speaker, at=DAY0
    )
    actions.want_question(question_id=asked.pk, by=speaker, at=DAY0)
    public = second(transcript).text
    assert personal.held_about(person.pk)["turns"][0]["original"]
    actions.forget_person(person_id=person.pk, by=SYSTEM, at=ENDS + 90 * DAY)
    for model in (Question, QuestionVote, Speaker, Turn, Correction, Redaction):
        told = str(list(model._default_manager.values()))
        for word in ("三星鄉", "提議人", "很難用", "王小明", WHY):
            assert word not in told, (model, word)
    assert second(transcript).text == public
    assert personal.held_about(person.pk)["turns"] == []
    events = Event.objects.filter(kind="proceedings.person_forgotten")
    assert events.count() == 1
    actions.forget_person(person_id=person.pk, by=SYSTEM, at=ENDS + 91 * DAY)
    assert events.count() == 1


def test_a_transcript_can_be_imported_from_the_first_minute_on() -> None:
    meeting: Meeting = a_meeting()
    assert meeting.starts_at
    actions.import_transcript(
        meeting_number=meeting.number, text="主席：早。", by=officer(), at=meeting.starts_at
    )
    with pytest.raises(Refusal, match="transcript_meeting_ahead"):
        actions.import_transcript(
            meeting_number=a_meeting().number,
            text="主席：早。",
            by=officer(),
            at=meeting.starts_at - timedelta(seconds=1),
        )
