"""One row of endorsements: what is read, and what is refused with the name of its field."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from minben.proposals.archive.endorsements_file import endorsements_in
from minben.proposals.archive.faults import Reject
from minben.proposals.archive.lines import ArchiveFile
from minben.proposals.archive.records import ArchivedEndorsement
from tests.archive_samples import ONE, rows, write_csv

AT = "2017-06-08 09:02:00"


def read(path: Path, *given: str, **more: str) -> list[ArchivedEndorsement | Reject]:
    return list(endorsements_in(ArchiveFile(write_csv(path / "a.csv", *given, **more))))


def test_a_row_is_read_in_an_instant_and_clean_words(tmp_path: Path) -> None:
    given = f'{ONE},1,{AT},其它, Hamburg Altona ,"好 \n<b>支持</b>, ""真的"""'
    assert read(tmp_path, given) == [
        ArchivedEndorsement(
            2,
            ONE,
            1,
            datetime(2017, 6, 8, 1, 2, tzinfo=UTC),
            "其它",
            "Hamburg Altona",
            '好\n支持, "真的"',
        )
    ]


def test_columns_may_come_in_any_order_and_with_others(tmp_path: Path) -> None:
    header = "reason,extra,township,county,endorsed_at,no,proposal_id"
    found = read(tmp_path, f"好,x,中正區,臺北市,{AT},7,{ONE}", header=header)
    assert isinstance(found[0], ArchivedEndorsement)
    assert (found[0].number, found[0].reason) == (7, "好")


@pytest.mark.parametrize(
    ("row", "field", "code"),
    [
        (f"{ONE},1,{AT},臺北市", "", "wrong_field_count"),
        (f"{ONE},1,{AT},臺北市,中正區,好,多", "", "wrong_field_count"),
        (f",1,{AT},臺北市,中正區,", "proposal_id", "missing_field"),
        (f"{'x' * 41},1,{AT},臺北市,中正區,", "proposal_id", "too_long"),
        (f"{ONE},一,{AT},臺北市,中正區,", "no", "not_number"),
        (f"{ONE},²,{AT},臺北市,中正區,", "no", "not_number"),
        (f"{ONE},,{AT},臺北市,中正區,", "no", "not_number"),
        (f"{ONE},1.5,{AT},臺北市,中正區,", "no", "not_number"),
        (f"{ONE},0,{AT},臺北市,中正區,", "no", "negative"),
        (f"{ONE},-3,{AT},臺北市,中正區,", "no", "negative"),
        (f"{ONE},99999999999,{AT},臺北市,中正區,", "no", "too_large"),
        (f"{ONE},1,,臺北市,中正區,", "endorsed_at", "bad_date"),
        (f"{ONE},1,2017-06-31 09:00:00,臺北市,中正區,", "endorsed_at", "bad_date"),
        (f"{ONE},1,{AT},{'縣' * 13},中正區,", "county", "too_long"),
        (f"{ONE},1,{AT},臺北市,{'鎮' * 41},", "township", "too_long"),
        (f"{ONE},1,{AT},臺北市,中正區,{'好' * 1001}", "reason", "too_long"),
        (f"{ONE},1,{AT},臺北市,中正區,空\x00字", "", "not_utf8"),
        (f'{ONE},1,{AT},臺北市,中正區,"好"壞""', "", "quote_not_closed"),
    ],
)
def test_what_can_not_be_taken_is_named(tmp_path: Path, row: str, field: str, code: str) -> None:
    found = read(tmp_path, row, *rows(1, first=50))
    assert isinstance(found[0], Reject)
    assert (found[0].line, found[0].field, found[0].reason) == (2, field, code)
    assert isinstance(found[1], ArchivedEndorsement)


def test_a_number_counts_once_for_each_proposal(tmp_path: Path) -> None:
    found = read(tmp_path, *rows(2), *rows(1, first=2), *rows(1, proposal="other"))
    assert [type(one).__name__ for one in found] == [
        "ArchivedEndorsement",
        "ArchivedEndorsement",
        "Reject",
        "ArchivedEndorsement",
    ]


@pytest.mark.parametrize("missing", ["proposal_id", "no", "reason"])
def test_a_missing_column_is_named_and_nothing_is_read(tmp_path: Path, missing: str) -> None:
    header = ",".join(
        name
        for name in ("proposal_id", "no", "endorsed_at", "county", "township", "reason")
        if name != missing
    )
    found = read(tmp_path, *rows(3), header=header)
    assert [(one.line, one.field, one.reason) for one in found if isinstance(one, Reject)] == [
        (1, missing, "missing_column")
    ]
    assert len(found) == 1


def test_big5_is_named_line_by_line(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", *rows(2))
    text = path.read_text(encoding="utf-8")
    first, second, third = text.splitlines()
    path.write_bytes(b"\n".join([first.encode(), second.encode("big5"), third.encode()]))
    found = list(endorsements_in(ArchiveFile(path)))
    assert [getattr(one, "reason", "") for one in found] == ["not_utf8", ""]
