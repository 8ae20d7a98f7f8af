"""Leaving out, doing otherwise, drawing thousands of times: each against what can be computed."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from minben.indicators.engine import robustness
from minben.indicators.engine.averaging import correlations, mean
from minben.indicators.engine.exploring import cronbach
from minben.indicators.engine.faults import Faulty
from minben.indicators.engine.many import Tree, means
from minben.indicators.engine.reading import read
from minben.indicators.engine.robustness import grid, intervals, rank_intervals, remove_one, without
from minben.indicators.engine.running import run
from minben.indicators.engine.scenarios import Choices, Scenario, altered
from minben.indicators.engine.table import Table
from minben.indicators.shipped import find
from minben.indicators.telling.basis import DRAWS, Basis, drawn_ranks
from tests.indicator_samples import recipe_of, small

NAN = np.nan


def deep(**more: Any) -> dict[str, Any]:
    """Three indicators in two groups in one."""
    document = {
        "format": "minben-recipe-1",
        "code": "deep",
        "indicators": [
            {"code": "x", "parent": "a", "weight": 2},
            {"code": "y", "parent": "a"},
            {"code": "w", "parent": "b"},
        ],
        "groups": [
            {"code": "z"},
            {"code": "a", "parent": "z", "aggregate": "geometric", "normalise": {"low_to": 1, "high_to": 7}},
            {"code": "b", "parent": "z", "weight": 0.5, "missing": "withhold"},
        ],
        "normalise": {"low_to": 1, "high_to": 100},
        "coverage": 0.5,
    }  # fmt: skip
    return document | more


def sample(rows: int = 9, seed: int = 3) -> Table:
    random = np.random.default_rng(seed)
    columns = {name: random.random(rows).round(3) for name in "xyw"}
    columns["y"][2] = columns["w"][4] = NAN
    periods = tuple("1" if n % 2 else "2" for n in range(rows))
    return Table(tuple("ABCDEFGHIJKLMNOP"[:rows]), periods, columns, {})


ROWS = arrays(np.float64, (3, 4), elements=st.sampled_from([0.0, 0.5, 1.0, 2.0, 30.0, NAN]))
DRAWN = arrays(np.float64, (3, 4), elements=st.sampled_from([0.1, 0.25, 1.0]))


@given(ROWS, DRAWN)
@settings(deadline=None)
def test_many_means_are_the_one_mean_many_times(scores: Any, drawn: Any) -> None:
    drawn = drawn / drawn.sum(axis=1, keepdims=True)
    for rule in ("arithmetic", "geometric", "harmonic", "mpi", "mpi_plus"):
        together = means("z", rule, scores, drawn)
        thick = means("z", rule, np.stack([scores] * 3), drawn)
        with np.errstate(all="ignore"):
            each = np.stack([mean("z", rule, scores, weight) for weight in drawn])
        np.testing.assert_allclose(together, each, rtol=1e-9, atol=1e-12)
        np.testing.assert_allclose(thick, each, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize(
    "more",
    [{}, {"aggregate": "harmonic"}, {"aggregate": "mpi"}, {"missing": "zero"}, {"coverage": 0.9}],
)
@pytest.mark.parametrize("over", [{}, {"method": "zscore"}, {"over": "panel"}, {"reference": 3}])
def test_a_draw_is_a_run_with_those_weights(more: dict[str, Any], over: dict[str, Any]) -> None:
    """Every step above the indicators, in two periods, as the run itself does it."""
    document = deep(**more)
    document["groups"][1]["normalise"] = {"low_to": 1, "high_to": 7} | over
    if over.get("method") == "zscore":
        document |= {"aggregate": "arithmetic"}
    made = run(read(document), sample())
    tree = Tree(made, "z")
    factors = np.random.default_rng(1).uniform(0.6, 1.4, (4, len(tree.members)))
    found = tree.score(factors)
    for draw, factor in enumerate(factors):
        for part in (*document["indicators"], *document["groups"]):
            part["was"] = part.get("weight", 1)
        other = {**document}
        for name in ("indicators", "groups"):
            other[name] = [
                {k: v for k, v in part.items() if k != "was"}
                | {"weight": part["was"] * factor[tree.members.index(part["code"])]}
                for part in document[name]
            ]
        for part in (*document["indicators"], *document["groups"]):
            del part["was"]
        expected = run(read(other), sample()).scores["z"]
        np.testing.assert_allclose(found[draw], expected, rtol=1e-9)


def test_without_spread_intervals_are_the_ranks() -> None:
    data = sample()
    made = run(read(deep(decimals=2)), data)
    found = intervals(made, data, "z", draws=3, spread=0.0)
    assert np.array_equal(found.low, made.rank["z"], equal_nan=True)
    assert np.array_equal(found.high, made.rank["z"], equal_nan=True)
    assert np.nansum(found.first) == 2  # one first of each period


def test_what_is_withheld_or_excepted_is_so_in_every_draw() -> None:
    override = {"unit": "A", "period": "", "code": "z", "value": -1, "reason": "r"}
    recipe = read(recipe_of(overrides=[override], coverage=0.9))
    found = rank_intervals(recipe, small(x=[9, 2, 3, 1], y=[9, 2, NAN, 1]), "z", draws=50)
    assert found.high[0] == 3
    assert np.isnan(found.low[2])
    assert found.high[1] == 1


def test_batches_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    data = sample()
    made = run(read(deep()), data)
    choices = Choices(normalisations=("own", "percentile"))
    whole = intervals(made, data, "z", draws=40, choices=choices)
    told: list[tuple[int, int]] = []
    monkeypatch.setattr(robustness, "CELLS", 60)
    monkeypatch.setattr(robustness, "LEAST", 1)
    parts = intervals(
        made, data, "z", draws=40, choices=choices, progress=lambda *at: told.append(at)
    )
    assert np.array_equal(whole.first, parts.first)
    assert np.array_equal(whole.middle, parts.middle, equal_nan=True)
    assert told[-1] == (40, 40)
    assert len(told) > 10


@pytest.mark.parametrize("over", ["period", "panel"])
def test_one_period_alone_is_as_it_is_among_all(over: str) -> None:
    document = deep()
    document["groups"][1]["normalise"] |= {"over": over}
    data = sample()
    made = run(read(document), data)
    choices = Choices(normalisations=("own", "percentile"))
    whole = intervals(made, data, "z", draws=60, choices=choices)
    part = intervals(made, data, "z", draws=60, choices=choices, period="2")
    mask = made.table.by_period["2"]
    assert np.array_equal(part.low, whole.low[mask], equal_nan=True)
    assert np.array_equal(part.high, whole.high[mask], equal_nan=True)
    assert np.array_equal(part.first, whole.first[mask])
    with pytest.raises(Faulty, match="is not there"):
        intervals(made, data, "z", draws=2, period="9")


def test_draws_are_few_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draws are taken together: a hundred times as many are no more calls of the mean."""
    calls = []
    real = means

    def counted(*args: Any) -> Any:
        calls.append(args)
        return real(*args)

    monkeypatch.setattr("minben.indicators.engine.many.means", counted)
    data = sample()
    for draws in (10, 1000):
        rank_intervals(read(deep()), data, "z", draws=draws)
    assert len(calls) == 2 * 3  # three groups each time


def test_ties_of_the_recipe_hold_in_draws() -> None:
    data = small(x=[3, 2, 2, 1], y=[3, 2, 2, 1])
    for ties, expected in (("min", 2), ("average", 2.5), ("dense", 2)):
        found = rank_intervals(read(recipe_of(ties=ties)), data, "z", draws=20)
        assert (found.low[1], found.high[2]) == (expected, expected)


def test_weights_chosen_for_each_unit_cannot_be_drawn() -> None:
    with pytest.raises(Faulty, match="none to draw"):
        rank_intervals(read(recipe_of(weights="bod")), small(x=[1, 2, 3], y=[3, 1, 2]), "z")


def test_components_keep_their_weights_in_draws() -> None:
    """Weights found by the data, not the ones of the document, are what moves."""
    data = small(x=[1, 2, 3, 4, 9], y=[1, 3, 2, 4, 5], w=[2, 1, 3, 5, 4])
    document = recipe_of(weights="pca")
    document["indicators"].append({"code": "w", "parent": "z"})
    made = run(read(document), data)
    assert made.weights["z"].tolist() != pytest.approx([1 / 3] * 3, abs=1e-4)
    tree = Tree(made, "z")
    assert tree.score(np.ones((1, 4)))[0] == pytest.approx(made.scores["z"])


@pytest.mark.filterwarnings("error")
def test_what_does_not_vary_correlates_with_nothing() -> None:
    columns = np.array([[1, 5, 1, NAN], [2, 5, 3, 1], [3, 5, 2, NAN]], dtype=float)
    found = correlations(columns)
    assert found[0, 2] == pytest.approx(0.5)
    assert np.isnan(found[1, [0, 2, 3]]).all()
    assert np.isnan(found[3, :3]).all()
    assert np.isnan(cronbach(columns))
    assert cronbach(columns[:, [0, 2]]) == pytest.approx(2 / 3)


def test_leaving_out_by_hand() -> None:
    """Without y ranks are those of x: 1, 2, 3 instead of 2, 1, 3."""
    data = small(x=[3, 2, 1], y=[0, 9, 1])
    assert remove_one(read(recipe_of()), data, ["x", "y", "z"], "z") == {
        "x": pytest.approx(2 / 3),
        "y": pytest.approx(2 / 3),
    }


def test_an_emptied_group_goes_too() -> None:
    document = deep(overrides=[{"unit": "A", "period": "", "code": "b", "value": 1, "reason": "r"}])
    left = without(read(document), "w")
    assert [group.code for group in left.groups] == ["z", "a"]
    assert left.overrides == ()


def test_a_scenario_replaces_what_parts_have_of_their_own() -> None:
    hdi = find("hdi-2010")
    other = altered(hdi, Scenario("minmax", "equal", "arithmetic", "median"))
    assert all(one.normalisation is None for one in other.indicators)
    assert {other.rules(group)[:2] for group in other.groups} == {("arithmetic", "equal")}
    assert other.imputation.middle == "median"
    assert other.decimals is None
    egdi = find("egdi-2012")
    assert egdi.overrides
    assert altered(egdi, Scenario("percentile")).overrides == ()
    assert altered(egdi, Scenario(aggregation="harmonic")).overrides == egdi.overrides
    assert replace(altered(hdi, Scenario()), document={}) == replace(hdi, document={})


def test_the_grid_tells_what_moves_and_what_cannot_be_done() -> None:
    data = small(x=[1, 2, 4], y=[3, 1, 2])
    made = run(read(recipe_of()), data)
    found = {one.scenario.told: one for one in grid(made, data, "z")}
    own = found["own/own/own/own"]
    assert (own.moved, own.shift) == (0, 0.0)
    assert all(one.rank is not None for one in found.values() if not one.refused)
    refused = [name for name, one in found.items() if one.refused]
    assert refused == ["zscore/own/geometric/own", "zscore/equal/geometric/own"]
    assert all("does not exist" in found[name].refused for name in refused)
    moved = [one for one in found.values() if one.moved]
    assert moved
    for one in moved:
        assert one.rank is not None
        assert one.moved == int((one.rank != made.rank["z"]).sum())
        assert one.shift == pytest.approx(float(np.abs(one.rank - made.rank["z"]).mean()))


def test_draws_over_ways_of_doing_it_reach_every_possible_way() -> None:
    data = small(x=[1, 2, 4, 3], y=[3, 1, 2, 2.9])
    made = run(read(recipe_of()), data)
    choices = Choices(
        normalisations=("own", "minmax", "zscore"),
        aggregations=("own", "geometric"),
        imputations=("own", "median"),
    )
    found = intervals(made, data, "z", draws=300, spread=0.0, choices=choices)
    ways = [one.rank for one in grid(made, data, "z", choices) if one.rank is not None]
    assert found.low.tolist() == np.min(ways, axis=0).tolist()
    assert found.high.tolist() == np.max(ways, axis=0).tolist()
    assert any("zscore/own/geometric" in one for one in found.refused)


def test_where_nothing_can_be_done_the_reason_is_told() -> None:
    data = small(x=[-1, 2, 4], y=[3, 1, 2])
    made = run(read(recipe_of()), data)
    with pytest.raises(Faulty, match="does not exist"):
        intervals(
            made,
            data,
            "z",
            choices=Choices(normalisations=("zscore",), aggregations=("geometric",)),
        )


def test_pages_show_the_intervals_of_a_period_that_it_has_among_all() -> None:
    """On a scale over all periods a period alone has other ends, and other ranks."""
    document = deep()
    document["groups"][1]["normalise"] |= {"over": "panel"}
    data = sample(12, 8)
    data.columns["x"][1::2] *= 0.4  # the other period reaches lower
    made = run(read(document), data)
    shown = drawn_ranks(Basis(("panel",), made, data), "2", "z")
    whole = intervals(made, data, "z", draws=DRAWS)
    mask = made.table.by_period["2"]
    assert shown is not None
    assert shown.units == tuple(np.array(made.table.units)[mask])
    assert np.array_equal(shown.ranks.low, whole.low[mask], equal_nan=True)
    assert np.array_equal(shown.ranks.high, whole.high[mask], equal_nan=True)
    assert drawn_ranks(Basis(("panel",), made, data), "9", "z") is None


def test_one_element_that_cannot_be_left_out_does_not_hide_the_others() -> None:
    members = [{"code": "x", "parent": "z"}, {"code": "y", "parent": "z", "weight": 0}]
    found = remove_one(read(recipe_of(indicators=members)), small(x=[1, 2, 4], y=[3, 1, 2]), ["x", "y"], "z")  # fmt: skip
    assert np.isnan(found["x"])
    assert found["y"] == 0
