"""What is to be done before a meeting, and its agenda (籌備事項、議程)."""

from datetime import datetime

from django.db import transaction

from minben.kernel.actor import Actor
from minben.kernel.refusal import Refusal
from minben.meetings.actions.held import bounded, held_by, require_ahead, tell
from minben.meetings.models import AgendaItem, KickoffTask
from minben.meetings.rules.course import (
    ITEM_MAX,
    ITEMS_MOST,
    TASK_MAX,
    TASKS_MOST,
    WHO_MAX,
    Slot,
    agenda_fault,
)

DAYS_MAX = 180


@transaction.atomic
def add_task(
    *, meeting_id: int, text: str, who: str, days: int, by: Actor, at: datetime
) -> KickoffTask:
    """Add something that is to be done so many days before the meeting.

    Raises:
        Refusal: ``not_host_agency``, ``meeting_course``, ``meeting_text``,
            ``task_days``, ``meeting_list_full``.
    """
    meeting = held_by(meeting_id, by)
    require_ahead(meeting, "meeting_course")
    if not 0 <= days <= DAYS_MAX:
        raise Refusal("task_days", field="days", most=DAYS_MAX)
    if meeting.tasks.count() >= TASKS_MOST:
        raise Refusal("meeting_list_full", most=TASKS_MOST)
    task = KickoffTask.objects.create(
        meeting=meeting,
        text=bounded(text, 2, TASK_MAX, "text"),
        who=bounded(who, 0, WHO_MAX, "who"),
        days=days,
    )
    tell("task_added", meeting, by, at, task=task.pk)
    return task


@transaction.atomic
def set_task_done(*, task_id: int, done: bool, by: Actor, at: datetime) -> KickoffTask:
    """Tick a task off, or take the tick back; twice changes nothing more.

    Raises:
        Refusal: ``not_host_agency``, ``meeting_course``.
    """
    meeting = held_by(KickoffTask.objects.get(pk=task_id).meeting_id, by)
    require_ahead(meeting, "meeting_course")
    task = KickoffTask.objects.get(pk=task_id)
    if (task.done_at is not None) != done:
        task.done_at, task.done_by = (at, by.id) if done else (None, "")
        task.save(update_fields=["done_at", "done_by"])
        tell("task_done" if done else "task_undone", meeting, by, at, task=task.pk)
    return task


@transaction.atomic
def add_agenda_item(
    *,
    meeting_id: int,
    starts_at: datetime,
    ends_at: datetime,
    title: str,
    who: str,
    by: Actor,
    at: datetime,
) -> AgendaItem:
    """Add a piece of the agenda, inside the meeting and beside all others.

    Raises:
        Refusal: ``not_host_agency``, ``meeting_course``, ``meeting_text``,
            ``meeting_list_full``, or what `agenda_fault` says.
    """
    meeting = held_by(meeting_id, by)
    require_ahead(meeting, "meeting_course")
    items = list(meeting.agenda.all())
    if len(items) >= ITEMS_MOST:
        raise Refusal("meeting_list_full", most=ITEMS_MOST)
    whole = (
        Slot(meeting.starts_at, meeting.ends_at)
        if meeting.starts_at is not None and meeting.ends_at is not None
        else None
    )
    others = [Slot(one.starts_at, one.ends_at) for one in items]
    if fault := agenda_fault(Slot(starts_at, ends_at), meeting=whole, others=others):
        raise Refusal(fault, field="starts")
    item = AgendaItem.objects.create(
        meeting=meeting,
        starts_at=starts_at,
        ends_at=ends_at,
        title=bounded(title, 2, ITEM_MAX, "title"),
        who=bounded(who, 0, WHO_MAX, "who"),
    )
    tell("agenda_added", meeting, by, at, item=item.pk)
    return item


@transaction.atomic
def remove_agenda_item(*, item_id: int, by: Actor, at: datetime) -> None:
    """Take a piece of the agenda away; one that is gone already is no error.

    Raises:
        Refusal: ``not_host_agency``, ``meeting_course``.
    """
    item = AgendaItem.objects.filter(pk=item_id).first()
    if item is None:
        return
    meeting = held_by(item.meeting_id, by)
    require_ahead(meeting, "meeting_course")
    item.delete()
    tell("agenda_removed", meeting, by, at, item=item_id)
