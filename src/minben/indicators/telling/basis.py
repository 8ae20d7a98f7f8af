"""The run a page rests on (呈現之依據), of all units or of a comparator set, once per process.

What is remembered is found by the hashes of recipe, data and engine, so that it cannot be stale.
"""

import hashlib
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import numpy.ma  # quantiles load it when first asked for, and that takes 10 ms

from minben.indicators.engine import robustness
from minben.indicators.engine.faults import Faulty
from minben.indicators.engine.reading import read
from minben.indicators.engine.running import Run, run
from minben.indicators.engine.sameness import rows_named
from minben.indicators.engine.table import Table
from minben.indicators.models import StoredRun
from minben.indicators.queries.runs import computed

DRAWS = 500  # of the weights, for an interval that a page shows


@dataclass(frozen=True)
class Basis:
    """A run with its data. Two of equal `key` are equal.

    Args:
        key: hashes of recipe and data, version of the engine; of a comparator set also its hash.
    """

    key: tuple[str, ...]
    run: Run = field(compare=False, repr=False)
    data: Table = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Interval:
    """Where a rank stays in nine of ten draws of the weights."""

    low: float
    high: float


def whole(stored: StoredRun) -> Basis:
    """A stored run with all its units."""
    made = computed(stored.pk)
    key = (made.recipe.id, stored.data_sha256, stored.engine)
    return Basis(key, made.run, made.data)


@lru_cache(maxsize=48)
def among(basis: Basis, units: frozenset[str]) -> Basis:
    """The recipe computed on some units only: extremes, ranks and N are then theirs.

    Raises:
        Faulty: it cannot be computed on so few, as one unit has no lowest and highest.
    """
    rows = [row for row, unit in enumerate(basis.data.units) if unit in units]
    data = basis.data.rows(rows)
    told = hashlib.sha256("\n".join(sorted(units)).encode()).hexdigest()
    recipe = basis.run.recipe
    if recipe.units.only:  # of whom the recipe lists, those in the set
        listed = [one for one in recipe.units.only if rows_named(data.units, one).any()]
        recipe = read(dict(recipe.document) | {"units": listed})
    return Basis((*basis.key, told), run(recipe, data), data)


@dataclass(frozen=True)
class Drawn:
    """Ranks over draws of the weights, row by row; `units` says whose each row is."""

    units: tuple[str, ...]
    ranks: robustness.Uncertain


@lru_cache(maxsize=96)
def drawn_ranks(basis: Basis, period: str, result: str) -> Drawn | None:
    """Draws of the weights for the units of a period; None where nothing can be drawn."""
    table = basis.run.table
    if period not in table.by_period:
        return None
    try:
        found = robustness.intervals(basis.run, basis.data, result, draws=DRAWS, period=period)
    except Faulty:
        return None
    return Drawn(tuple(table.units[row] for row in np.flatnonzero(table.by_period[period])), found)


def rank_intervals(basis: Basis, period: str, result: str) -> dict[str, Interval]:
    """Rank intervals by unit; empty where nothing can be drawn."""
    found = drawn_ranks(basis, period, result)
    if found is None:
        return {}
    low, high = found.ranks.low, found.ranks.high
    return {
        unit: Interval(float(low[row]), float(high[row]))
        for row, unit in enumerate(found.units)
        if not np.isnan(low[row])
    }
