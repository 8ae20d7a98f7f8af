"""The shipped calendar against an outside oracle, published totals and itself."""

import re
from datetime import date, timedelta

import holidays
import pytest

from minben.kernel.calendar import WorkCalendar, load_calendar

# Days on which the shipped file departs from the oracle on purpose, with the reason.
EXCEPTIONS: dict[date, str] = {}

# 總放假日數 as printed in the letters of approval (2025: the revised calendar).
PUBLISHED_DAYS_OFF = {2021: 116, 2024: 115, 2025: 118, 2026: 120}


@pytest.fixture(scope="module")
def tw() -> WorkCalendar:
    return load_calendar("tw")


def every_day(calendar: WorkCalendar) -> list[date]:
    span = (calendar.last - calendar.first).days
    return [calendar.first + timedelta(days=i) for i in range(span + 1)]


def test_it_covers_2015_to_2027(tw: WorkCalendar) -> None:
    assert (tw.code, tw.first, tw.last) == ("tw", date(2015, 1, 1), date(2027, 12, 31))
    assert date.fromisoformat(tw.version) <= tw.last


def test_every_day_agrees_with_the_oracle(tw: WorkCalendar) -> None:
    # One year more on each side: a make-up day may belong to the neighbouring year.
    oracle = holidays.country_holidays(
        "TW", years=range(tw.first.year - 1, tw.last.year + 2), language="zh_TW"
    )
    different = {day for day in every_day(tw) if tw.is_working(day) != oracle.is_working_day(day)}
    assert different == set(EXCEPTIONS)


@pytest.mark.parametrize(("year", "days_off"), PUBLISHED_DAYS_OFF.items())
def test_days_off_add_up_to_the_published_total(tw: WorkCalendar, year: int, days_off: int) -> None:
    off = [day for day in every_day(tw) if day.year == year and not tw.is_working(day)]
    assert len(off) == days_off


def test_bridge_days_and_make_up_days_name_each_other(tw: WorkCalendar) -> None:
    def named(text: str, near: date) -> date:
        year, month, day = re.search(r"(?:(\d+)年)?(\d+)月(\d+)日", text).groups()  # type: ignore[union-attr]
        return date(int(year or near.year), int(month), int(day))

    bridges = {named(name, day): day for day, name in tw.holidays.items() if "調整放假" in name}
    made_up = {day: named(name, day) for day, name in tw.workdays.items()}
    assert bridges.pop(date(2014, 12, 27)) == date(2015, 1, 2)  # made up before the range
    assert bridges == made_up


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2025, 5, 1), True),  # 勞動節 before the Act of 28 May 2025: offices worked
        (date(2026, 5, 1), False),
        (date(2024, 9, 28), False),  # a Saturday
        (date(2023, 9, 28), True),  # 孔子誕辰 was no day off
        (date(2025, 9, 29), False),  # its first observance, moved from a Sunday
        (date(2025, 10, 24), False),
        (date(2025, 12, 25), False),
        (date(2027, 2, 4), False),  # 小年夜
        (date(2023, 1, 7), True),  # a make-up Saturday
    ],
)
def test_known_days(tw: WorkCalendar, day: date, working: bool) -> None:
    assert tw.is_working(day) is working


def test_no_make_up_day_since_the_act_of_2025(tw: WorkCalendar) -> None:
    assert max(tw.workdays) == date(2025, 2, 8)
