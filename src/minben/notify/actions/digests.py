"""The letter of a day (彙整通知): one a person and day, made of what waits, true when it leaves.

It is a notice of its own, with the key of person and day, and leaves as every other does: leased,
handed over, sent. What it tells is fixed with its hand-over, in the same transaction; so whatever
the mail server's log says of it later holds for exactly these.
"""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import translation

from minben.kernel.periods import local_day
from minben.notify.letters import digest_letter, rendered
from minben.notify.models import Notice
from minben.notify.queries import is_muted
from minben.notify.registry import DIGEST, kind_of
from minben.notify.rules import digest_at
from minben.notify.speaking import Speaker

MOST = 50  # of one letter; what is more waits for the next


@transaction.atomic
def hold_for_digest(row: QuerySet[Notice], notice: Notice, at: datetime) -> None:
    """Let a notice wait for the next letter of the day that nobody has begun to send."""
    due = digest_at(at)
    while (digest := _waiting(notice, due, at)) is None:
        due += timedelta(days=1)
    row.update(
        digest=digest,
        lease=None,
        leased_until=None,
        not_before=due,
        attempts=F("attempts") - 1,  # it was no try
    )


def _waiting(notice: Notice, due: datetime, at: datetime) -> Notice | None:
    """The letter of that day, made if there is none; None if it has left or is leaving."""
    day = local_day(due).isoformat()
    key = f"{DIGEST}|{day}|{notice.recipient}"
    made = Notice(
        key=key,
        kind=DIGEST,
        recipient=notice.recipient,
        address=notice.address,
        language=notice.language,
        context={"day": day},
        created_at=at,
        not_before=due,
    )
    Notice.objects.bulk_create([made], ignore_conflicts=True)
    # Locked: a worker that takes it now does so after this, and finds the notice in it.
    found = Notice.objects.select_for_update().get(key=key)
    if found.sent_at or found.dropped_at or found.handed_at or found.lease:
        return None
    Notice.objects.filter(pk=found.pk).update(address=notice.address, language=notice.language)
    return found


def release_held(recipient: str, at: datetime) -> None:
    """What waits for a letter of the day waits for it no more, unless it may have left in one."""
    _items(recipient).filter(handed_at=None).update(digest=None, not_before=at)


def _items(recipient: str, digest: int | None = None) -> QuerySet[Notice]:
    """What waits for letters of the day, or for one of them."""
    rows = Notice.objects.filter(
        recipient=recipient, digest__isnull=False, sent_at=None, dropped_at=None
    )
    return rows if digest is None else rows.filter(digest=digest)


def send_digest(
    speaker: Speaker, digest: Notice, hand_over: Callable[[], None], at: datetime
) -> tuple[int, ...]:
    """Send it; returns the numbers of what it told, none of nothing. Raises what the speaker does."""
    found = _collect(digest, at)
    numbers = tuple(pk for pk, _ in found)
    if numbers:
        letter = digest_letter(kind_of(DIGEST), digest, [text for _, text in found], at)
        speaker.send(letter, partial(_fix, digest, numbers, hand_over))
    return numbers


def _collect(digest: Notice, at: datetime) -> list[tuple[int, tuple[str, str]]]:
    """What of the waiting is still true and wanted; what is not is dropped, and says so."""
    found: list[tuple[int, tuple[str, str]]] = []
    rows = _items(digest.recipient, digest.pk).order_by("created_at", "pk")
    for item in rows[:MOST]:
        row = Notice.objects.filter(pk=item.pk)
        try:
            kind = kind_of(item.kind)
            if not kind.still_true(item.context, at):
                row.update(dropped_at=at, last_error="no longer true")
            elif is_muted(item.recipient, item.case_id):
                row.update(dropped_at=at, last_error="stopped by its reader")
            else:
                with translation.override(digest.language):
                    found.append((item.pk, rendered(kind, item, at)[:2]))
        except Exception as error:  # one that can't be rendered keeps back no other
            told = f"{type(error).__name__}: {error}"[:200]
            row.update(digest=None, not_before=at, attempts=F("attempts") + 1, last_error=told)
    return found


@transaction.atomic
def _fix(digest: Notice, numbers: Collection[int], hand_over: Callable[[], None]) -> None:
    """Hand over, and with it fix what the letter tells."""
    hand_over()
    handed = Notice.objects.values_list("handed_at", flat=True).get(pk=digest.pk)
    Notice.objects.filter(pk__in=numbers).update(handed_at=handed)


def follow_digest(
    digest: Notice,
    at: datetime,
    outcome: dict[str, Any],  # Any: field values
    told: Collection[int] | None = None,
) -> None:
    """Write down what became of a letter of the day for everything it tells.

    Args:
        told: which notices it told; by default those that were fixed with its hand-over.
    """
    rows = _items(digest.recipient, digest.pk)
    if outcome.get("sent_at"):
        inside = rows.filter(handed_at__isnull=False) if told is None else rows.filter(pk__in=told)
        inside.update(sent_at=outcome["sent_at"], last_error="")
        # What came too late for it, or was one too many, goes into the next.
        _items(digest.recipient, digest.pk).update(digest=None, not_before=at)
    elif outcome.get("dropped_at"):
        rows.update(dropped_at=outcome["dropped_at"], last_error=outcome.get("last_error", ""))
    else:
        rows.update(handed_at=None)
