"""Endorsements of the archive, one row of CSV each (附議檔).

Columns, in any order: proposal_id, no, endorsed_at (local time in Taiwan), county, township,
reason. Others are not read.
"""

import csv
from collections.abc import Iterator, Sequence

from minben.proposals.archive.cleaning import clean_line, clean_text
from minben.proposals.archive.faults import ArchiveFault, Reject
from minben.proposals.archive.fields import NUMBER_MAX, parsed_instant
from minben.proposals.archive.lines import ArchiveFile, decoded
from minben.proposals.archive.records import ArchivedEndorsement

COLUMNS = ("proposal_id", "no", "endorsed_at", "county", "township", "reason")
PLACE_MAX, REASON_MAX = 40, 1000


def endorsements_in(file: ArchiveFile) -> Iterator[ArchivedEndorsement | Reject]:
    """Yield the endorsements of a file, and a fault for each row that holds none."""
    rows = file.rows()
    header = next(rows, None)
    if header is None or isinstance(header, Reject):
        yield header or Reject.of(1, ArchiveFault("empty_file"))
        return
    try:
        names = [name.strip() for name in _cells(header[1])]
        places = _places(names)
    except ArchiveFault as fault:
        yield Reject.of(header[0], fault)
        return
    seen: dict[str, set[int]] = {}
    for item in rows:
        if isinstance(item, Reject):
            yield item
            continue
        try:
            found = parse_endorsement(_cells(item[1]), item[0], places, len(names))
            numbers = seen.setdefault(found.archive_id, set())
            if found.number in numbers:
                raise ArchiveFault("duplicate_number", "no", found=found.number)
        except ArchiveFault as fault:
            yield Reject.of(item[0], fault)
            continue
        numbers.add(found.number)
        yield found


def parse_endorsement(
    cells: Sequence[str], line: int, places: Sequence[int], expected: int
) -> ArchivedEndorsement:
    """Read one row; `places` are the positions of :data:`COLUMNS` in it.

    Raises:
        ArchiveFault: naming the first field that can't be taken.
    """
    if len(cells) != expected:
        raise ArchiveFault("wrong_field_count", expected=expected, found=len(cells))
    archive_id, number, at, county, township, reason = (cells[place] for place in places)
    if not archive_id:
        raise ArchiveFault("missing_field", "proposal_id")
    if len(archive_id) > PLACE_MAX:
        raise ArchiveFault("too_long", "proposal_id", most=PLACE_MAX)
    return ArchivedEndorsement(
        line,
        archive_id,
        _number(number),
        parsed_instant(at.strip(), "endorsed_at"),
        _place(county, "county", 12),
        _place(township, "township", PLACE_MAX),
        _reason(reason),
    )


def _cells(raw: bytes) -> list[str]:
    text = decoded(raw).rstrip("\r\n")
    if "\x00" in text:
        raise ArchiveFault("not_utf8")
    if '"' not in text:
        return text.split(",")
    try:
        return next(csv.reader([text], strict=True))
    except (csv.Error, StopIteration):
        raise ArchiveFault("quote_not_closed") from None


def _places(names: list[str]) -> list[int]:
    for column in COLUMNS:
        if column not in names:
            raise ArchiveFault("missing_column", column)
    return [names.index(column) for column in COLUMNS]


def _number(text: str) -> int:
    if not text.isascii() or not text.strip().removeprefix("-").isdigit() or len(text) > 20:
        raise ArchiveFault("not_number", "no", found=text)
    number = int(text)
    if number < 1:
        raise ArchiveFault("negative", "no", found=number, least=1)
    if number > NUMBER_MAX:
        raise ArchiveFault("too_large", "no", found=number)
    return number


def _place(text: str, field: str, most: int) -> str:
    place = clean_line(text)
    if len(place) > most:
        raise ArchiveFault("too_long", field, most=most)
    return place


def _reason(text: str) -> str:
    reason = clean_text(text) if text else ""
    if len(reason) > REASON_MAX:
        raise ArchiveFault("too_long", "reason", most=REASON_MAX)
    return reason
