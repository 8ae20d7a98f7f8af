"""Agenda and checklist of a meeting."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from minben.meetings.models import AgendaItem, KickoffTask, Meeting
from minben.meetings.rules.course import due_at


def agenda_of(meeting: Meeting) -> Sequence[AgendaItem]:
    """The agenda in order. One query."""
    return list(AgendaItem.objects.filter(meeting=meeting))


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task, when it is due (exclusive; None while the meeting has no time), and if it is late."""

    task: KickoffTask
    due_at: datetime | None
    late: bool


def tasks_of(meeting: Meeting, at: datetime) -> Sequence[TaskLine]:
    """The checklist, the first to be done first. One query."""
    lines = []
    for task in KickoffTask.objects.filter(meeting=meeting):
        due = due_at(meeting.starts_at, task.days)
        late = task.done_at is None and due is not None and due <= at
        lines.append(TaskLine(task, due, late))
    return lines
