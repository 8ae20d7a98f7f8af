"""Dates, deadlines and bars in words and numbers."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

import minben.base
from minben.base import presentation
from minben.kernel.periods import TAIPEI

NOON = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)  # noon in Taiwan, a Sunday


def midnight_after(day: date) -> datetime:
    """The exclusive instant that ends a day in Taiwan, as deadlines are stored."""
    return datetime.combine(day + timedelta(days=1), datetime.min.time(), TAIPEI).astimezone(UTC)


def test_a_day_is_written_in_the_readers_language() -> None:
    with override("zh-hant"):
        assert presentation.day_text(date(2026, 11, 22)) == "2026年11月22日（週日）"
    with override("en"):
        assert presentation.day_text(date(2026, 11, 22)) == "Sunday 22 November 2026"


def test_a_late_evening_in_utc_is_the_next_day_in_taiwan() -> None:
    assert presentation.local_day(datetime(2026, 11, 22, 16, 0, tzinfo=UTC)) == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("days", "words", "pressing"),
    [
        (41, "41 days left", "later"),
        (4, "4 days left", "later"),
        (3, "3 days left", "soon"),
        (1, "1 day left", "soon"),
        (0, "ends today", "soon"),
        (-1, "1 day overdue", "overdue"),
        (-2, "2 days overdue", "overdue"),
    ],
)
def test_how_long_a_deadline_has(days: int, words: str, pressing: str) -> None:
    day = presentation.local_day(NOON) + timedelta(days=days)
    with override("en"):
        for due in (day, midnight_after(day)):
            assert presentation.until_text(due, NOON) == words
            assert presentation.urgency(due, NOON) == pressing


def test_a_deadline_with_an_hour_can_end_during_the_day() -> None:
    with override("en"):
        assert presentation.until_text(NOON - timedelta(hours=1), NOON) == "ended today"


@given(count=st.integers(0, 10**7), goal=st.integers(1, 10**6))
def test_a_bar_never_leaves_its_track(count: int, goal: int) -> None:
    bar = presentation.bar(count, goal)
    assert 0 <= bar["filled"] <= 1000
    assert 0 <= bar["mark"] <= 1000
    assert (bar["filled"] == 1000) == (count >= goal)


def test_seals_are_read_from_the_right_column() -> None:
    (first, x1, y1), (second, x2, y2), (third, x3, _), _fourth = presentation.seal_places(
        "正式回應"
    )
    assert (first, second, third) == ("正", "式", "回")
    assert x1 == x2 > x3
    assert y1 < y2


def test_an_unknown_stage_shows_itself() -> None:
    assert presentation.stage("not-a-stage").word == "not-a-stage"


def test_every_stage_and_adoption_has_an_icon_in_the_sprite() -> None:
    static = Path(minben.base.__file__).parent / "static" / "minben"
    sprite = (static / "icons.svg").read_text(encoding="utf-8")
    looks = [presentation.stage(code) for code in presentation.stage_codes()]
    looks += [presentation.adoption(code) for code in presentation.adoption_codes()]
    assert [look.code for look in looks if f'id="{look.icon}"' not in sprite] == []
