"""Tables in CSV (逗號分隔值), in UTF-8; also separated by semicolons or tabs.

Where fields are separated by semicolons, as spreadsheets write them where the comma is the decimal
mark, the mark is the one that the file's first broken number has; another one later is a fault.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from minben.indicators.engine.faults import Fault, Faulty
from minben.indicators.reading.encodings import decoded
from minben.indicators.reading.grids import Grid
from minben.indicators.reading.stated import Gathered

if TYPE_CHECKING:
    from _csv import Reader

MOST_ROWS = 500_000
BROKEN = re.compile(r"(?:^|;)\s*\"?[+-]?\d+([.,])\d+\"?\s*(?=;|$)", re.MULTILINE | re.ASCII)


def grid_of(
    name: str, content: bytes, into: Gathered, decimal: str = ".", separator: str = ""
) -> Grid:
    """A file as a table; rows that are too short or too long are noted as faults.

    Args:
        decimal: the decimal mark, unless the file shows its own.
        separator: between fields; found in the header if empty.

    Raises:
        Faulty: not UTF-8, too large, or no header.
    """
    text = decoded(name, content)
    separator = separator or separator_of(text.split("\n", 1)[0])
    first = BROKEN.search(text) if separator == ";" and decimal == "." else None
    try:
        header = [one.strip() for one in next(_reader(text, separator), [])]
    except csv.Error as error:
        raise Faulty([Fault(f"{name}, line 1", "no_csv", str(error))]) from None
    if not any(header):
        raise Faulty([Fault(f"{name}, line 1", "no_header", "has no names of columns")])

    def place(line: int, column: int) -> str:
        return f"{name}, line {line}" + (f", column {header[column]}" if line > 1 else "")

    rows = _rows(name, text, separator, into)
    return Grid(name, header, rows, place, first.group(1) if first else decimal)


def separator_of(header: str) -> str:
    """What separates the fields of a header: a comma, a semicolon or a tab."""
    if "," in header:
        return ","
    return next((one for one in (";", "\t") if one in header), ",")


def _rows(
    name: str, text: str, separator: str, into: Gathered
) -> Iterator[tuple[int, Sequence[str]]]:
    reader = _reader(text, separator)
    try:
        width = len(next(reader))
        for row in reader:
            if not any(map(str.strip, row)):
                continue
            if len(row) == width:
                yield reader.line_num, row
            else:
                told = f"has {len(row)} cells where the header has {width}"
                into.faults.append(Fault(f"{name}, line {reader.line_num}", "cells", told))
            if reader.line_num > MOST_ROWS:
                raise Faulty([Fault(name, "too_many", f"holds more than {MOST_ROWS} lines")])
    except csv.Error as error:
        raise Faulty([Fault(f"{name}, line {reader.line_num}", "no_csv", str(error))]) from None


def _reader(text: str, separator: str) -> "Reader":
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
