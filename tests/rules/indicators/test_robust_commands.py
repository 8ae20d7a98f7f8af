"""The commands that look into a run, and what they refuse."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from minben.config.cli import WITHOUT_PLATFORM
from minben.config.commands.indicators import indicators_command
from minben.indicators import keeping
from tests.indicator_samples import recipe_of

Go = Callable[..., Result]
LINES = "unit,x,y\nA,1.5,9\nB,2.5,7\nC,4.5,8\nD,9.5,1\nE,5.0,5\n"
FILES = {
    *("components", "correlations", "grid", "grid_ranks", "importance", "ranks"),
    *("remove_one", "robust", "sobol"),
}


@pytest.fixture
def go(tmp_path: Path) -> Go:
    def _go(*words: object) -> Result:
        return CliRunner().invoke(indicators_command, [str(word) for word in words])

    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "one.csv").write_text(LINES)
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "n.csv").write_text("unit,x,y\nN,5.1,\n")
    made(tmp_path, "run")
    return _go


def made(folder: Path, name: str, **more: object) -> Path:
    recipe = json.dumps(recipe_of(**more)).encode()
    keeping.write(folder / name, recipe, {"one.csv": LINES.encode()})
    return folder / name


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_all_commands_of_methods_need_no_platform() -> None:
    for name in ("schema", "weights", "shadow", "robust"):
        assert ("indicators", name) in WITHOUT_PLATFORM


def test_every_command_has_help_in_both_languages(go: Go) -> None:
    for name in indicators_command.commands:
        told = go(name, "--help").output
        assert " · " in told, name
        assert any("一" <= letter <= "鿿" for letter in told), name


def test_schema(go: Go) -> None:
    found = go("schema")
    assert json.loads(found.output)["properties"]["format"] == {
        "title": "格式 · Format",
        "const": "minben-recipe-1",
    }


def test_robust_writes_the_same_bytes_for_the_same_seed(go: Go, tmp_path: Path) -> None:
    words = ("--draws", 50, "--samples", 16)
    for name, seed in (("a", 3), ("b", 3), ("c", 4)):
        found = go("robust", tmp_path / "run", *words, "--seed", seed, "--out", tmp_path / name)
        assert found.exit_code == 0, found.output
    first, again, other = (
        {one.name: one.read_bytes() for one in (tmp_path / name).iterdir()} for name in "abc"
    )
    assert {Path(name).stem for name in first} == FILES
    assert first == again
    assert first["sobol.csv"] != other["sobol.csv"]
    drawn = rows(tmp_path / "a" / "ranks.csv")
    assert {(row["drawn"], row["of"]) for row in drawn} == {
        ("weights", "5"),
        ("weights and ways", "5"),
    }
    assert all(float(row["low"]) <= float(row["high"]) for row in drawn)
    told = json.loads(first["robust.json"])
    assert (
        told["recipe_sha256"]
        == json.loads((tmp_path / "run" / "run.json").read_text())["recipe_sha256"]
    )
    assert any("geometric mean of a negative score" in why for why in told["refused"])
    assert keeping.first_difference(tmp_path / "run") == ""


def test_robust_tells_what_it_cannot_draw(go: Go, tmp_path: Path) -> None:
    folder = made(tmp_path, "favoured", weights="bod")
    found = go("robust", folder, "--draws", 5, "--samples", 4, "--out", tmp_path / "out")
    assert found.exit_code == 0, found.output
    told = json.loads((tmp_path / "out" / "robust.json").read_text())["refused"]
    assert any("ranks z" in one and "none to draw" in one for one in told)
    assert any("sobol z" in one for one in told)
    assert (tmp_path / "out" / "grid.csv").is_file()
    assert not (tmp_path / "out" / "ranks.csv").exists()


def test_weights_of_each_unit(go: Go, tmp_path: Path) -> None:
    folder = made(tmp_path, "favoured", weights="bod")
    assert keeping.first_difference(folder) == ""
    told = rows_of(go("weights", folder).output)
    assert {row["unit"] for row in told} == set("ABCDE")
    for unit in "ABCDE":
        assert sum(float(row["share"]) for row in told if row["unit"] == unit) == pytest.approx(1)
    found = go("weights", tmp_path / "run")
    assert found.exit_code == 1
    assert "[one_weight]" in found.output


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(text.splitlines()))


def test_shadow(go: Go, tmp_path: Path) -> None:
    before = {one.name: one.read_bytes() for one in (tmp_path / "run").glob("*.*")}
    out = tmp_path / "out"
    found = go("shadow", tmp_path / "run", "--data", tmp_path / "new", "--draws", 20, "--out", out)
    assert found.exit_code == 0, found.output
    [row] = rows(out / "estimates.csv")
    # (5.1 - 1.5) / 8 of x alone: above E, (0.4375 + 0.5) / 2, and all but B and C, at 0.4375 and 0.625
    assert row["score"] == "0.45"
    assert (row["unit"], row["coverage"], row["missing"]) == ("N", "0.5", "y")
    assert "自行估算" in row["label"]
    assert int(row["of"]) == 6
    scores = [float(one["score"]) for one in rows(tmp_path / "run" / "scores.csv")]
    assert int(row["rank_it_would_have"]) == 1 + sum(score > 0.45 for score in scores)
    told = json.loads((out / "shadow.json").read_text())
    assert told["label"]["en"] == "own estimate, not the publisher's"
    assert told["digits_of_columns"] == {"x": 1}
    assert {one.name: one.read_bytes() for one in (tmp_path / "run").glob("*.*")} == before


def test_standard_errors_widen_what_a_rank_may_be(go: Go, tmp_path: Path) -> None:
    (tmp_path / "errors").mkdir()
    (tmp_path / "errors" / "e.csv").write_text("unit,x,y\nN,4,\n")
    words = ("shadow", tmp_path / "run", "--data", tmp_path / "new", "--draws", 200)
    assert go(*words, "--out", tmp_path / "a").exit_code == 0
    assert go(*words, "--errors", tmp_path / "errors", "--out", tmp_path / "b").exit_code == 0
    [plain], [wide] = (rows(tmp_path / name / "estimates.csv") for name in "ab")
    assert plain["score"] == wide["score"]
    assert int(wide["inputs_high"]) - int(wide["inputs_low"]) > 2
    assert int(plain["inputs_high"]) - int(plain["inputs_low"]) < 2


@pytest.mark.parametrize("name", ["shadow", "robust"])
def test_a_folder_with_something_in_it_is_refused(go: Go, tmp_path: Path, name: str) -> None:
    more = ("--data", tmp_path / "new") if name == "shadow" else ()
    found = go(name, tmp_path / "run", *more, "--out", tmp_path / "data")
    assert found.exit_code == 1
    assert "[not_empty]" in found.output


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("robust", "{0}/run", "--period", "1999", "--out", "{0}/out"), "no_period"),
        (("robust", "{0}/data", "--out", "{0}/out"), "no_run"),
        (("shadow", "{0}/run", "--data", "{0}/data", "--out", "{0}/out"), "unit_there"),
        (("shadow", "{0}/run", "--data", "{0}/none", "--out", "{0}/out"), "no_folder"),
    ],
)
def test_refused(go: Go, tmp_path: Path, words: tuple[str, ...], code: str) -> None:
    found = go(*(word.format(tmp_path) for word in words))
    assert found.exit_code == 1
    assert f"[{code}]" in found.output
    assert not (tmp_path / "out").exists()
