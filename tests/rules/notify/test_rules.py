"""When a letter may leave, and when an address takes none any more."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minben.kernel.periods import TAIPEI
from minben.notify.rules import Report, days_after, digest_at, quiet_end, report_of, stops

DAY0 = datetime(2015, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 25 * 365 * 86_400).map(lambda seconds: DAY0 + timedelta(seconds=seconds))
HOURS = st.integers(0, 23)


@given(MOMENTS)
def test_the_letter_of_the_day_leaves_at_the_next_eight(at: datetime) -> None:
    due = digest_at(at)
    local = due.astimezone(TAIPEI)
    assert (local.hour, local.minute, local.second, local.microsecond) == (8, 0, 0, 0)
    assert timedelta(0) < due - at <= timedelta(days=1)


def test_at_eight_itself_it_is_the_next_day() -> None:
    eight = datetime(2026, 3, 2, 8, tzinfo=TAIPEI)
    assert digest_at(eight) == eight + timedelta(days=1)
    assert digest_at(eight - timedelta(microseconds=1)) == eight


@pytest.mark.parametrize(
    ("hour", "start", "end", "until"),
    [
        (23, 22, 7, "2026-03-03T07:00"),
        (2, 22, 7, "2026-03-02T07:00"),
        (22, 22, 7, "2026-03-03T07:00"),
        (7, 22, 7, None),
        (21, 22, 7, None),
        (12, 11, 13, "2026-03-02T13:00"),
        (13, 11, 13, None),
        (12, None, None, None),
    ],
)
def test_quiet_hours_may_lie_on_two_days(
    hour: int, start: int | None, end: int | None, until: str | None
) -> None:
    found = quiet_end(datetime(2026, 3, 2, hour, 30, tzinfo=TAIPEI), start, end)
    assert (found and found.strftime("%Y-%m-%dT%H:%M")) == until


@given(MOMENTS, HOURS, HOURS.filter(bool))
def test_what_waits_for_quiet_hours_leaves_when_they_end(
    at: datetime, start: int, length: int
) -> None:
    end = (start + length) % 24
    until = quiet_end(at, start, end)
    if until is not None:
        assert timedelta(0) < until - at <= timedelta(hours=length)
        assert until.astimezone(TAIPEI).hour == end
        assert quiet_end(until, start, end) is None


@pytest.mark.parametrize(
    ("action", "status", "report"),
    [
        ("failed", "5.1.1", Report.PERMANENT),
        ("failed", "5.2.2", Report.PERMANENT),
        ("failed", "4.4.7", Report.TEMPORARY),
        ("delayed", "4.4.1", Report.TEMPORARY),
        ("delayed", "5.0.0", Report.TEMPORARY),  # not given up yet
        ("delivered", "2.0.0", Report.NOTHING),
        ("failed", "2.0.0", Report.NOTHING),
        ("exploded", "5.1.1", Report.NOTHING),
        ("failed", "", Report.NOTHING),
    ],
)
def test_only_what_failed_for_good_is_permanent(action: str, status: str, report: Report) -> None:
    assert report_of(action, status) is report


def test_three_days_stop_it_and_one_if_there_is_no_such_mailbox() -> None:
    day, days, last = date(2026, 3, 2), 0, None
    for offset, expected in ((0, 1), (0, 1), (1, 2), (0, 2), (5, 3)):
        days, last = days_after(days, last, day + timedelta(days=offset))
        assert days == expected
    assert [stops(n, "5.2.1") for n in range(4)] == [False, False, False, True]
    assert stops(1, "5.1.1")
    assert not stops(0, "5.1.1")
