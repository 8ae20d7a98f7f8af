"""Known totals, limits of weights, single units, and the jackknife, as R prints them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minben.indicators.engine.faults import Faulty
from minben.indicators.engine.table import Mask, Values
from minben.indicators.surveys.design import Design, sampled
from minben.indicators.surveys.estimating import mean, total
from minben.indicators.surveys.raking import kish, poststratify, rake
from minben.indicators.surveys.replicating import jackknife
from tests.indicator_samples import needs_real, rows_of
from tests.rules.indicators.test_surveys import TYPES, clustered, column


@needs_real
def test_totals_of_clusters() -> None:
    design, rows = clustered()
    found = total(design, column(rows, "enroll"))
    assert (round(found.value), round(found.se)) == (3404940, 932235)


@needs_real
def test_post_stratified() -> None:
    design, rows = clustered()
    fitted, how = poststratify(design, [row["stype"] for row in rows], TYPES)
    found = mean(fitted, column(rows, "api00"))
    assert (round(found.value, 2), round(found.se, 2)) == (642.31, 23.92)
    assert found.se == pytest.approx(23.921, abs=1e-3)
    found = total(fitted, column(rows, "enroll"))
    assert (round(found.value), round(found.se)) == (3680893, 406293)
    assert how.converged
    assert how.rounds == 1


@needs_real
def test_post_stratified_domain() -> None:
    """R: the variances of the mean of schools that met their target and of those that did not."""
    rows = rows_of("survey/apiclus1.csv")
    design = sampled(
        len(rows), weights=column(rows, "pw"), clusters=[[row["dnum"] for row in rows]]
    )
    fitted, _ = poststratify(design, [row["stype"] for row in rows], TYPES)
    for answer, variance in (("No", 804.417956450135), ("Yes", 561.917214477123)):
        inside = np.array([row["comp.imp"] == answer for row in rows])
        assert mean(fitted, column(rows, "api00"), inside).se ** 2 == pytest.approx(variance)


@needs_real
def test_jackknife() -> None:
    design, rows = clustered()
    scores = column(rows, "api00")
    types = np.array([row["stype"] for row in rows])

    def ratio(weights: Values) -> float:
        return float((weights * scores).sum() / weights.sum())

    def fit(part: Design, kept: Mask) -> Design:
        return poststratify(part, types[kept].tolist(), TYPES)[0]

    assert round(jackknife(design, ratio), 3) == 26.329
    assert jackknife(design, ratio, fit) == pytest.approx(26.934, abs=1e-3)


@needs_real
@pytest.mark.parametrize(("lonely", "se"), [("certainty", 5.8058), ("adjust", 5.8281)])
def test_a_stratum_with_one_unit(lonely: str, se: float) -> None:
    rows = rows_of("survey/apiclus1.csv")
    strata = [row["dnum"] for row in rows]
    weights = column(rows, "pw")
    with pytest.raises(Faulty, match="one unit"):
        sampled(len(rows), weights=weights, strata=strata)
    design = sampled(len(rows), weights=weights, strata=strata, lonely=lonely)  # type: ignore[arg-type]
    assert round(mean(design, column(rows, "api00")).se, 4) == se


@needs_real
def test_a_stratum_of_one_that_is_all_there_is_has_no_error() -> None:
    rows = rows_of("survey/apiclus1.csv")
    strata = [row["dnum"] for row in rows]
    sizes = [1 if one == "413" else 1000 for one in strata]
    design = sampled(len(rows), weights=column(rows, "pw"), strata=strata, populations=[sizes])
    assert round(mean(design, column(rows, "api00")).se, 4) == 5.7344


def test_one_stratum_has_one_population() -> None:
    with pytest.raises(Faulty) as refused:
        sampled(4, strata=["a", "a", "b", "b"], populations=[[5, 6, 9, 9]])
    assert [one.code for one in refused.value.faults] == ["population_differs"]
    assert refused.value.faults[0].where == "row 2"


def test_residuals_are_weighted_as_the_sample_was() -> None:
    """With unequal weights a value that is constant in every cell has no error left."""
    cells = ["a", "a", "a", "b", "b", "b"]
    design = sampled(6, weights=[1, 5, 2, 9, 1, 3])
    fitted, _ = poststratify(design, cells, {"a": 30, "b": 70})
    found = mean(fitted, np.array([2.0, 2, 2, 7, 7, 7]))
    assert found.value == pytest.approx(0.3 * 2 + 0.7 * 7)
    assert found.se == pytest.approx(0, abs=1e-12)
    values = np.array([1.0, 4, 2, 8, 3, 5])
    base = np.array([1.0, 5, 2, 9, 1, 3])
    middle = [np.average(values[:3], weights=base[:3]), np.average(values[3:], weights=base[3:])]
    left = (values - np.repeat(middle, 3)) * fitted.weights / 100
    expected = np.sqrt(6 / 5 * ((left - left.mean()) ** 2).sum())
    assert mean(fitted, values).se == pytest.approx(expected)


@given(st.lists(st.floats(0.1, 50), min_size=2, max_size=30))
def test_unequal_weights_cost_what_kish_says(weights: list[float]) -> None:
    array = np.array(weights)
    variation = float(array.std() / array.mean())
    assert kish(array) == pytest.approx(1 + variation**2)


def test_weights_are_cut_at_a_limit_and_the_rest_told() -> None:
    cells = ["a"] * 2 + ["b"] * 18
    _, free = poststratify(sampled(20, weights=[1] * 20), cells, {"a": 50, "b": 50})
    assert free.converged
    assert free.trimmed == 0
    fitted, how = poststratify(sampled(20, weights=[1] * 20), cells, {"a": 50, "b": 50}, limit=3)
    assert float(fitted.weights.max()) <= 3 * 5 + 1e-9
    assert how.trimmed == 2
    assert how.trimmed_share == pytest.approx((25 - 15) * 2 / 100)
    assert not how.converged  # thirty of fifty is all that two rows may stand for
    assert how.misses[0].cell == "a"
    assert how.misses[0].share == pytest.approx(30 / 50 - 1)


def test_what_is_cut_goes_to_others_of_the_cell_with_room() -> None:
    design = sampled(4, weights=[8, 1, 1, 2])
    fitted, how = poststratify(design, ["a", "a", "a", "b"], {"a": 10, "b": 2}, limit=2)
    assert how.converged
    assert fitted.weights.tolist() == pytest.approx([6, 2, 2, 2])


@pytest.mark.parametrize(
    ("margins", "limit", "code"),
    [
        ([(["a", "b"], {"a": 1, "b": 1}), (["c", "d"], {"c": 1, "d": 3})], None, "sums_differ"),
        ([(["a", "b"], {"a": 1, "b": 1})], 1.0, "limit"),
        ([(["a", "b"], {"a": 1, "b": float("inf")})], None, "total"),
    ],
)
def test_what_cannot_be_fitted(margins: list[object], limit: float | None, code: str) -> None:
    with pytest.raises(Faulty) as refused:
        rake(sampled(2, weights=[1, 1]), margins, limit=limit)  # type: ignore[arg-type]
    assert refused.value.faults[0].code == code


@given(
    st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("cd")), min_size=8, max_size=40),
    st.floats(0.2, 0.8),
    st.floats(0.2, 0.8),
)
def test_raked_weights_meet_every_total(
    rows: list[tuple[str, str]], first: float, second: float
) -> None:
    rows += [("a", "c"), ("a", "d"), ("b", "c"), ("b", "d")]
    fitted, how = rake(
        sampled(len(rows), weights=[1] * len(rows)),
        [
            ([one for one, _ in rows], {"a": 100 * first, "b": 100 * (1 - first)}),
            ([two for _, two in rows], {"c": 100 * second, "d": 100 * (1 - second)}),
        ],
        most=1000,
        close=1e-8,
    )
    assert how.converged
    kept = fitted.weights[[one == "a" for one, _ in rows]].sum()
    assert kept == pytest.approx(100 * first, rel=1e-6)


def test_a_single_unit_cannot_be_left_out() -> None:
    design = sampled(3, weights=[1, 1, 1], strata=["a", "a", "b"], lonely="adjust")
    with pytest.raises(Faulty, match="one unit"):
        jackknife(design, lambda weights: float(weights.sum()))


def test_a_single_unit_that_is_all_there_is_adds_nothing() -> None:
    values = np.array([1.0, 5, 40])
    design = sampled(3, strata=["a", "a", "b"], populations=[[5, 5, 1]])
    moved = np.array([1.0, 5, 90])
    assert total(design, values).se == pytest.approx(total(design, moved).se)
    with pytest.raises(Faulty, match="one unit"):
        sampled(3, strata=["a", "a", "b"], populations=[[5, 5, 2]])


def test_errors_after_raking_to_related_margins_are_those_of_the_regression() -> None:
    """Against least squares on all cells at once: margins that nearly repeat each other converge
    slowly when they are gone through in turn."""
    random = np.random.Generator(np.random.PCG64(5))
    n = 120
    first = random.integers(0, 3, n)
    second = np.where(random.random(n) < 0.95, first, random.integers(0, 3, n))
    third = np.where(random.random(n) < 0.95, second > 0, random.random(n) < 0.5).astype(int)
    weights, y = random.uniform(5, 50, n), random.normal(10, 3, n) + first
    cuts = [first.tolist(), second.tolist(), third.tolist()]
    other = (
        weights * (1 + 0.3 * (first == 1)) * (1 + 0.5 * (third == 1))
    )  # so that some weights fit
    totals = [{k: float(size) for k, size in enumerate(np.bincount(cut, other))} for cut in cuts]
    design = sampled(n, weights=weights)
    fitted, told = rake(design, list(zip(cuts, totals, strict=True)))
    assert told.converged
    dummies = np.column_stack([np.array(cut) == k for cut in cuts for k in sorted(set(cut))])
    middle = np.average(y, weights=fitted.weights)
    root = np.sqrt(weights)
    effect = np.linalg.lstsq(dummies * root[:, None], (y - middle) * root, rcond=None)[0]
    left = fitted.weights * (y - middle - dummies @ effect) / fitted.weights.sum()
    found = mean(fitted, y)
    assert found.value == pytest.approx(middle)
    assert found.se == pytest.approx(
        np.sqrt(n / (n - 1) * np.sum((left - left.mean()) ** 2)), rel=1e-9
    )
