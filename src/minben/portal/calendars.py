"""Duties as a calendar (行事曆) that other programs read: iCalendar, RFC 5545.

Each duty is an all-day event on its last day in Taiwan, whatever the reader's own zone. Its UID
never changes; SEQUENCE grows when its date was moved and when it was cancelled, so that readers
take the newer one.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from icalendar import Calendar, Event

from minben.casework.about import About
from minben.casework.queries.duties import changed_at
from minben.casework.rules import Outcome
from minben.casework.words import DUTIES
from minben.kernel.periods import last_day
from minben.kernel.text import xml_safe

DAY = timedelta(days=1)
EVERY = timedelta(hours=6)
Address = Callable[[str], str]
"""Makes the whole address of a path without language."""


def calendar_of(
    name: str,
    duties: Iterable[Any],  # Any: rows of casework.queries.duties
    cases: dict[int, About],
    address: Address,
    at: datetime,
) -> bytes:
    """The calendar as its file says it."""
    made = Calendar()
    made.add("prodid", "-//Minben//Duties//ZH")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", xml_safe(name))
    made.add("x-wr-timezone", "Asia/Taipei")
    made.add("refresh-interval", EVERY, parameters={"VALUE": "DURATION"})  # RFC 7986, and before it
    made.add("x-published-ttl", "PT6H")
    for duty in duties:
        made.add_component(_event(duty, cases.get(duty.case_id), address, at))
    return bytes(made.to_ical())


def _event(duty: Any, case: About | None, address: Address, at: datetime) -> Event:
    told = case if case and case.public else None
    last, changed = last_day(duty.due_at), min(changed_at(duty), at)
    event = Event()
    event.add("uid", f"duty-{duty.pk}@{urlsplit(settings.SITE_URL).hostname or 'localhost'}")
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("sequence", sequence_of(duty))
    event.add("dtstart", last)
    event.add("dtend", last + DAY)
    event.add("transp", "TRANSPARENT")
    event.add("status", "CANCELLED" if duty.outcome == Outcome.CANCELLED else "CONFIRMED")
    event.add("categories", [str(DUTIES.get(duty.kind, duty.kind))])
    event.add("summary", xml_safe(_summary(duty, told, at)))
    event.add("description", xml_safe(_description(duty, told)))
    if told:
        event.add("url", address(told.path))
    return event


def sequence_of(duty: Any) -> int:
    """How often what the calendar says of it was revised (RFC 5545 §3.8.7.4)."""
    return int(duty.due_at != duty.base_due_at) + int(duty.outcome == Outcome.CANCELLED)


def _summary(duty: Any, told: About | None, at: datetime) -> str:
    what = f"{DUTIES.get(duty.kind, duty.kind)}：{told.subject if told else duty.case.number}"
    if duty.outcome == Outcome.CANCELLED:
        return f"[{pgettext('clock', 'Cancelled')}] {what}"
    if duty.outcome == Outcome.OPEN:
        return f"[{_('Overdue')}] {what}" if duty.due_at <= at else what
    return f"[{_('Done late') if duty.missed_at else _('Done in time')}] {what}"


def _description(duty: Any, told: About | None) -> str:
    agency = duty.agency.name_zh if duty.agency else _("Office that runs the platform")
    lines = [
        f"{duty.case.number} · {agency}",
        _("Due by the end of this day in Taiwan (24:00)."),
        f"{_('Basis: ')}{duty.basis}",
    ]
    extension = getattr(duty, "extension", None)
    if extension:
        first = last_day(extension.from_due_at).isoformat()
        told_why = {"day": first, "why": extension.reason}
        lines.append(_("First due %(day)s. It was extended: %(why)s") % told_why)
    return "\n".join(lines)
