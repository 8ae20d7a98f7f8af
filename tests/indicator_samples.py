"""Published indices at hand, as tables: what our own computing is held against."""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from minben.indicators.engine.table import Table, Values

REAL = Path(__file__).parents[2] / "shared" / "data" / "indicators"
NO_REAL = "the published indices are not here (../shared/data/indicators)"
needs_real = pytest.mark.skipif(not REAL.is_dir(), reason=NO_REAL)
HDR = "misc/HDR23-24_Composite_indices_complete_time_series.csv"


def rows_of(name: str, encoding: str = "utf-8-sig") -> list[dict[str, str]]:
    """The lines of a file."""
    with (REAL / name).open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file))


def numbers(texts: Iterable[str]) -> Values:
    """Numbers; what is none is missing."""

    def one(text: str) -> float:
        try:
            return float(text)
        except ValueError:
            return np.nan

    return np.array([one(text) for text in texts])


def table(rows: list[dict[str, str]], unit: str, columns: Mapping[str, str], *labels: str) -> Table:
    """A table of one period: our name of a column → the file's."""
    return Table(
        units=tuple(row[unit] for row in rows),
        periods=("",) * len(rows),
        columns={ours: numbers(row[theirs] for row in rows) for ours, theirs in columns.items()},
        labels={name: tuple(row[name] for row in rows) for name in labels},
    )


def small(**columns: Any) -> Table:  # Any: lists of numbers
    """A table of a few units A, B, C …"""
    made = {name: np.array(values, dtype=np.float64) for name, values in columns.items()}
    count = len(next(iter(made.values())))
    return Table(tuple("ABCDEFGHIJ"[:count]), ("",) * count, made, {})


def recipe_of(**more: Any) -> dict[str, Any]:  # Any: JSON values
    """A small recipe: columns x and y make z."""
    return {
        "format": "minben-recipe-1",
        "code": "small",
        "indicators": [{"code": "x", "parent": "z"}, {"code": "y", "parent": "z"}],
        "groups": [{"code": "z"}],
    } | more
