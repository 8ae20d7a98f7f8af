"""Workbooks (試算表, Office Open XML and OpenDocument): each sheet a table, its first row the header.

Nothing in a workbook is run; formulas count with the value that was saved with them. Errors of
formulas are looked for in the sheet itself, as the library that reads the values leaves them empty.
"""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from html import unescape
from math import isfinite

from minben.indicators.engine.faults import Fault, Faulty
from minben.indicators.reading import opendocument
from minben.indicators.reading.archives import unfolded
from minben.indicators.reading.cells import FORMULA_ERROR, FORMULA_UNSAVED, MERGED
from minben.indicators.reading.grids import UNIT, Cell, Grid, Odd, text_of
from minben.indicators.reading.stated import Gathered, Options
from minben.indicators.reading.workbook_sizes import Sizes

WORKBOOK, LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
TOKEN = re.compile(
    rb"<(?:\w+:)?(row|c)(?=[\s/>])([^>]*)>"
    rb"(<(?:\w+:)?f(?=[\s/>])[^>]*?(?:/>|>[^<]*</(?:\w+:)?f>))?(?:<(?:\w+:)?v>([^<]*)<)?"
)
MERGE = re.compile(
    rb'<(?:\w+:)?mergeCell\s[^>]*\bref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"'
)
TEXT_OF_FORMULA = re.compile(rb'\bt="(?:str|inlineStr)"')  # which may be empty
PLACE = re.compile(rb'\br="([A-Z]{0,3})(\d{1,7})"')
ERROR = re.compile(rb'\bt="e"')
SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
LINK = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
Value = int | float | str | bool | time | date | datetime | timedelta
Where = tuple[int, int]
Span = tuple[Where, Where]  # the first and the last cell of several that were merged


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
    # Slow to load, seldom needed.
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

    files = unfolded(name, content)
    sizes = Sizes(name)
    for part, told in files.items():
        if part.endswith((".xml", ".rels")):
            sizes.count(part, told)
        elif b"sheetData" in told:  # the library reads a sheet by whatever name
            raise Faulty(
                [Fault(f"{name}, {part}", "no_workbook", "is a sheet, and no XML by name")]
            )
    sizes.finish()
    if opendocument.is_spreadsheet(files):
        errors = opendocument.errors_of(files[opendocument.CONTENT])
        troubles = [{at: _error(told) for at, told in sheet.items()} for sheet in errors]
        merges: list[list[Span]] = []
    elif WORKBOOK in files:
        parts = [files.get(part, b"") for part in _parts(files)]
        troubles = [_troubles(part) for part in parts]
        merges = [_merges(part) for part in parts]
    else:
        raise Faulty([Fault(name, "no_workbook", "is no workbook of the form .xlsx or .ods")])
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        rows = [
            book.get_sheet_by_name(one).to_python(skip_empty_area=False) for one in book.sheet_names
        ]
        titles = list(book.sheet_names)
        shown = {
            f"{name}, sheet {one.name}"
            for one in book.sheets_metadata
            if one.visible == SheetVisibleEnum.Visible
        }
    except CalamineError as error:
        raise Faulty([Fault(name, "no_workbook", f"cannot be read: {error}")]) from None
    grids = [
        _grid(name, title, sheet, _marked(number, sheet, troubles, merges), into)
        for number, (title, sheet) in enumerate(zip(titles, rows, strict=True))
        if any(cell != "" for row in sheet for cell in row)
    ]
    if not grids:
        raise Faulty([Fault(name, "no_header", "has no sheet with anything in it")])
    return [replace(one, hidden=one.title not in shown) for one in grids]


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


def _marked(
    number: int,
    sheet: Sequence[Sequence[Value]],
    troubles: list[dict[Where, Odd]],
    merges: list[list[Span]],
) -> dict[Where, Odd]:
    """What is wrong with cells of a sheet, also with those a filled cell was merged over."""
    found = dict(troubles[number]) if number < len(troubles) else {}
    for (top, left), (bottom, right) in merges[number] if number < len(merges) else []:
        if top >= len(sheet) or left >= len(sheet[top]) or sheet[top][left] == "":
            continue
        first = f"{letters(left)}{top + 1}"
        told = (MERGED, f"is merged with {first}: which of them is it? Undo the merging")
        for row in range(top, min(bottom + 1, len(sheet))):
            for column in range(left, min(right + 1, len(sheet[row]))):
                if (row, column) != (top, left):
                    found[row, column] = Odd("", told)
    return found


def _merges(sheet: bytes) -> list[Span]:
    """Which cells of a sheet were merged into one."""
    return [
        ((int(top) - 1, _number(left)), (int(bottom) - 1, _number(right)))
        for left, top, right, bottom in MERGE.findall(sheet)
    ]


def _error(told: str) -> Odd:
    return Odd(told, (FORMULA_ERROR, f"{told} is an error of a formula"))


def _troubles(sheet: bytes) -> dict[Where, Odd]:
    """Errors of formulas by row and column (from 0), and formulas whose value was not saved."""
    found: dict[Where, Odd] = {}
    row = column = -1
    for kind, attributes, formula, value in TOKEN.findall(sheet):
        told = PLACE.search(attributes)
        if kind == b"row":
            row, column = (int(told.group(2)) - 1 if told else row + 1), -1
            continue
        column = _number(told.group(1)) if told else column + 1
        row = int(told.group(2)) - 1 if told else row
        if ERROR.search(attributes):
            found[row, column] = _error(unescape(value.decode("utf-8", "replace")) or "#N/A")
        elif formula and not value and not TEXT_OF_FORMULA.search(attributes):
            text = "is a formula whose value was not saved: open the file and save it"
            found[row, column] = Odd("", (FORMULA_UNSAVED, text))
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
    marked: dict[Where, Odd],
    into: Gathered,
) -> Grid:
    top = next(number for number, row in enumerate(sheet) if any(cell != "" for cell in row))
    header = [text_of(_cell(cell)) for cell in sheet[top]]
    while header and not header[-1]:
        header.pop()
    where = f"{name}, sheet {title}"
    into.faults += [
        Fault(f"{where}, cell {letters(column)}{row + 1}", odd.trouble[0], "names no column")
        for (row, column), odd in marked.items()
        if row == top and odd.trouble[0] != MERGED
    ]

    def place(line: int, column: int) -> str:
        row = top + 1 if line == 1 else line
        return f"{where}, cell {letters(column)}{row}"

    def rows() -> Iterator[tuple[int, Sequence[Cell]]]:
        for number in range(top + 1, len(sheet)):
            row: list[Cell] = [
                marked.get((number, column)) or _cell(cell)
                for column, cell in enumerate(sheet[number])
            ]
            if all(cell == "" for cell in row):
                continue
            beyond = [
                n
                for n, cell in enumerate(row)
                if n >= len(header) and cell != "" and not _over(cell)
            ]
            if beyond:
                at = place(number + 1, beyond[0])
                into.faults.append(
                    Fault(at, "cells", "stands beside the table: no header above it")
                )
            row += [""] * (len(header) - len(row))
            yield number + 1, row[: len(header)]

    return Grid(where, header, rows(), place)


def _over(cell: Cell) -> bool:
    """Whether a cell lies under one that was merged over it."""
    return isinstance(cell, Odd) and cell.trouble[0] == MERGED


def _cell(value: Value) -> Cell:
    """A cell: text, a number, or what can be neither."""
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
