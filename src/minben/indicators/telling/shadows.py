"""Own estimates on a page (自行估算): units with values that the index does not count."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from minben.indicators.engine.faults import Faulty
from minben.indicators.engine.shadow import Estimate, shadow
from minben.indicators.engine.table import Table
from minben.indicators.exporting.dataset import Words
from minben.indicators.queries.current import Seen, observed
from minben.indicators.queries.pages import names_of
from minben.indicators.telling.basis import DRAWS
from minben.indicators.telling.scene import Scene

UNITS_MOST = 40


@dataclass(frozen=True)
class Estimated:
    """Estimates of the results of units outside the index.

    Args:
        fault: why there are none, in the engine's words; empty if there are or nobody is outside.
        more: how many units are not shown.
    """

    estimates: tuple[Estimate, ...] = ()
    names: dict[str, Words] | None = None
    notes: tuple[str, ...] = ()
    fault: str = ""
    more: int = 0


def estimated(scene: Scene) -> Estimated:
    """Own estimates for the chosen period, by the measure of the run."""
    choice = scene.choice
    there = set(choice.basis.run.table.units)
    seen = [
        one
        for one in observed(indicators=scene.recipe.columns, periods=[choice.period])
        if one.unit not in there and one.value is not None
    ]
    units = sorted({one.unit for one in seen})
    if not units:
        return Estimated()
    shown = units[:UNITS_MOST]
    new = _table(scene, [one for one in seen if one.unit in set(shown)], shown)
    try:
        found = shadow(choice.basis.run, choice.basis.data, new, draws=DRAWS)
    except Faulty as error:
        return Estimated(fault="; ".join(str(one) for one in error.faults[:3]))
    results = set(scene.recipe.results)
    return Estimated(
        tuple(one for one in found.estimates if one.code in results),
        names_of(shown),
        found.notes,
        more=len(units) - len(shown),
    )


def _table(scene: Scene, seen: Sequence[Seen], units: Sequence[str]) -> Table:
    row = {unit: n for n, unit in enumerate(units)}
    columns = {code: np.full(len(units), np.nan) for code in scene.recipe.columns}
    for one in seen:
        columns[one.indicator][row[one.unit]] = one.value
    return Table(
        units=tuple(units),
        periods=(scene.choice.period,) * len(units),
        columns=columns,
        labels={name: ("",) * len(units) for name in scene.recipe.labels},
    )
