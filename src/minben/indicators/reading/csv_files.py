"""Tables in CSV (逗號分隔值): wide, with a column ``unit``, or long with ``indicator`` and ``value``.

The simplest form is one wide file: the header ``unit`` and the names of the recipe's columns, a
line per unit. A column ``period`` may stand beside it.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from minben.indicators.engine.faults import Fault, Faulty
from minben.indicators.reading.cells import NotANumber, number

UNIT, PERIOD, INDICATOR, VALUE = "unit", "period", "indicator", "value"
MOST_BYTES, MOST_ROWS = 50_000_000, 500_000
Key = tuple[str, str]


@dataclass
class Gathered:
    """What files said so far: numbers and texts by column and row, and where each stood.

    A row is a unit in a period. `faults` grows instead of stopping at the first.
    """

    rows: dict[Key, None] = field(default_factory=dict)
    numbers: dict[str, dict[Key, float]] = field(default_factory=dict)
    texts: dict[str, dict[Key, str]] = field(default_factory=dict)
    stood: dict[tuple[str, Key], str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def put(self, where: str, column: str, key: Key, text: str, *, as_text: bool) -> None:
        """Take one cell in, or note what is wrong with it."""
        if (column, key) in self.stood:
            before = self.stood[column, key]
            self.faults.append(Fault(where, "cell_twice", f"{_named(key)} stands at {before} too"))
            return
        self.stood[column, key] = where
        self.rows[key] = None
        if as_text:
            self.texts.setdefault(column, {})[key] = text.strip()
            return
        try:
            self.numbers.setdefault(column, {})[key] = number(text)
        except NotANumber as error:
            self.faults.append(Fault(where, error.code, str(error)))


def _named(key: Key) -> str:
    return " ".join(part for part in key if part)


def decoded(name: str, content: bytes) -> str:
    """The text of a file in UTF-8, with or without a byte order mark. Raises Faulty."""
    if len(content) > MOST_BYTES:
        raise Faulty([Fault(name, "too_large", f"is larger than {MOST_BYTES} bytes")])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        text = "is not UTF-8 text: save it as “CSV UTF-8”"
        raise Faulty([Fault(f"{name}, line {line}", "not_utf8", text)]) from None


def lines_of(name: str, text: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Every line with its place, by column. Raises Faulty for a header that cannot be right."""
    reader = csv.reader(io.StringIO(text), strict=True)
    try:
        header = [one.strip() for one in next(reader, [])]
        doubled = sorted({one for one in header if header.count(one) > 1})
        if UNIT not in header:
            raise Faulty([Fault(f"{name}, line 1", "no_unit", "has no column named unit")])
        if doubled:
            raise Faulty([Fault(f"{name}, line 1", "column_twice", f"{doubled[0]!r} stands twice")])
        for row in reader:
            if not any(cell.strip() for cell in row):
                continue
            where = f"{name}, line {reader.line_num}"
            if len(row) != len(header):
                text = f"has {len(row)} cells where the header has {len(header)}"
                raise Faulty([Fault(where, "cells", text)])
            if reader.line_num > MOST_ROWS:
                raise Faulty([Fault(where, "too_many", f"more than {MOST_ROWS} lines")])
            yield where, dict(zip(header, row, strict=True))
    except csv.Error as error:
        raise Faulty([Fault(f"{name}, line {reader.line_num}", "no_csv", str(error))]) from None


def gather(into: Gathered, name: str, content: bytes, wanted: Mapping[str, bool]) -> None:
    """Take a file in. `wanted` are the columns to take, and whether they hold texts."""
    for where, row in lines_of(name, decoded(name, content)):
        key = (row[UNIT].strip(), row.get(PERIOD, "").strip())
        if not key[0]:
            into.faults.append(Fault(f"{where}, column unit", "unit_missing", "names no unit"))
            continue
        cells = row.items()
        if {INDICATOR, VALUE} <= set(row):
            cells = {row[INDICATOR].strip(): row[VALUE]}.items()
        for column, text in cells:
            if column in wanted:
                at = VALUE if column not in row else column
                into.put(f"{where}, column {at}", column, key, text, as_text=wanted[column])
