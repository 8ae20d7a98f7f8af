"""Each step does what its name says, on small tables one can check by hand."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from minben.indicators.engine.faults import Faulty
from minben.indicators.engine.ranking import ranks
from minben.indicators.engine.reading import read
from minben.indicators.engine.recipe import Normalisation
from minben.indicators.engine.robustness import rank_intervals
from minben.indicators.engine.running import rounded, run
from minben.indicators.engine.scaling import fit
from tests.indicator_samples import recipe_of, small

VALUES = arrays(
    np.float64, st.integers(3, 12), elements=st.floats(-1e6, 1e6).map(lambda x: round(x, 3))
)
NAN = np.nan


@given(VALUES)
@settings(deadline=None)
def test_minmax_ends_at_its_ends_and_keeps_the_order(values: Any) -> None:
    if values.min() == values.max():
        return
    scale = fit("x", values, Normalisation(low_to=1, high_to=7), 1, "")
    scores = scale.apply(values)
    assert (scores.min(), scores.max()) == pytest.approx((1, 7))
    assert np.all(np.diff(scores[np.argsort(values)]) >= 0)
    turned = fit("x", values, Normalisation(low_to=1, high_to=7), -1, "").apply(values)
    assert scores + turned == pytest.approx(np.full(len(values), 8.0))


@given(VALUES)
@settings(deadline=None)
def test_ranks_are_those_of_a_list(values: Any) -> None:
    values[0] = NAN
    expected = [sum(1 for other in values if other > one) + 1 for one in values]
    assert np.isnan(ranks(values)[0])
    assert ranks(values)[1:].tolist() == expected[1:]


@pytest.mark.parametrize(
    ("rule", "direction", "expected"),
    [
        (Normalisation("goalposts", low=0, high=10), 1, [0, 0.5, 1, 1]),
        (Normalisation("goalposts", low=0, high=10, cap=False), 1, [0, 0.5, 1, 2]),
        (Normalisation("goalposts", low=0, high=10), -1, [1, 0.5, 0, 0]),
        (Normalisation("target", high=10), 1, [0, 0.5, 1, 1]),
        (Normalisation("rank"), 1, [1, 2, 3, 4]),
        (Normalisation("percentile"), 1, [0.25, 0.5, 0.75, 1]),
        (Normalisation("none"), -1, [0, -5, -10, -20]),
    ],
)
def test_scales(rule: Normalisation, direction: int, expected: list[float]) -> None:
    values = np.array([0.0, 5, 10, 20])
    assert fit("x", values, rule, direction, "").apply(values) == pytest.approx(expected)


def test_zscore() -> None:
    scores = fit("x", np.array([1.0, 2, 3]), Normalisation("zscore"), 1, "").apply(
        np.array([1.0, 2, 3])
    )
    assert scores == pytest.approx([-1, 0, 1])


@pytest.mark.parametrize(
    ("aggregate", "expected"),
    [("arithmetic", 3.0), ("geometric", 8**0.5), ("harmonic", 8 / 3), ("mpi", 3 - 1 / 3)],
)
def test_means(aggregate: str, expected: float) -> None:
    recipe = read(recipe_of(aggregate=aggregate, normalise={"method": "none"}))
    assert run(recipe, small(x=[2, 1], y=[4, 1])).scores["z"][0] == pytest.approx(expected)


@pytest.mark.parametrize(("missing", "expected"), [("skip", 2.0), ("withhold", NAN), ("zero", 0.0)])
def test_missing(missing: str, expected: float) -> None:
    recipe = read(recipe_of(missing=missing, normalise={"method": "none"}))
    found = run(recipe, small(x=[2, NAN, 1], y=[NAN, NAN, 1])).scores["z"]
    assert found[:2] == pytest.approx([expected, NAN], nan_ok=True)


def test_below_its_coverage_a_composite_is_withheld_and_says_so() -> None:
    recipe = read(recipe_of(coverage=0.6, normalise={"method": "none"}))
    found = run(recipe, small(x=[2, 1], y=[NAN, 1]))
    assert np.isnan(found.scores["z"][0])
    assert found.withheld["z"] == (0,)
    assert found.coverage["z"].tolist() == [0.5, 1.0]


def test_what_was_imputed_is_told_and_covers_nothing() -> None:
    recipe = read(recipe_of(impute={"method": "middle"}, normalise={"method": "none"}))
    found = run(recipe, small(x=[2, 4, NAN], y=[1, 1, 1]))
    [cell] = found.cells
    assert (cell.unit, cell.column, cell.what, cell.after) == ("C", "x", "imputed", 3.0)
    assert found.coverage["z"][2] == 0.5


def test_an_override_is_told_with_its_reason() -> None:
    override = {"unit": "B", "period": "", "code": "z", "value": 0.0, "reason": "no site"}
    recipe = read(recipe_of(overrides=[override], normalise={"method": "none"}))
    found = run(recipe, small(x=[2, 4], y=[1, 1]))
    assert found.published["z"].tolist() == [1.5, 0.0]
    assert [(cell.what, cell.why) for cell in found.cells] == [("override", "no site")]


def test_a_unit_left_out_is_scored_by_the_measure_of_the_others() -> None:
    recipe = read(recipe_of())
    whole = run(recipe, small(x=[0, 10], y=[0, 10]))
    later = run(recipe, small(x=[5], y=[20]), whole)
    assert later.scores["z"].tolist() == [1.25]
    assert whole.scores["z"].tolist() == [0.0, 1.0]


def test_pca_with_a_negative_weight_is_refused() -> None:
    recipe = read(recipe_of(weights="pca"))
    with pytest.raises(Faulty, match="give weights instead"):
        run(recipe, small(x=[1, 2, 3, 4], y=[4, 3, 2, 1.5]))


def test_half_away_from_zero() -> None:
    assert rounded(np.array([0.12345, -0.12345, 1.0, NAN]), 4) == pytest.approx(
        [0.1235, -0.1235, 1.0, NAN], nan_ok=True
    )
    assert rounded(np.array([0.61555]), 4)[0] == 0.6156


def test_rank_intervals_come_of_the_seed_alone() -> None:
    recipe = read(recipe_of())
    data = small(x=[1, 2, 3, 9], y=[9, 3, 2, 1])
    one, again, other = (
        rank_intervals(recipe, data, "z", draws=200, seed=seed) for seed in (1, 1, 2)
    )
    assert np.array_equal(one.low, again.low)
    assert np.array_equal(one.first, again.first)
    assert not np.array_equal(one.first, other.first)
    assert np.all(one.low <= one.high)
