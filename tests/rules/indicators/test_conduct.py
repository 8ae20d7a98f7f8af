"""Which numbers of few people are withheld, and which months are over."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minben.base.measuring import PLATFORM, Scale, Taken, share
from minben.indicators.conduct import (
    LEAST,
    Told,
    finished,
    published,
    renamed,
    span,
    with_zeros,
    withheld,
)
from minben.indicators.rules import Status

COUNTS = st.dictionaries(st.sampled_from("ABCDEFGH"), st.integers(0, 12), max_size=8)


@given(COUNTS)
def test_nobody_is_found_by_looking_or_by_subtracting(persons: dict[str, int]) -> None:
    hidden = withheld(persons)
    assert all(many == 0 or many >= LEAST for unit, many in persons.items() if unit not in hidden)
    people_behind = sum(persons[unit] for unit in hidden)
    some_left = [unit for unit in persons if unit not in hidden and persons[unit] > 0]
    if some_left:
        assert 0 not in {persons[unit] for unit in hidden}
    if hidden and (some_left or len(hidden) < len(persons)):  # else nothing but the total is told
        assert len(hidden) > 1
        assert people_behind >= LEAST
        assert len(hidden) < people_behind < len(hidden) * (LEAST - 1) or any(
            persons[unit] >= LEAST for unit in hidden
        )
    assert bool(hidden) == any(0 < many < LEAST for many in persons.values())


def test_the_smallest_other_goes_with_a_single_one() -> None:
    assert withheld({"A": 3, "B": 40, "C": 7, "D": 0}) == {"A", "C"}
    assert withheld({"A": 3, "B": 2, "C": 7, "D": 9}) == {"A", "B"}
    assert withheld({"A": 1, "B": 2, "C": 7, "D": 9}) == {"A", "B", "C"}
    assert withheld({"A": 5, "B": 0}) == frozenset()
    assert withheld({"A": 2}) == {"A"}


def test_counties_that_can_only_be_all_alike_are_not_alone_with_their_sum() -> None:
    ones = dict.fromkeys("ABCDE", 1)
    assert withheld(ones | {"F": 9, "G": 20, "H": 0}) == {*ones, "F"}  # five of five: each is one
    fours = dict.fromkeys("ABC", 4)
    assert withheld(fours | {"F": 9, "G": 20}) == {*fours, "F"}
    assert withheld(fours | {"D": 3, "F": 9, "G": 20}) == {*fours, "D"}


def test_zeros_do_not_leave_a_few_alone_with_the_total() -> None:
    assert withheld({"A": 3, "B": 0, "C": 0}) == {"A", "B", "C"}
    assert withheld({"A": 3, "B": 4, "C": 0}) == {"A", "B"}


def test_what_is_withheld_says_so_and_tells_no_number() -> None:
    taken = [
        Taken(PLATFORM, 10.0, 10),
        Taken("A", 2.0, 2, persons=2),
        Taken("B", 8.0, 8, persons=8),
        Taken("C", None, 0),
    ]
    assert published(taken) == [
        Told(PLATFORM, 10.0, 10, Status.NORMAL),
        Told("A", None, None, Status.SUPPRESSED),
        Told("B", None, None, Status.SUPPRESSED),
        Told("C", None, 0, Status.MISSING),
    ]


def test_agencies_are_no_people_and_are_told() -> None:
    assert published([Taken("agency.x", 1.0, 1)]) == [Told("agency.x", 1.0, 1, Status.NORMAL)]


def test_a_county_without_anybody_is_a_zero_only_where_there_was_somebody() -> None:
    some = [Taken(PLATFORM, 6.0, 6), Taken("A", 6.0, 6, persons=6)]
    assert with_zeros(some, Scale.COUNT, "AB") == [*some, Taken("B", 0.0, 0, 0)]
    none = [Taken(PLATFORM, 0.0, 0)]
    assert with_zeros(none, Scale.COUNT, "AB") == none
    shares = [Taken("A", 100.0, 6, persons=6)]
    assert with_zeros(shares, Scale.PERCENT, "AB") == [*shares, Taken("B", 0.0, 6, 0)]
    assert with_zeros(some, Scale.DAYS, "AB") == some


def test_a_place_without_a_code_stays_in_the_total_only() -> None:
    told = list(renamed([Taken(PLATFORM, 2.0), Taken("甲", 1.0), Taken("海外", 1.0)], {"甲": "A"}))
    assert told == [Taken(PLATFORM, 2.0), Taken("A", 1.0)]


def test_months_are_those_of_taiwan_and_only_what_is_over() -> None:
    begins, ends = span("2026-12")
    assert begins == datetime(2026, 11, 30, 16, tzinfo=UTC)
    assert ends == datetime(2026, 12, 31, 16, tzinfo=UTC)
    first = datetime(2026, 10, 31, 17, tzinfo=UTC)  # already November in Taiwan
    assert finished(first, datetime(2027, 1, 31, 15, 59, tzinfo=UTC)) == ["2026-11", "2026-12"]
    assert finished(first, datetime(2027, 1, 31, 16, tzinfo=UTC))[-1] == "2027-01"
    assert finished(first, first) == []


@pytest.mark.parametrize(("part", "whole", "expected"), [(1, 4, 25.0), (0, 4, 0.0), (0, 0, None)])
def test_a_share_of_nothing_is_nothing(part: int, whole: int, expected: float | None) -> None:
    assert share(part, whole) == expected
