"""Units left out of a run are scored by its measure, and nobody of it moves."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minben.indicators import keeping
from minben.indicators.engine.faults import Faulty
from minben.indicators.engine.reading import read
from minben.indicators.engine.running import run
from minben.indicators.engine.shadow import decimals_of, shadow
from minben.indicators.engine.table import Table
from minben.indicators.shipped import find
from tests.indicator_samples import HDR, needs_real, numbers, recipe_of, rows_of, small, table

NAN = np.nan


def others(table: Table, *units: str) -> tuple[Table, Table]:
    """A table without some units, and those units."""
    gone = [row for row, unit in enumerate(table.units) if unit in units]
    return table.rows([row for row in range(len(table)) if row not in gone]), table.rows(gone)


def named(data: Table, *names: str) -> Table:
    """The same rows with other names of units."""
    return Table(names, data.periods, data.columns, data.labels)


@given(st.data())
@settings(max_examples=25, deadline=None)
def test_one_between_the_extremes_gets_back_what_it_had(data: st.DataObject) -> None:
    """Min-max, and the two that hold both extremes stay: every number is as if it were in."""
    values = data.draw(
        st.lists(st.tuples(st.integers(1, 99), st.integers(1, 99)), min_size=2, max_size=6)
    )
    x, y = [0, 100, *(a for a, _ in values)], [0, 100, *(b for _, b in values)]
    whole_data = small(x=x, y=y)
    recipe = read(recipe_of(decimals=3))
    whole = run(recipe, whole_data)
    rest, one = others(whole_data, "C")
    made = run(recipe, rest)
    [found] = shadow(made, rest, one, draws=10).estimates
    assert found.score == pytest.approx(whole.scores["z"][2], abs=1e-12)
    assert found.published == whole.published["z"][2]
    assert found.rank == whole.rank["z"][2]
    assert found.of == whole.ranked["z"][2]


def test_nobody_else_moves() -> None:
    data = small(x=[1, 2, 9, NAN, 3], y=[5, 1, 2, 8, 2])
    recipe = read(recipe_of(impute={"method": "middle"}, treat={"most": 1}, weights="entropy"))
    made = run(recipe, data)
    before = keeping._scores(made) + keeping._indicators(made) + keeping._scales(made)
    new = named(small(x=[1000], y=[-1000]), "NEW")
    [found] = shadow(made, data, new, draws=50).estimates
    assert keeping._scores(made) + keeping._indicators(made) + keeping._scales(made) == before
    assert found.of == 6


def test_the_best_and_the_last_it_could_be() -> None:
    data = small(x=[1, 2, 3], y=[1, 2, 3])
    made = run(read(recipe_of()), data)
    best, last, tied = (
        shadow(made, data, named(small(x=[v], y=[v]), "NEW"), draws=20).estimates[0]
        for v in (9, 0, 2)
    )
    assert (best.rank, best.of, best.score) == (1, 4, 4.0)
    assert (last.rank, last.of, last.score) == (4, 4, -0.5)
    assert (tied.rank, tied.of) == (2, 4)
    assert best.ranges["both"].high == 1
    assert last.ranges["both"].low == 4


def test_imputed_and_capped_as_the_run_was_and_told() -> None:
    """The middle of the run's group; and its cap, where the run itself had to cap one."""
    x = [1, 2, 3, 4, 5, 6, 7, 8, 9, 1000]
    y = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
    recipe = read(
        recipe_of(
            impute={"method": "middle", "group": "g"},
            treat={"most": 1},
            normalise={"method": "none"},
        )
    )
    data = small(x=x, y=y)
    data = Table(data.units, data.periods, data.columns, {"g": ("a",) * 5 + ("b",) * 5})
    made = run(recipe, data)
    assert [cell.after for cell in made.cells] == [9.0]
    new = Table(
        ("N", "M"),
        ("", ""),
        {"x": np.array([500, -7.0]), "y": np.array([NAN, 3])},
        {"g": ("b", "a")},
    )
    found = shadow(made, data, new, draws=10)
    told = {(cell.unit, cell.column, cell.what, cell.after) for cell in found.cells}
    assert told == {("N", "x", "winsorised", 9.0), ("N", "y", "imputed", 8.0)}
    first, second = found.estimates
    assert first.score == (9 + 8) / 2
    assert first.coverage == 0.5
    assert second.score == (-7 + 3) / 2  # the other tail was not capped


def test_a_logarithm_of_the_run_is_taken_of_the_new_too() -> None:
    x = np.array([*range(1, 19), 50_000.0, 90_000])
    recipe = read(recipe_of(treat={"most": 1}))
    data = Table(tuple(map(str, range(20))), ("",) * 20, {"x": x, "y": np.arange(20.0)}, {})
    made = run(recipe, data)
    assert {cell.what for cell in made.cells} == {"transformed"}
    new = named(small(x=[50_000, -5], y=[7, 7]), "N", "M")
    found = shadow(made, data, new, draws=10)
    assert found.later.scores["x"][0] == pytest.approx(made.scores["x"][18])
    assert found.later.scores["x"][1] == pytest.approx(0)  # as the lowest that was seen


@pytest.mark.parametrize("weights", ["pca", "entropy", "equal"])
def test_weights_are_frozen(weights: str) -> None:
    data = small(x=[1, 2, 3, 4, 9], y=[1, 3, 2, 4, 5])
    made = run(read(recipe_of(weights=weights)), data)
    found = shadow(made, data, named(small(x=[9], y=[1]), "N"), draws=10)
    assert found.later.weights["z"].tolist() == made.weights["z"].tolist()
    assert found.estimates[0].score == pytest.approx(made.weights["z"] @ [1, 0])


def test_favoured_units_keep_their_frontier() -> None:
    data = small(x=[4, 1, 2], y=[1, 4, 2])
    made = run(read(recipe_of(weights="bod", normalise={"method": "none"})), data)
    found = shadow(made, data, named(small(x=[3], y=[3]), "N"), draws=10)
    assert found.estimates[0].score == pytest.approx(1.0)
    assert (
        np.isnan(found.estimates[0].ranges.get("weights", found.estimates[0].ranges["inputs"]).low)
        is not True
    )
    assert set(found.estimates[0].ranges) == {"inputs"}
    assert any("none to draw" in note for note in found.notes)


def test_missing_members_and_coverage_are_told() -> None:
    data = small(x=[1, 2, 3], y=[1, 2, 3])
    made = run(read(recipe_of(coverage=0.6)), data)
    [found] = shadow(made, data, named(small(x=[2], y=[NAN]), "N"), draws=10).estimates
    assert found.missing == ("y",)
    assert found.coverage == 0.5
    assert found.withheld
    assert np.isnan(found.rank)
    assert found.of == 3
    assert np.isnan(found.ranges["both"].low)


def test_a_scale_of_a_group_is_the_runs_in_every_draw() -> None:
    """Without spread every draw is the run itself: the range of the rank is the rank."""
    document = recipe_of(
        groups=[
            {"code": "z"},
            {"code": "a", "parent": "z", "normalise": {"low_to": 1, "high_to": 7}},
        ]
    )
    document["indicators"][0]["parent"] = "a"
    data = small(x=[1, 4, 9, 2], y=[5, 1, 2, 8])
    made = run(read(document), data)
    new = named(small(x=[3], y=[6]), "N")
    found = shadow(made, data, new, draws=5, spread=0.0).estimates[0]
    assert found.code == "z"
    assert found.score == pytest.approx((1 + 6 * 2 / 8 + 5 / 7) / 2)
    assert found.ranges["weights"].low == found.ranges["weights"].high == found.rank == 3


def test_what_rounding_and_errors_leave_open() -> None:
    """Told as 2.0, it may be anything from 1.95 to 2.05: three others are in there."""
    data = small(x=[1, 1.96, 2.0, 2.04, 9.1], y=[1, 1.96, 2.0, 2.04, 9.1])
    data.columns["x"][:] = data.columns["y"][:] = [1, 1.9, 2.1, 3, 9.1]
    made = run(read(recipe_of(normalise={"method": "none"})), data)
    new = named(small(x=[2.1], y=[2.1]), "N")
    [found] = shadow(made, data, new, draws=400).estimates
    assert found.ranges["inputs"].low == 3  # above the one it ties with, or below
    assert found.ranges["inputs"].high == 4
    errors = named(small(x=[2.0], y=[2.0]), "N")
    [wide] = shadow(made, data, new, errors=errors, draws=400).estimates
    assert wide.ranges["inputs"].low <= 2
    assert wide.ranges["inputs"].high >= 5
    assert wide.ranges["both"].high >= wide.ranges["weights"].high


def test_a_wide_error_takes_nothing_below_zero_that_is_above_it() -> None:
    """Else a logarithm of the run could not be taken of a draw."""
    data = small(x=[1, 10, 100], y=[1, 10, 100])
    made = run(read(recipe_of(normalise={"log": True})), data)
    new = named(small(x=[5], y=[5]), "N")
    errors = named(small(x=[500], y=[500]), "N")
    found = shadow(made, data, new, errors=errors, draws=100).estimates[0]
    assert (found.rank, found.ranges["inputs"].low) == (3, 1)
    assert found.ranges["inputs"].high == 4


def test_digits() -> None:
    tables = [small(a=[1.25, 3], b=[1, 2], c=[1e-7, 1]), small(a=[0.5, NAN], b=[3, 4], c=[1, 1])]
    assert decimals_of(tables) == {"a": 2, "c": 7}


def test_the_same_seed_gives_the_same() -> None:
    data = small(x=[1.5, 2.5, 3.5, 2.2], y=[3.5, 2.5, 1.5, 2.9])
    made = run(read(recipe_of()), data)
    new = named(small(x=[2.6], y=[2.4]), "N")
    one, again = (shadow(made, data, new, draws=60, seed=4).estimates for _ in range(2))
    assert one == again


def test_latest_values_at_the_period_of_the_run() -> None:
    recipe = read(
        recipe_of(period={"rule": "latest", "most_back": 2}, normalise={"method": "none"})
    )

    def rows(*told: tuple[str, str, float]) -> Table:
        units, periods, x = zip(*told, strict=True)
        return Table(units, periods, {"x": np.array(x), "y": np.array(x)}, {})

    data = rows(("A", "2020", 1.5), ("B", "2019", 2.5))
    made = run(recipe, data)
    found = shadow(made, data, rows(("N", "2018", 2.0), ("N", "2017", 9.0)), draws=10)
    [one] = found.estimates
    assert (one.period, one.score, one.rank, one.of) == ("2020", 2.0, 2, 3)
    assert {cell.why for cell in found.cells} == {"latest, from 2018"}


def test_a_unit_the_recipe_does_not_list_may_be_scored() -> None:
    data = small(x=[1, 2, 3], y=[1, 2, 3])
    made = run(read(recipe_of(units=["A", "C"])), data)
    [found] = shadow(made, data, named(small(x=[2], y=[2]), "B"), draws=10).estimates
    assert (found.rank, found.of) == (2, 3)


@pytest.mark.parametrize(
    ("new", "message"),
    [
        (small(x=[1], y=[1]), "unit A: is in the run"),
        (
            Table(("N",), ("1999",), {"x": np.ones(1), "y": np.ones(1)}, {}),
            "1999: is not in the run",
        ),
        (Table((), (), {"x": np.ones(0), "y": np.ones(0)}, {}), "holds no unit"),
    ],
)
def test_refused(new: Any, message: str) -> None:
    data = small(x=[1, 2, 3], y=[1, 2, 3])
    with pytest.raises(Faulty, match=message):
        shadow(run(read(recipe_of()), data), data, new)


def test_refused_errors_and_screened() -> None:
    data = small(x=[1, 2, 3], y=[1, 2, 3])
    made = run(read(recipe_of(screen={"available": 0.9})), data)
    with pytest.raises(Faulty, match="cannot be -1"):
        shadow(made, data, named(small(x=[1], y=[1]), "N"), errors=named(small(x=[-1], y=[1]), "N"))
    with pytest.raises(Faulty, match=r"unit N: .*0.5 of the indicators have a value, 0.9 must"):
        shadow(made, data, named(small(x=[1], y=[NAN]), "N"))


@needs_real
def test_hdi_of_countries_left_out_one_by_one() -> None:
    """Goalposts are fixed: every country gets back what was published, and its rank."""
    rows = [row for row in rows_of(HDR, "latin-1") if row["hdi_2022"]]
    names = {name: f"{name}_2022" for name in ("le", "eys", "mys", "gnipc")}
    data, recipe = table(rows, "iso3", names), find("hdi-2010")
    whole = run(recipe, data)
    published = dict(zip(data.units, numbers(row["hdi_2022"] for row in rows), strict=True))
    for unit in data.units[::40]:
        rest, one = others(data, unit)
        found = shadow(run(recipe, rest), rest, one, draws=20).estimates[0]
        assert found.code == "hdi"
        assert found.published == published[unit]
        assert found.rank == whole.rank["hdi"][data.units.index(unit)]
        assert found.of == len(data)
        assert found.ranges["both"].low <= found.rank <= found.ranges["both"].high


@needs_real
def test_one_like_taiwan_is_placed_in_the_egdi_of_2018() -> None:
    """No row of it there: with Korea's components it stands where Korea stands, among 194."""
    rows = rows_of("egdi/egdi-2018.csv")
    data = table(rows, "country-code", {"osi": "osi", "tii": "tii", "hci": "hci"})
    assert "TWN" not in data.units
    korea = data.rows([data.units.index("KOR")])
    made = run(find("egdi-2018"), data)
    [found] = shadow(made, data, named(korea, "TWN"), draws=200).estimates
    assert found.published == made.published["egdi"][data.units.index("KOR")]
    assert found.rank == made.rank["egdi"][data.units.index("KOR")] == 3
    assert found.of == 194
    assert found.ranges["weights"].high - found.ranges["weights"].low < 10
    assert decimals_of([data])["osi"] == 4


@needs_real
def test_asem_values_that_are_no_extreme_keep_their_scores() -> None:
    recipe = find("asem-2018")
    rows = rows_of("coinr/ASEM_iData.csv")
    data = table(rows, "uCode", {name: name for name in recipe.columns}, *recipe.labels)
    whole = run(recipe, data)
    checked, apart = 0, []
    for row, unit in enumerate(data.units):
        rest, one = others(data, unit)
        made = run(recipe, rest)
        found = shadow(made, rest, one, draws=2)
        index = next(estimate for estimate in found.estimates if estimate.code == "Index")
        apart.append(abs(index.rank - whole.rank["Index"][row]))
        capped = {cell.column for cell in (*whole.cells, *made.cells) if cell.what != "imputed"}
        own = {cell.column for cell in whole.cells if cell.unit == unit}
        for leaf in recipe.indicators:
            score = whole.scores[leaf.code][row]
            if 0 < score < 100 and leaf.code not in capped | own:
                assert found.later.scores[leaf.code][0] == pytest.approx(score), (unit, leaf.code)
                checked += 1
    assert checked > 1000
    assert np.median(apart) <= 1


def test_a_unit_at_the_end_of_a_scale_is_scored_though_its_inputs_cannot_be_drawn() -> None:
    recipe = read(recipe_of(aggregate="geometric"))
    data = small(x=[1.5, 2.5, 3.5], y=[2.5, 1.5, 5.5])
    late = named(small(x=[1.5], y=[3.0]), "Q")
    found = shadow(run(recipe, data), data, late, draws=50)
    [estimate] = found.estimates
    assert (estimate.score, estimate.rank) == (0, 2)
    assert set(estimate.ranges) == {"weights"}
    assert found.notes == ("inputs of Q are not drawn: with some of them z: the geometric mean of a negative score (Q) does not exist",)  # fmt: skip


def test_standard_errors_of_somebody_else_are_refused() -> None:
    recipe, data = read(recipe_of()), small(x=[1, 2, 3], y=[3, 1, 2])
    late, errors = named(small(x=[2], y=[2]), "Q"), named(small(x=[1], y=[1]), "R")
    with pytest.raises(Faulty, match="unit R: has standard errors"):
        shadow(run(recipe, data), data, late, errors=errors, draws=10)
