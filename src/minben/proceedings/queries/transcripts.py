"""Transcripts: for everybody once published, for speakers their own words, for staff all."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db.models import Count, Q, QuerySet

from minben.proceedings.models import Redaction, Speaker, Transcript, Turn
from minben.proceedings.rules.transcripts import marks_in


def of_meeting(meeting_id: int) -> Transcript | None:
    """The transcript of a meeting, if one was imported. One query."""
    return Transcript.objects.filter(meeting=meeting_id).first()


def turns_of(transcript_id: int) -> QuerySet[Turn]:
    """The turns with their speakers, in order; callers slice."""
    return Turn.objects.filter(transcript=transcript_id).select_related("speaker")


def grounds_of(turns: Iterable[Turn]) -> dict[int, dict[int, str]]:
    """The grounds of the redactions in some turns, by turn and mark. A query only if there are any."""
    marked = [turn.pk for turn in turns if marks_in(turn.text)]
    found: dict[int, dict[int, str]] = {}
    if marked:
        rows = Redaction.objects.filter(turn__in=marked, granted=True).order_by()
        for turn, mark, ground in rows.values_list("turn", "mark", "ground"):
            if mark is not None:
                found.setdefault(turn, {})[mark] = ground
    return found


def digest_of(rows: Iterable[tuple[str, str]]) -> str:
    """SHA-256 over ``speaker: text`` lines, redactions as their numbered marks."""
    return sha256("".join(f"{who}: {said}\n" for who, said in rows).encode()).hexdigest()


def speakers_of(transcript_id: int) -> Sequence[Speaker]:
    """Who spoke, with how many turns (``said``), and their accounts. One query."""
    rows = Speaker.objects.filter(transcript=transcript_id).select_related("person")
    return list(rows.annotate(said=Count("turns")))


def requests_of(transcript_id: int) -> Sequence[Redaction]:
    """Requests for redaction that wait for a decision. One query."""
    rows = Redaction.objects.filter(turn__transcript=transcript_id, granted=None)
    return list(rows.select_related("turn__speaker"))


def own_turns(transcript_id: int, person_id: int) -> Sequence[Turn]:
    """What somebody said, with the requests they made. Two queries."""
    rows = turns_of(transcript_id).filter(speaker__person=person_id)
    return list(rows.prefetch_related("redactions"))


def own_turn(transcript_id: int, person_id: int, number: int) -> Turn | None:
    """One turn somebody said. One query."""
    rows = turns_of(transcript_id).filter(speaker__person=person_id)
    return rows.filter(number=number).first()


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a transcript is.

    Args:
        requests: for redaction, not decided yet.
    """

    meeting_id: int
    number: str
    case_id: int
    opened_at: datetime | None
    due_at: datetime | None
    published_at: datetime | None
    requests: int


def standing_of(meeting_ids: Collection[int]) -> dict[int, Standing]:
    """How far the transcripts of some meetings are. One query."""
    return {
        row.meeting_id: row
        for row in _standings(Transcript.objects.filter(meeting__in=meeting_ids))
    }


def waiting(agency_ids: Collection[int] | None) -> list[Standing]:
    """Unpublished transcripts whose speakers were invited, of host agencies; None: of all. One query."""
    rows = Transcript.objects.filter(published_at=None, due_at__isnull=False)
    if agency_ids is not None:
        rows = rows.filter(meeting__agency__in=agency_ids)
    return _standings(rows)


def _standings(rows: QuerySet[Transcript]) -> list[Standing]:
    open_requests = Count(
        "turns__redactions",
        filter=Q(turns__redactions__granted=None, turns__redactions__isnull=False),
    )
    found = rows.annotate(requests=open_requests).order_by("due_at", "pk")
    names = ("opened_at", "due_at", "published_at", "requests")
    return [
        Standing(*row)
        for row in found.values_list("meeting", "meeting__number", "meeting__case", *names)
    ]
