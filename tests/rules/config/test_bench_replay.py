"""Replay: which part of an archive is taken, and when totals are equal."""

import gzip
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click import BadParameter

from minben.config.bench import replay
from minben.proposals.archive.records import ArchivedEndorsement

NOON = datetime(2017, 11, 13, 4, 0, tzinfo=UTC)  # in Taipei
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


def one(n: int, at: datetime, proposal: str = "a", county: str = "臺北市") -> ArchivedEndorsement:
    return ArchivedEndorsement(n, proposal, n, at, county, "中正區", "")


def crowd() -> list[ArchivedEndorsement]:
    slow = [one(n, NOON + n * 20 * SECOND) for n in range(60)]
    rush = [one(100 + n, NOON + 10 * MINUTE + n * SECOND, "b") for n in range(10)]
    return sorted(slow + rush, key=lambda row: row.at)


def test_the_busiest_minute_is_found() -> None:
    assert replay.busiest_minute(crowd()) == ("b", NOON + 10 * MINUTE, 10)


def test_a_window_lies_around_the_busiest_minute() -> None:
    rows = replay.window(crowd(), 4)
    assert min(row.at for row in rows) >= NOON + 8 * MINUTE
    assert max(row.at for row in rows) < NOON + 12 * MINUTE
    assert len([row for row in rows if row.archive_id == "b"]) == 10
    assert replay.window(crowd(), 0) == crowd()


def test_days_are_those_of_taiwan() -> None:
    late = datetime(2017, 11, 13, 15, 59, 59, tzinfo=UTC)  # 23:59:59 in Taipei
    found = replay.totals([("a", late, "臺北市"), ("a", late + SECOND, "臺北市")])
    assert found == {("a", "2017-11-13", "臺北市"): 1, ("a", "2017-11-14", "臺北市"): 1}


def test_the_first_difference_is_told() -> None:
    wanted = replay.totals((row.archive_id, row.at, row.county) for row in crowd())
    assert replay.first_difference(wanted, wanted.copy()) is None
    moved = wanted.copy()
    moved["a", "2017-11-13", "臺北市"] -= 1
    moved["a", "2017-11-13", "新北市"] += 1
    assert replay.first_difference(wanted, moved) == {
        "place": ["a", "2017-11-13", "新北市"],
        "archive": 0,
        "platform": 1,
    }


def test_the_curve_adds_up_per_proposal() -> None:
    day = timedelta(days=1)
    rows = [("a", NOON, "x"), ("a", NOON, "y"), ("a", NOON + day, "x"), ("b", NOON + day, "x")]
    assert replay._cumulated(replay.totals(rows)) == {
        ("a", "2017-11-13"): 2,
        ("a", "2017-11-14"): 3,
        ("b", "2017-11-14"): 1,
    }


def test_an_archive_is_read_in_time_and_by_proposal(tmp_path: Path) -> None:
    file = tmp_path / "e.csv.gz"
    head = "proposal_id,no,endorsed_at,county,township,reason\n"
    lines = ["a,2,2017-11-13 12:00:05,臺北市,,", "b,1,2017-11-13 12:00:01,新北市,,好",
             "a,1,2017-11-13 12:00:00,臺北市,,"]  # fmt: skip
    with gzip.open(file, "wt", encoding="utf-8") as out:
        out.write(head + "\n".join(lines) + "\n")
    assert [row.number for row in replay.recorded(file, "a")] == [1, 2]
    assert [row.archive_id for row in replay.recorded(file, "all")] == ["a", "b", "a"]
    assert {row.archive_id for row in replay.recorded(file, "busiest")} == {"a"}
    with pytest.raises(BadParameter):
        replay.recorded(file, "nobody")
