"""A folder of data (資料夾): every file in it together is one table."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from minben.indicators.engine.faults import Fault, Faulty
from minben.indicators.engine.recipe import Recipe
from minben.indicators.engine.table import Table
from minben.indicators.reading.csv_files import Gathered, Key, gather

MOST_FAULTS = 50  # told at once; more only hide the first


def contents(folder: Path) -> dict[str, bytes]:
    """The data files of a folder by name. Raises Faulty if there are none."""
    if not folder.is_dir():
        raise Faulty([Fault(str(folder), "no_folder", "is no folder")])
    found = {one.name: one.read_bytes() for one in sorted(folder.glob("*.csv")) if one.is_file()}
    if not found:
        raise Faulty([Fault(str(folder), "no_data", "holds no file ending in .csv")])
    return found


def digest(files: Mapping[str, bytes]) -> str:
    """SHA-256 over names and contents: the vintage of the data."""
    lines = (f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def table_of(files: Mapping[str, bytes], recipe: Recipe) -> Table:
    """The columns a recipe needs, of all files together; others are left alone.

    Raises:
        Faulty: with file, line, column and reason; nothing is taken in then.
    """
    texts = frozenset(recipe.labels)
    wanted = {name: name in texts for name in (*recipe.columns, *recipe.labels)}
    gathered = Gathered()
    for name, content in files.items():
        gather(gathered, name, content, wanted)
    absent = sorted(set(recipe.columns) - set(gathered.numbers))
    absent += sorted(texts - set(gathered.texts))
    faults = gathered.faults + [
        Fault(f"column {name}", "column_missing", "the recipe needs it and no file has it")
        for name in absent
    ]
    if faults:
        raise Faulty(faults[:MOST_FAULTS])
    return _table(gathered, recipe)


def _table(gathered: Gathered, recipe: Recipe) -> Table:
    keys: list[Key] = sorted(gathered.rows, key=lambda key: (key[1], key[0]))

    def numbers(column: str) -> list[float]:
        told = gathered.numbers.get(column, {})
        return [told.get(key, np.nan) for key in keys]

    return Table(
        units=tuple(unit for unit, _ in keys),
        periods=tuple(period for _, period in keys),
        columns={name: np.array(numbers(name)) for name in recipe.columns},
        labels={
            name: tuple(gathered.texts.get(name, {}).get(key, "") for key in keys)
            for name in recipe.labels
        },
    )
