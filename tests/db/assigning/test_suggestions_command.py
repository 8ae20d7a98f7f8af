"""`minben report suggestions`: every figure with its n and its days, in three shapes."""

import csv
import io
import json
from typing import Any

import pytest
from click.testing import CliRunner, Result

from minben.assigning.models import Precedent
from minben.config.commands.reporting import report_command
from minben.people.models import Agency
from tests.archived_precedents import TAX, take_past_cases

pytestmark = pytest.mark.django_db


def run(*options: str) -> Result:
    return CliRunner().invoke(report_command, ["suggestions", *options])


def told(*options: str) -> Any:
    result = run(*options)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_figures_with_n_and_days() -> None:
    take_past_cases()
    found = told()
    assert found["learnt"] == {"n": 32, "filed_from": "2017-06-04", "filed_until": "2017-06-05"}
    assert found["unseen"] == {"n": 8, "filed_from": "2017-06-05", "filed_until": "2017-06-05"}
    assert (found["split"], found["k"], found["government"]) == ("time", 15, "ey")
    ranking, frequent, ticked = found["scores"]
    assert ranking == {
        "name": "ranking",
        "n": 8,
        "top1": {"hits": 8, "thousandths": 1000, "from": 675, "to": 1000},
        "top3": {"hits": 8, "thousandths": 1000, "from": 675, "to": 1000},
    }
    # All road cases are the newer ones here, and taxes were the most frequent before.
    assert (frequent["top1"]["hits"], frequent["top3"]["hits"]) == (0, 8)
    assert (ticked["n"], ticked["top1"]["thousandths"]) == (0, None)
    assert "n = 0" in ticked["remark"]
    assert found["paired"][0]["top1"] == {"ranking_alone": 8, "other_alone": 0}


def test_what_proposers_ticked_is_compared_on_the_cases_that_tell() -> None:
    take_past_cases()
    tax = Agency.objects.get(name_zh=TAX).pk
    newest = Precedent.objects.order_by("-since", "-case_id").values("pk")[:3]
    Precedent.objects.filter(pk__in=[row["pk"] for row in newest]).update(ticked=[tax])
    ticked = told()["scores"][2]
    assert (ticked["n"], ticked["top1"]["hits"], ticked["top1"]["thousandths"]) == (3, 0, 0)
    assert "remark" not in ticked


def test_a_draw_tells_its_seed_and_options_hold() -> None:
    take_past_cases()
    found = told("--split", "random", "--k", "3", "--share", "0.5")
    assert (found["seed"], found["k"], found["learnt"]["n"]) == (1, 3, 20)
    assert "seed" not in told()


def test_as_a_table() -> None:
    take_past_cases()
    rows = list(csv.DictReader(io.StringIO(run("--format", "csv").stdout)))
    assert [(row["name"], row["figure"], row["n"], row["hits"]) for row in rows] == [
        ("ranking", "top1", "8", "8"),
        ("ranking", "top3", "8", "8"),
        ("most_frequent", "top1", "8", "0"),
        ("most_frequent", "top3", "8", "8"),
        ("proposer_ticked", "top1", "0", "0"),
        ("proposer_ticked", "top3", "0", "0"),
    ]
    assert {row["learnt_n"] for row in rows} == {"32"}
    assert {row["filed_from"] for row in rows} == {"2017-06-05"}
    assert rows[4]["thousandths"] == ""


def test_as_a_page() -> None:
    take_past_cases()
    page = run("--format", "html").stdout
    assert page.startswith("<!doctype html>")
    assert "<td>8</td><td>100.0 %（67.5 %–100.0 %）</td>" in page
    assert "<td>0</td><td>n = 0</td><td>n = 0</td>" in page
    assert "沒有記載提議者所選機關（n = 0）" in page


def test_without_past_cases_it_says_so(db: None) -> None:
    result = run()
    assert result.exit_code == 1
    assert "too few past cases" in result.output


@pytest.mark.parametrize("options", [("--government", "nowhere"), ("--k", "0"), ("--split", "x")])
def test_wrong_usage(options: tuple[str, str]) -> None:
    assert run(*options).exit_code == 2
