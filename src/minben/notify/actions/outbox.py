"""Putting notices into the outbox (寄件匣), in the transaction of the act that tells."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from itertools import islice
from typing import Any

from minben.kernel.actor import Actor
from minben.notify.models import (
    Channel,
    Mailing,
    Mute,
    Notice,
    ReturnedAddress,
    SandboxMessage,
    Wish,
)
from minben.notify.registry import Reader, kind_of

BATCH = 500


def notice_key(kind: str, fact: str, version: int, recipient: str) -> str:
    """What makes a notice the same one. A first version has none in it, as all had at first."""
    return f"{kind}|{fact}|{f'v{version}|' if version > 1 else ''}{recipient}"


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
    version: int = 1,
    case_id: int | None = None,
) -> None:
    """Put one notice into the outbox, in the caller's transaction.

    Telling the same person the same `version` of a `fact` a second time does nothing.
    """
    reader = Reader(recipient, address, language)
    enqueue_all(
        kind,
        fact=fact,
        readers=[reader],
        context=context,
        by=by,
        at=at,
        not_before=not_before,
        version=version,
        case_id=case_id,
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
    version: int = 1,
    case_id: int | None = None,
) -> None:
    """Put the same notice into the outbox for many readers: one statement per `BATCH` of them.

    Tens of thousands are a mailing (`begin_mailing`), which costs its act one row.
    Readers without an address are passed over: their accounts were erased.
    """
    letters = ((reader, context) for reader in readers)
    enqueue_each(
        kind,
        fact=fact,
        letters=letters,
        by=by,
        at=at,
        not_before=not_before,
        version=version,
        case_id=case_id,
    )


def enqueue_each(
    kind: str,
    *,
    fact: str,
    letters: Iterable[tuple[Reader, Mapping[str, Any]]],  # Any: JSON values
    by: Actor,
    at: datetime,
    not_before: datetime | None = None,
    version: int = 1,
    case_id: int | None = None,
    mailing: Mailing | None = None,
) -> None:
    """Put a notice of one kind into the outbox for many readers, each with a text of their own."""
    kind_of(kind)
    notices = (
        Notice(
            key=notice_key(kind, fact, version, reader.recipient),
            kind=kind,
            recipient=reader.recipient,
            address=reader.address,
            language=reader.language,
            context=dict(context),
            created_at=at,
            not_before=not_before or at,
            version=version,
            case_id=case_id,
            mailing=mailing,
        )
        for reader, context in letters
        if "@" in reader.address
    )
    while batch := list(islice(notices, BATCH)):
        Notice.objects.bulk_create(batch, ignore_conflicts=True)


def keep_in_sandbox(
    *, channel: Channel, to: str, subject: str, body: str, by: Actor, at: datetime
) -> SandboxMessage:
    """Put a message on the demo's /dev/outbox instead of sending it."""
    return SandboxMessage.objects.create(
        channel=channel, at=at, to=to, subject=subject[:300], body=body
    )


def forget_person(*, recipient: str, addresses: Collection[str], by: Actor, at: datetime) -> int:
    """Delete what a person was told and wished not to be, and in a sandbox what came to their mailbox and phone."""
    gone, _ = Notice.objects.filter(recipient=recipient).delete()
    Mute.objects.filter(recipient=recipient).delete()
    Wish.objects.filter(recipient=recipient).delete()
    known = [address.casefold() for address in addresses]
    ReturnedAddress.objects.filter(address__in=known).delete()
    SandboxMessage.objects.filter(to__in=list(addresses)).delete()
    return gone
