"""What meetings show: blocks of their own pages, and of a case's two pages."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from minben.base.sections import Reader, Section, Seen
from minben.base.sections import register as register_sections
from minben.kernel.actor import Actor
from minben.meetings import queries
from minben.meetings.blocks import Block, register
from minben.meetings.models import Meeting
from minben.meetings.queries.meetings import with_actions
from minben.meetings.rules import MeetingState

Context = Mapping[str, Any] | None  # Any: template context


def _agenda(meeting: Meeting, actor: Actor, at: datetime) -> Context:
    return {"items": queries.agenda_of(meeting)}


def _public_agenda(meeting: Meeting, actor: Actor, at: datetime) -> Context:
    items = queries.agenda_of(meeting)
    return {"items": items} if items else None


def _reports(meeting: Meeting, actor: Actor, at: datetime) -> Context:
    if meeting.state != MeetingState.REPORTED:
        return None
    shown = [one for one in queries.reports_of(meeting) if one.published_at]
    return {"newest": shown[0], "earlier": shown[1:]} if shown else None


def _actions(meeting: Meeting, actor: Actor, at: datetime) -> Context:
    if meeting.state not in (MeetingState.HELD, MeetingState.REPORTED):
        return None
    rows = queries.actions_of(meeting)
    return {"actions": rows} if rows or meeting.state == MeetingState.REPORTED else None


def _checklist(meeting: Meeting, actor: Actor, at: datetime) -> Context:
    return {
        "lines": queries.tasks_of(meeting, at),
        "can_change": meeting.state in (MeetingState.PLANNED, MeetingState.ANNOUNCED),
    }


def _people(meeting: Meeting, actor: Actor, at: datetime) -> Context:
    begun = meeting.starts_at is not None and at >= meeting.starts_at
    open_now = meeting.state in (MeetingState.PLANNED, MeetingState.ANNOUNCED)
    return {
        "rows": queries.participants(meeting),
        "can_name": open_now and not (meeting.announced_at and begun),
        "can_seat": open_now,
        "can_note": begun and meeting.state in (MeetingState.ANNOUNCED, MeetingState.HELD),
    }


def _staff_report(meeting: Meeting, actor: Actor, at: datetime) -> Context:
    if meeting.state not in (MeetingState.HELD, MeetingState.REPORTED):
        return None
    versions = queries.reports_of(meeting)
    draft = next((one for one in versions if one.published_at is None), None)
    return {"draft": draft, "published": [one for one in versions if one.published_at]}


def _staff_actions(meeting: Meeting, actor: Actor, at: datetime) -> Context:
    if meeting.state not in (MeetingState.HELD, MeetingState.REPORTED):
        return None
    return {"actions": queries.actions_of(meeting), "staff": True}


_P, _S = Reader.PUBLIC, Reader.STAFF
_AT = "meetings/blocks/"
register(
    Block("agenda", _("Agenda"), 100, _P, _AT + "agenda.html", _public_agenda),
    Block("report", _("What was agreed"), 600, _P, _AT + "report.html", _reports),
    Block("actions", _("What came of it"), 700, _P, _AT + "actions.html", _actions),
    Block("checklist", _("To be done before"), 100, _S, _AT + "checklist.html", _checklist),
    Block("people", _("Who takes part"), 200, _S, _AT + "people.html", _people),
    Block("agenda", _("Agenda"), 300, _S, _AT + "staff_agenda.html", _agenda),
    Block("report", _("Result report"), 600, _S, _AT + "staff_report.html", _staff_report),
    Block("actions", _("Agreed actions"), 700, _S, _AT + "actions.html", _staff_actions),
)


def _of_case(seen: Seen) -> Context:
    rows = with_actions(seen.case_id)
    return {"meetings": rows, "staff": True}


def _of_case_public(seen: Seen) -> Context:
    rows = [one for one in with_actions(seen.case_id) if one.is_public]
    return {"meetings": rows, "staff": False} if rows else None


_TEMPLATE = "meetings/blocks/of_case.html"
register_sections(
    Section("meetings", _("Meetings and workshops"), 500, _S, _TEMPLATE, _of_case),
    Section("meetings", _("Meetings and workshops"), 500, _P, _TEMPLATE, _of_case_public),
)
