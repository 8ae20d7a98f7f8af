"""The clock never steps back, and does not stand still for ever."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo

import pytest

from minben.kernel import clock

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
Set = Callable[[datetime], None]


@pytest.fixture
def set_to(monkeypatch: pytest.MonkeyPatch) -> Set:
    """Sets the machine's clock."""

    class Machine(datetime):
        told = NOON

        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return cls.told

    def put(to: datetime) -> None:
        Machine.told = to

    monkeypatch.setattr(clock, "datetime", Machine)
    monkeypatch.setattr(clock, "_latest", NOON)
    monkeypatch.setattr(clock, "_recorded", NOON - 365 * 24 * HOUR)
    return put


def test_it_follows_the_time(set_to: Set) -> None:
    for minutes in range(3):
        set_to(NOON + timedelta(minutes=minutes))
        assert clock.now() == NOON + timedelta(minutes=minutes)


def test_set_back_a_little_it_stands_still_until_the_time_has_caught_up(set_to: Set) -> None:
    set_to(NOON + HOUR)
    assert clock.now() == NOON + HOUR
    for minutes in (0, 30, 59):
        set_to(NOON + timedelta(minutes=minutes))
        assert clock.now() == NOON + HOUR
    set_to(NOON + HOUR + timedelta(seconds=1))
    assert clock.now() == NOON + HOUR + timedelta(seconds=1)


def test_set_back_far_it_is_corrected(set_to: Set) -> None:
    set_to(NOON + timedelta(days=365))
    assert clock.now() == NOON + timedelta(days=365)
    set_to(NOON)
    assert clock.now() == NOON
    set_to(NOON - clock.HELD)
    assert clock.now() == NOON - clock.HELD
    set_to(NOON - clock.HELD - clock.HELD + timedelta(seconds=1))
    assert clock.now() == NOON - clock.HELD


def test_the_sandbox_moves_it_either_way(set_to: Set) -> None:
    with clock.moved_by(HOUR):
        assert clock.now() == NOON + HOUR
    assert clock.now() == NOON
    with clock.moved_by(-HOUR):
        assert clock.now() == NOON - HOUR


def test_it_tells_no_earlier_time_than_is_recorded(set_to: Set) -> None:
    clock.not_before(NOON + 30 * HOUR)
    clock.not_before(NOON + 29 * HOUR)  # what is recorded stays so
    for hours in (0, 29):
        set_to(NOON + hours * HOUR)
        assert clock.now() == NOON + 30 * HOUR
        assert clock.behind() == (30 - hours) * HOUR
    set_to(NOON + 31 * HOUR)
    assert clock.now() == NOON + 31 * HOUR
    assert clock.behind() == timedelta(0)
    set_to(NOON)  # far back: corrected once, but not behind what is recorded
    assert clock.now() == NOON + 30 * HOUR
