"""The only writer of the outbox."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from minben.kernel.actor import Actor
from minben.notify.letters import send_mail
from minben.notify.models import Channel, Notice, SandboxMessage
from minben.notify.registry import kind_of, unkept_codes
from minben.operations.rules import Service
from minben.operations.switches import stop_of

MAX_ATTEMPTS = 20
LONGEST_WAIT = timedelta(hours=6)  # twenty attempts span three days of a mail server away
BATCH = 500


@dataclass(frozen=True, slots=True)
class Reader:
    """Who is told: `recipient` as ``person:12``, and where and in what language it arrives."""

    recipient: str
    address: str
    language: str


def enqueue(
    kind: str,
    *,
    fact: str,
    recipient: str,
    address: str,
    language: str,
    context: Mapping[str, Any],  # Any: JSON values
    by: Actor,
    at: datetime,
    not_before: datetime | None = None,
) -> None:
    """Put one notice into the outbox, in the caller's transaction.

    Telling the same person the same `fact` a second time does nothing.
    """
    reader = Reader(recipient, address, language)
    enqueue_all(
        kind, fact=fact, readers=[reader], context=context, by=by, at=at, not_before=not_before
    )


def enqueue_all(
    kind: str,
    *,
    fact: str,
    readers: Iterable[Reader],
    context: Mapping[str, Any],  # Any: JSON values
    by: Actor,
    at: datetime,
    not_before: datetime | None = None,
) -> None:
    """Put the same notice into the outbox for many readers: one statement per `BATCH` of them.

    Thousands of endorsers are told of an answer while its row is locked, so it must be quick.
    Readers without an address are passed over: their accounts were erased.
    """
    letters = ((reader, context) for reader in readers)
    enqueue_each(kind, fact=fact, letters=letters, by=by, at=at, not_before=not_before)


def enqueue_each(
    kind: str,
    *,
    fact: str,
    letters: Iterable[tuple[Reader, Mapping[str, Any]]],  # Any: JSON values
    by: Actor,
    at: datetime,
    not_before: datetime | None = None,
) -> None:
    """Put a notice of one kind into the outbox for many readers, each with a text of their own."""
    kind_of(kind)
    notices = (
        Notice(
            key=f"{kind}|{fact}|{reader.recipient}",
            kind=kind,
            recipient=reader.recipient,
            address=reader.address,
            language=reader.language,
            context=dict(context),
            created_at=at,
            not_before=not_before or at,
        )
        for reader, context in letters
        if "@" in reader.address
    )
    while batch := list(islice(notices, BATCH)):
        Notice.objects.bulk_create(batch, ignore_conflicts=True)


def send_due(*, by: Actor, at: datetime, limit: int = 500) -> int:
    """Send what is due; returns how many went out. Safe to run twice or at the same time.

    A row is claimed by compare-and-set on its attempt number before anything is sent; a failure
    pushes it forward, so that one bad address cannot stop the rest.
    """
    if stop_of(Service.MAIL):  # what waits is kept, without a try being counted
        return 0
    due = Notice.objects.filter(sent_at=None, dropped_at=None, not_before__lte=at)
    sent = 0
    for notice in list(due.order_by("not_before", "id")[:limit]):
        backoff = min(timedelta(minutes=2**notice.attempts), LONGEST_WAIT)
        with transaction.atomic():
            claimed = due.filter(pk=notice.pk, attempts=notice.attempts).update(
                attempts=notice.attempts + 1, not_before=at + backoff
            )
        if claimed:
            sent += _deliver(notice, at)
    return sent


def _deliver(notice: Notice, at: datetime) -> int:
    row = Notice.objects.filter(pk=notice.pk)
    try:
        kind = kind_of(notice.kind)
        if not kind.still_true(notice.context, at):
            row.update(dropped_at=at, last_error="no longer true")
            return 0
        send_mail(kind, notice, at)
    except Exception as error:  # whatever is wrong with one notice: it stays, the rest goes on
        gone = at if notice.attempts + 1 >= MAX_ATTEMPTS else None
        _note(
            row, notice.kind, last_error=f"{type(error).__name__}: {error}"[:200], dropped_at=gone
        )
        return 0
    _note(row, notice.kind, last_error="", sent_at=at)
    return 1


def _note(row: QuerySet[Notice], kind: str, **outcome: Any) -> None:  # Any: values of fields
    """Write down what became of a notice, or delete it for good where its kind asks for that."""
    if kind in unkept_codes() and (outcome.get("sent_at") or outcome.get("dropped_at")):
        row.delete()
    else:
        row.update(**outcome)


def keep_in_sandbox(
    *, channel: Channel, to: str, subject: str, body: str, by: Actor, at: datetime
) -> SandboxMessage:
    """Put a message on the demo's /dev/outbox instead of sending it."""
    return SandboxMessage.objects.create(
        channel=channel, at=at, to=to, subject=subject[:300], body=body
    )


def forget_person(*, recipient: str, addresses: Collection[str], by: Actor, at: datetime) -> int:
    """Delete what a person was told, and in a sandbox what came to their mailbox and phone."""
    gone, _ = Notice.objects.filter(recipient=recipient).delete()
    SandboxMessage.objects.filter(to__in=list(addresses)).delete()
    return gone
