"""What waits for whoever runs meetings: questions, requests for redaction, transcripts to publish."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from minben.base.inbox import Item, Waits, register
from minben.kernel.actor import Actor
from minben.proceedings.queries import questions, transcripts
from minben.proceedings.queries.questions import WallWaits
from minben.proceedings.queries.transcripts import Standing


def _waiting(actor: Actor, at: datetime) -> Sequence[Item]:
    """Transcripts and walls of the meetings the actor's agencies host. Two queries, none for others."""
    agencies = actor.agency_ids | actor.participates_for
    if not agencies:
        return []
    items = [item for row in transcripts.waiting(agencies) for item in _of_transcript(row, at)]
    return [*items, *(_of_wall(row) for row in questions.walls_waiting(agencies, at))]


def _of_wall(row: WallWaits) -> Item:
    return Item(
        case_id=row.case_id,
        task=_("Answer what is asked at the meeting"),
        waits=Waits.ME,
        url=reverse("proceedings_desk:questions", args=[row.number]),
        due_at=row.ends_at,
        key=f"wall:{row.meeting_id}",
    )


def _of_transcript(row: Standing, at: datetime) -> Iterator[Item]:
    url = reverse("proceedings_desk:transcript", args=[row.number])
    over = row.due_at is not None and row.due_at <= at
    if row.requests:
        yield Item(
            case_id=row.case_id,
            task=_("Decide requests for redaction"),
            waits=Waits.ME,
            url=url,
            due_at=row.due_at,
            key=f"redactions:{row.meeting_id}",
        )
    if over and not row.requests:
        yield Item(
            case_id=row.case_id,
            task=_("Publish the transcript"),
            waits=Waits.ME,
            url=url,
            key=f"transcript:{row.meeting_id}",
        )
    elif not over:
        yield Item(
            case_id=row.case_id,
            task=_("Publish the transcript"),
            waits=Waits.OTHERS,
            url=url,
            due_at=row.due_at,
            hindrance=_("The speakers may correct their words until then."),
            key=f"transcript:{row.meeting_id}",
        )


register("proceedings", _waiting)
