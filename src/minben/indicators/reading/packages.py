"""Frictionless data packages (資料包): datapackage.json, and tables beside it or in one archive.

After the Data Package and Table Schema standards. Only files of the package itself are read:
resources elsewhere, absolute paths and steps upwards are refused. Numbers are read as each field
says (`decimalChar`, `groupChar`, `bareNumber`, `missingValues`).
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from minben.indicators.engine.faults import Fault, Faulty
from minben.indicators.engine.strict import Json
from minben.indicators.reading.archives import unsafe
from minben.indicators.reading.csv_files import grid_of
from minben.indicators.reading.documents import array, document, table, text
from minben.indicators.reading.grids import UNIT, VALUE, Cell, Grid, Odd, taken
from minben.indicators.reading.stated import Gathered, Kind, Options, Variable

DESCRIPTOR = "datapackage.json"
NUMBERS = frozenset({"number", "integer"})
LABELS = frozenset({"string", "boolean", "date", "time", "datetime", "year", "yearmonth"})


def is_package(found: Mapping[str, Json]) -> bool:
    """Whether a document describes a data package."""
    return isinstance(found.get("resources"), list)


@dataclass(frozen=True)
class Field:
    """How a column is written."""

    name: str
    kind: str
    mark: str
    group: str
    bare: bool


def resources(name: str, found: Mapping[str, Json]) -> list[tuple[str, Mapping[str, Json]]]:
    """Paths of the tables, with what is said of each. Raises Faulty: elsewhere, or no path."""
    listed: list[tuple[str, Mapping[str, Json]]] = []
    faults: list[Fault] = []
    for number, one in enumerate(array(found.get("resources"))):
        about, where = table(one), f"{name}, resources[{number}]"
        paths = about.get("path")
        for path in paths if isinstance(paths, list) else [paths]:
            if not isinstance(path, str):
                told = "has no path: data inside the description is not read"
                faults.append(Fault(where, "no_path", told))
            elif "://" in path:
                told = f"{path!r} is elsewhere: only files of the package are read"
                faults.append(Fault(where, "remote", told))
            elif unsafe(path):
                told = f"{path!r} leads out of the package"
                faults.append(Fault(where, "path_unsafe", told))
            else:
                listed.append((path.removeprefix("./"), about))
    if faults:
        raise Faulty(faults)
    if not listed:
        raise Faulty([Fault(name, "no_data", "names no resources")])
    return listed


def named_files(name: str, found: Mapping[str, Json]) -> list[str]:
    """Every file a package names: its tables, and schemas that stand in files. Raises Faulty."""
    listed = resources(name, found)
    schemas = [about["schema"] for _, about in listed if isinstance(about.get("schema"), str)]
    return [*(path for path, _ in listed), *(one for one in schemas if not unsafe(one))]


def taken_package(
    name: str,
    files: Mapping[str, bytes],
    options: Options,
    into: Callable[[str], Gathered],
    inside: str = "",
) -> frozenset[str]:
    """Take every table of a package in.

    Args:
        into: gives what the table of a path is gathered in.
        inside: the folder of the package in `files`, with a slash.

    Returns:
        The files that belong to it besides its description.

    Raises:
        Faulty: broken description, absent resources.
    """
    found = document(name, files[inside + DESCRIPTOR])
    used = [inside + one for one in named_files(name, found)]
    for path, about in resources(name, found):
        if inside + path not in files:
            raise Faulty([Fault(name, "resource_absent", f"names {path!r}, which is not there")])
        if not path.casefold().endswith((".csv", ".tsv", ".txt")):
            told = f"{path!r} is no table of text; only those are read from packages"
            raise Faulty([Fault(name, "unknown_format", told)])
        where = path if name == DESCRIPTOR else f"{name}, {path}"
        schema = _schema(name, about.get("schema"), files, inside)
        _one(where, files[inside + path], {**about, "schema": schema}, options, into(inside + path))
    return frozenset(used)


def _schema(name: str, found: Json, files: Mapping[str, bytes], inside: str) -> Mapping[str, Json]:
    """The schema of a table, which may stand in a file of the package."""
    if not isinstance(found, str):
        return table(found)
    if unsafe(found) or inside + found not in files:
        raise Faulty([Fault(name, "resource_absent", f"names {found!r}, which is not there")])
    return document(found, files[inside + found])


def _delimiter(name: str, dialect: Mapping[str, Json]) -> str:
    """The separator a dialect names; other deviations from CSV are refused."""
    told = dialect.get("delimiter", "")
    if (
        not isinstance(told, str)
        or len(told) > 1
        or dialect.get("quoteChar", '"') != '"'
        or dialect.get("header", True) is not True
    ):
        raise Faulty([Fault(name, "unknown_dialect", "is said to be written in an unusual way")])
    return told


def _one(
    name: str, content: bytes, about: Mapping[str, Json], options: Options, into: Gathered
) -> None:
    encoding = text(about.get("encoding")) or "utf-8"
    if encoding.casefold().replace("_", "-") not in ("utf-8", "utf8", "utf-8-sig"):
        raise Faulty([Fault(name, "not_utf8", f"is said to be {encoding}: save it as UTF-8")])
    schema = table(about.get("schema"))
    delimiter = _delimiter(name, table(about.get("dialect")))
    grid = grid_of(name, content, into, separator=delimiter)
    fields = [_field(one) for one in array(schema.get("fields"))]
    absent = [one.name for one in fields if one.name not in grid.header]
    if absent:
        told = f"has no column {absent[0]}, which the package describes"
        raise Faulty([Fault(grid.place(1, 0), "column_missing", told)])
    _say(schema, fields, grid, options, into)
    missing = frozenset(str(one) for one in array(schema.get("missingValues")) or [""])
    rows = _keyed(grid, _keys(schema, grid), into)
    rows = _plain(grid, rows, {one.name: one for one in fields}, missing)
    taken(replace(grid, rows=rows, mark="."), options, into)


def _field(found: Json) -> Field:
    about = table(found)
    return Field(
        name=text(about.get("name")),
        kind=text(about.get("type")) or "any",
        mark=text(about.get("decimalChar")) or ".",
        group=text(about.get("groupChar")),
        bare=about.get("bareNumber") is not False,
    )


def _say(
    schema: Mapping[str, Json],
    fields: Sequence[Field],
    grid: Grid,
    options: Options,
    into: Gathered,
) -> None:
    """What columns hold, where the table is wide."""
    if (options.value or VALUE) in grid.header:
        return
    for one, found in zip(fields, array(schema.get("fields")), strict=True):
        kind: Kind | None = None
        if one.kind in NUMBERS:
            kind = "number"
        elif one.kind in LABELS:
            kind = "label"
        if kind and one.name != (options.unit or UNIT):
            into.kinds[one.name] = kind
            title = text(table(found).get("title")) or text(table(found).get("description"))
            into.said[one.name] = Variable(one.name, kind, title)


def _keys(schema: Mapping[str, Json], grid: Grid) -> list[int]:
    told = schema.get("primaryKey")
    names = [told] if isinstance(told, str) else [text(one) for one in array(told)]
    for name in names:
        if name not in grid.header:
            text_ = f"has no column {name}, which is said to be its key"
            raise Faulty([Fault(grid.place(1, 0), "column_missing", text_)])
    return [list(grid.header).index(name) for name in names]


def _keyed(grid: Grid, keys: Sequence[int], into: Gathered) -> Iterator[tuple[int, Sequence[Cell]]]:
    """The rows, with a fault for each whose key stood before or has a gap."""
    stood: dict[tuple[str, ...], str] = {}
    for line, row in grid.rows:
        if keys:
            key = tuple(str(row[n]).strip() for n in keys)
            where = grid.place(line, keys[0])
            if not all(key):
                into.faults.append(Fault(where, "key_missing", "has a gap in its key"))
            elif key in stood:
                told = f"the key {', '.join(key)} stands at {stood[key]} too"
                into.faults.append(Fault(where, "key_twice", told))
                continue
            stood[key] = where
        yield line, row


def _plain(
    grid: Grid,
    rows: Iterator[tuple[int, Sequence[Cell]]],
    fields: Mapping[str, Field],
    missing: frozenset[str],
) -> Iterator[tuple[int, Sequence[Cell]]]:
    """The rows with missing cells empty, and numbers written in the usual way."""
    told = [fields.get(name) for name in grid.header]
    for line, row in rows:
        cells = [
            "" if str(cell).strip() in missing else _usual(str(cell), field)
            for cell, field in zip(row, told, strict=True)
        ]
        yield line, cells


def _usual(cell: str, field: Field | None) -> Cell:
    """A number with a point and no groups; what is written otherwise stays, and is a fault later."""
    if field is None or field.kind not in NUMBERS:
        return cell
    bare = cell.strip()
    if not field.bare:
        bare = re.sub(r"^[^\d+-]+|[^\d]+$", "", bare)
    if field.group and field.group in bare:
        group, mark = re.escape(field.group), re.escape(field.mark)
        if not re.fullmatch(rf"[+-]?\d{{1,3}}({group}\d{{3}})+({mark}\d+)?", bare, re.ASCII):
            return cell
        bare = bare.replace(field.group, "")
    if field.mark != ".":
        if "." in bare:
            told = f"{bare[:40]!r}: the decimal mark of this column is {field.mark!r}"
            return Odd(bare, ("decimal_point", told))
        return bare.replace(field.mark, ".")
    return bare
