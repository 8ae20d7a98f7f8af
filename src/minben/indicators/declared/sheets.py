"""Units or indicators declared in a table (申報表): a CSV file or the first sheet of a workbook.

The header names the fields of `forming`. Several values in one cell are separated by semicolons:

- aliases: ``Swaziland [..2018-04-19]; Kingdom of Swaziland``
- groups: ``region:africa; comparators:oecd [2016-01-01..]``
- relations: ``G2C; G2B``
- breaks: ``2022 | 調查改為雙底冊 | Dual sampling frame``
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from minben.indicators.declared import forming
from minben.indicators.declared.drafts import IndicatorDraft, UnitDraft
from minben.indicators.declared.fields import Entry
from minben.indicators.engine.faults import Fault, Faulty
from minben.indicators.reading.csv_files import grid_of
from minben.indicators.reading.grids import Grid, by_name, checked_header
from minben.indicators.reading.stated import Gathered, Options
from minben.indicators.reading.workbooks import grids_of

Draft = TypeVar("Draft")
MOST_ROWS = 20_000
ZIPPED = b"PK\x03\x04"
SPAN = re.compile(r"(?P<bare>.*?)\s*\[(?P<start>[\d-]*)\.\.(?P<end>[\d-]*)\]", re.ASCII)


def units(name: str, content: bytes) -> tuple[UnitDraft, ...]:
    """The units of a table. Raises Faulty with every fault; nothing is declared then."""

    def made(entry: Entry) -> tuple[UnitDraft, list[Entry]]:
        aliases = [_alias(entry, told) for told in _several(entry, "aliases")]
        groups = [_member(entry, told) for told in _several(entry, "groups")]
        relations = _several(entry, "relations")
        return forming.unit_of(entry, aliases, groups, relations), [*aliases, *groups]

    return tuple(_all(name, content, made))


def indicators(name: str, content: bytes) -> tuple[IndicatorDraft, ...]:
    """The indicators of a table. Raises Faulty with every fault; nothing is declared then."""

    def made(entry: Entry) -> tuple[IndicatorDraft, list[Entry]]:
        breaks = [_break(entry, told) for told in _several(entry, "breaks")]
        relations = _several(entry, "relations")
        return forming.indicator_of(entry, relations, breaks), breaks

    return tuple(_all(name, content, made))


def _all(
    name: str, content: bytes, made: Callable[[Entry], tuple[Draft, list[Entry]]]
) -> list[Draft]:
    into = Gathered("")
    found: list[Draft] = []
    faults: list[Fault] = []
    for entry in _entries(_grid(name, content, into)):
        draft, parts = made(entry)
        found.append(draft)
        for one in (entry, *parts):
            faults += one.faults
        if len(found) > MOST_ROWS:
            raise Faulty([Fault(name, "too_many", f"holds more than {MOST_ROWS} rows")])
    if faults := [*into.faults, *faults]:
        raise Faulty(faults)
    if not found:
        raise Faulty([Fault(name, "no_rows", "has a header and no rows")])
    return found


def _grid(name: str, content: bytes, into: Gathered) -> Grid:
    if content.startswith(ZIPPED):
        grid = grids_of(name, content, into, Options(unit="code"))[0]
    else:
        grid = grid_of(name, content, into)
    checked_header(grid)
    if "code" not in grid.header:
        raise Faulty([Fault(grid.place(1, 0), "column_missing", "has no column named code")])
    return grid


def _entries(grid: Grid) -> Iterator[Entry]:
    for line, row in grid.rows:
        values = {name: told for name, told in by_name(grid, row).items() if name}
        yield Entry(values, _placed(grid, line))


def _placed(grid: Grid, line: int) -> Callable[[str], str]:
    header = list(grid.header)

    def place(name: str) -> str:
        return grid.place(line, header.index(name) if name in header else header.index("code"))

    return place


def _several(entry: Entry, name: str) -> Sequence[str]:
    told = str(entry.values.get(name) or "").replace("；", ";").split(";")
    return [one.strip() for one in told if one.strip()]


def _spanned(told: str) -> tuple[str, dict[str, str]]:
    found = SPAN.fullmatch(told)
    if not found:
        return told, {}
    return found["bare"], {"valid_from": found["start"], "valid_until": found["end"]}


def _alias(entry: Entry, told: str) -> Entry:
    bare, span = _spanned(told)
    return Entry({"name": bare} | span, lambda _: entry.place("aliases"))


def _member(entry: Entry, told: str) -> Entry:
    bare, span = _spanned(told)
    family, _, code = bare.partition(":")
    return Entry({"family": family, "code": code} | span, lambda _: entry.place("groups"))


def _break(entry: Entry, told: str) -> Entry:
    parts = [part.strip() for part in told.replace("｜", "|").split("|")]
    values = dict(zip(("period", "note_zh", "note_en"), parts, strict=False))
    return Entry(values, lambda _: entry.place("breaks"))
