"""Reads of the outbox."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q

from minben.kernel import clock
from minben.notify.letters import message_id
from minben.notify.models import Mailing, Mute, Notice, ReturnedAddress, SandboxMessage, Wish
from minben.notify.registry import DIGEST, kind_of

LATE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Told:
    """One message as its reader sees it again: subject line, when, and the case it is about."""

    subject: str
    at: datetime
    number: str


@dataclass(frozen=True, slots=True)
class Outbox:
    """How much waits: all of it, what is late by more than `LATE`, what was refused once.

    `doubtful` was handed over and let go of without an answer: it waits for the mail server's log.
    """

    waiting: int
    late: int
    failing: int
    doubtful: int


@dataclass(frozen=True, slots=True)
class Doubt:
    """A letter in doubt: its number here, its name in the mail server's log, when it got it."""

    number: int
    message_id: str
    handed_at: datetime


def outbox(at: datetime) -> Outbox:
    """The outbox at `at`, for the host's monitoring. One query over what waits."""
    rows = Notice.objects.filter(sent_at=None, dropped_at=None)
    found = rows.aggregate(
        waiting=Count("pk", filter=Q(handed_at=None)),
        late=Count("pk", filter=Q(handed_at=None, not_before__lte=at - LATE)),
        failing=Count("pk", filter=Q(lease=None, attempts__gt=0)),
        doubtful=Count("pk", filter=doubtful()),
    )
    return Outbox(**found)


def doubtful() -> Q:
    """Handed over, and let go of by its worker without an answer."""
    silent = clock.now() - clock.offset()  # a lease runs by the machine's time
    # What stands in a letter of the day has no lease: it is as doubtful as that letter.
    return Q(handed_at__isnull=False, leased_until__lt=silent)


def doubts(limit: int = 100) -> list[Doubt]:
    """Letters in doubt, oldest first. One query."""
    rows = Notice.objects.filter(doubtful(), sent_at=None, dropped_at=None).order_by("pk")
    found = rows.values_list("pk", "key", "handed_at")[:limit]
    return [Doubt(pk, message_id(key), handed) for pk, key, handed in found if handed]


def mailings_under_way() -> Sequence[Mailing]:
    """Mailings whose readers are not all written yet, oldest first. One query."""
    return list(Mailing.objects.filter(done_at=None, cancelled_at=None).order_by("pk"))


def sandbox_messages(limit: int = 100) -> Sequence[SandboxMessage]:
    """What the demo would have sent, newest first. One query."""
    return list(SandboxMessage.objects.all()[:limit])


def told_to(recipient: str, limit: int = 20) -> Sequence[Notice]:
    """What a person was told, newest first, for "my page". One query."""
    rows = Notice.objects.filter(recipient=recipient).exclude(kind=DIGEST)
    return list(rows.order_by("-created_at", "-id")[:limit])


def told(recipient: str, limit: int = 20) -> list[Told]:
    """What a person was told, newest first, in the active language. One query."""
    return [_told(notice) for notice in told_to(recipient, limit)]


def _told(notice: Notice) -> Told:
    try:
        subject = str(kind_of(notice.kind).subject) % notice.context
    except (KeyError, ValueError, TypeError):  # a kind of an earlier version: still their message
        subject = notice.kind
    return Told(subject, notice.created_at, str(notice.context.get("number", "")))


def is_muted(recipient: str, case_id: int | None) -> bool:
    """Whether somebody wants no letters about a case. A query, if the letter is about one."""
    return (
        case_id is not None and Mute.objects.filter(recipient=recipient, case_id=case_id).exists()
    )


def muted(recipient: str) -> Sequence[Mute]:
    """The cases of which somebody wants no letters, newest first. One query."""
    return list(Mute.objects.filter(recipient=recipient).order_by("-at", "-id"))


def subject_of(recipient: str, case_id: int) -> str:
    """What a case is about, as the last letter on it said; empty if none did. One query."""
    rows = Notice.objects.filter(recipient=recipient, case_id=case_id).order_by("-created_at")
    context = rows.values_list("context", flat=True).first() or {}
    return str(context.get("subject", ""))


def wish_of(recipient: str) -> Wish | None:
    """How somebody wants letters, if they said so. One query."""
    return Wish.objects.filter(recipient=recipient).first()


def wishes_of(recipients: Collection[str]) -> dict[str, Wish]:
    """The wishes of several people, by recipient. One query."""
    return {row.recipient: row for row in Wish.objects.filter(recipient__in=recipients)}


def returned(address: str) -> ReturnedAddress | None:
    """What is known of letters that came back from an address, if any did. One query."""
    return ReturnedAddress.objects.filter(address=address.casefold()).first()


def returns_mail(address: str) -> bool:
    """Whether nothing is sent to an address any more. One query."""
    known = returned(address)
    return known is not None and known.stopped_at is not None


def stopped_addresses(addresses: Collection[str]) -> set[str]:
    """Those of the addresses, casefolded, that nothing is sent to. One query."""
    asked = {address.casefold() for address in addresses}
    rows = ReturnedAddress.objects.filter(address__in=asked, stopped_at__isnull=False)
    return set(rows.values_list("address", flat=True))


def names_of_letters(recipient: str, address: str, limit: int = 200) -> dict[str, datetime]:
    """When the last letters to somebody at an address left, by Message-ID. One query."""
    rows = Notice.objects.filter(recipient=recipient, address__iexact=address)
    sent = rows.filter(sent_at__isnull=False).order_by("-created_at")
    return {message_id(key): at for key, at in sent.values_list("key", "sent_at")[:limit] if at}
