"""Waves in a file; how many tests there are; from which size on a difference can be told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minben.indicators.engine.faults import Faulty
from minben.indicators.surveys.series import HEADER, rows_of, steps_of
from minben.indicators.surveys.waves import Change, Label, Wave, compare, holm, least_n

FILE = """series,base,period,share,n,deff
im,users,2018,96.8,11437,
im,users,2019,95.9,11437,2
bank,users,2018,32.9,11437,
bank,users,2019,42.5,,
web,all,2018,86.5,13222,
web,all,2019,86.2,13222,
web,all,2020,86,13000,
"""


def test_every_step_of_every_series() -> None:
    steps = steps_of("w.csv", FILE.encode())
    told = [(step.series, step.earlier, step.period, step.change.label) for step in steps]
    assert told == [
        ("im", "2018", "2019", Label.SMALL),
        ("bank", "2018", "2019", Label.UNTESTED),
        ("web", "2018", "2019", Label.FLAT),
        ("web", "2019", "2020", Label.FLAT),
    ]
    assert steps[0].after.deff == 2
    assert steps[3].after.decimals == 0
    assert [step.stands for step in steps] == [True, None, False, False]
    assert all(len(row) == len(HEADER) for row in rows_of(steps))


@pytest.mark.parametrize(
    ("old", "new", "place", "code"),
    [
        ("series,", "serie,", "w.csv, line 1", "unknown_column"),
        ("im,users,2018,96.8", "im,users,2018,", "w.csv, line 2, column share", "missing"),
        ("96.8", '"96,8"', "w.csv, line 2, column share", "decimal_comma"),
        ("96.8", "968", "w.csv, line 2, column share", "share"),
        ("im,users,2018", "im,users,107年", "w.csv, line 2, column period", "period"),
        ("im,users,2018", "im,users,2019", "w.csv, line 3, column period", "duplicate"),
        ("im,users,2018", "im,all,2018", "w.csv, line 3, column base", "base_mismatch"),
        ("96.8,11437", "96.8,0", "w.csv, line 2, column n", "n"),
        ("96.8,11437", "96.8,10.5", "w.csv, line 2, column n", "n"),
        ("95.9,11437,2", "95.9,11437,-1", "w.csv, line 3, column deff", "deff"),
    ],
)
def test_what_is_refused(old: str, new: str, place: str, code: str) -> None:
    with pytest.raises(Faulty) as refused:
        steps_of("w.csv", FILE.replace(old, new, 1).encode())
    assert (place, code) in [(one.where, one.code) for one in refused.value.faults]


def test_one_wave_is_nothing_to_compare() -> None:
    with pytest.raises(Faulty, match="two periods"):
        steps_of("w.csv", b"series,base,period,share\na,b,2018,5\n")


def changes(*points: float) -> list[Change]:
    return [compare(Wave(50, 2000, "b"), Wave(50 + one, 2000, "b")) for one in points]


def test_of_many_tests_fewer_stand() -> None:
    """p of 3.2, 3.5 and 6 points: .043, .027, .0001; alone each is below .05."""
    alone = changes(3.2)
    assert holm(alone) == [True]
    assert holm(changes(3.2, 3.5, 6.0)) == [False, False, True]
    many = changes(3.2, *[0.1] * 19)
    assert holm(many)[0] is False
    assert many[0].label is Label.CHANGED


@given(st.lists(st.floats(-9, 9), min_size=1, max_size=20))
def test_holm_is_never_kinder_than_single_tests_and_never_harsher_than_bonferroni(
    points: list[float],
) -> None:
    told = changes(*points)
    for change, stands in zip(told, holm(told), strict=True):
        assert change.p_value is not None
        assert not stands or change.p_value <= 0.05
        assert stands or change.p_value > 0.05 / len(told)


@given(st.floats(1, 99), st.floats(1, 99), st.floats(0.5, 4))
def test_the_least_size_is_the_edge(first: float, second: float, deff: float) -> None:
    before, after = Wave(first, None, "b", decimals=6), Wave(second, None, "b", decimals=6)
    least = least_n(before, after, deff)
    if least is None:
        assert first == second
        return
    if abs(first - second) < 0.01:
        return  # a size that is no whole number of people

    def label(n: int) -> Label:
        waves = [Wave(one, n, "b", deff, 6) for one in (first, second)]
        return compare(*waves).label

    assert label(least + 1 + least // 1000) is not Label.FLAT
    if least > 2:
        assert label(least - 1 - least // 1000) is Label.FLAT


def test_shares_without_any_spread() -> None:
    assert compare(Wave(0, 9, "b"), Wave(0, 9, "b")).p_value == 1
    assert compare(Wave(0, 9, "b"), Wave(100, 9, "b")).p_value == 0
    assert compare(Wave(0, None, "b"), Wave(100, 9, "b")).p_value is None
