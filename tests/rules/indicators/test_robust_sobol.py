"""Sobol indices against models whose indices are known without drawing."""

from typing import Any

import numpy as np
import pytest

from minben.indicators.engine.faults import Faulty
from minben.indicators.engine.reading import read
from minben.indicators.engine.running import run
from minben.indicators.engine.scenarios import Choices
from minben.indicators.engine.sensitivity import Index, sobol, what_moves_ranks
from tests.indicator_samples import recipe_of, small


def by_factor(found: tuple[Index, ...], output: str = "f") -> dict[str, Index]:
    return {one.factor: one for one in found if one.output == output}


def test_ishigami() -> None:
    """sin x1 + a sin² x2 + b x3⁴ sin x1 on (-π, π)³; variances as in Ishigami and Homma (1990)."""
    a, b, pi = 7.0, 0.1, np.pi

    def model(inputs: Any) -> Any:
        x = pi * (2 * inputs - 1)
        return (np.sin(x[:, 0]) * (1 + b * x[:, 2] ** 4) + a * np.sin(x[:, 1]) ** 2)[:, None]

    v1 = 0.5 * (1 + b * pi**4 / 5) ** 2
    v2, v13 = a**2 / 8, b**2 * pi**8 * (1 / 18 - 1 / 50)
    whole = v1 + v2 + v13
    found = by_factor(sobol(model, {"1": [0], "2": [1], "3": [2]}, ["f"], samples=16384, seed=7))
    first = {"1": v1 / whole, "2": v2 / whole, "3": 0.0}
    total = {"1": (v1 + v13) / whole, "2": v2 / whole, "3": v13 / whole}
    assert (first["1"], total["1"]) == pytest.approx((0.3139, 0.5576), abs=1e-4)
    for name, one in found.items():
        assert one.first == pytest.approx(first[name], abs=0.02)
        assert one.total == pytest.approx(total[name], abs=0.02)
        assert one.first_low <= first[name] <= one.first_high
        assert one.total_low <= total[name] <= one.total_high


def test_a_linear_model_and_a_factor_of_two_columns() -> None:
    """Σ ci·xi: shares are ci² / Σ c², first order and total alike; two columns add up."""
    c = np.array([1.0, 2.0, 3.0])
    found = by_factor(
        sobol(
            lambda inputs: (inputs @ c)[:, None] + 1000,
            {"one": [0], "rest": [1, 2]},
            ["f"],
            samples=8192,
        )
    )
    for name, share in (("one", 1 / 14), ("rest", 13 / 14)):
        assert found[name].first == pytest.approx(share, abs=0.02)
        assert found[name].total == pytest.approx(share, abs=0.02)


def test_what_does_not_vary_has_no_index() -> None:
    found = sobol(lambda inputs: np.ones((len(inputs), 1)), {"a": [0]}, ["f"], samples=16)
    assert np.isnan(found[0].first)
    assert np.isnan(found[0].total)


def test_seeds() -> None:
    def model(inputs: Any) -> Any:
        return inputs[:, :1] ** 2 + inputs[:, 1:]

    one, again, other = (
        sobol(model, {"a": [0], "b": [1]}, ["f"], samples=64, seed=seed) for seed in (1, 1, 2)
    )
    assert one == again
    assert one != other


DATA = small(x=[1, 2, 4, 3, 9, 5], y=[3, 1, 2, 2.9, 4, 1], w=[5, 1, 2, 3, 1, 4])


def two_groups() -> dict[str, Any]:
    return recipe_of() | {
        "indicators": [
            {"code": "x", "parent": "a"},
            {"code": "y", "parent": "a"},
            {"code": "w", "parent": "b"},
        ],
        "groups": [{"code": "z"}, {"code": "a", "parent": "z"}, {"code": "b", "parent": "z"}],
    }


def test_factors_are_the_weights_of_each_group_and_the_choices() -> None:
    made = run(read(two_groups()), DATA)
    choices = Choices(normalisations=("own", "minmax", "zscore"), aggregations=("own", "harmonic"))
    found = what_moves_ranks(made, DATA, "z", samples=128, choices=choices)
    factors = by_factor(found.indices, "shift")
    # Group b has one member: its weight moves nothing and is no factor.
    assert list(factors) == ["weights of a", "weights of z", "normalisation", "aggregation"]
    assert {one.output for one in found.indices} == {"shift", *"ABCDEF"}
    assert any("zscore" in why for why in found.refused)
    assert factors["aggregation"].total > factors["weights of a"].total


def test_without_spread_only_the_choices_move_anything() -> None:
    made = run(read(two_groups()), DATA)
    choices = Choices(normalisations=("own", "percentile"))
    found = what_moves_ranks(made, DATA, "z", samples=64, spread=0.0, choices=choices)
    factors = by_factor(found.indices, "shift")
    assert factors["weights of z"].total == 0
    assert factors["normalisation"].total == pytest.approx(1, abs=0.2)


def test_refused() -> None:
    made = run(read(recipe_of(weights="bod")), DATA)
    with pytest.raises(Faulty, match="none to draw"):
        what_moves_ranks(made, DATA, "z")
    made = run(read(two_groups()), DATA)
    with pytest.raises(Faulty, match="is not there"):
        what_moves_ranks(made, DATA, "z", period="1999")
    single = recipe_of() | {"indicators": [{"code": "x", "parent": "z"}]}
    with pytest.raises(Faulty, match="neither weights nor choices"):
        what_moves_ranks(run(read(single), DATA), DATA, "z")
