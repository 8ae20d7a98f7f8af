"""Who is counted, of when, and with how much known; ties; scales with a reference."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from minben.indicators.engine.faults import Faulty
from minben.indicators.engine.ranking import ranks
from minben.indicators.engine.reading import read
from minben.indicators.engine.running import run
from minben.indicators.engine.table import Table
from tests.indicator_samples import recipe_of, small

NAN = np.nan
PLAIN = {"normalise": {"method": "none"}}


def panel(rows: list[tuple[str, str, float, float]], **labels: tuple[str, ...]) -> Table:
    """Rows of unit, period, x and y."""
    units, periods, x, y = zip(*rows, strict=True)
    return Table(units, periods, {"x": np.array(x), "y": np.array(y)}, labels)


def test_only_listed_units_are_compared() -> None:
    found = run(read(recipe_of(units=["A", "C"])), small(x=[0, 99, 10], y=[0, 99, 10]))
    assert found.table.units == ("A", "C")
    assert found.scores["z"].tolist() == [0, 1]
    assert found.ranked["z"].tolist() == [2, 2]


def test_units_by_what_a_column_says() -> None:
    data = panel([("A", "", 0, 0), ("B", "", 9, 9), ("C", "", 10, 10)], oecd=("yes", "no", "yes"))
    recipe = read(recipe_of(units={"label": "oecd", "equals": "yes"}))
    assert recipe.labels == ("oecd",)
    assert run(recipe, data).table.units == ("A", "C")
    with pytest.raises(Faulty, match="nobody would be counted"):
        run(read(recipe_of(units={"label": "oecd", "equals": "si"})), data)


def test_a_listed_unit_must_be_there() -> None:
    with pytest.raises(Faulty, match="unit Q: the recipe counts it"):
        run(read(recipe_of(units=["A", "Q"])), small(x=[1, 2], y=[1, 2]))


PANEL = [
    ("A", "2018", 1, 1),
    ("A", "2020", 2, NAN),
    ("B", "2017", 5, 5),
    ("B", "2018", 6, NAN),
    ("C", "2015", 9, 9),
]


def test_the_latest_value_not_older_than_asked() -> None:
    rule = {"rule": "latest", "most_back": 2}
    found = run(read(recipe_of(period=rule, **PLAIN)), panel(PANEL))  # type: ignore[arg-type]
    assert found.table.units == ("A", "B")  # what is known of C is too old
    assert set(found.table.periods) == {"2020"}
    assert found.table.columns["x"].tolist() == [2, 6]
    assert found.table.columns["y"].tolist() == pytest.approx([1, NAN], nan_ok=True)
    [old, *cells] = found.cells
    assert (old.unit, old.column, old.what) == ("C", "", "screened")
    assert old.why == "nothing is at most 2 older than 2020"
    told = [(one.unit, one.column, one.what, one.after, one.why) for one in cells]
    assert told == [
        ("B", "x", "carried", 6.0, "latest, from 2018"),
        ("A", "y", "carried", 1.0, "latest, from 2018"),
    ]


def test_the_target_may_be_named_and_nothing_later_is_used() -> None:
    rule = {"rule": "latest", "target": "2018", "most_back": 1}
    found = run(read(recipe_of(period=rule, **PLAIN)), panel(PANEL))  # type: ignore[arg-type]
    assert found.table.columns["x"].tolist() == [1, 6]
    assert found.table.columns["y"].tolist() == [1, 5]
    rule |= {"target": "2030"}
    with pytest.raises(Faulty, match="nothing is at most 1 older than 2030"):
        run(read(recipe_of(period=rule)), panel(PANEL))  # type: ignore[arg-type]


def test_periods_that_are_no_years_are_counted_by_place() -> None:
    data = panel([("A", "2020-Q1", 1, 1), ("A", "2020-Q4", 2, 2), ("B", "2020-Q1", 3, 3)])
    rule = {"rule": "latest", "most_back": 1}
    assert run(read(recipe_of(period=rule, **PLAIN)), data).table.units == ("A", "B")


def test_who_is_known_too_little_of_is_left_out_and_listed() -> None:
    recipe = read(recipe_of(screen={"available": 0.6, "zeros": 0.5}))
    found = run(recipe, small(x=[1, NAN, 0, 3, 0], y=[1, 100, 0, 3, 2]))
    assert found.table.units == ("A", "D", "E")
    told = [(one.unit, one.what, one.why) for one in found.cells]
    assert told == [
        ("B", "screened", "0.5 of the indicators have a value, 0.6 must"),
        ("C", "screened", "1 of its values are zero, 0.5 may be"),
    ]
    assert set(found.ranked["z"]) == {3.0}
    assert found.scores["y"].max() == 1.0  # B's 100 is no longer an extreme
    with pytest.raises(Faulty, match="unit A: nobody is left: 1 of its values are zero"):
        run(recipe, small(x=[0, NAN], y=[0, 1]))


@pytest.mark.parametrize(
    ("ties", "expected"),
    [
        ("min", [1, 2, 2, 4]),
        ("dense", [1, 2, 2, 3]),
        ("average", [1, 2.5, 2.5, 4]),
    ],
)
def test_ties(ties: str, expected: list[float]) -> None:
    recipe = read(recipe_of(ties=ties, **PLAIN))  # type: ignore[arg-type]
    assert run(recipe, small(x=[9, 5, 5, 1], y=[9, 5, 5, 1])).rank["z"].tolist() == expected


@given(arrays(np.float64, (3, 8), elements=st.sampled_from([1.0, 2.0, 3.0, NAN])))
@settings(deadline=None)
def test_ranks_of_many_rows_are_those_of_each(values: Any) -> None:
    for ties in ("min", "dense", "average"):
        together = ranks(values, ties)  # type: ignore[arg-type]
        for row, one in enumerate(values):
            assert np.array_equal(together[row], ranks(one, ties), equal_nan=True)  # type: ignore[arg-type]
            seen = one[~np.isnan(one)]
            higher = [float(np.sum(seen > value)) for value in seen]
            if ties == "min":
                assert together[row][~np.isnan(one)].tolist() == [n + 1 for n in higher]
            if ties == "average":
                assert np.nansum(together[row]) == len(seen) * (len(seen) + 1) / 2
            if ties == "dense":
                assert set(together[row][~np.isnan(one)]) == set(range(1, len(set(seen)) + 1))


def test_adjusted_mazziotta_pareto() -> None:
    """Between 70 and 130 with 100 at the reference; what varies is taken off or put on.

    x: 0, 10, 20 with reference 5 lies from -5 to 15: 85, 115, 145; y, with 10, at 70, 100, 130.
    """
    scale = {"method": "minmax", "low_to": 70, "high_to": 130}
    recipe = recipe_of(aggregate="mpi")
    recipe["indicators"][0]["normalise"] = scale | {"reference": 5}
    recipe["indicators"][1]["normalise"] = scale | {"reference": 10}
    data = small(x=[0, 10, 20], y=[0, 10, 20])
    found = run(read(recipe), data)
    assert found.scores["x"].tolist() == [85, 115, 145]
    assert found.scores["y"].tolist() == [70, 100, 130]
    middle, variance = np.array([77.5, 107.5, 137.5]), 7.5**2
    assert found.scores["z"] == pytest.approx(middle - variance / middle)
    found = run(read(recipe | {"aggregate": "mpi_plus"}), data)
    assert found.scores["z"] == pytest.approx(middle + variance / middle)


def test_one_to_seven_and_half_weights() -> None:
    recipe = recipe_of(
        normalise={"method": "goalposts", "low": 0, "high": 6, "low_to": 1, "high_to": 7}
    )
    recipe["indicators"][0]["weight"] = 0.5
    found = run(read(recipe), small(x=[0, 6], y=[6, 0]))
    assert found.scores["x"].tolist() == [1, 7]
    assert found.scores["z"] == pytest.approx([(0.5 * 1 + 7) / 1.5, (0.5 * 7 + 1) / 1.5])


def test_distance_to_a_target_where_less_is_better() -> None:
    recipe = recipe_of()
    recipe["indicators"][0] |= {"direction": -1, "normalise": {"method": "target", "high": 5}}
    recipe["indicators"][1] |= {"normalise": {"method": "target", "high": 10}}
    found = run(read(recipe), small(x=[10, 5, 1], y=[5, 10, 20]))
    assert found.scores["x"].tolist() == [0.5, 1, 1]
    assert found.scores["y"].tolist() == [0.5, 1, 1]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"units": []}, "wrong_kind"),
        ({"units": "A"}, "wrong_kind"),
        ({"units": ["A", "A"]}, "code_twice"),
        ({"units": ["A", 3]}, "wrong_kind"),
        ({"units": {"label": "oecd"}}, "name_missing"),
        ({"units": {"label": "", "equals": "x"}}, "wrong_kind"),
        ({"units": {"label": "a", "equals": "x", "only": ["A"]}}, "unknown_name"),
        ({"period": {"rule": "newest"}}, "unknown_choice"),
        ({"period": {"rule": "latest", "most_back": -1}}, "range"),
        ({"screen": {"available": 2}}, "range"),
        ({"screen": {"zeroes": 1}}, "unknown_name"),
        ({"ties": "max"}, "unknown_choice"),
        ({"normalise": {"method": "zscore", "reference": 1}}, "reference"),
    ],
)
def test_refused(more: dict[str, Any], code: str) -> None:
    with pytest.raises(Faulty) as refused:
        read(recipe_of(**more))
    assert code in {fault.code for fault in refused.value.faults}
