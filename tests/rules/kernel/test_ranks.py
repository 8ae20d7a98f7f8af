"""Nearest rank, against its definition."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minben.kernel.ranks import nearest_rank


@given(st.lists(st.integers(-1000, 1000), min_size=1, max_size=60), st.integers(1, 100))
def test_it_is_the_smallest_value_with_enough_at_or_below(values: list[int], percent: int) -> None:
    found = nearest_rank(sorted(values), percent)
    enough = [one for one in values if 100 * sum(v <= one for v in values) >= percent * len(values)]
    assert found == min(enough)


def test_of_few_and_of_none() -> None:
    assert nearest_rank([1, 2, 3, 4], 50) == 2
    assert nearest_rank([7], 90) == 7
    assert nearest_rank([], 50) is None
    with pytest.raises(ValueError, match="percent"):
        nearest_rank([1], 0)
