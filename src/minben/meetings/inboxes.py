"""What waits for officers of meetings (待辦): the next thing of each meeting, actions, a vote."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from minben.base.inbox import Item, Waits, register
from minben.kernel.actor import Actor
from minben.meetings import queries
from minben.meetings.models import Meeting
from minben.meetings.rules import MeetingState

REPORT_WITHIN = timedelta(days=14)  # as usual; no rule names a day


def _meetings(actor: Actor, at: datetime) -> Sequence[Item]:
    """One item for each meeting that is not over: what is to be done next. One query."""
    agencies = actor.agency_ids | actor.participates_for
    if not agencies:
        return ()
    rows = Meeting.objects.filter(agency__in=agencies).exclude(
        state__in=[MeetingState.REPORTED, MeetingState.CANCELLED]
    )
    return [_next(row, at) for row in rows.order_by(F("starts_at").asc(nulls_last=True))]


def _next(row: Meeting, at: datetime) -> Item:
    url = reverse("meetings_desk:meeting", args=[row.number])
    if row.state == MeetingState.PLANNED:
        return Item(row.case_id, _("Prepare and announce a meeting"), Waits.ME, url, row.starts_at)
    if row.state == MeetingState.HELD:
        due = row.ends_at + REPORT_WITHIN if row.ends_at else None
        return Item(row.case_id, _("Publish the result of a meeting"), Waits.ME, url, due)
    if row.ends_at is not None and row.ends_at <= at:
        return Item(row.case_id, _("Say that the meeting was held"), Waits.ME, url, row.ends_at)
    return Item(row.case_id, _("Prepare the meeting"), Waits.ME, url, row.starts_at)


def _actions(actor: Actor, at: datetime) -> Sequence[Item]:
    """Agreed actions of the officer's agencies. One query."""
    if not actor.agency_ids | actor.participates_for:
        return ()
    return [
        Item(
            case_id=row.meeting.case_id,
            task=_("Report on an agreed action"),
            waits=Waits.ME,
            url=reverse("meetings_desk:report_action", args=[row.meeting.number, row.number]),
            due_at=row.due_at,
        )
        for row in queries.actions_for(actor)
    ]


register("meetings", _meetings)
register("meeting_actions", _actions)
