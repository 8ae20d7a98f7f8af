"""Pictures of a run (計算結果之圖): what the run says, handed to the drawing."""

from typing import Literal

import numpy as np

from minben.indicators.engine.faults import Fault, Faulty
from minben.indicators.engine.recipe import Indicator
from minben.indicators.engine.robustness import rank_intervals
from minben.indicators.engine.running import Run
from minben.indicators.engine.table import Mask, Table
from minben.indicators.figures import quadrant, ranks, wheel
from minben.indicators.figures.svg import Figure

Language = Literal["zh", "en"]
OPPORTUNITIES, RISKS = "opportunities", "risks"
FEW = 3  # observed units: with fewer a median says nothing
DRAWS = 2000


def wheel_of(
    run: Run, unit: str, period: str, language: Language, *, narrow: bool = False
) -> Figure:
    """The wheel of a unit among the units of its period. Raises Faulty for an unknown one."""
    mask = _period(run, period)
    row = _row(run, unit, period)
    order = list(run.recipe.document.get("dimensions", {}))
    bars = [
        _bar(run, one, row, mask, language)
        for one in sorted(run.recipe.indicators, key=lambda one: _place(order, one.dimension))
    ]
    return wheel.wheel(
        bars,
        unit=unit,
        period=period,
        comparators=_title(run, language),
        count=int(mask.sum()),
        language=language,
        shape=wheel.NARROW if narrow else wheel.WIDE,
    )


def quadrant_of(
    run: Run, marked: frozenset[str], period: str, language: Language, *, narrow: bool = False
) -> Figure:
    """Opportunities against risks. Raises Faulty for a recipe without the two."""
    lacking = {OPPORTUNITIES, RISKS} - set(run.recipe.results)
    if lacking:
        raise Faulty([Fault(run.recipe.code, "no_quadrant", f"has no result {min(lacking)!r}")])
    good, bad = run.scores[OPPORTUNITIES], run.scores[RISKS]
    there = np.flatnonzero(_period(run, period) & ~np.isnan(good) & ~np.isnan(bad))
    units = run.table.units
    spots = [
        quadrant.Spot(units[row], float(good[row]), float(bad[row]), units[row] in marked)
        for row in there
    ]
    return quadrant.quadrant(
        spots,
        title=_title(run, language),
        comparators=period or run.recipe.code,
        language=language,
        shape=quadrant.NARROW if narrow else quadrant.WIDE,
    )


def ranks_of(
    run: Run, data: Table, period: str, language: Language, *, narrow: bool = False
) -> Figure:
    """Rank intervals of the first result. `data` is what the run was made from."""
    result = run.recipe.results[0]
    there = np.flatnonzero(_period(run, period))
    part = data.rows([int(row) for row in there])
    found = rank_intervals(run.recipe, part, result, draws=DRAWS)
    rank = run.rank[result][there]
    places = [
        ranks.Place(part.units[n], int(rank[n]), int(found.low[n]), int(found.high[n]))
        for n in range(len(part))
        if not np.isnan(rank[n])
    ]
    return ranks.rank_figure(
        places,
        title=_title(run, language),
        of=len(places),
        draws=found.draws,
        language=language,
        shape=ranks.NARROW if narrow else ranks.WIDE,
    )


def _bar(run: Run, one: Indicator, row: int, mask: Mask, language: Language) -> wheel.Bar:
    names = run.recipe.document.get("dimensions", {}).get(one.dimension, {})
    scores, raw = run.scores[one.code], run.table.columns[one.code]
    value, seen = float(scores[row]), scores[mask & ~np.isnan(scores)]
    told = "" if np.isnan(raw[row]) else f"{raw[row]:g} {one.unit}".strip()
    return wheel.Bar(
        title=one.title.get(language) or one.code,
        dimension=names.get(language) or one.dimension or one.parent,
        risk=one.parent == RISKS,
        value=None if np.isnan(value) else value,
        median=float(np.median(seen)) if len(seen) >= FEW else None,
        raw=told,
    )


def _place(order: list[str], dimension: str) -> tuple[int, str]:
    return (order.index(dimension) if dimension in order else len(order), dimension)


def _title(run: Run, language: Language) -> str:
    title: dict[str, str] = run.recipe.document.get("title", {})
    return title.get(language) or run.recipe.code


def _period(run: Run, period: str) -> Mask:
    found = run.table.by_period.get(period)
    if found is None:
        known = ", ".join(sorted(run.table.by_period)[-8:])
        raise Faulty([Fault(period or "period", "no_period", f"is not there; there is {known}")])
    return found


def _row(run: Run, unit: str, period: str) -> int:
    for row, key in enumerate(zip(run.table.units, run.table.periods, strict=True)):
        if key == (unit, period):
            return row
    raise Faulty([Fault(unit, "no_unit", "is no unit of this run")])
