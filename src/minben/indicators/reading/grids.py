"""Tables with a header (表格), from whichever file: wide, long, SDMX-CSV, or COINr's.

Wide: a column ``unit``, perhaps ``period``, and a column per indicator. Long: ``unit``, perhaps
``period``, ``indicator`` and ``value``, perhaps ``n`` (answers), ``se`` (standard error) and
``status``.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isnan, nan

from minben.indicators.engine.faults import Fault, Faulty
from minben.indicators.reading.cells import BROKEN, Trouble, parsed
from minben.indicators.reading.stated import Gathered, Options, Raw

UNIT, PERIOD, INDICATOR, VALUE = "unit", "period", "indicator", "value"
N, SE, STATUS = "n", "se", "status"
MOST_CELLS = 2_000_000
SHOWN = 12  # names of columns in a sentence


@dataclass(frozen=True, slots=True)
class Odd:
    """A cell of a workbook that is neither text nor a plain number, and why it can be none."""

    written: str
    trouble: Trouble


Cell = str | float | Odd


@dataclass(frozen=True)
class Grid:
    """A header, and rows as long as it.

    Args:
        title: where the table stands, such as a file, or a file and a sheet.
        header: names of the columns, trimmed.
        rows: number of the row in the file, and its cells.
        place: the place of a cell from the number of its row and of its column (from 0).
        mark: decimal mark of numbers written as text.
        missing: what stands for missing besides the usual.
        hidden: whether it is a sheet that whoever opens the workbook does not see.
    """

    title: str
    header: Sequence[str]
    rows: Iterable[tuple[int, Sequence[Cell]]]
    place: Callable[[int, int], str]
    mark: str = "."
    hidden: bool = False

    def column(self, asked: str, usual: str) -> int | None:
        """Number of a column. Raises Faulty if one was asked for that is not there."""
        name = asked or usual
        if name in self.header:
            return self.header.index(name)
        if asked:
            raise Faulty([Fault(self.title, "column_missing", f"has no column named {asked}")])
        return None


def taken(grid: Grid, options: Options, into: Gathered) -> None:
    """Take every row of a wide or long table in. Raises Faulty for a header that cannot be right."""
    checked_header(grid)
    unit = grid.column(options.unit, UNIT)
    if unit is None:
        there = ", ".join([name for name in grid.header if name][:SHOWN])
        text = f"has no column named unit; it has {there}: name the column of units so"
        raise Faulty([Fault(grid.place(1, 0), "no_unit", text)])
    period = grid.column(options.period, PERIOD)
    value = grid.column(options.value, VALUE)
    named = options.indicator.split(",") if options.indicator else []
    names = [grid.column(one.strip(), INDICATOR) for one in named or [""]]
    if value is not None and None not in names:
        _long(
            grid,
            options,
            into,
            _Long(grid, unit, period, [n for n in names if n is not None], value),
        )
    else:
        _wide(grid, options, into, unit, period)


def checked_header(grid: Grid) -> None:
    """Raises Faulty if a name stands twice."""
    header = [name for name in grid.header if name]
    doubled = sorted({name for name in header if header.count(name) > 1})
    if doubled:
        raise Faulty([Fault(grid.place(1, 0), "column_twice", f"{doubled[0]!r} stands twice")])


def number_of(cell: Cell, mark: str) -> tuple[str, float, Trouble | None]:
    """What is written in a cell, the number it is, and why it is none."""
    if isinstance(cell, str):
        written = cell.strip()
        value, trouble = parsed(written, mark)
        return written, value, trouble
    if isinstance(cell, Odd):
        return cell.written, nan, cell.trouble
    return text_of(cell), cell, None


def key_of(grid: Grid, into: Gathered, line: int, row: Sequence[Cell], column: int | None) -> str:
    """The text of a cell that names a unit, a period or an indicator; an error is a fault."""
    if column is None:
        return ""
    cell = row[column]
    if isinstance(cell, Odd) and cell.trouble[0] in BROKEN:
        into.faults.append(Fault(grid.place(line, column), *cell.trouble))
    return text_of(cell)


def text_of(cell: Cell) -> str:
    """A cell as text: 2018, not 2018.0."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, Odd):
        return cell.written
    if isnan(cell):
        return ""
    return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)


def _wide(grid: Grid, options: Options, into: Gathered, unit: int, period: int | None) -> None:
    columns = [
        (number, name)
        for number, name in enumerate(grid.header)
        if name and number not in (unit, period) and into.wants(name, options)
    ]
    for line, row in grid.rows:
        code = key_of(grid, into, line, row, unit)
        at = key_of(grid, into, line, row, period)
        if not code:
            into.faults.append(Fault(grid.place(line, unit), "unit_missing", "names no unit"))
            continue
        into.named.setdefault((code, at), grid.place(line, unit))
        for number, name in columns:
            written, value, trouble = number_of(row[number], grid.mark)
            into.raws.append(Raw(grid.place(line, number), code, at, name, written, value, trouble))
        enough(into, grid.title)


def enough(into: Gathered, title: str) -> None:
    """Raises Faulty if there are more cells than can be held."""
    if len(into.raws) > MOST_CELLS:
        raise Faulty([Fault(title, "too_many", f"holds more than {MOST_CELLS} values")])


class _Long:
    """Where a long table keeps what."""

    def __init__(
        self, grid: Grid, unit: int, period: int | None, names: list[int], value: int
    ) -> None:
        self.unit, self.period, self.names, self.value = unit, period, names, value
        self.n, self.se, self.status = (grid.column("", one) for one in (N, SE, STATUS))


def _long(grid: Grid, options: Options, into: Gathered, at: _Long) -> None:
    for line, row in grid.rows:
        code = key_of(grid, into, line, row, at.unit)
        name = ".".join(key_of(grid, into, line, row, number) for number in at.names)
        if not into.wants(name, options):
            continue
        if not code:
            into.faults.append(Fault(grid.place(line, at.unit), "unit_missing", "names no unit"))
            continue
        if not name:
            where = grid.place(line, at.names[0])
            into.faults.append(Fault(where, "indicator_missing", "names no indicator"))
            continue
        written, value, trouble = number_of(row[at.value], grid.mark)
        period = key_of(grid, into, line, row, at.period)
        into.named.setdefault((code, period), grid.place(line, at.unit))
        into.raws.append(
            Raw(
                grid.place(line, at.value),
                code,
                period,
                name,
                written,
                value,
                trouble,
                _count(grid, into, line, row, at.n),
                _error(grid, into, line, row, at.se),
                key_of(grid, into, line, row, at.status),
            )
        )
        enough(into, grid.title)


def _count(
    grid: Grid, into: Gathered, line: int, row: Sequence[Cell], column: int | None
) -> int | None:
    """A number of answers: whole and not below 0."""
    if column is None:
        return None
    written, value, trouble = number_of(row[column], grid.mark)
    if trouble is None and (isnan(value) or (value >= 0 and value.is_integer())):
        return None if isnan(value) else int(value)
    text = f"{written[:40]!r} is no number of answers"
    into.faults.append(Fault(grid.place(line, column), "no_count", text))
    return None


def _error(
    grid: Grid, into: Gathered, line: int, row: Sequence[Cell], column: int | None
) -> float | None:
    """A standard error: not below 0."""
    if column is None:
        return None
    written, value, trouble = number_of(row[column], grid.mark)
    if trouble is None and (isnan(value) or value >= 0):
        return None if isnan(value) else value
    text = f"{written[:40]!r} is no standard error"
    into.faults.append(Fault(grid.place(line, column), "no_error", text))
    return None


def by_name(grid: Grid, row: Sequence[Cell]) -> Mapping[str, str]:
    """A row as texts by column."""
    return {name: text_of(cell) for name, cell in zip(grid.header, row, strict=True)}
