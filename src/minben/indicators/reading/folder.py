"""A folder of data (資料夾): every file in it together is one table."""

import hashlib
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path

from minben.indicators.engine.faults import Fault, Faulty
from minben.indicators.engine.recipe import Recipe
from minben.indicators.engine.table import Table
from minben.indicators.reading.documents import document
from minben.indicators.reading.files import ENDINGS, read_folder
from minben.indicators.reading.packages import DESCRIPTOR, named_files
from minben.indicators.reading.panels import Panel, panel_of
from minben.indicators.reading.stated import Content, Kind, Options
from minben.indicators.reading.unit_names import unit_remarks

MOST_FAULTS = 50  # told at once; more only hide the first
SHOWN = 12  # names of columns in a sentence
HIDDEN = (".", "~$")  # what spreadsheets leave beside an open workbook


def contents(folder: Path) -> dict[str, bytes]:
    """The data files of a folder by name; others, such as a text about them, are left alone.

    The tables of a data package come with it, wherever in the folder they are.

    Raises:
        Faulty: there is no data, or a package names files that are not in the folder.
    """
    if not folder.is_dir():
        raise Faulty([Fault(str(folder), "no_folder", "is no folder")])
    found = {
        one.name: one.read_bytes()
        for one in sorted(folder.iterdir())
        if one.is_file() and one.suffix.casefold() in ENDINGS and not one.name.startswith(HIDDEN)
    }
    if DESCRIPTOR in found:
        found |= _resources(folder, found[DESCRIPTOR])
    if not found:
        endings = ", ".join(ENDINGS)
        raise Faulty([Fault(str(folder), "no_data", f"holds no file ending in {endings}")])
    return dict(sorted(found.items()))


def _resources(folder: Path, descriptor: bytes) -> dict[str, bytes]:
    """The files a data package names; nothing outside of its folder is opened."""
    found: dict[str, bytes] = {}
    home = folder.resolve()
    for name in named_files(DESCRIPTOR, document(DESCRIPTOR, descriptor)):
        path = folder / name
        if not path.is_file():
            continue  # told as a fault when the package is read
        if not path.resolve().is_relative_to(home):
            raise Faulty([Fault(DESCRIPTOR, "path_unsafe", f"{name!r} leads out of the folder")])
        found[name] = path.read_bytes()
    return found


def digest(files: Mapping[str, bytes]) -> str:
    """SHA-256 over names and contents: the vintage of the data."""
    lines = (f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def content_of(files: Mapping[str, bytes], recipe: Recipe) -> Content:
    """What files state of the columns a recipe needs; others are left alone.

    Raises:
        Faulty: with file, line, column and reason; nothing is taken in then.
    """
    kinds: dict[str, Kind] = dict.fromkeys(recipe.columns, "number")
    kinds |= dict.fromkeys(recipe.labels, "label")
    content = read_folder(files, Options(kinds=kinds, only=frozenset(kinds)))
    faults = list(content.faults)
    if not faults and not content.stated and not content.passed:
        faults.append(Fault("data", "no_rows", "has a header and no row below it"))
    elif not faults or content.stated:
        faults += [
            Fault(f"column {name}", "column_missing", _nowhere(name, content.passed))
            for name in sorted(set(kinds) - set(content.variables))
        ]
    faults += [one.fault for one in unit_remarks(content) if one.level == "fault"]
    if faults:
        raise Faulty(faults[:MOST_FAULTS])
    return content


def _nowhere(name: str, passed: Sequence[str]) -> str:
    """That no file has a column, with the one that may be meant."""
    text = "the recipe needs it and no file has it"
    plain = {one.casefold().strip(): one for one in reversed(passed)}
    close = get_close_matches(name.casefold(), plain, 1)
    if close:
        return f"{text}; did you mean {plain[close[0]]!r}?"
    return f"{text}; there is {', '.join(passed[:SHOWN])}" if passed else text


def table_of(files: Mapping[str, bytes], recipe: Recipe) -> Table:
    """The columns a recipe needs, of all files together. Raises Faulty as `content_of` does."""
    return table_from(panel_of(content_of(files, recipe), recipe.columns), recipe)


def table_from(panel: Panel, recipe: Recipe) -> Table:
    """The columns a recipe needs, of what files state."""
    empty = ("",) * len(panel)
    return Table(
        units=panel.units,
        periods=panel.periods,
        columns={name: panel.columns[name] for name in recipe.columns},
        labels={name: panel.labels.get(name, empty) for name in recipe.labels},
    )
