"""Groups of five to eight: everybody sits, kinds are mixed, and the impossible numbers are few."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from minben.meetings.rules.groups import IMPOSSIBLE, LEAST, MOST, TABLES_MAX, seated, sizes

KINDS = ("petitioner", "endorser", "stakeholder", "official", "public")
people = st.lists(st.sampled_from(KINDS), max_size=60).map(
    lambda kinds: {kind: [pk for pk, one in enumerate(kinds, 100) if one == kind] for kind in KINDS}
)


def test_exactly_one_to_four_and_nine_are_impossible() -> None:
    """No k has 5k ≤ n ≤ 8k for them, and some k has for every other number."""
    possible = {n for k in range(1, 100) for n in range(LEAST * k, MOST * k + 1)}
    assert set(range(1, 500)) - possible == IMPOSSIBLE


@given(st.integers(0, 60))
def test_sizes_are_five_to_eight_wherever_that_is_possible(n: int) -> None:
    tables = sizes(n)
    assert sum(tables) == n
    assert len(tables) <= TABLES_MAX
    assert not tables or max(tables) - min(tables) <= 1
    if n and n not in IMPOSSIBLE:
        assert all(LEAST <= size <= MOST for size in tables)


def test_nine_sit_as_five_and_four_and_sixty_at_ten_tables() -> None:
    assert sizes(9) == (5, 4)
    assert sizes(4) == (4,)
    assert sizes(60) == (6,) * 10


@given(people, st.text(max_size=8))
def test_everybody_sits_once_and_every_kind_is_spread(
    group: dict[str, list[int]], seed: str
) -> None:
    tables = seated(group, seed)
    everybody = [pk for ids in group.values() for pk in ids]
    assert sorted(tables) == sorted(everybody)
    assert sorted(Counter(tables.values()).values()) == sorted(sizes(len(everybody)))
    for ids in group.values():
        at_table = Counter(tables[pk] for pk in ids)
        counts = [at_table[table] for table in set(tables.values())]
        assert not counts or max(counts) - min(counts) <= 1


def test_the_same_seed_seats_the_same_way_and_another_does_not() -> None:
    group = {"public": list(range(30))}
    assert seated(group, "M2026-0001") == seated({"public": list(range(29, -1, -1))}, "M2026-0001")
    assert seated(group, "M2026-0001") != seated(group, "M2026-0002")
