"""Every kind of bad input, given to the command as anybody would: place, reason, nothing written."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from minben.config.commands.indicators import indicators_command
from tests.indicator_samples import recipe_of

Go = Callable[[object, str], Result]
GOOD = "unit,x,y\nA,1,5\nB,2,4\nC,4,1\n"
X, Y = {"code": "x", "parent": "z"}, {"code": "y", "parent": "z"}
LOOP = [{"code": "z"}, {"code": "a", "parent": "b"}, {"code": "b", "parent": "a"}]


@pytest.fixture
def go(tmp_path: Path) -> Go:
    def _go(recipe: object, lines: str) -> Result:
        text = recipe if isinstance(recipe, str) else json.dumps(recipe)
        (tmp_path / "r.json").write_text(text, "utf-8")
        (tmp_path / "data").mkdir()
        (tmp_path / "data" / "d.csv").write_text(lines, "utf-8")
        words = ["run", str(tmp_path / "r.json"), "--data", str(tmp_path / "data")]
        return CliRunner().invoke(indicators_command, [*words, "--out", str(tmp_path / "out")])

    return _go


def weighed(**more: Any) -> dict[str, Any]:
    """The small recipe with something else in its first indicator."""
    return recipe_of(indicators=[X | more, Y])


@pytest.mark.parametrize(
    ("recipe", "lines", "told"),
    [
        (recipe_of(groups=LOOP), GOOD, "a: belongs to itself by way of its parents: a in b in a [cycle]"),
        (weighed(parent="q"), GOOD, "x: belongs to 'q', which is no group [parent_unknown]"),
        (recipe_of(groups=[{"code": "z", "parent": "q"}]), GOOD, "z: belongs to 'q'"),
        (recipe_of(indicators=[X | {"weight": 0}, Y | {"weight": 0}]), GOOD, "z: the weights of its members sum to zero [weights_zero]"),
        (weighed(weight=-1), GOOD, "x: weight must not be negative [weight_negative]"),
        (weighed(code="y"), GOOD, "y: stands more than once [code_twice]"),
        (weighed(code="z"), GOOD, "z: stands more than once [code_twice]"),
        (weighed(code="unit"), GOOD, "unit: is what data calls a column of its own"),
        ('{"format": "minben-recipe-1", "code": "a", "coverage": NaN}', GOOD, "NaN is no number of JSON [no_json]"),
        ('{"format": "minben-recipe-1", "code": "a", "code": "b"}', GOOD, "'code' stands twice [no_json]"),
        ('{"format": "minben-recipe-1", "code": "a", "coverage": 1e999}', GOOD, "coverage: is not what coverage must be: a number [wrong_kind]"),
        (recipe_of(title="words"), GOOD, "title: is not what title must be: a table of texts by language"),
        (recipe_of(dimensions={"d": "words"}), GOOD, "dimensions.d: is not what"),
        (recipe_of(normalise={"method": "goalposts"}), GOOD, "normalise: low and high must be there, low below high [goalposts]"),
        (recipe_of(normalise={"method": "target"}), GOOD, "normalise: high is the target and must be above zero [target]"),
        (recipe_of(normalise={"method": "minmax", "log": True}), "unit,x,y\nA,1,5\nB,-2,4\nC,4,1\n", "x, unit B: -2 has no logarithm [log_negative]"),
        (weighed(normalise={"method": "goalposts", "low": 1, "high": 9, "log": True, "cap": False}), "unit,period,x,y\nA,2020,0,5\nB,2020,2,4\n", "x, unit A 2020: 0 has no logarithm [log_negative]"),
        (recipe_of(), "unit,x,y\nA,1,7\nB,2,7\nC,4,7\n", "y: all 3 values are 7: no scale [no_variance]"),
        (recipe_of(), "unit,period,x,y\nA,1,1,7\nB,1,2,7\nA,2,3,1\nB,2,4,2\n", "y 1: all 2 values are 7: no scale [no_variance]"),
        (recipe_of(aggregate="geometric", normalise={"method": "zscore"}), GOOD, "z: the geometric mean of a negative score (A) does not exist [mean_negative]"),
        (recipe_of(weights="pca"), "unit,x,y\nA,1,5\nB,2,4\nC,4,1\nD,5,0\n", "z: its member"),
        (recipe_of(weights="pca"), "unit,x,y\nA,1,5\nB,2,\nC,4,1\n", "z: only 2 rows have all members: too few to make weights of [weights_few]"),
        (recipe_of(weights="entropy"), "unit,x,y\nA,1,\nB,2,\nC,,1\nD,,3\n", "z: only 0 rows have all members"),
        (recipe_of(weights="pca", normalise={"method": "none"}), "unit,x,y\nA,1,5\nB,2,5\nC,4,5\n", "z: its member 2 has one score for all: no weights can be made of it [no_variance]"),
        (recipe_of(weights="bod", normalise={"method": "none"}), "unit,x,y\nA,1,5\nB,-2,4\n", "z: benefit of the doubt needs scores of at least 0, B has one below [bod_negative]"),
        (recipe_of(units=["A", "Q"]), GOOD, "unit Q: the recipe counts it and the data has none [unit_missing]"),
        (recipe_of(units={"label": "g", "equals": "a"}), GOOD, "column g"),
        (recipe_of(), "unit,x,y\nA,1,5\nA,2,4\n", "line 3, column x"),
        (recipe_of(), "unit,x,y\nA,one,5\nB,2,4\n", "line 2, column x"),
        (recipe_of(), 'unit,x,y\nA,"1,5",5\nB,2.5,4\n', "line 2, column x"),
        (recipe_of(), "unit,x\nA,1\nB,2\n", "column y"),
    ],
)  # fmt: skip
def test_refused(go: Go, tmp_path: Path, recipe: object, lines: str, told: str) -> None:
    found = go(recipe, lines)
    assert found.exit_code == 1
    assert found.exception is None or isinstance(found.exception, SystemExit)
    assert "未計算 · nothing was computed" in found.output
    assert told in found.output
    assert not (tmp_path / "out").exists()


def test_below_its_coverage_a_composite_is_withheld_and_the_run_says_so(
    go: Go, tmp_path: Path
) -> None:
    found = go(recipe_of(coverage=0.6), "unit,x,y\nA,1,5\nB,2,\nC,4,1\n")
    assert found.exit_code == 0
    assert json.loads(found.output)["withheld"] == {"z": 1}
    assert "B,,z,withheld,,,coverage" in (tmp_path / "out" / "cells.csv").read_text()
    assert "B,,z,,,,2,0.5" in (tmp_path / "out" / "scores.csv").read_text()


def test_everything_wrong_is_told_at_once(go: Go) -> None:
    recipe = recipe_of(groups=LOOP, indicators=[X | {"weight": -1, "parent": "q"}], coverage=0.5)
    told = go(recipe, GOOD).output
    assert told.count("[cycle]") == 2
    for code in ("weight_negative", "parent_unknown", "group_empty"):
        assert f"[{code}]" in told


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.csv").write_text("unit,x,y\nA,1,2\nB,2,1\n")
    (tmp_path / "recipe.json").write_text(json.dumps(recipe_of()))
    args = ["run", str(tmp_path / "recipe.json"), "--data", str(tmp_path / "data"), "--out"]
    told = CliRunner().invoke(indicators_command, [*args, str(tmp_path / "recipe.json" / "run")])
    assert told.exit_code == 1
    assert "cannot read or write" in told.output
