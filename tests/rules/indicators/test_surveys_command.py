"""`minben indicators survey` as people at a shell meet it."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from minben.config.commands.surveys import survey_group

ANSWERS = "w,sex,uses\n10,f,yes\n10,m,no\n20,f,yes\n20,m,yes\n"
DESIGN = {
    "weight": "w",
    "fit": [{"columns": ["sex"], "totals": {"f": 50, "m": 50}}],
    "trim": 2,
    "estimate": [{"column": "uses", "what": "share", "answers": ["yes"]}],
}
WAVES = "series,base,period,share,n\na,b,2018,50,5000\na,b,2019,60,5000\n"


@pytest.fixture
def given(tmp_path: Path) -> list[str]:
    (tmp_path / "a.csv").write_text(ANSWERS)
    (tmp_path / "d.json").write_text(json.dumps(DESIGN))
    return ["estimate", "--data", str(tmp_path / "a.csv"), "--design", str(tmp_path / "d.json")]


def test_a_table_and_how_the_weights_were_fitted(given: list[str]) -> None:
    done = CliRunner().invoke(survey_group, [*given, "--by", "sex"])
    assert done.exit_code == 0, done.output
    rows = list(csv.DictReader(done.stdout.splitlines()))
    assert [row["domain"] for row in rows] == ["", "f", "m"]
    assert float(rows[0]["estimate"]) == pytest.approx(0.5 + 0.5 * 2 / 3)
    assert rows[0]["interval"] == "wilson"
    assert "收斂 converged" in done.stderr
    assert "Kish" in done.stderr


def test_totals_no_weights_fit_are_told_in_every_line(given: list[str], tmp_path: Path) -> None:
    answers = "w,sex,town,uses\n1,f,a,yes\n1,m,b,no\n"
    (tmp_path / "a.csv").write_text(answers)
    totals = [{"columns": ["sex"], "totals": {"f": 1, "m": 3}}, {"columns": ["town"], "totals": {"a": 3, "b": 1}}]  # fmt: skip
    design = {name: told for name, told in DESIGN.items() if name != "trim"} | {"fit": totals}
    (tmp_path / "d.json").write_text(json.dumps(design))
    done = CliRunner().invoke(survey_group, given)
    [row] = csv.DictReader(done.stdout.splitlines())
    assert row["remark"] == "few not_converged"
    assert "NOT converged" in done.stderr
    assert float(row["se"]) == 0  # and no 1e-17 of it


def test_a_folder_with_everything(given: list[str], tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = CliRunner().invoke(survey_group, [*given, "--out", str(out)])
    assert done.exit_code == 0, done.output
    names = sorted(one.name for one in out.iterdir())
    assert names == ["estimates.csv", "fitting.json", "weights.csv"]
    told = json.loads((out / "fitting.json").read_text())
    assert told["converged"] is True
    assert told["worst_cell_of_each_margin"][0]["wanted"] == 50
    weights = list(csv.DictReader((out / "weights.csv").read_text().splitlines()))
    assert sum(float(row["weight"]) for row in weights) == pytest.approx(100)
    again = CliRunner().invoke(survey_group, [*given, "--out", str(out)])
    assert again.exit_code == 1
    assert "is not empty" in again.output


def test_a_fault_names_its_place_and_nothing_is_written(given: list[str], tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(ANSWERS.replace("20,f", "x,f"))
    done = CliRunner().invoke(survey_group, [*given, "--out", str(tmp_path / "out")])
    assert done.exit_code == 1
    assert "a.csv, line 4, column w" in done.output
    assert "[text_in_number]" in done.output
    assert not (tmp_path / "out").exists()


def test_waves_are_told_in_points_and_in_growth(tmp_path: Path) -> None:
    file, out = tmp_path / "w.csv", tmp_path / "out.csv"
    file.write_text(WAVES)
    done = CliRunner().invoke(survey_group, ["waves", str(file), "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert "+10 個百分點" in done.stdout
    assert "+20.0 %" in done.stdout
    assert "changed" in done.stdout
    assert "1 tested" in done.stderr
    (row,) = csv.DictReader(out.read_text().splitlines())
    assert (row["label"], row["stands_after_holm"]) == ("changed", "yes")
    matters = CliRunner().invoke(survey_group, ["waves", str(file), "--matters", "20"])
    assert "small" in matters.stdout


@pytest.mark.parametrize(
    ("more", "content", "code", "told"),
    [
        (["--level", "95"], WAVES, 2, "level"),
        (["--matters", "-1"], WAVES, 2, "matters"),
        ([], WAVES.replace("60", "600"), 1, "line 3, column share"),
        ([], "", 1, "holds no header"),
    ],
)
def test_waves_that_are_refused(
    tmp_path: Path, more: list[str], content: str, code: int, told: str
) -> None:
    file = tmp_path / "w.csv"
    file.write_text(content)
    done = CliRunner().invoke(survey_group, ["waves", str(file), *more])
    assert done.exit_code == code
    assert told in done.output


def test_it_runs_where_there_is_no_platform(tmp_path: Path) -> None:
    """No settings, no secret, no database."""
    (tmp_path / "w.csv").write_text(WAVES)
    bare = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG")}
    run = "from minben.config.cli import main; main()"
    command = [sys.executable, "-c", run, "indicators", "survey", "waves", "w.csv"]
    done = subprocess.run(
        command, cwd=tmp_path, env=bare, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "changed" in done.stdout
