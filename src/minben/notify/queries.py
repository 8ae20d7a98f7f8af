"""Reads of the outbox."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q

from minben.notify.models import Notice, SandboxMessage
from minben.notify.registry import kind_of

LATE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Told:
    """One message as its reader sees it again: subject line, when, and the case it is about."""

    subject: str
    at: datetime
    number: str


@dataclass(frozen=True, slots=True)
class Outbox:
    """How much waits: all of it, what is late by more than `LATE`, what was refused once."""

    waiting: int
    late: int
    failing: int


def outbox(at: datetime) -> Outbox:
    """The outbox at `at`, for the host's monitoring. One query over what waits."""
    rows = Notice.objects.filter(sent_at=None, dropped_at=None)
    found = rows.aggregate(
        waiting=Count("pk"),
        late=Count("pk", filter=Q(not_before__lte=at - LATE)),
        failing=Count("pk", filter=Q(attempts__gt=0)),
    )
    return Outbox(**found)


def sandbox_messages(limit: int = 100) -> Sequence[SandboxMessage]:
    """What the demo would have sent, newest first. One query."""
    return list(SandboxMessage.objects.all()[:limit])


def told_to(recipient: str, limit: int = 20) -> Sequence[Notice]:
    """What a person was told, newest first, for "my page". One query."""
    return list(Notice.objects.filter(recipient=recipient).order_by("-created_at", "-id")[:limit])


def told(recipient: str, limit: int = 20) -> list[Told]:
    """What a person was told, newest first, in the active language. One query."""
    return [_told(notice) for notice in told_to(recipient, limit)]


def _told(notice: Notice) -> Told:
    try:
        subject = str(kind_of(notice.kind).subject) % notice.context
    except (KeyError, ValueError, TypeError):  # a kind of an earlier version: still their message
        subject = notice.kind
    return Told(subject, notice.created_at, str(notice.context.get("number", "")))
