"""SDMX-CSV 1.0 and 2.0 (統計資料與詮釋資料交換), after the field guides of the SDMX technical group.

A header beginning with DATAFLOW (1.0) or STRUCTURE, STRUCTURE_ID (2.0), a line per observation.
Dimensions stand before OBS_VALUE and attributes after it, as services write them; where they do
not, the attributes known by name are told from dimensions. Names beside codes (``labels=both``,
``labels=name``) are taken off.
"""

from collections.abc import Mapping, Sequence
from math import nan

from minben.indicators.engine.faults import Fault, Faulty
from minben.indicators.reading.dimensions import Assigned, assigned
from minben.indicators.reading.grids import Cell, Grid, checked_header, enough, number_of, text_of
from minben.indicators.reading.multiples import Multiples
from minben.indicators.reading.stated import Gathered, Options, Raw

ABOUT = ("DATAFLOW", "STRUCTURE", "STRUCTURE_ID", "STRUCTURE_NAME", "ACTION", "SERIES_KEY", "OBS_KEY")  # fmt: skip
VALUE, STATUS, MULTIPLE, MEASURED = "OBS_VALUE", "OBS_STATUS", "UNIT_MULT", "UNIT_MEASURE"
# Attributes of the cross-domain concepts; a dimension is never called so.
ATTRIBUTES = frozenset(
    {"OBS_STATUS", "CONF_STATUS", "OBS_CONF", "UNIT_MULT", "DECIMALS", "TIME_FORMAT", "TITLE"}
    | {"TITLE_COMPL", "COMMENT_OBS", "COMMENT_TS", "COMMENT_DSET", "OBS_COM", "OBS_PRE_BREAK"}
    | {"PRE_BREAK_VALUE", "UPDATED", "LAST_UPDATE", "BASE_PER", "COLLECTION", "SOURCE", "NOTE"}
    | {"SOURCE_AGENCY", "EMBARGO_DATE", "FOOTNOTE"}
)


def is_sdmx(header: Sequence[str]) -> bool:
    """Whether a header is that of SDMX-CSV of either version."""
    first = header[0].split("[")[0].upper() if header else ""
    return first == "DATAFLOW" or (first == "STRUCTURE" and "STRUCTURE_ID" in header)


def taken(grid: Grid, options: Options, into: Gathered) -> None:
    """Take every observation in. Raises Faulty: no OBS_VALUE, no dimension of units."""
    into.format = "sdmx-csv"
    columns = _columns(grid)
    value = options.value or VALUE
    if value not in columns:
        raise Faulty([Fault(grid.place(1, 0), "no_value", f"has no column named {value}")])
    rows = [(line, _codes(row, columns)) for line, row in grid.rows if _kept(grid, row, line, into)]
    dimensions = _dimensions(columns, value, options)
    codes = {name: list(dict.fromkeys(row[name] for _, row in rows)) for name in dimensions}
    flow = grid.header[0].split("[")[0].upper()
    named = next((row["DATAFLOW" if flow == "DATAFLOW" else "STRUCTURE_ID"] for _, row in rows), "")
    roles = assigned(
        grid.title, codes, options, alone=named.split(":")[-1].split("(")[0] or "value"
    )
    multiples = Multiples(into)
    for line, row in rows:
        where = grid.place(line, columns[value])
        _one(grid, into, where, row, roles, value, options, multiples)


def _one(
    grid: Grid,
    into: Gathered,
    where: str,
    row: Mapping[str, str],
    roles: Assigned,
    value: str,
    options: Options,
    multiples: Multiples,
) -> None:
    indicator = roles.indicator(row)
    if not into.wants(indicator, options):
        return
    unit = row[roles.unit]
    if not unit:
        into.faults.append(Fault(where, "unit_missing", "names no unit"))
        return
    multiples.note(where, indicator, row.get(MULTIPLE, ""), row.get(MEASURED, ""))
    written, number, trouble = number_of(row[value], grid.mark)
    if written in ("#N/A", "NaN"):
        number, trouble = nan, None
    period = row[roles.period] if roles.period else ""
    status = row.get(STATUS, "")
    into.raws.append(
        Raw(where, unit, period, indicator, written, number, trouble, None, None, status)
    )
    enough(into, grid.title)


def _columns(grid: Grid) -> dict[str, int]:
    """Components by column; names beside them, as of ``labels=name``, are left out."""
    header = [name.split(": ")[0] for name in grid.header]
    header = [name.split("[")[0] if name.endswith("]") else name for name in header]
    beside: set[int] = set()
    if "STRUCTURE_NAME" in header:
        first = next((n for n, name in enumerate(header) if n and name not in ABOUT), len(header))
        beside = set(range(first + 1, len(header), 2))
    checked_header(
        Grid(grid.title, [h for n, h in enumerate(header) if n not in beside], (), grid.place)
    )
    return {name: n for n, name in enumerate(header) if name and n not in beside}


def _codes(row: Sequence[Cell], columns: Mapping[str, int]) -> dict[str, str]:
    """The codes of a row; a name after the code is taken off."""
    return {name: text_of(row[n]).split(": ")[0] for name, n in columns.items()}


def _kept(grid: Grid, row: Sequence[Cell], line: int, into: Gathered) -> bool:
    if "ACTION" not in grid.header:
        return True
    column = list(grid.header).index("ACTION")
    if text_of(row[column]).upper().startswith("D"):
        text = "takes an observation back; only files that state observations can be read"
        into.faults.append(Fault(grid.place(line, column), "row_deletes", text))
        return False
    return True


def _dimensions(columns: Mapping[str, int], value: str, options: Options) -> list[str]:
    asked = {options.unit, options.period, *options.indicator.split(",")}
    others = [name for name in columns if name not in ABOUT and name != value]
    before = [name for name in others if columns[name] < columns[value]]
    some = before if len(before) > 1 else others
    return [name for name in others if name in asked or (name in some and name not in ATTRIBUTES)]
