"""How agencies stand to each other: days, chains, and a tree in which each is drawn once."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minben.people.rules import chain_of, drawn, exists_on

DAY = timedelta(days=1)
FIRST, LAST = date(2022, 7, 27), date(2023, 8, 1)


@pytest.mark.parametrize(
    ("day", "exists"),
    [(FIRST - DAY, False), (FIRST, True), (LAST - DAY, True), (LAST, False), (LAST + DAY, False)],
)
def test_an_agency_exists_from_its_first_day_until_the_day_it_ends(day: date, exists: bool) -> None:
    assert exists_on(FIRST, LAST, day) is exists


@given(st.dates())
def test_without_days_it_always_exists(day: date) -> None:
    assert exists_on(None, None, day)


@st.composite
def forests(draw: st.DrawFn) -> dict[int, int | None]:
    """Any parents without a circle: each member's parent has a smaller number, or is not listed."""
    size = draw(st.integers(1, 30))
    parents = {
        n: draw(st.one_of(st.none(), st.just(-1), st.integers(0, n - 1) if n else st.none()))
        for n in range(size)
    }
    order = draw(st.permutations(list(parents)))
    return {n: parents[n] for n in order}


@given(forests())
def test_each_member_is_drawn_once_below_its_parent(parents: dict[int, int | None]) -> None:
    path: list[int] = []
    seen: list[int] = []
    for member, depth in drawn(parents):
        assert depth <= len(path)
        del path[depth:]
        above = parents[member] if parents[member] in parents else None
        assert (path[-1] if path else None) == above
        path.append(member)
        seen.append(member)
    assert sorted(seen) == sorted(parents)


@given(forests())
def test_brothers_keep_the_order_they_came_in(parents: dict[int, int | None]) -> None:
    place = {member: n for n, (member, _) in enumerate(drawn(parents))}
    known = list(parents)
    for one, other in pairwise(known):
        if parents[one] == parents[other]:
            assert place[one] < place[other]


@given(st.dictionaries(st.integers(0, 9), st.integers(0, 9)), st.integers(0, 9))
def test_a_chain_always_ends_and_names_nobody_twice(onward: dict[int, int], start: int) -> None:
    found = chain_of(start, onward)
    assert found[0] == start
    assert len(found) == len(set(found))
    assert all(onward[one] == after for one, after in pairwise(found))
    assert onward.get(found[-1]) in (None, *found)
