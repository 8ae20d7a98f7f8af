"""The transcript (逐字紀錄): importing it, who spoke, opening the window, publishing."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Count, Q

from minben.audit.actions import record
from minben.casework import queries as casework
from minben.kernel.actor import Actor
from minben.kernel.periods import last_day
from minben.kernel.refusal import Refusal
from minben.meetings import queries as meetings
from minben.notify import actions as notify
from minben.people import queries as people
from minben.proceedings.models import Redaction, Speaker, Transcript, Turn
from minben.proceedings.permissions import require_run
from minben.proceedings.queries.transcripts import digest_of
from minben.proceedings.rules import PRACTICE
from minben.proceedings.rules.transcripts import WINDOW, parsed

if TYPE_CHECKING:
    from minben.meetings.models import Meeting


def _meeting(number: str, by: Actor) -> "Meeting":
    found = meetings.meeting(number)
    if found is None:
        raise Refusal("transcript_gone")
    require_run(by, found)
    return found


def _locked(meeting: "Meeting") -> Transcript:
    rows = Transcript.objects.select_for_update(of=("self",), no_key=True)
    found = rows.filter(meeting=meeting).first()
    if found is None:
        raise Refusal("transcript_gone")
    if found.published_at:
        raise Refusal("transcript_published_already")
    return found


@transaction.atomic
def import_transcript(*, meeting_number: str, text: str, by: Actor, at: datetime) -> Transcript:
    """Take over the turns of a meeting from plain text (`rules.transcripts.parsed`).

    Importing again replaces all of it, until speakers were invited to correct their words.

    Raises:
        Refusal: ``not_running_meeting``, ``transcript_meeting_ahead``, ``transcript_fixed``, or
            what `parsed` says.
    """
    meeting = _meeting(meeting_number, by)
    if meeting.starts_at is None or at < meeting.starts_at or not meeting.is_public:
        raise Refusal("transcript_meeting_ahead", field="text")
    said = parsed(text)
    made, fresh = Transcript.objects.select_for_update(of=("self",)).get_or_create(
        meeting=meeting, defaults={"imported_at": at, "imported_by": by.id}
    )
    if made.opened_at:
        raise Refusal("transcript_fixed", field="text")
    linked = {}
    if not fresh:
        linked = dict(made.speakers.exclude(person=None).values_list("name", "person"))
        made.turns.all().delete()
        made.speakers.all().delete()
        made.imported_at, made.imported_by = at, by.id
        made.save(update_fields=["imported_at", "imported_by"])
    names = dict.fromkeys(one.speaker for one in said)
    speakers = {
        row.name: row
        for row in Speaker.objects.bulk_create(
            Speaker(transcript=made, name=name, person_id=linked.get(name)) for name in names
        )
    }
    Turn.objects.bulk_create(
        (
            Turn(
                transcript=made,
                number=number,
                speaker=speakers[one.speaker],
                original=one.text,
                text=one.text,
            )
            for number, one in enumerate(said, start=1)
        ),
        batch_size=500,
    )
    record(
        "proceedings.transcript_imported",
        by=by,
        at=at,
        subject=f"transcript:{made.pk}",
        case_id=meeting.case_id,
        data={"meeting": meeting.number, "turns": len(said), "speakers": len(speakers)},
    )
    return made


@transaction.atomic
def link_speaker(
    *, meeting_number: str, speaker_id: int, email: str, by: Actor, at: datetime
) -> Speaker:
    """Say whose account a speaker is, so that they can correct their words; empty: nobody's.

    Raises:
        Refusal: ``speaker_unknown``, ``speaker_not_there`` for who neither had a place at the
            meeting nor is staff, ``transcript_published_already``.
    """
    meeting = _meeting(meeting_number, by)
    transcript = _locked(meeting)
    speaker = transcript.speakers.filter(pk=speaker_id).first()
    if speaker is None:
        raise Refusal("transcript_gone")
    person = people.user_by_email(email.strip()) if email.strip() else None
    if email.strip() and person is None:
        raise Refusal("speaker_unknown", field="email")
    if person and not (person.is_official or meetings.is_taking_part(meeting.pk, person.pk)):
        raise Refusal("speaker_not_there", basis=PRACTICE, field="email")
    speaker.person = person
    speaker.save(update_fields=["person"])
    record(
        "proceedings.speaker_linked",
        by=by,
        at=at,
        subject=f"transcript:{transcript.pk}",
        case_id=meeting.case_id,
        data={"linked": person is not None},
        private={"person": f"person:{person.pk}" if person else ""},
    )
    if person and transcript.opened_at and transcript.due_at and at < transcript.due_at:
        _invite([speaker], transcript, meeting, by, at)
    return speaker


@transaction.atomic
def open_window(*, meeting_number: str, by: Actor, at: datetime) -> Transcript:
    """Invite the speakers to correct their words, for ten working days from the next day on.

    Raises:
        Refusal: ``transcript_fixed`` if it was opened before, ``beyond_calendar``.
    """
    meeting = _meeting(meeting_number, by)
    transcript = _locked(meeting)
    if transcript.opened_at:
        raise Refusal("transcript_fixed")
    transcript.opened_at, transcript.opened_by = at, by.id
    transcript.due_at, transcript.basis = casework.due_of(WINDOW, at), WINDOW.basis
    transcript.save(update_fields=["opened_at", "opened_by", "due_at", "basis"])
    speakers = list(transcript.speakers.exclude(person=None).select_related("person"))
    _invite(speakers, transcript, meeting, by, at)
    record(
        "proceedings.window_opened",
        by=by,
        at=at,
        subject=f"transcript:{transcript.pk}",
        case_id=meeting.case_id,
        data={
            "meeting": meeting.number,
            "due_at": transcript.due_at.isoformat(),
            "basis": transcript.basis,
        },
    )
    return transcript


def _invite(
    speakers: Sequence[Speaker],
    transcript: Transcript,
    meeting: "Meeting",
    by: Actor,
    at: datetime,
) -> None:
    readers = [
        notify.Reader(f"person:{one.person.pk}", one.person.email, one.person.language)
        for one in speakers
        if one.person
    ]
    notify.enqueue_all(
        "proceedings.window_opened",
        fact=f"transcript:{transcript.pk}",
        readers=readers,
        context={
            "meeting": meeting.number,
            "title": meeting.title,
            "due": last_day(transcript.due_at).isoformat() if transcript.due_at else "",
            "due_at": transcript.due_at.isoformat() if transcript.due_at else "",
            "basis": transcript.basis,
        },
        by=by,
        at=at,
    )


@transaction.atomic
def publish_transcript(*, meeting_number: str, by: Actor, at: datetime) -> Transcript:
    """Publish the words of a meeting, for good.

    Raises:
        Refusal: ``transcript_not_opened``, ``transcript_too_early`` before the window's end, naming
            day and rule, ``transcript_redactions_open`` while requests wait.
    """
    meeting = _meeting(meeting_number, by)
    transcript = _locked(meeting)
    if transcript.due_at is None:
        raise Refusal("transcript_not_opened", basis=WINDOW.basis)
    if at < transcript.due_at:
        raise Refusal(
            "transcript_too_early",
            basis=transcript.basis,
            day=last_day(transcript.due_at).isoformat(),
        )
    waiting = Redaction.objects.filter(turn__transcript=transcript, granted=None).count()
    if waiting:
        raise Refusal("transcript_redactions_open", basis=WINDOW.basis, n=waiting)
    transcript.published_at, transcript.published_by = at, by.id
    transcript.save(update_fields=["published_at", "published_by"])
    figures = transcript.turns.aggregate(
        turns=Count("pk", distinct=True),
        corrected=Count("pk", filter=Q(corrected_at__isnull=False), distinct=True),
        redactions=Count("redactions", filter=Q(redactions__granted=True), distinct=True),
    )
    record(
        "proceedings.transcript_published",
        by=by,
        at=at,
        subject=f"transcript:{transcript.pk}",
        case_id=meeting.case_id,
        data={
            "meeting": meeting.number,
            **figures,
            "sha256": digest_of(transcript.turns.values_list("speaker__name", "text")),
        },
    )
    return transcript
