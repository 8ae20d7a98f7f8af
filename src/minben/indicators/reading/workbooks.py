"""Workbooks (試算表, Office Open XML and OpenDocument): each sheet a table, its first row the header.

Nothing in a workbook is run; formulas count with the value that was saved with them. Errors of
formulas are looked for in the sheet itself, as the library that reads the values leaves them empty.
"""

import io
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from html import unescape
from math import isfinite

from minben.indicators.engine.faults import Fault, Faulty
from minben.indicators.reading import opendocument
from minben.indicators.reading.archives import unfolded
from minben.indicators.reading.cells import FORMULA_ERROR
from minben.indicators.reading.grids import MOST_CELLS, UNIT, Cell, Grid, Odd, text_of
from minben.indicators.reading.stated import Gathered, Options

WORKBOOK, LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
TOKEN = re.compile(rb"<(?:\w+:)?(row|c)(?=[\s/>])([^>]*)>(?:<(?:\w+:)?v>([^<]*)<)?")
PLACE = re.compile(rb'\br="([A-Z]{0,3})(\d{1,7})"')
ERROR = re.compile(rb'\bt="e"')
SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
LINK = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
Value = int | float | str | bool | time | date | datetime | timedelta
Where = tuple[int, int]


def letters(column: int) -> str:
    """The letters of a column, from 0: A, B … Z, AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def grids_of(name: str, content: bytes, into: Gathered, options: Options) -> list[Grid]:
    """The sheets with a column of units; all of them if there is none. Raises as `sheets_of`."""
    grids = sheets_of(name, content, into)
    unit = options.unit or UNIT
    return [one for one in grids if unit in one.header] or grids


def sheets_of(name: str, content: bytes, into: Gathered) -> list[Grid]:
    """Every sheet with a header, as a table. Raises Faulty: broken, too large, nothing in it."""
    from python_calamine import CalamineError, CalamineWorkbook  # slow to load, seldom needed

    files = unfolded(name, content)
    if opendocument.is_spreadsheet(files):
        errors = opendocument.errors_of(name, files[opendocument.CONTENT])
    elif WORKBOOK in files:
        errors = [_errors(name, files.get(part, b"")) for part in _parts(files)]
    else:
        raise Faulty([Fault(name, "no_workbook", "is no workbook of the form .xlsx or .ods")])
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        rows = [
            book.get_sheet_by_name(one).to_python(skip_empty_area=False) for one in book.sheet_names
        ]
        titles = list(book.sheet_names)
    except CalamineError as error:
        raise Faulty([Fault(name, "no_workbook", f"cannot be read: {error}")]) from None
    grids = [
        _grid(name, title, sheet, errors[number] if number < len(errors) else {}, into)
        for number, (title, sheet) in enumerate(zip(titles, rows, strict=True))
        if any(cell != "" for row in sheet for cell in row)
    ]
    if not grids:
        raise Faulty([Fault(name, "no_header", "has no sheet with anything in it")])
    return grids


def _parts(files: dict[str, bytes]) -> list[str]:
    """The files of the sheets in the order of the workbook."""
    targets: dict[str, str] = {}
    for link in LINK.findall(files.get(LINKS, b"")):
        target = _attribute(link, "Target")
        path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        targets[_attribute(link, "Id")] = path
    return [targets.get(_attribute(one, r"\w+:id"), "") for one in SHEET.findall(files[WORKBOOK])]


def _attribute(tag: bytes, name: str) -> str:
    found = re.search(rf'\s{name}="([^"]*)"'.encode(), tag)
    return unescape(found.group(1).decode("utf-8", "replace")) if found else ""


def _errors(name: str, sheet: bytes) -> dict[Where, str]:
    """Errors of formulas by row and column (from 0). Raises Faulty for a sheet too wide and long.

    A cell far off is refused here: the library would fill everything up to it.
    """
    found: dict[Where, str] = {}
    row = column = -1
    widest = 0
    for kind, attributes, value in TOKEN.findall(sheet):
        told = PLACE.search(attributes)
        if kind == b"row":
            row, column = (int(told.group(2)) - 1 if told else row + 1), -1
            continue
        column = _number(told.group(1)) if told else column + 1
        row = int(told.group(2)) - 1 if told else row
        widest = max(widest, column + 1)
        if (row + 1) * widest > MOST_CELLS:
            text = f"a sheet is larger than {MOST_CELLS} cells up to its last"
            raise Faulty([Fault(f"{name}, cell {letters(column)}{row + 1}", "too_many", text)])
        if ERROR.search(attributes):
            found[row, column] = unescape(value.decode("utf-8", "replace")) or "#N/A"
    return found


def _number(name: bytes) -> int:
    number = 0
    for letter in name:
        number = number * 26 + letter - ord("A") + 1
    return number - 1


def _grid(
    name: str,
    title: str,
    sheet: Sequence[Sequence[Value]],
    errors: dict[Where, str],
    into: Gathered,
) -> Grid:
    top = next(number for number, row in enumerate(sheet) if any(cell != "" for cell in row))
    header = [text_of(_cell(cell, "")) for cell in sheet[top]]
    while header and not header[-1]:
        header.pop()
    where = f"{name}, sheet {title}"
    into.faults += [
        Fault(f"{where}, cell {letters(column)}{row + 1}", FORMULA_ERROR, f"{told} names no column")
        for (row, column), told in errors.items()
        if row == top
    ]

    def place(line: int, column: int) -> str:
        row = top + 1 if line == 1 else line
        return f"{where}, cell {letters(column)}{row}"

    def rows() -> Iterator[tuple[int, Sequence[Cell]]]:
        for number in range(top + 1, len(sheet)):
            row: list[Cell] = [
                _cell(cell, errors.get((number, column), ""))
                for column, cell in enumerate(sheet[number])
            ]
            if all(cell == "" for cell in row):
                continue
            beyond = [n for n, cell in enumerate(row) if n >= len(header) and cell != ""]
            if beyond:
                at = place(number + 1, beyond[0])
                into.faults.append(
                    Fault(at, "cells", "stands beside the table: no header above it")
                )
            row += [""] * (len(header) - len(row))
            yield number + 1, row[: len(header)]

    return Grid(where, header, rows(), place)


def _cell(value: Value, error: str) -> Cell:
    """A cell: text, a number, or what can be neither."""
    if error:
        return Odd(error, (FORMULA_ERROR, f"{error} is an error of a formula"))
    if isinstance(value, bool):
        told = "TRUE" if value else "FALSE"
        return Odd(told, ("text_in_number", f"{told} is no number"))
    if isinstance(value, (int, float)):
        if isfinite(value):
            return float(value)
        return Odd(str(value), ("text_in_number", f"{value} is too large for a number"))
    if isinstance(value, str):
        return value
    told = str(value) if isinstance(value, timedelta) else value.isoformat()
    return Odd(told, ("date_in_number", f"{told} is a date or time, not a number"))
