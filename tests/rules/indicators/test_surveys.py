"""Estimates and errors are those R's ``survey`` prints for the schools of California."""

from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minben.indicators.engine.faults import Faulty
from minben.indicators.surveys.beta import beta_cdf, beta_quantile, t_quantile
from minben.indicators.surveys.design import Design, sampled
from minben.indicators.surveys.estimating import Estimate, mean, total
from minben.indicators.surveys.intervals import How, share_interval
from minben.indicators.surveys.raking import rake
from tests.indicator_samples import needs_real, numbers, rows_of

TYPES = {"E": 4421, "H": 755, "M": 1018}
WIDE = {"No": 1072, "Yes": 5122}


def column(rows: list[dict[str, str]], name: str) -> np.ndarray:
    return numbers(row[name] for row in rows)


def clustered() -> tuple[Design, list[dict[str, str]]]:
    rows = rows_of("survey/apiclus1.csv")
    design = sampled(
        len(rows),
        weights=column(rows, "pw"),
        clusters=[[row["dnum"] for row in rows]],
        populations=[column(rows, "fpc")],
    )
    return design, rows


@needs_real
def test_stratified() -> None:
    rows = rows_of("survey/apistrat.csv")
    design = sampled(
        len(rows),
        weights=column(rows, "pw"),
        strata=[row["stype"] for row in rows],
        populations=[column(rows, "fpc")],
    )
    found = mean(design, column(rows, "api00"))
    assert (found.value, found.se) == pytest.approx((662.28736, 9.408941), abs=1e-5)
    found = total(design, column(rows, "enroll"))
    assert (round(found.value), round(found.se)) == (3687178, 114642)


@needs_real
def test_clusters() -> None:
    design, rows = clustered()
    found = mean(design, column(rows, "api00"))
    assert (round(found.value, 2), round(found.se, 3)) == (644.17, 23.542)
    assert design.degrees == 14


@needs_real
def test_two_stages() -> None:
    rows = rows_of("survey/apiclus2.csv")
    design = sampled(
        len(rows),
        clusters=[[row["dnum"] for row in rows], [row["snum"] for row in rows]],
        populations=[column(rows, "fpc1"), column(rows, "fpc2")],
    )
    found = mean(design, column(rows, "api00"))
    assert (round(found.value, 2), round(found.se, 3)) == (670.81, 30.099)


@needs_real
def test_raked() -> None:
    design, rows = clustered()
    fitted, convergence = rake(
        design,
        [
            ([row["stype"] for row in rows], TYPES),
            ([row["sch.wide"] for row in rows], WIDE),
        ],
    )
    found = mean(fitted, column(rows, "api00"))
    assert (round(found.value, 2), round(found.se, 3)) == (641.23, 23.704)
    found = total(fitted, column(rows, "enroll"))
    assert (round(found.value), round(found.se)) == (3647280, 400603)
    assert convergence.converged
    assert convergence.miss < 1e-10
    assert fitted.weights.sum() == pytest.approx(sum(TYPES.values()))


@needs_real
def test_a_domain_keeps_the_whole_design() -> None:
    """Its size is estimated too: the error is not that of the rows inside taken alone."""
    design, rows = clustered()
    inside = np.array([row["stype"] == "H" for row in rows])
    scores = column(rows, "api00")
    found = mean(design, scores, inside)
    alone = [row for row in rows if row["stype"] == "H"]
    cut = sampled(
        len(alone),
        weights=column(alone, "pw"),
        clusters=[[row["dnum"] for row in alone]],
        populations=[column(alone, "fpc")],
    )
    subset = mean(cut, column(alone, "api00"))
    assert found.value == pytest.approx(subset.value)
    assert found.se != pytest.approx(subset.se, rel=1e-4)
    assert found.n == len(alone)


def test_a_census_has_no_error_and_a_plain_sample_the_textbooks() -> None:
    values = np.array([1.0, 2, 3, 4])
    whole = sampled(4, populations=[[4, 4, 4, 4]])
    assert mean(whole, values).se == 0
    plain = sampled(4, weights=[25] * 4)
    assert mean(plain, values).se == pytest.approx(np.std(values, ddof=1) / 2)
    part = sampled(4, populations=[[8] * 4])
    assert mean(part, values).se == pytest.approx(np.std(values, ddof=1) / 2 * 0.5**0.5)
    assert mean(part, values).deff == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("given_", "code"),
    [
        ({"weights": [1, 0, 1]}, "weight"),
        ({"weights": [1, 1]}, "lengths"),
        ({"strata": ["a", "a", "b"]}, "lonely"),
        ({"populations": [[2, 2, 2]]}, "population"),
    ],
)
def test_designs_that_cannot_be(given_: dict[str, object], code: str) -> None:
    with pytest.raises(Faulty) as refused:
        sampled(3, **given_)  # type: ignore[arg-type]
    assert refused.value.faults[0].code == code


def test_answers_that_are_missing_are_not_guessed() -> None:
    with pytest.raises(Faulty, match="row 2"):
        mean(sampled(3, weights=[1, 1, 1]), np.array([1, np.nan, 2]))
    with pytest.raises(Faulty, match="nobody"):
        mean(sampled(2, weights=[1, 1]), np.ones(2), np.zeros(2, dtype=bool))


@pytest.mark.parametrize(
    ("totals", "code"),
    [({"a": 1}, "no_total"), ({"a": 1, "b": 1, "c": 1}, "nobody"), ({"a": 1, "b": 0}, "total")],
)
def test_totals_that_cannot_be_met(totals: dict[str, float], code: str) -> None:
    with pytest.raises(Faulty) as refused:
        rake(sampled(2, weights=[1, 1]), [(["a", "b"], totals)])
    assert refused.value.faults[0].code == code


def test_raking_that_does_not_converge_says_so() -> None:
    design = sampled(2, weights=[1, 1])
    _, how = rake(design, [(["a", "b"], {"a": 1, "b": 3}), (["c", "d"], {"c": 3, "d": 1})])
    assert not how.converged
    assert how.rounds == 1000
    assert how.miss > 0.1


@given(st.integers(1, 30), st.integers(1, 30), st.floats(0.001, 0.999))
def test_the_beta_distribution_is_the_binomials_tail(a: int, b: int, x: float) -> None:
    n = a + b - 1
    tail = sum(comb(n, k) * x**k * (1 - x) ** (n - k) for k in range(a, n + 1))
    assert beta_cdf(x, a, b) == pytest.approx(tail, abs=1e-11)
    assert beta_cdf(beta_quantile(x, a, b), a, b) == pytest.approx(x, abs=1e-9)


@pytest.mark.parametrize(
    ("degrees", "expected"), [(1, 12.7062), (5, 2.570582), (14, 2.144787), (1000, 1.962339)]
)
def test_students_t(degrees: int, expected: float) -> None:
    assert t_quantile(0.975, degrees) == pytest.approx(expected, rel=1e-6)
    assert t_quantile(0.025, degrees) == pytest.approx(-expected, rel=1e-6)


def share(p: float, n: int, deff: float = 1.0) -> Estimate:
    return Estimate(p, (p * (1 - p) / n * deff) ** 0.5, n, deff, n - 1)


def test_wilson_and_beta_are_those_of_tables() -> None:
    """Ten of a hundred; the exact one is Clopper and Pearson's."""
    found = share_interval(share(0.1, 100), "wilson")
    assert (found.low, found.high) == pytest.approx((0.05522914, 0.17436566), abs=1e-7)
    found = share_interval(share(0.1, 100), "beta")
    assert (found.low, found.high) == pytest.approx((0.04900469, 0.17622260), abs=1e-6)


@given(
    st.integers(20, 5000),
    st.floats(0, 1),
    st.floats(1, 4),
    st.sampled_from(["wilson", "logit", "beta", "plain"]),
)
def test_intervals_hold_the_share_and_stay_among_shares(
    n: int, p: float, deff: float, how: How
) -> None:
    found = share_interval(share(p, n, deff), how)
    if how == "logit" and not 0 < p < 1:
        assert np.isnan(found.low)
        return
    assert 0 <= found.low <= p + 1e-9
    assert p - 1e-9 <= found.high <= 1
