"""Sending what is due (寄送): leased, handed over, sent; a process may die between any two.

Before the server's last word a row says `handed_at`. Killed before that, the server saw no end of
the letter and forgets it; the lease runs out and it is sent later. Killed after it, the row is in
doubt, and only the mail server's log (`minben.notify.actions.doubts`) decides.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from time import monotonic, sleep
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet

from minben.kernel import clock
from minben.kernel.actor import Actor
from minben.notify.actions.digests import follow_digest, hold_for_digest, send_digest
from minben.notify.letters import letter_of
from minben.notify.models import Notice
from minben.notify.queries import is_muted
from minben.notify.registry import DIGEST, NoticeKind, kind_of, unkept_codes
from minben.notify.speaking import AwayError, InDoubtError, Speaker, speaker
from minben.notify.wishes import Known, known_of
from minben.operations.rules import Service
from minben.operations.switches import stop_of

MAX_ATTEMPTS = 20
LONGEST_WAIT = timedelta(hours=6)  # twenty attempts span three days of a mail server away
BATCH = 100
SECONDS = 50.0  # of a tick that comes every minute


class LeaseLostError(Exception):
    """Somebody else holds the row now, or it is gone."""


@dataclass(frozen=True, slots=True)
class _Round:
    """What one worker does now: its lease, its connection, and what its readers wish."""

    token: str
    speaker: Speaker
    at: datetime
    known: Known


def real_now() -> datetime:
    """The machine's time, whatever a sandbox moved: how long a process has been silent."""
    return clock.now() - clock.offset()


def send_due(*, by: Actor, at: datetime, limit: int = 20_000) -> int:
    """Send what is due; returns how many went out. Safe to run twice or at the same time.

    It ends after `SECONDS`; what is left is due again at once. One bad address cannot stop the rest.
    """
    until = monotonic() + SECONDS
    token, sent = uuid4().hex, 0
    speaks = speaker()
    try:
        while limit > 0 and monotonic() < until:
            if stop_of(Service.MAIL):  # what waits is kept, without a try being counted
                break
            batch = _lease(token, at, min(limit, BATCH))
            if not batch:
                break
            limit -= len(batch)
            now = _Round(token, speaks, at, known_of(batch))
            sent += sum(_at_pace(partial(_deliver, one, now)) for one in batch)
    finally:
        speaks.hang_up()
    return sent


def _at_pace(deliver: Callable[[], int]) -> int:
    """Do it, and wait until the next may follow: some servers take so many a second and no more."""
    begun = monotonic()
    done = deliver()
    if settings.MAIL_PER_SECOND and done:
        sleep(max(0.0, 1 / settings.MAIL_PER_SECOND - (monotonic() - begun)))
    return done


@transaction.atomic
def _lease(token: str, at: datetime, limit: int) -> list[Notice]:
    """Take rows for this worker alone. What another's lease ran out on is free again.

    `not_before` moves too, so that a worker of the release before leaves them alone.
    """
    now = real_now()
    free = Notice.objects.filter(sent_at=None, dropped_at=None, handed_at=None, not_before__lte=at)
    free = free.filter(digest=None)  # what stands in a letter of the day leaves with it
    free = free.filter(Q(lease=None) | Q(leased_until__lt=now)).order_by("not_before")
    found = list(free.select_for_update(skip_locked=True)[:limit])
    holds = timedelta(seconds=settings.MAIL_LEASE_SECONDS)
    Notice.objects.filter(pk__in=[one.pk for one in found]).update(
        lease=token, leased_until=now + holds, not_before=at + holds, attempts=F("attempts") + 1
    )
    return found


def _deliver(notice: Notice, now: _Round) -> int:
    # By number and lease alone, which every outcome clears: asked for what waits as well, the
    # database may read all that waits, for every letter of thousands.
    row = Notice.objects.filter(pk=notice.pk, lease=now.token)
    told = None
    try:
        if notice.attempts >= MAX_ATTEMPTS:  # whoever tried last died of it
            raise RuntimeError("given up")
        kind = kind_of(notice.kind)
        if _waits(row, notice, kind, now):
            return 0
        if dropped := _dropped(notice, kind, now):
            settle(row, notice, now.at, dropped_at=now.at, last_error=dropped)
            return 0
        hand_over = partial(_hand_over, row)
        if kind.code == DIGEST:
            told = send_digest(now.speaker, notice, hand_over, now.at)
            if not told:
                note_outcome(row, notice.kind, dropped_at=now.at, last_error="nothing to tell")
                return 0
        else:
            now.speaker.send(letter_of(kind, notice, now.at), hand_over)
    except LeaseLostError:
        return 0
    except InDoubtError as error:  # neither sent nor to be sent: the log decides
        row.update(last_error=f"in doubt: {error}"[:200])
        return 0
    except Exception as error:  # whatever is wrong with one notice: it stays, the rest goes on
        _put_back(row, notice, now.at, error)
        return 0
    settle(row, notice, now.at, told, last_error="", sent_at=now.at)
    return 1


def _waits(row: QuerySet[Notice], notice: Notice, kind: NoticeKind, now: _Round) -> bool:
    """Whether its reader wishes it later; then it waits, without a try being counted."""
    until = now.known.quiet_until(notice, kind, now.at)
    if until is None and now.known.is_collected(notice, kind):
        hold_for_digest(row, notice, now.at)
        return True
    if until is None:
        return False
    row.update(lease=None, leased_until=None, not_before=until, attempts=F("attempts") - 1)
    return True


def _dropped(notice: Notice, kind: NoticeKind, now: _Round) -> str:
    """Why it is not sent at all, if it is not."""
    if not kind.still_true(notice.context, now.at):
        return "no longer true"
    if is_muted(notice.recipient, notice.case_id):  # asked now: a wish works at once
        return "stopped by its reader"
    return "its address returns letters" if now.known.is_returned(notice, kind) else ""


def _hand_over(row: QuerySet[Notice]) -> None:
    """Commit that the next byte may be the last; refuse if the row is somebody else's by now."""
    if not row.filter(handed_at=None).update(handed_at=real_now()):
        raise LeaseLostError


def _put_back(row: QuerySet[Notice], notice: Notice, at: datetime, error: Exception) -> None:
    """Try again later, or give up."""
    backoff = min(timedelta(minutes=2 ** min(notice.attempts, 10)), LONGEST_WAIT)
    told = f"{type(error).__name__}: {error}"[:200]
    away = isinstance(error, AwayError)
    gone = at if notice.attempts + 1 >= MAX_ATTEMPTS else None
    settle(
        row,
        notice,
        at,
        last_error=told.removeprefix("AwayError: ") if away else told,
        dropped_at=gone,
        handed_at=None,
        not_before=at + backoff,
    )


def settle(
    row: QuerySet[Notice],
    notice: Notice,
    at: datetime,
    told: Collection[int] | None = None,
    **outcome: Any,  # Any: field values
) -> None:
    """Write down what became of a notice, and of what it told if it was the letter of a day."""
    if notice.kind != DIGEST:
        note_outcome(row, notice.kind, **outcome)
        return
    with transaction.atomic():
        note_outcome(row, notice.kind, **outcome)
        follow_digest(notice, at, outcome, told)


def note_outcome(row: QuerySet[Notice], kind: str, **outcome: Any) -> None:  # Any: field values
    """Write down what became of a notice, or delete it for good where its kind asks for that.

    Its lease ends with it.
    """
    if kind in unkept_codes() and (outcome.get("sent_at") or outcome.get("dropped_at")):
        row.delete()
    else:
        row.update(lease=None, **outcome)
