"""What a page tells of a method: what moves ranks most, what goes together; remembered, and quick."""

from typing import Any

import numpy as np
import pytest

from minben.indicators.engine.exploring import cronbach
from minben.indicators.engine.reading import read
from minben.indicators.engine.recipe import Recipe
from minben.indicators.engine.running import run
from minben.indicators.engine.sensitivity import Index, what_moves_ranks
from minben.indicators.engine.table import Table
from minben.indicators.models import Indicator
from minben.indicators.telling import series, sturdy
from minben.indicators.telling.basis import Basis
from minben.indicators.telling.estimating import drawn_estimates, outside, plain_estimates
from minben.indicators.telling.pictures import forms_of
from tests.indicator_samples import recipe_of, small

DATA = small(x=[1, 2, 4, 3, 9, 5], y=[3, 1, 2, 2.9, 4, 1], w=[5, 1, 2, 3, 1, 4])


def two_groups(**more: Any) -> Recipe:  # Any: JSON values
    return read(
        recipe_of()
        | {
            "indicators": [
                {"code": "x", "parent": "a"},
                {"code": "y", "parent": "a"},
                {"code": "w", "parent": "b"},
            ],
            "groups": [{"code": "z"}, {"code": "a", "parent": "z"}, {"code": "b", "parent": "z"}],
        }
        | more
    )


def basis(name: str = "one", recipe: Recipe | None = None, data: Table = DATA) -> Basis:
    return Basis((name,), run(recipe or two_groups(), data), data)


def test_the_page_tells_what_the_command_computes() -> None:
    here = basis("command")
    found = sturdy.moving(here, "", "z")
    again = what_moves_ranks(here.run, DATA, "z", samples=512, seed=1, choices=sturdy.WAYS)
    assert found.indices == tuple(one for one in again.indices if one.output == "shift")
    assert set(found.units) == set(DATA.units)
    assert found.units["B"] == tuple(one for one in again.indices if one.output == "B")
    assert found.draws is not None
    assert (found.draws.samples, found.draws.seed) == (512, 1)
    assert found.draws.count == 512 * (len(found.indices) + 2)
    assert found.refused == len(again.refused)


def test_it_is_remembered_by_what_it_rests_on() -> None:
    assert sturdy.moving(basis("a"), "", "z") is sturdy.moving(basis("a"), "", "z")
    other = small(x=[9, 2, 4, 3, 1, 5], y=[3, 1, 2, 2.9, 4, 1], w=[1, 1, 2, 3, 5, 4])
    assert sturdy.moving(basis("b", data=other), "", "z") != sturdy.moving(basis("a"), "", "z")


def test_of_many_units_fewer_samples_are_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def noted(*told: object, samples: int, **more: object) -> object:
        asked.append(samples)
        return what_moves_ranks(*told, samples=8, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(sturdy, "what_moves_ranks", noted)
    random = np.random.default_rng(1)
    for count in (6, 200, 2000):
        columns = {name: random.random(count).round(3) for name in "xyw"}
        table = Table(tuple(f"U{n}" for n in range(count)), ("",) * count, columns, {})
        sturdy.moving(basis(f"many {count}", data=table), "", "z")
    assert asked == [512, 128, 64]


def test_what_cannot_be_told_says_why() -> None:
    found = sturdy.moving(basis("bod", read(recipe_of(weights="bod"))), "", "z")
    assert found.indices == ()
    assert "none to draw" in found.why


def index(factor: str, total: float, low: float, high: float) -> Index:
    return Index(factor, "shift", 0, 0, 0, total, low, high)


@pytest.mark.parametrize(
    ("found", "names"),
    [
        ([index("a", 0.7, 0.6, 0.8), index("b", 0.2, 0.1, 0.3)], ["a"]),
        ([index("a", 0.5, 0.3, 0.8), index("b", 0.6, 0.5, 0.7)], ["b", "a"]),
        ([index("a", 0.5, 0.3, 0.499), index("b", 0.6, 0.5, 0.7)], ["b"]),
        ([index("a", 0.0, 0.0, 0.0)], []),
        ([index("a", float("nan"), float("nan"), float("nan"))], []),
        ([], []),
    ],
)
def test_who_may_lead(found: list[Index], names: list[str]) -> None:
    assert [one.factor for one in sturdy.leading(found)] == names


def test_what_goes_together_is_told_from_the_top() -> None:
    here = basis("together")
    told = sturdy.together(here, "", "z")
    assert [one.code for one in told] == ["z", "a"]  # group b has one member
    group = told[1]
    scores = np.column_stack([here.run.scores["x"], here.run.scores["y"]])
    assert group.alpha == pytest.approx(cronbach(scores))
    assert group.least == pytest.approx(np.corrcoef(scores.T)[0, 1])
    assert group.pair == ("x", "y")
    assert 0.5 <= group.share <= 1


def test_where_too_little_is_known_no_number_is_told() -> None:
    two = small(x=[1, 2], y=[3, np.nan], w=[5, 1])
    posts = {"method": "goalposts", "low": 0, "high": 10}
    told = sturdy.together(basis("few", two_groups(missing="skip", normalise=posts), two), "", "z")
    group = next(one for one in told if one.code == "a")
    assert np.isnan([group.alpha, group.share, group.least]).all()
    assert group.pair == ("", "")


def test_the_list_of_estimates_agrees_with_the_drawn_one() -> None:
    here = basis("estimates")
    new = Table(("Q", "R"), ("", ""), {n: np.array([4.0, 1.5]) for n in "xyw"}, {})
    listed = plain_estimates(here, outside(new))
    drawn = [one for one in drawn_estimates(here, outside(new)).estimates if one.code == "z"]
    assert [(one.unit, one.score, one.rank, one.of, one.coverage) for one in listed] == [
        (one.unit, one.published, one.rank, one.of, one.coverage) for one in drawn
    ]
    assert {one.of for one in listed} == {7}  # of two estimates neither counts for the other


def test_other_values_are_other_estimates() -> None:
    one, other = (
        Table(("Q",), ("",), {n: np.array([value]) for n in "xyw"}, {}) for value in (4.0, 4.1)
    )
    assert outside(one) == outside(one)
    assert outside(one) != outside(other)


@pytest.mark.parametrize(
    ("kind", "open_terms", "forms"),
    [
        ("wheel", True, "svg png pdf csv"),
        ("wheel", False, "svg png"),
        ("estimate-profile", False, ""),  # it prints the values themselves
        ("ranks", False, "svg png pdf csv"),
    ],
)
def test_single_values_of_closed_sources_are_in_no_file(
    kind: str, open_terms: bool, forms: str
) -> None:
    assert forms_of(kind, open_terms=open_terms) == tuple(forms.split())


def test_what_is_counted_has_no_decimals_unless_the_source_gives_some() -> None:
    of = {scale: series._decimals(Indicator(scale=scale)) for scale in ("count", "percent")}
    assert of == {"count": 0, "percent": 1}
    assert series._decimals(Indicator(scale="count", decimals=2)) == 2
