"""Answers person by person (微資料) in CSV: columns as text, and as numbers where they must be.

Every fault names line and column of the file.
"""

import csv
import io
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from math import isnan

import numpy as np

from minben.indicators.engine.faults import Fault, Faulty
from minben.indicators.engine.running import LARGEST
from minben.indicators.engine.table import Mask, Values
from minben.indicators.reading.cells import MISSING, parsed
from minben.indicators.reading.csv_files import separator_of
from minben.indicators.reading.encodings import decoded
from minben.indicators.surveys.design import Design

MOST_ROWS = 1_000_000


@dataclass(frozen=True)
class Microdata:
    """A file of answers.

    Args:
        name: of the file.
        header: names of the columns.
        lines: number of the line of every row in the file.
        cells: rows of trimmed cells.
    """

    name: str
    header: tuple[str, ...]
    lines: Sequence[int]
    cells: Sequence[Sequence[str]]

    def __len__(self) -> int:
        return len(self.cells)

    def where(self, row: int, column: str) -> str:
        """The place of a cell, as told in faults."""
        return f"{self.name}, line {self.lines[row]}, column {column}"

    def text(self, column: str) -> list[str]:
        """A column as it is written. Raises Faulty if there is none of that name."""
        if column not in self.header:
            known = ", ".join(self.header[:20])
            fault = Fault(self.name, "column_missing", f"has no column {column!r}; it has {known}")
            raise Faulty([fault])
        at = self.header.index(column)
        return [row[at] for row in self.cells]

    def labels(self, column: str) -> list[str]:
        """A column in which every row must have something. Raises Faulty."""
        told = self.text(column)
        self._refuse(column, [not one for one in told], "missing", "must not be empty here")
        return told

    def positive(self, column: str) -> Values:
        """A column of numbers above zero, such as weights. Raises Faulty."""
        values = self.numbers(column, ())
        self._refuse(column, [isnan(one) for one in values], "missing", "must not be empty here")
        self._refuse(column, [one <= 0 for one in values], "not_positive", "must be above zero")
        return values

    def numbers(self, column: str, nonresponse: Collection[str]) -> Values:
        """A column of numbers; NaN where nothing was answered. Raises Faulty."""
        values, faults = np.full(len(self), np.nan), []
        for row, written in enumerate(self.text(column)):
            if written in nonresponse:
                continue
            value, trouble = parsed(written)
            values[row] = value
            if abs(value) > LARGEST:
                trouble = ("number_too_large", f"{written[:40]!r} is too large to compute with")
            if trouble:
                faults.append(Fault(self.where(row, column), *trouble))
        if faults:
            raise Faulty(faults)
        return values

    def answered(self, column: str, nonresponse: Collection[str]) -> Mask:
        """In which rows something was answered: neither empty nor a code of nonresponse."""
        told = (
            one.casefold() not in MISSING and one not in nonresponse for one in self.text(column)
        )
        return np.fromiter(told, dtype=bool, count=len(self))

    def _refuse(self, column: str, wrong: Sequence[bool], code: str, text: str) -> None:
        faults = [
            Fault(self.where(row, column), code, text) for row, bad in enumerate(wrong) if bad
        ]
        if faults:
            raise Faulty(faults)


def microdata_of(name: str, content: bytes) -> Microdata:
    """A file of answers.

    Raises:
        Faulty: not UTF-8, no CSV, no header, a column twice, a row of another length, no rows.
    """
    text = decoded(name, content)
    separator = separator_of(text.split("\n", 1)[0])
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        rows = [(reader.line_num, [cell.strip() for cell in row]) for row in reader]
    except csv.Error as error:
        raise Faulty([Fault(f"{name}, line {reader.line_num}", "no_csv", str(error))]) from None
    rows = [(line, row) for line, row in rows if any(row)]
    if len(rows) < 2:
        raise Faulty([Fault(name, "empty", "holds no header and rows below it")])
    if len(rows) > MOST_ROWS:
        raise Faulty([Fault(name, "too_many", f"holds more than {MOST_ROWS} rows")])
    header = rows[0][1]
    faults = [
        Fault(f"{name}, line 1", "column_twice", f"has the column {one!r} twice")
        for one in dict.fromkeys(header)
        if header.count(one) > 1
    ]
    faults += [
        Fault(f"{name}, line {line}", "cells", f"has {len(row)} cells, the header {len(header)}")
        for line, row in rows[1:]
        if len(row) != len(header)
    ]
    if faults:
        raise Faulty(faults)
    return Microdata(
        name, tuple(header), [line for line, _ in rows[1:]], [row for _, row in rows[1:]]
    )


def checked(make: Callable[[], Design], data: Microdata) -> Design:
    """What `make` gives; a fault that names a row (from 1) is told with its line in the file."""
    try:
        return make()
    except Faulty as error:
        raise Faulty([_placed(fault, data) for fault in error.faults]) from None


def _placed(fault: Fault, data: Microdata) -> Fault:
    word, _, number = fault.where.partition(" ")
    if word == "row" and number.isdigit() and int(number) <= len(data):
        line = data.lines[int(number) - 1]
        return Fault(f"{data.name}, line {line}", fault.code, fault.text)
    return fault
