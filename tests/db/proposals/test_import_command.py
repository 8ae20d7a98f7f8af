"""`minben import join`: files in any order, a report, exit codes."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from minben.config.commands.importing import import_command
from minben.proposals.models import Endorsement, Proposal
from tests.archive_samples import (
    NO_REAL,
    REAL,
    answered,
    lapsed,
    rows,
    write_csv,
    write_jsonl,
)

pytestmark = pytest.mark.django_db
SMALL = answered(endorse_goal=10, endorse_count_last_seen=12)


def run(*files: Path, report: Path | None = None) -> Result:
    more = ["--report", str(report)] if report else []
    return CliRunner().invoke(import_command, ["join", *map(str, files), *more])


def told(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def test_files_in_any_order_and_a_report(tmp_path: Path) -> None:
    csv = write_csv(tmp_path / "endorsements.csv.gz", *rows(12))
    jsonl = write_jsonl(tmp_path / "proposals.jsonl", SMALL, lapsed(id="b", case_number=None))
    report = tmp_path / "report.json"
    result = run(csv, jsonl, report=report)
    assert result.exit_code == 0, result.output
    assert "已回應 answered 1 · 未成案 lapsed 1" in result.stdout
    assert (Proposal.objects.count(), Endorsement.objects.count()) == (2, 12)
    found = told(report)
    assert found["by_outcome"] == {"answered": 1, "lapsed": 1}
    assert [(file["name"], file["kind"], file["created"]) for file in found["files"]] == [
        ("endorsements.csv.gz", "endorsements", 12),
        ("proposals.jsonl", "proposals", 2),
    ]
    assert run(csv, jsonl, report=report).exit_code == 0
    again = told(report)["files"]
    assert [(file["created"], file["unchanged"]) for file in again] == [(0, 12), (0, 2)]


def test_bad_lines_are_named_with_file_and_line_and_the_rest_is_taken(tmp_path: Path) -> None:
    jsonl = write_jsonl(tmp_path / "p.jsonl", lapsed(), "{oops", lapsed(id="b", approved=None))
    csv = write_csv(tmp_path / "e.csv", *rows(2), *rows(1, proposal="nobody"), "x,y")
    report = tmp_path / "report.json"
    result = run(jsonl, csv, report=report)
    assert result.exit_code == 3
    assert "p.jsonl:2 " in result.stderr
    assert "p.jsonl:3 [approved] " in result.stderr
    assert "e.csv:4 [proposal_id] " in result.stderr
    first, second = told(report)["files"]
    assert [(one["line"], one["field"], one["reason"]) for one in first["rejected"]] == [
        (2, "", "not_json"),
        (3, "approved", "missing_field"),
    ]
    assert (second["created"], second["rejected_total"]) == (2, 2)


def test_only_a_thousand_faults_are_listed_and_all_are_counted(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    jsonl = write_jsonl(tmp_path / "p.jsonl", lapsed(), *["oops"] * 1500)
    result = run(jsonl, report=report)
    (file,) = told(report)["files"]
    assert (file["rejected_total"], len(file["rejected"])) == (1500, 1000)
    assert "1,490 more" in result.stderr


def test_where_nothing_can_be_read_the_code_is_one(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_bytes(b"")
    write_csv(tmp_path / "headless.csv", *rows(2), header="a,b,c")
    missing = tmp_path / "missing.jsonl"
    result = run(tmp_path / "empty.jsonl", tmp_path / "headless.csv", missing)
    assert result.exit_code == 1
    assert "missing.jsonl:0" in result.stderr
    assert "headless.csv:1 [proposal_id]" in result.stderr


def test_a_compressed_file_that_breaks_off_is_taken_up_to_there(tmp_path: Path) -> None:
    jsonl = write_jsonl(tmp_path / "p.jsonl", lapsed())
    csv = write_csv(tmp_path / "e.csv.gz", *rows(3000))
    csv.write_bytes(csv.read_bytes()[:-4000])
    result = run(jsonl, csv)
    assert result.exit_code == 3
    assert "e.csv.gz:" in result.stderr
    assert 0 < Endorsement.objects.count() < 3000


def test_several_files_of_a_kind(tmp_path: Path) -> None:
    paths = [
        write_jsonl(tmp_path / "a.jsonl", lapsed()),
        write_jsonl(tmp_path / "b.jsonl", lapsed(id="b", case_number=None)),
        write_csv(tmp_path / "c.csv", *rows(2)),
        write_csv(tmp_path / "d.csv", *rows(2, first=3)),
    ]
    assert run(*paths).exit_code == 0
    assert (Proposal.objects.count(), Endorsement.objects.count()) == (2, 4)


@pytest.mark.skipif(not REAL.exists(), reason=NO_REAL)
def test_the_real_archive_is_taken_whole_and_fast(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    result = run(REAL / "proposals.jsonl", REAL / "endorsements.csv.gz", report=report)
    assert result.exit_code == 0, result.stderr
    found = told(report)
    assert found["by_outcome"] == {"answered": 124, "reached": 1, "lapsed": 1274, "withdrawn": 1}
    proposals, endorsements = found["files"]
    assert proposals["created"] == 1400 == Proposal.objects.count()
    assert {one["reason"] for one in proposals["remarks"]} == {"shared_case_number"}
    assert (endorsements["created"], endorsements["rejected_total"]) == (278_996, 0)
    assert endorsements["remarks"] == []
    assert endorsements["rows_per_second"] >= 5_000
