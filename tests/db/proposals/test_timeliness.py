"""`minben report timeliness`: every figure against a reading of the archive of its own."""

import csv
import io
import json
import math
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from minben.config.commands.importing import import_command
from minben.config.commands.reporting import report_command
from tests.archive_samples import (
    NO_REAL,
    REAL,
    answered,
    lapsed,
    post,
    rows,
    write_csv,
    write_jsonl,
)

pytestmark = pytest.mark.django_db
AFTER_TERM = "2017-09-05"  # reached on 20 June 2017, due by the end of 20 August


def take(*files: Path) -> None:
    result = CliRunner().invoke(import_command, ["join", *map(str, files)])
    assert result.exit_code == 0, result.output


def report(*options: str) -> Result:
    result = CliRunner().invoke(report_command, ["timeliness", *options])
    assert result.exit_code == 0, result.output
    return result


def told(*options: str) -> Any:
    return json.loads(report("--format", "json", *options).stdout)


def test_one_case_that_kept_its_term_and_one_that_did_not(tmp_path: Path) -> None:
    posts = [post(AFTER_TERM), post("2017-12-01")]  # the answer, and a report of progress
    late = answered(id="late", case_number="L", responses=posts)
    take(write_jsonl(tmp_path / "p.jsonl", answered(), late, lapsed(id="c", case_number="C")))
    found = told()
    kept, missed = sorted(found["cases"], key=lambda one: one["days_to_final"])
    assert (kept["verdict"], kept["days_to_first"], kept["days_to_final"]) == ("on_time", 11, 56)
    assert (missed["verdict"], missed["days_to_last"], missed["days_late"]) == ("late", 164, 16)
    assert kept["days_late"] is None
    assert kept["due"] == "2017-08-20"
    figures = found["summary"]
    assert figures["last"] == {"n": 2, "median": 56, "p75": 164, "p90": 164, "most": 164}
    assert figures["final"]["most"] == 77
    assert (figures["on_time"], figures["decided"], figures["reached"]) == (1, 2, 2)
    assert "2 cases of an imported archive" in found["source"]
    assert {"days", "day_only", "reentered"} <= found["method"].keys()


def test_the_hour_of_reaching_changes_no_figure(tmp_path: Path) -> None:
    record = answered(
        endorse_goal=10, endorse_count_last_seen=12, goal_reached="2017-06-08T00:00:00+08:00"
    )
    take(write_jsonl(tmp_path / "p.jsonl", record))
    (before,) = told()["cases"]
    take(write_csv(tmp_path / "e.csv", *rows(12)))
    (after,) = told()["cases"]
    assert (before.pop("day_only"), after.pop("day_only")) == (True, False)
    assert before == after


def test_a_stamp_of_the_day_of_entering_anew_is_told_and_proves_nothing(tmp_path: Path) -> None:
    record = answered(
        submitted="2016-06-05T10:00:00+08:00",
        sent_for_check="2016-06-05T10:05:00+08:00",
        check_due="2016-06-21T23:59:59+08:00",
        approved="2016-06-07T18:00:00+08:00",
        endorse_due="2016-08-07T00:00:00+08:00",
        goal_reached="2016-06-20T10:00:00+08:00",
        curve=[["2016-06-20", 5005]],
        responses=[post("2017-03-30")],
    )
    take(write_jsonl(tmp_path / "p.jsonl", record))
    found = told()
    (case,) = found["cases"]
    assert (case["reentered"], case["verdict"], case["days_to_final"]) == (True, "unknown", 283)
    assert (found["summary"]["reentered"], found["summary"]["decided"]) == (1, 0)


def test_one_without_an_answer_is_no_number_of_days(tmp_path: Path) -> None:
    silent = answered(responses=[], last_seen="2017-12-01")
    take(write_jsonl(tmp_path / "p.jsonl", silent))
    found = told()
    (case,) = found["cases"]
    assert (case["last"], case["days_to_last"], case["verdict"]) == (None, None, "late")
    assert case["days_late"] > 365
    assert found["summary"]["last"] == {
        "n": 0,
        "median": None,
        "p75": None,
        "p90": None,
        "most": None,
    }


def test_of_one_government_and_of_nobody(tmp_path: Path) -> None:
    take(write_jsonl(tmp_path / "p.jsonl", answered()))
    assert told("--government", "ey", "--archived")["summary"]["reached"] == 1
    assert told("--government", "taipei")["summary"]["reached"] == 0
    refused = CliRunner().invoke(report_command, ["timeliness", "--government", "nowhere"])
    assert refused.exit_code == 2
    assert "taipei" in refused.output


def test_as_lines_and_as_a_page_it_says_the_same(tmp_path: Path) -> None:
    cases = [answered(), answered(id="b", case_number="=1+1", responses=[post(AFTER_TERM)])]
    take(write_jsonl(tmp_path / "p.jsonl", *cases))
    lines = list(csv.DictReader(io.StringIO(report("--format", "csv").stdout)))
    assert [one["days_to_last"] for one in lines] == ["56", "77"]
    assert "'=1+1" in [one["number"] for one in lines]
    page = report("--format", "html").stdout
    assert "n = 2 " in page
    assert "<td>77</td>" in page
    assert "<script" not in page


def test_without_a_subcommand_the_counts_are_told() -> None:
    assert json.loads(CliRunner().invoke(report_command, ["--json"]).stdout)["proposals"] == {}


def days(record: dict[str, Any], pick: Any) -> int | None:
    reached = datetime.fromisoformat(record["goal_reached"]).date()
    texts = ("analysis", "deliberation", "adoption", "plan", "links")
    posts: list[date] = [
        datetime.fromisoformat(one["time"]).date()
        for one in record["responses"]
        if any((one[text] or "").strip() for text in texts)
    ]
    return (pick(posts) - reached).days if posts else None


def spread(found: Sequence[int | None]) -> dict[str, int]:
    known = sorted(one for one in found if one is not None)
    at = {"median": 50, "p75": 75, "p90": 90, "most": 100}
    ranks = {name: known[math.ceil(share * len(known) / 100) - 1] for name, share in at.items()}
    return {"n": len(known)} | ranks


@pytest.mark.skipif(not REAL.exists(), reason=NO_REAL)
def test_the_real_archive_gives_what_it_says(tmp_path: Path) -> None:
    lines = (REAL / "proposals.jsonl").read_text(encoding="utf-8").splitlines()
    records = [json.loads(line) for line in lines]
    reached = {one["id"]: one for one in records if one["goal_reached"]}
    fell_short = [one for one in records if not one["goal_reached"]][:20]
    take(write_jsonl(tmp_path / "p.jsonl", *reached.values(), *fell_short))
    found = told("--government", "ey", "--archived")
    first = {key: days(one, min) for key, one in reached.items()}
    last = {key: days(one, max) for key, one in reached.items()}
    assert {one["archive_id"]: one["days_to_first"] for one in found["cases"]} == first
    assert {one["archive_id"]: one["days_to_last"] for one in found["cases"]} == last
    assert found["summary"]["reached"] == len(reached) == found["summary"]["archived"]
    assert found["summary"]["first"] == spread(list(first.values()))
    assert found["summary"]["last"] == spread(list(last.values()))
    print(f"the archive at hand: {found['summary']['last']}")
