"""Own estimates as they are computed (自行估算之計算), remembered by all they are made of."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from minben.indicators.engine.ranking import ranks
from minben.indicators.engine.running import run
from minben.indicators.engine.shadow import Shadow, shadow
from minben.indicators.engine.table import Table
from minben.indicators.telling.basis import DRAWS, Basis

SEED = 1


@dataclass(frozen=True)
class Outside:
    """Values of units an index does not count. Two of equal `key` are equal."""

    key: str
    table: Table = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Beside:
    """One composite of a unit that is not in the run, and the rank it would have.

    Args:
        score: as the recipe rounds it; None if it has none.
        rank, of: among how many, itself included.
        coverage: share of what it is made of that was observed.
    """

    unit: str
    code: str
    score: float | None
    rank: float | None
    of: int
    coverage: float
    withheld: bool


def outside(table: Table) -> Outside:
    """Values of units outside, with the hash they are remembered by."""
    named = repr((table.units, table.periods, sorted(table.labels))).encode()
    columns = (
        name.encode() + b"\0" + np.ascontiguousarray(table.columns[name]).tobytes()
        for name in sorted(table.columns)
    )
    return Outside(hashlib.sha256(b"".join([named, *columns])).hexdigest(), table)


@lru_cache(maxsize=48)
def drawn_estimates(basis: Basis, new: Outside) -> Shadow:
    """Units scored by the measure of the run, with the ranges of the ranks they would have.

    Raises:
        Faulty: a step cannot be done, as the logarithm of a negative value.
    """
    return shadow(basis.run, basis.data, new.table, draws=DRAWS, seed=SEED)


@lru_cache(maxsize=48)
def plain_estimates(basis: Basis, new: Outside) -> tuple[Beside, ...]:
    """The results of many units, without draws: forty of them would keep a reader waiting.

    Raises:
        Faulty: a step cannot be done.
    """
    made, later = basis.run, run(basis.run.recipe, new.table, basis.run)
    out = []
    for row, (unit, period) in enumerate(zip(later.table.units, later.table.periods, strict=True)):
        mask = made.table.by_period[period]
        for code in made.recipe.results:
            own, others = later.published[code][row], made.published[code][mask]
            rank = ranks(np.append(others, own), made.recipe.ties)[-1]
            out.append(
                Beside(
                    unit,
                    code,
                    None if np.isnan(own) else float(own),
                    None if np.isnan(rank) else float(rank),
                    int(np.sum(~np.isnan(others))) + int(not np.isnan(own)),
                    float(later.coverage[code][row]),
                    row in later.withheld[code],
                )
            )
    return tuple(out)


def rows_of(new: Table, units: Sequence[str]) -> Table:
    """The rows of some units."""
    wanted = set(units)
    return new.rows([row for row, unit in enumerate(new.units) if unit in wanted])
