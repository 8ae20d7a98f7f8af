"""Which reader a file goes to (格式辨識), by what is in it and not only by its name."""

from collections.abc import Mapping
from pathlib import PurePosixPath

from minben.indicators.engine.faults import Fault, Faulty
from minben.indicators.reading import (
    coinr,
    grids,
    json_stat,
    opendocument,
    packages,
    sdmx_csv,
    sdmx_json,
)
from minben.indicators.reading.archives import SIGNATURE, unfolded
from minben.indicators.reading.csv_files import grid_of
from minben.indicators.reading.documents import document, text
from minben.indicators.reading.grids import Grid
from minben.indicators.reading.settling import settled
from minben.indicators.reading.stated import Content, Gathered, Options
from minben.indicators.reading.workbooks import WORKBOOK, sheets_of

ENDINGS = (".csv", ".tsv", ".xlsx", ".xlsm", ".ods", ".json", ".zip")
OLD_OFFICE = b"\xd0\xcf\x11\xe0"


def read_file(name: str, content: bytes, options: Options | None = None) -> Content:
    """What one file states; its faults are told in the content, nothing is raised."""
    return read_folder({name: content}, options)


def read_folder(files: Mapping[str, bytes], options: Options | None = None) -> Content:
    """What files state together; their faults are told in the content, nothing is raised.

    Args:
        files: contents by name; a name may have folders, with slashes, as resources of a data
            package do.
    """
    options = options or Options()
    gathered: dict[str, Gathered] = {}
    for name in sorted(files, key=lambda one: not _is_descriptor(one)):
        if _is_descriptor(name):
            gathered |= _package(name, files, options)
        elif name not in gathered:
            gathered[name] = _gathered(name, files[name], options)
    in_order = {name: gathered[name] for name in files}
    return settled(in_order, options)


def _is_descriptor(name: str) -> bool:
    return PurePosixPath(name).name == packages.DESCRIPTOR


def _package(name: str, files: Mapping[str, bytes], options: Options) -> dict[str, Gathered]:
    """What a data package and its tables state, by file; its faults are the description's."""
    found: dict[str, Gathered] = {}
    inside = name[: -len(packages.DESCRIPTOR)]

    def into(path: str) -> Gathered:
        return found.setdefault(path, Gathered("data-package"))

    about = into(name)
    try:
        for one in packages.taken_package(name, files, options, into, inside):
            if one in files:
                into(one)
    except Faulty as error:
        about.faults += error.faults
        for gathered in found.values():
            gathered.raws.clear()
    return found


def _gathered(name: str, content: bytes, options: Options) -> Gathered:
    into = Gathered("csv")
    try:
        _take(name, content, options, into)
    except Faulty as error:
        into.faults += error.faults
        into.raws.clear()
    return into


def _take(name: str, content: bytes, options: Options, into: Gathered) -> None:
    start = content[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    if content.startswith(SIGNATURE):
        _take_archive(name, content, options, into)
    elif content.startswith(OLD_OFFICE):
        into.format = "xls"
        told = "is a workbook of the old form, or locked by a password: save it as .xlsx"
        raise Faulty([Fault(name, "unknown_format", told)])
    elif start.startswith((b"{", b"[")) or name.casefold().endswith(".json"):
        into.format = "json"
        _take_json(name, content, options, into)
    elif name.casefold().endswith((".xlsx", ".xlsm", ".ods", ".zip")):
        raise Faulty([Fault(name, "broken_archive", "is not what its name says")])
    else:
        _take_grid(name, grid_of(name, content, into, options.decimal), options, into)


def _take_archive(name: str, content: bytes, options: Options, into: Gathered) -> None:
    into.format = "zip"
    files = unfolded(name, content)
    if WORKBOOK in files or opendocument.is_spreadsheet(files):
        into.format = "xlsx" if WORKBOOK in files else "ods"
        every = sheets_of(name, content, into)
        for grid in [one for one in every if _is_table(one, options)] or every:
            if grid.hidden:
                told = "is hidden: whoever opens the workbook does not see it; show or delete it"
                raise Faulty([Fault(grid.title, "sheet_hidden", told)])
            _take_grid(name, grid, options, into)
        return
    found = sorted((one for one in files if _is_descriptor(one)), key=len)
    if not found:
        told = f"is an archive without {packages.DESCRIPTOR}, and no workbook"
        raise Faulty([Fault(name, "unknown_format", told)])
    inside = found[0][: -len(packages.DESCRIPTOR)]
    into.format = "data-package"
    packages.taken_package(name, files, options, lambda _: into, inside)


def _is_table(grid: Grid, options: Options) -> bool:
    """Whether a sheet is meant as data: beside such sheets, others are left alone.

    Capitals do not count here: a sheet with ``Unit`` is to be told of, not to be left out.
    """
    header = grid.header
    if sdmx_csv.is_sdmx(header) or coinr.is_meta(header) or coinr.is_data(header):
        return True
    unit = options.unit or grids.UNIT
    return unit.casefold() in {name.casefold() for name in header}


def _take_json(name: str, content: bytes, options: Options, into: Gathered) -> None:
    found = document(name, content)
    if sdmx_json.is_sdmx(found):
        sdmx_json.taken(name, found, options, into)
    elif json_stat.is_json_stat(found):
        json_stat.taken(name, found, options, into)
    elif text(found.get("format")).startswith("minben-recipe"):
        into.format = "recipe"  # a method beside its data states nothing
    elif packages.is_package(found):
        told = f"describes a data package: name it {packages.DESCRIPTOR}"
        raise Faulty([Fault(name, "unknown_format", told)])
    else:
        raise Faulty([Fault(name, "unknown_format", "is JSON, but of no form known here")])


def _take_grid(name: str, grid: Grid, options: Options, into: Gathered) -> None:
    """A table goes to whom its header is of."""
    if sdmx_csv.is_sdmx(grid.header):
        sdmx_csv.taken(grid, options, into)
    elif coinr.is_meta(grid.header):
        coinr.taken_meta(grid, into, PurePosixPath(name).stem)
    elif coinr.is_data(grid.header) and grids.UNIT not in grid.header:
        coinr.taken(grid, options, into)
    else:
        grids.taken(grid, options, into)
