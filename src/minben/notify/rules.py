"""When a letter may leave (寄送時間), and when an address takes none any more (退信). Pure."""

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from minben.kernel.periods import TAIPEI

DIGEST_HOUR: Final = 8  # in Taiwan
BOUNCED_DAYS: Final = 3  # distinct days on which letters came back for good
NO_SUCH_MAILBOX: Final = "5.1.1"
"""Basis: RFC 3463, 3.2: the mailbox does not exist. One is enough."""


def digest_at(at: datetime) -> datetime:
    """The next instant after `at` at which letters of the day leave."""
    local = at.astimezone(TAIPEI)
    due = datetime.combine(local.date(), time(DIGEST_HOUR), TAIPEI)
    return due if at < due else due + timedelta(days=1)


def quiet_end(at: datetime, start: int | None, end: int | None) -> datetime | None:
    """When the quiet hours end that `at` lies in; None outside of them, or if there are none.

    Args:
        start, end: hours of the day in Taiwan; the first is quiet, the second is not. They may lie
            on two days, as 22 and 7 do.
    """
    if start is None or end is None:
        return None
    local = at.astimezone(TAIPEI)
    span, since = (end - start) % 24, (local.hour - start) % 24
    if since >= span:
        return None
    whole = local.replace(minute=0, second=0, microsecond=0)
    return whole + timedelta(hours=span - since)


class Report(StrEnum):
    """What one line of a delivery status notification comes to."""

    PERMANENT = "permanent"
    TEMPORARY = "temporary"
    NOTHING = "nothing"  # delivered, relayed, or no failure at all


def report_of(action: str, status: str) -> Report:
    """Read action and status of RFC 3464; whatever is odd is nothing."""
    if action not in ("failed", "delayed"):
        return Report.NOTHING
    if status.startswith("5.") and action == "failed":
        return Report.PERMANENT
    return Report.TEMPORARY if status[:2] in ("4.", "5.") else Report.NOTHING


def days_after(days: int, last: date | None, day: date) -> tuple[int, date]:
    """How many days letters came back on, and the last of them; a day counts once."""
    if last is not None and day <= last:
        return days, last
    return days + 1, day


def stops(days: int, status: str) -> bool:
    """Whether nothing is sent to an address any more."""
    return days >= BOUNCED_DAYS or (days > 0 and status == NO_SUCH_MAILBOX)
