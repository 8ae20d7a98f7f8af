"""Pictures by command: each kind, in each form, and what cannot be drawn."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from minben.config.commands.indicators import indicators_command
from minben.config.commands.indicators_drawing import FIGURES
from minben.indicators import keeping
from tests.indicator_samples import recipe_of

Go = Callable[..., Result]
LINES = b"""unit,period,x,y
A,2019,1.5,9
B,2019,2.5,7
C,2019,9.5,1
A,2020,8.5,9
B,2020,1.5,7
C,2020,4.5,1
Q,2020,0,99
"""


@pytest.fixture
def go(tmp_path: Path) -> Go:
    recipe = recipe_of(units=["A", "B", "C"], title={"zh": "小指數", "en": "Small index"})
    keeping.write(tmp_path / "run", json.dumps(recipe).encode(), {"d.csv": LINES})
    other = recipe | {"aggregate": "harmonic", "normalise": {"low_to": 1, "high_to": 9}}
    keeping.write(tmp_path / "other", json.dumps(other).encode(), {"d.csv": LINES})

    def _go(figure: str, *words: object, out: str = "p.svg") -> Result:
        line = [
            "draw",
            figure,
            str(tmp_path / "run"),
            *map(str, words),
            "--out",
            str(tmp_path / out),
        ]
        return CliRunner().invoke(indicators_command, line)

    return _go


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("figure", sorted(set(FIGURES) - {"quadrant"}))
@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_is_drawn_with_its_table(go: Go, tmp_path: Path, figure: str, language: str) -> None:
    words = ["--unit", "A", "--language", language]
    found = go(figure, *words, *(("--before", "2019") if figure == "shifts" else ()))
    assert found.exit_code == 0, found.output
    told = (tmp_path / "p.svg").read_text("utf-8")
    assert told.startswith("<svg")
    assert "<title" in told
    assert rows(tmp_path / "p.csv")


def test_ranks_are_those_of_the_units_the_recipe_counts(go: Go, tmp_path: Path) -> None:
    """The last period is taken, and nobody is drawn whom the recipe leaves out."""
    assert go("ranks", "--language", "en").exit_code == 0
    told = (tmp_path / "p.csv").read_text("utf-8")
    assert [line.count("Q") for line in told.splitlines()[1:]] == [0, 0, 0]


def test_shifts_between_two_runs(go: Go, tmp_path: Path) -> None:
    found = go("shifts", "--other", tmp_path / "other")
    assert found.exit_code == 0, found.output
    assert len(rows(tmp_path / "p.csv")) == 3


def test_the_course_of_a_unit(go: Go, tmp_path: Path) -> None:
    assert go("trend", "--unit", "A", "--language", "en").exit_code == 0
    told = (tmp_path / "p.csv").read_text("utf-8")
    assert "2019" in told
    assert "2020" in told


@pytest.mark.parametrize(("ending", "begins"), [("png", b"\x89PNG"), ("pdf", b"%PDF")])
def test_print(go: Go, tmp_path: Path, ending: str, begins: bytes) -> None:
    found = go("importance", "--language", "en", out=f"p.{ending}")
    assert found.exit_code == 0, found.output
    assert (tmp_path / f"p.{ending}").read_bytes().startswith(begins)


@pytest.mark.parametrize(
    ("figure", "words", "code", "told"),
    [
        ("quadrant", (), 1, "no_quadrant"),
        ("wheel", ("--unit", "Q"), 1, "no_unit"),
        ("trend", ("--unit", "Q"), 1, "no_unit"),
        ("trend", (), 1, "no_unit"),
        ("ranks", ("--unit", "Q"), 1, "no_unit"),
        ("ranks", ("--period", "1999"), 1, "no_period"),
        ("ranks", ("--result", "q"), 1, "no_result"),
        ("shifts", ("--before", "1999"), 1, "no_period"),
        ("map", (), 2, "map"),
    ],
)
def test_refused(
    go: Go, tmp_path: Path, figure: str, words: tuple[str, ...], code: int, told: str
) -> None:
    found = go(figure, *words)
    assert found.exit_code == code
    assert told in found.output
    assert not (tmp_path / "p.svg").exists()


def test_other_endings_are_refused(go: Go) -> None:
    found = go("ranks", out="p.jpg")
    assert found.exit_code == 2
    assert ".svg, .png, .pdf" in found.output
