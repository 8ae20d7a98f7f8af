"""Own estimates on a page (自行估算): units with values that the index does not count."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from minben.indicators.engine.faults import Faulty
from minben.indicators.engine.shadow import Estimate
from minben.indicators.engine.table import Table
from minben.indicators.exporting.dataset import Words
from minben.indicators.queries.current import Seen, observed
from minben.indicators.queries.pages import names_of
from minben.indicators.telling import words
from minben.indicators.telling.choice import HOME
from minben.indicators.telling.estimating import (
    Beside,
    Outside,
    drawn_estimates,
    outside,
    plain_estimates,
    rows_of,
)
from minben.indicators.telling.pictures import View
from minben.indicators.telling.scene import Scene

UNITS_MOST = 40


@dataclass(frozen=True)
class Estimated:
    """Estimates of the results of units outside the index.

    Args:
        unit: whose estimate is shown whole; empty if there is none.
        own: its values, to draw pictures of.
        estimates: of its results, with the ranges of its ranks.
        listed: all units outside, that one among them, without ranges.
        names: of all of them, in both languages.
        notes: what was not drawn, in the engine's words.
        fault: why there are none, in the engine's words; empty if there are or nobody is outside.
        more: how many units are not listed.
        inside: the unit asked for is in the index and has its score there.
        missing: nothing was observed of the unit asked for.
    """

    unit: str = ""
    own: Outside | None = None
    estimates: tuple[Estimate, ...] = ()
    listed: tuple[Beside, ...] = ()
    names: Mapping[str, Words] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    fault: str = ""
    more: int = 0
    inside: bool = False
    missing: bool = False

    @property
    def called(self) -> dict[str, str]:
        """Names in the reader's language."""
        return {code: words.said(name) for code, name in self.names.items()}


def estimated(scene: Scene, asked: str = "") -> Estimated:
    """Own estimates for the chosen period by the measure of the run; `asked` is a unit's code.

    A unit that is in the index, or none at all, opens with the home unit if it is outside, else
    with the first. A unit nothing is known of is told, and nobody stands in for it.
    """
    choice = scene.choice
    whole = scene.whole.run.table
    there = {
        unit
        for unit, period in zip(whole.units, whole.periods, strict=True)
        if period == choice.period
    }
    seen = [
        one
        for one in observed(indicators=scene.recipe.columns, periods=[choice.period])
        if one.unit not in there and one.value is not None
    ]
    units = sorted({one.unit for one in seen})
    inside, missing = asked in there, bool(asked) and asked not in there and asked not in units
    if not units:
        return Estimated(inside=inside, missing=missing)
    unit = asked if asked in units else HOME if HOME in units else units[0]
    unit = "" if missing else unit
    shown = sorted({*units[:UNITS_MOST], unit} - {""})
    table = _table(scene, [one for one in seen if one.unit in set(shown)], shown)
    own = outside(rows_of(table, [unit])) if unit else None
    more = len(units) - len(shown)
    try:
        listed = plain_estimates(choice.basis, outside(table))
        found = drawn_estimates(choice.basis, own) if own else None
    except Faulty as error:
        fault = "; ".join(str(one) for one in error.faults[:3])
        return Estimated(fault=fault, inside=inside, missing=missing)
    results = set(scene.recipe.results)
    return Estimated(
        unit,
        own,
        tuple(one for one in found.estimates if one.code in results) if found else (),
        listed,
        names_of(shown),
        found.notes if found else (),
        more=more,
        inside=inside,
        missing=missing,
    )


def view_of(scene: Scene, found: Estimated, **more: str) -> View:
    """What a picture of the estimate shows. `more`: as in `View`."""
    names = tuple(sorted({**scene.called, **found.called}.items()))
    return scene.view(unit=found.unit, names=names, outside=found.own, **more)


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
