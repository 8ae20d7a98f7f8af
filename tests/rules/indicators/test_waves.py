"""Two waves: points and growth side by side, and a label by rule.

The rows are table 1 of the course-book for civil servants (數位機會調查 2018 and 2019); the sample
size of 2018 is the one its publisher gives, that of 2019 is not known.
"""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minben.indicators.engine.faults import Faulty
from minben.indicators.surveys.waves import Label, Wave, compare

ALL, USERS = "all aged 12 and over", "users of the Internet aged 12 and over"
ROWS = [
    ("個人上網率", 86.5, 86.2, ALL, -0.3, -0.35),
    ("行動上網率", 84.9, 84.4, ALL, -0.5, -0.59),
    ("居家連網率", 84.9, 90.4, ALL, 5.5, 6.48),
    ("即時通訊", 96.8, 95.9, USERS, -0.9, -0.93),
    ("線上金融", 32.9, 42.5, USERS, 9.6, 29.18),
    ("政府主動服務", 60.0, 66.7, USERS, 6.7, 11.17),
]


@pytest.mark.parametrize(("name", "before", "after", "base", "points", "growth"), ROWS)
def test_points_and_growth(
    name: str, before: float, after: float, base: str, points: float, growth: float
) -> None:
    found = compare(Wave(before, 13222, base), Wave(after, None, base))
    assert found.points == points, name
    assert found.growth == pytest.approx(growth, abs=0.005), name
    assert found.label is Label.UNTESTED


def test_what_was_called_flat_is_not_always() -> None:
    """−0.9 points of 96.8 per cent are more than chance at that size, and −0.3 of 86.5 are not."""
    size = {"n": 13222}
    found = compare(Wave(96.8, base=USERS, **size), Wave(95.9, base=USERS, **size))
    assert found.label is Label.SMALL
    assert (found.low, found.high) == pytest.approx((-1.35, -0.45), abs=0.01)
    found = compare(Wave(86.5, base=ALL, **size), Wave(86.2, base=ALL, **size))
    assert found.label is Label.FLAT
    weak = [Wave(s, 5000, USERS, deff=2.0) for s in (96.8, 95.9)]
    assert compare(*weak).label is Label.FLAT


def test_rounding_leaves_growth_a_range() -> None:
    found = compare(Wave(32.9, None, USERS), Wave(42.5, None, USERS))
    assert (found.growth_low, found.growth_high) == pytest.approx((28.83, 29.53), abs=0.01)


def test_from_zero_there_is_no_growth() -> None:
    assert compare(Wave(0, 100, ALL), Wave(5, 100, ALL)).growth is None


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"base": USERS}, "base_mismatch"),
        ({"share": 101.0}, "share"),
        ({"n": 0}, "n"),
        ({"deff": 0.0}, "deff"),
    ],
)
def test_what_cannot_be_compared(change: dict[str, object], code: str) -> None:
    before = Wave(50, 1000, ALL)
    with pytest.raises(Faulty) as refused:
        compare(before, replace(before, **change))  # type: ignore[arg-type]
    assert refused.value.faults[0].code == code


@given(st.floats(0.1, 99.9), st.floats(0.1, 99.9), st.integers(30, 20000))
def test_the_label_follows_from_the_interval(a: float, b: float, n: int) -> None:
    found = compare(Wave(a, n, ALL), Wave(b, n, ALL))
    assert found.low is not None
    assert found.high is not None
    covers = found.low <= 0 <= found.high
    assert covers == (found.label is Label.FLAT)
    assert found.label is not Label.CHANGED or abs(found.points) >= 2
