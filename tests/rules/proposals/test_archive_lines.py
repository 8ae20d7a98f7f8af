"""Files of an archive, whole and damaged."""

import gzip
from pathlib import Path

import pytest

from minben.proposals.archive import lines
from minben.proposals.archive.faults import MESSAGES, ArchiveFault, Reject
from minben.proposals.archive.lines import ArchiveFile, Kind, Numbered
from tests.archive_samples import HEADER, lapsed, line, rows, write_csv, write_jsonl


def faults(items: list[Numbered | Reject]) -> list[tuple[int, str]]:
    return [(item.line, item.reason) for item in items if isinstance(item, Reject)]


def numbers(items: list[Numbered | Reject]) -> list[int]:
    return [item[0] for item in items if not isinstance(item, Reject)]


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.jsonl", line(lapsed()).encode(), Kind.PROPOSALS),
        ("a.txt", b"\xef\xbb\xbf" + line(lapsed()).encode(), Kind.PROPOSALS),
        ("a", gzip.compress(line(lapsed()).encode(), mtime=0), Kind.PROPOSALS),
        ("a.csv.gz", gzip.compress(HEADER.encode(), mtime=0), Kind.ENDORSEMENTS),
        ("a.csv", b"\xef\xbb\xbf" + HEADER.encode(), Kind.ENDORSEMENTS),
        ("a.csv", b"something,else", Kind.ENDORSEMENTS),
        ("a.jsonl", b"not json", Kind.PROPOSALS),
    ],
)
def test_kind_is_told_by_content_then_by_name(
    tmp_path: Path, name: str, data: bytes, kind: Kind
) -> None:
    (tmp_path / name).write_bytes(data)
    assert ArchiveFile(tmp_path / name).kind is kind


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b"\n \n", "empty_file"),
        ("proposal_id".encode("utf-16"), "not_utf8"),
        (b"whatever", "unknown_file"),
        (b"\x1f\x8bnot gzip at all", "gzip_damaged"),
        (gzip.compress(b"x" * 99, mtime=0)[:12], "gzip_truncated"),
    ],
)
def test_a_file_that_says_nothing_is_refused(tmp_path: Path, data: bytes, code: str) -> None:
    (tmp_path / "a").write_bytes(data)
    with pytest.raises(ArchiveFault) as caught:
        ArchiveFile(tmp_path / "a")
    assert caught.value.code == code


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none", tmp_path):
        with pytest.raises(ArchiveFault) as caught:
            ArchiveFile(path)
        assert caught.value.code == "unreadable"


def test_lines_keep_their_numbers_across_blank_ones(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", "", lapsed(), "", "{}")
    assert numbers(list(ArchiveFile(path).lines())) == [2, 4]


def test_what_precedes_a_break_in_a_compressed_file_is_read(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv.gz", *rows(3000))
    path.write_bytes(path.read_bytes()[:-4000])
    items = list(ArchiveFile(path).rows())
    assert 10 < len(numbers(items)) < 3000
    assert faults(items)[-1][1] == "gzip_truncated"
    assert faults(items)[-1][0] == numbers(items)[-1] + len(faults(items))


def test_a_damaged_compressed_file_ends_with_a_fault(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv.gz", *rows(3000))
    data = bytearray(path.read_bytes())
    data[-6] ^= 0xFF  # the checksum
    path.write_bytes(bytes(data))
    items = list(ArchiveFile(path).rows())
    assert len(numbers(items)) > 2900  # the last few kilobytes are lost with the checksum
    assert [code for _, code in faults(items)] == ["gzip_damaged"]


def test_quoted_rows_span_lines(tmp_path: Path) -> None:
    given = (*rows(1, reason='"一\n二 ""三"""'), *rows(1, first=2))
    items = list(ArchiveFile(write_csv(tmp_path / "a.csv", *given)).rows())
    assert numbers(items) == [1, 2, 4]
    assert faults(items) == []


def test_a_quote_never_closed_costs_its_own_row_only(tmp_path: Path) -> None:
    given = (*rows(1, reason='"沒有結尾\n還有一行'), *rows(2, first=2))
    items = list(ArchiveFile(write_csv(tmp_path / "a.csv", *given)).rows())
    assert faults(items) == [(2, "quote_not_closed")]
    assert numbers(items) == [1, 4, 5]


def test_a_quote_never_closed_at_the_end(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", *rows(1), *rows(1, first=2, reason='"沒有結尾'))
    items = list(ArchiveFile(path).rows())
    assert (numbers(items), faults(items)) == ([1, 2], [(3, "quote_not_closed")])


def test_a_row_can_not_swallow_the_rest_of_a_file(tmp_path: Path) -> None:
    path = write_csv(
        tmp_path / "a.csv", *rows(1, reason='"x'), *["一行字"] * 500, *rows(1, first=2)
    )
    items = list(ArchiveFile(path).rows())
    assert faults(items)[0] == (2, "quote_not_closed")
    assert numbers(items)[-1] == 503


def test_an_endless_line_is_one_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "LINE_MAX", 50)
    (tmp_path / "a.jsonl").write_bytes(b"{}\n{" + b"x" * 170 + b"}\n{}\n")
    items = list(ArchiveFile(tmp_path / "a.jsonl").lines())
    assert faults(items) == [(2, "line_too_long")]
    assert numbers(items) == [1, 3]


def test_every_fault_speaks_both_languages() -> None:
    for zh, en in MESSAGES.values():
        assert any("\u4e00" <= c <= "\u9fff" for c in zh)
        assert en.isascii()
