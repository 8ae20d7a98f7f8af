"""COINr's pair of tables (iData 與 iMeta): units by indicators, and what the indicators are.

After the documentation of the R package COINr. iData has `uCode` and perhaps `uName` and `Time`;
iMeta has a line per indicator, group and denominator, from which a draft of a recipe is made. The
draft has the levels, parents, weights, directions and denominators; how to normalise and to
aggregate is not in iMeta and stays what a recipe does by default, for its author to decide.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from minben.indicators.engine.faults import Fault
from minben.indicators.engine.recipe import FORMAT
from minben.indicators.reading.cells import parsed
from minben.indicators.reading.grids import Cell, Grid, by_name, checked_header, text_of
from minben.indicators.reading.grids import taken as taken_plain
from minben.indicators.reading.stated import Gathered, Kind, Options, Variable

CODE, NAME, TIME = "uCode", "uName", "Time"
KINDS: dict[str, Kind] = {"indicator": "number", "denominator": "number", "group": "label"}


def is_data(header: Sequence[str]) -> bool:
    """Whether a header is that of iData."""
    return CODE in header


def is_meta(header: Sequence[str]) -> bool:
    """Whether a header is that of iMeta."""
    return {"iCode", "Level", "Type"} <= set(header)


def taken(grid: Grid, options: Options, into: Gathered) -> None:
    """Take iData in: a wide table with other names. Names of units are left alone."""
    into.format = "coinr-data"
    header = ["" if name == NAME else name for name in grid.header]
    usual = replace(options, unit=options.unit or CODE)
    if TIME in header and not options.period:
        usual = replace(usual, period=TIME)
        grid = replace(grid, rows=_whole_periods(grid, header.index(TIME)))
    taken_plain(replace(grid, header=header), usual, into)


def _whole_periods(grid: Grid, column: int) -> Iterator[tuple[int, Sequence[Cell]]]:
    """R writes a year as 2018.0 where the column may have gaps."""
    for line, row in grid.rows:
        told = text_of(row[column])
        cells = list(row)
        cells[column] = told.removesuffix(".0")
        yield line, cells


def taken_meta(grid: Grid, into: Gathered, code: str) -> None:
    """Take iMeta in: what columns hold, and the draft of a recipe called `code`."""
    into.format = "coinr-meta"
    checked_header(grid)
    indicators: list[dict[str, Any]] = []  # Any: JSON values
    groups: list[tuple[float, dict[str, Any]]] = []
    for line, cells in grid.rows:
        row = by_name(grid, cells)
        name, kind = row["iCode"], row["Type"].casefold()
        if not name:
            where = grid.place(line, list(grid.header).index("iCode"))
            into.faults.append(Fault(where, "indicator_missing", "names no indicator"))
            continue
        if kind in KINDS:
            into.kinds[name] = KINDS[kind]
        direction = int(_number(grid, into, line, row, "Direction", 1.0))
        member = _member(grid, into, line, row)
        if kind == "indicator":
            said = Variable(name, "number", row.get("iName", ""), row.get("Unit", ""), direction)
            into.said[name] = said
            indicators.append(member | _only_indicators(row, direction))
        elif kind == "aggregate":
            groups.append((_number(grid, into, line, row, "Level", 0.0), member))
    groups.sort(key=lambda one: one[0])
    if indicators:
        draft = {"format": FORMAT, "code": code, "source": f"draft made from {grid.title}"}
        into.recipes.append(
            draft | {"indicators": indicators, "groups": [group for _, group in groups]}
        )


def _member(grid: Grid, into: Gathered, line: int, row: Mapping[str, str]) -> dict[str, Any]:
    """What an indicator and a group both have."""
    found: dict[str, Any] = {"code": row["iCode"]}
    if row.get("Parent"):
        found["parent"] = row["Parent"]
    weight = _number(grid, into, line, row, "Weight", 1.0)
    if weight != 1.0:
        found["weight"] = weight
    if row.get("iName"):
        found["title"] = {"en": row["iName"]}
    return found


def _only_indicators(row: Mapping[str, str], direction: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if direction == -1:
        found["direction"] = -1
    if row.get("Denominator"):
        found["denominator"] = row["Denominator"]
    if row.get("Unit"):
        found["unit"] = row["Unit"]
    return found


def _number(
    grid: Grid, into: Gathered, line: int, row: Mapping[str, str], column: str, usual: float
) -> float:
    """A number of iMeta, the usual one if the cell is empty, and a fault if it is none."""
    value, trouble = parsed(row.get(column, ""))
    if trouble:
        where = grid.place(line, list(grid.header).index(column))
        into.faults.append(Fault(where, *trouble))
        return usual
    return usual if value != value else value
