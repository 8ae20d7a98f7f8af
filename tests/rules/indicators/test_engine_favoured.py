"""Benefit-of-the-doubt weights: cases solved by hand, duality, and what must always hold."""

import subprocess
import sys
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.optimize import linprog

from minben.indicators.engine.exploring import importance
from minben.indicators.engine.faults import Faulty
from minben.indicators.engine.frontier import TOGETHER, best, favoured
from minben.indicators.engine.reading import read
from minben.indicators.engine.recipe import Share
from minben.indicators.engine.running import run
from tests.indicator_samples import recipe_of, small

FREE = (Share(), Share())
PLAIN = {"weights": "bod", "normalise": {"method": "none"}}
TABLES = arrays(
    np.float64,
    st.tuples(st.integers(2, 7), st.integers(2, 4)),
    elements=st.integers(1, 1000).map(lambda n: n / 100),
)


def scores_of(values: Any, shares: Any = None) -> Any:
    """Scores of rows among themselves."""
    values = np.array(values, dtype=np.float64)
    return favoured("z", values, values, shares or [Share()] * values.shape[1]).scores


def test_by_hand() -> None:
    """A is best in x, B in y. C is (2, 2): with weights a, b both ≤ 1 of 4a + b and a + 4b, the
    best is a = b = 1/5, so C gets 4/5. D is half of A."""
    assert scores_of([[4, 1], [1, 4], [2, 2], [2, 0.5]]) == pytest.approx([1, 1, 0.8, 0.5])


def test_bounds_of_shares_by_hand() -> None:
    """Both shares exactly one half: 2·a·y1 = 2·b·y2 = score. For (4, 1): a = s/8, b = s/2, so its
    own sum is s, that of (1, 4) is s/8 + 2s, which must be ≤ 1: s = 8/17."""
    half = [Share(0.5, 0.5)] * 2
    assert scores_of([[4, 1], [1, 4]], half) == pytest.approx([8 / 17, 8 / 17])
    assert scores_of([[4, 0], [1, 4]], [Share(0.1, 1), Share(0.1, 1)])[0] == 0.0


def test_a_member_a_unit_lacks_is_passed_over() -> None:
    found = favoured(
        "z", *[np.array([[4, np.nan], [2, 4], [2, 2], [np.nan, np.nan]])] * 2, list(FREE)
    )
    assert found.scores == pytest.approx([1, 1, 0.75, np.nan], nan_ok=True)
    assert found.weights[0].tolist() == [0.25, 0.0]


@given(TABLES)
@settings(max_examples=25, deadline=None)
def test_what_always_holds(values: Any) -> None:
    scores = scores_of(values)
    assert scores.max() == 1.0
    assert np.all((scores > 0) & (scores <= 1))
    # Columns may be told in any unit of measure.
    size = np.arange(1, values.shape[1] + 1) * 37.5
    assert scores_of(values * size) == pytest.approx(scores, abs=1e-8)
    # Who is at least as good in everything does not score lower.
    for a in range(len(values)):
        for b in range(len(values)):
            if np.all(values[a] >= values[b]):
                assert scores[a] >= scores[b] - 1e-8


@given(TABLES)
@settings(max_examples=20, deadline=None)
def test_the_dual_has_the_same_optimum(values: Any) -> None:
    """Least Σ λk such that Σ λk·yk ≥ y, λ ≥ 0: the shortest mixture of peers that reaches it."""
    for own, score in zip(values, scores_of(values), strict=True):
        dual = linprog(np.ones(len(values)), A_ub=-values.T, b_ub=-own, method="highs")
        assert score == pytest.approx(min(dual.fun, 1.0), abs=1e-7)


def plainly(own: Any, limits: Any, shares: Any) -> float:
    """The best sum of one unit: its programme alone, member by member."""
    there = np.flatnonzero(~np.isnan(own))
    own, limits = own[there], np.nan_to_num(limits[:, there])
    shares = [shares[member] for member in there]
    room = min(sum(one.high for one in shares), 1.0)
    rows, most = [*limits, own], [1.0] * (len(limits) + 1)
    for member, share in enumerate(shares):
        one = np.where(np.arange(len(own)) == member, own, 0.0)
        rows += [share.low * own - one, one - share.high / room * own]
        most += [0.0, 0.0]
    top = [(0, None if value > 0 else 0) for value in own]
    return -linprog(-own, A_ub=np.array(rows), b_ub=most, bounds=top, method="highs").fun


@pytest.mark.parametrize("shares", [[Share()] * 4, [Share(0.05, 0.6), *[Share(0.1, 0.5)] * 3]])
@pytest.mark.parametrize("others", [False, True])
def test_solved_together_as_each_alone(shares: list[Share], others: bool) -> None:
    """More units than are solved at once, some without a member, some with nothing in one."""
    random = np.random.Generator(np.random.PCG64(4))
    values = random.lognormal(0, 1, (2 * TOGETHER + 3, 4))
    values[random.random(values.shape) < 0.1] = np.nan
    values[random.random(values.shape) < 0.05] = 0.0
    values = values[~np.isnan(values).all(axis=1)]
    peers = random.lognormal(0, 1, (9, 4)) if others else values
    found = favoured("z", values, peers, shares).scores
    alone = [plainly(own, peers, shares) for own in values]
    assert found == pytest.approx(alone, abs=1e-9)
    assert len({round(one, 6) for one in alone}) > TOGETHER


def test_weights_keep_to_their_own_constraints() -> None:
    values = np.array([[3.0, 1, 2], [1, 4, 1], [2, 2, 5], [1, 1, 1]])
    shares = [Share(0.1, 0.6), Share(0.2, 1), Share(0.0, 0.5)]
    for own, weight in zip(values, best(values, values, shares), strict=True):
        assert np.all(values @ weight <= 1 + 1e-9)
        given = own * weight / (own @ weight)
        assert all(
            one.low - 1e-9 <= g <= one.high + 1e-9 for one, g in zip(shares, given, strict=True)
        )


def test_a_run_tells_the_weights_of_each_unit() -> None:
    made = run(read(recipe_of(**PLAIN)), small(x=[4, 1, 2], y=[1, 4, 2]))
    assert made.scores["z"] == pytest.approx([1, 1, 0.8])
    assert made.rank["z"].tolist() == [1, 1, 3]
    assert np.all(np.isnan(made.weights["z"]))
    assert made.own_weights["z"].shape == (3, 2)
    sums = (made.own_weights["z"] * np.array([[4, 1], [1, 4], [2, 2]])).sum(axis=1)
    assert sums == pytest.approx(made.scores["z"])
    assert sum(one.nominal for one in importance(made, "z")) == pytest.approx(1)


def test_periods_have_their_own_frontier() -> None:
    table = small(x=[4, 2, 2, 1], y=[4, 2, 2, 1])
    two = type(table)(("A", "B", "A", "B"), ("1", "1", "2", "2"), table.columns, {})
    assert run(read(recipe_of(**PLAIN)), two).scores["z"] == pytest.approx([1, 0.5, 1, 0.5])


def test_one_left_out_is_scored_by_the_frontier_of_the_others() -> None:
    recipe = read(recipe_of(**PLAIN))
    whole = run(recipe, small(x=[4, 1, 2], y=[1, 4, 2]))
    later = run(recipe, small(x=[2, 1, 9], y=[2, 1, 9]), whole)
    assert later.scores["z"] == pytest.approx([0.8, 0.4, 1.0])


def test_one_left_out_that_is_alone_in_a_member_is_bound_by_itself() -> None:
    """Nobody of the run has anything of y: only the unit's own sum bounds that weight."""
    recipe = read(recipe_of(**PLAIN))
    whole = run(recipe, small(x=[4, 1, 2], y=[0, 0, 0]))
    later = run(recipe, small(x=[2], y=[3]), whole)
    assert later.scores["z"][0] == pytest.approx(1)
    assert later.own_weights["z"][0] @ [2, 3] == pytest.approx(1)


def test_coverage_counts_members_by_their_given_weights() -> None:
    recipe = read(recipe_of(**PLAIN, coverage=0.6))
    found = run(recipe, small(x=[4, 1, 2], y=[1, 4, np.nan]))
    assert found.withheld["z"] == (2,)
    assert np.isnan(found.scores["z"][2])


def test_negative_scores_are_refused_by_name() -> None:
    recipe = read(recipe_of(**PLAIN))
    with pytest.raises(Faulty, match="B has one below"):
        run(recipe, small(x=[4, -1, 2], y=[1, 4, 2]))


def test_scipy_is_loaded_only_when_a_programme_is_solved() -> None:
    """It takes longer to load than most runs take."""
    told = "import sys, minben.config.commands.indicators; sys.exit('scipy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", told], check=False).returncode == 0


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"weights": "bod", "aggregate": "geometric"}, "bod_mean"),
        ({"weights": "bod", "share": {"low": 0.6}}, "share"),
        ({"weights": "bod", "share": {"high": 0.4}}, "share"),
        ({"weights": "bod", "share": {"low": 0.6, "high": 0.5}}, "share"),
        ({"share": {"low": -0.1}}, "range"),
        ({"share": {"high": 1.1}}, "range"),
        ({"share": 0.5}, "not_a_table"),
    ],
)
def test_refused(more: dict[str, Any], code: str) -> None:
    with pytest.raises(Faulty) as refused:
        read(recipe_of(**more))
    assert code in {fault.code for fault in refused.value.faults}
