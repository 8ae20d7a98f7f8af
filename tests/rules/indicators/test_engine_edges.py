"""Where arithmetic ends: nothing is scored or ranked by what the last bits of a number happen to be."""

import numpy as np
import pytest

from minben.indicators.engine.faults import Faulty
from minben.indicators.engine.many import means
from minben.indicators.engine.moments import kurtosis
from minben.indicators.engine.ranking import ranks
from minben.indicators.engine.reading import read
from minben.indicators.engine.recipe import Normalisation, Treatment
from minben.indicators.engine.running import rounded, run
from minben.indicators.engine.scaling import fit
from minben.indicators.engine.shadow import shadow
from minben.indicators.engine.table import Table
from minben.indicators.engine.treating import passes
from minben.indicators.shipped import find
from tests.indicator_samples import recipe_of, small

NAN = np.nan
NONE = {"method": "none"}


def test_two_ways_of_adding_up_to_the_same_share_a_rank() -> None:
    recipe = read(
        recipe_of(normalise=NONE, indicators=[{"code": one, "parent": "z"} for one in "wxy"])
    )
    found = run(recipe, small(w=[0.1, 0.3], x=[0.2, 0.2], y=[0.3, 0.1]))
    assert found.scores["z"][0] != found.scores["z"][1]  # 0.1 + 0.2 + 0.3 is not 0.3 + 0.2 + 0.1
    assert found.rank["z"].tolist() == [1, 1]


def test_what_is_zero_but_for_the_arithmetic_is_zero() -> None:
    assert ranks(np.array([1e-17, -3e-17, 1.2, NAN]), "dense").tolist()[:3] == [2, 2, 1]
    assert ranks(np.array([1e-20, 3e-20, 2e-20])).tolist() == [3, 1, 2]
    assert ranks(np.array([5.0, 5 + 1e-9])).tolist() == [2, 1]
    assert ranks(np.array([NAN, NAN])).tolist() == pytest.approx([NAN, NAN], nan_ok=True)


@pytest.mark.parametrize(("method", "expected"), [("rank", [1.5, 1.5, 3]), ("percentile", [2 / 3, 2 / 3, 1])])  # fmt: skip
def test_equal_ratios_are_one_place(method: str, expected: list[float]) -> None:
    x = {"code": "x", "parent": "z", "denominator": "d", "normalise": {"method": method}}
    found = run(read(recipe_of(indicators=[x])), small(x=[0.3, 0.1, 1], d=[3, 1, 1]))
    assert found.scores["x"].tolist() == expected


def test_equal_ratios_have_no_variance() -> None:
    x = {"code": "x", "parent": "z", "denominator": "d"}
    with pytest.raises(Faulty, match=r"all 2 values are 0\.1"):
        run(read(recipe_of(indicators=[x])), small(x=[0.3, 0.1], d=[3, 1]))


@pytest.mark.parametrize("rule", ["mpi", "mpi_plus"])
def test_unevenness_needs_a_mean_above_zero(rule: str) -> None:
    recipe = read(recipe_of(aggregate=rule, normalise=NONE))
    for x, y in ((1, -2), (1, -1)):
        with pytest.raises(Faulty, match=r"mean above zero \(B\)"):
            run(recipe, small(x=[1, x], y=[2, y]))
        with pytest.raises(Faulty, match="mean above zero"):
            means("z", rule, np.array([[1.0, 2], [x, y]]), np.array([[0.5, 0.5]]))  # type: ignore[arg-type]
    assert run(recipe, small(x=[0, 4], y=[0, 4])).scores["z"].tolist() == [0, 4]


def test_a_component_that_does_not_stand_out_is_refused() -> None:
    recipe = read(recipe_of(weights="pca"))
    with pytest.raises(Faulty, match="no component stands out"):
        run(recipe, small(x=[1, 1, 2, 2], y=[1, 2, 1, 2]))


def test_numbers_too_large_to_compute_with_are_refused() -> None:
    for data in (small(x=[1e308, -1e308, 0], y=[1, 2, 3]), small(x=[1, 2, 3], y=[-1e101, 2, 3])):
        with pytest.raises(Faulty, match=r"unit A: .* too large to compute with"):
            run(read(recipe_of()), data)


def test_rounding_of_what_is_large_or_negative() -> None:
    values = np.array([1.5e300, -0.00004, 0.0, -0.5, 68.38, NAN])
    expected = [1.5e300, 0.0, 0.0, -0.5, 68.38, NAN]
    assert rounded(values, 15) == pytest.approx([1.5e300, -0.00004, *expected[2:]], nan_ok=True)
    assert rounded(values, 3).tolist() == pytest.approx(expected, nan_ok=True)
    assert not np.signbit(rounded(values, 3)[1])


def test_zscores_beside_a_large_mean_and_on_another_scale() -> None:
    values = np.array([1e9, 1e9 + 1e-3, 1e9 + 2e-3])
    assert fit("x", values, Normalisation("zscore"), 1, "").apply(values) == pytest.approx([-1, 0, 1], abs=1e-3)  # fmt: skip
    scale = Normalisation("zscore", low_to=100, high_to=110)
    told = np.array([1.0, 2, 3])
    assert fit("x", told, scale, -1, "").apply(told).tolist() == [110, 100, 90]


@pytest.mark.parametrize("method", ["minmax", "zscore", "rank", "percentile"])
def test_a_column_without_values_measures_nobody(method: str) -> None:
    recipe = read(recipe_of(normalise={"method": method}))
    whole = run(recipe, small(x=[NAN, NAN], y=[1, 2]))
    assert run(recipe, small(x=[5], y=[2]), whole).scores["x"].tolist() == pytest.approx([NAN], nan_ok=True)  # fmt: skip


@pytest.mark.parametrize(
    "rule",
    [
        {"method": "minmax", "low": 0, "high": 200},
        {"method": "minmax", "high": 200},
        {"method": "zscore", "log": True},
        {"method": "percentile", "high_to": 100},
        {"method": "none", "low_to": -1},
        {"method": "target", "high": 5, "low": 1},
    ],
)
def test_an_option_a_method_would_overlook_is_refused(rule: dict[str, object]) -> None:
    with pytest.raises(Faulty) as refused:
        read(recipe_of(normalise=rule))
    assert {one.code for one in refused.value.faults} == {"option_idle"}


def egdi(units: tuple[str, ...]) -> Table:
    columns = {name: np.array([0.0, 0.5, 0.25]) for name in ("osi", "tii", "hci")}
    return Table(units, ("",) * 3, columns, {})


@pytest.mark.parametrize("unit", ["LBY", "Libya", "Libyan Arab Jamahiriya", "利比亞"])
def test_an_exception_is_about_the_state_whatever_it_is_called(unit: str) -> None:
    found = run(find("egdi-2012"), egdi(("France", unit, "ITA")))
    assert found.published["egdi"].tolist() == [0, 0, 0.25]
    assert [cell.unit for cell in found.cells] == [unit]


def test_listed_units_and_units_left_out_are_known_under_any_name() -> None:
    recipe = read(recipe_of(units=["FRA", "Türkiye"]))
    data = Table(("France", "ITA", "TUR"), ("",) * 3, small(x=[1, 2, 3], y=[1, 3, 2]).columns, {})
    made = run(recipe, data)
    assert made.table.units == ("France", "TUR")
    late = Table(("FRA",), ("",), small(x=[1], y=[1]).columns, {})
    with pytest.raises(Faulty, match="FRA: is in the run"):
        shadow(made, data, late, draws=10)


def test_a_column_at_the_bound_is_treated_whatever_the_last_bits_are() -> None:
    """Three values about five that stand at their mean have a kurtosis of exactly 3.5."""
    rule = Treatment(most=1, skewness=0)
    for third in (0.1, 0.3, 0.7, 1.1, 4.4):
        values = np.array([5.0] * 5 + [5 + 3 + third, 5 - 3, 5 - third])
        assert kurtosis(values) == pytest.approx(3.5)
        assert not passes(values, rule)
