"""Pictures of all units of a run (比較之圖): fields, rank intervals."""

from collections.abc import Collection, Mapping

import numpy as np

from minben.indicators.drawing.common import (
    NO_NAMES,
    OPPORTUNITIES,
    RISKS,
    Names,
    comparators_of,
    period_mask,
    shape_of,
    title_of,
)
from minben.indicators.engine.faults import Fault, Faulty
from minben.indicators.engine.robustness import Uncertain, intervals
from minben.indicators.engine.running import Run
from minben.indicators.engine.table import Table
from minben.indicators.figures import quadrant, ranks
from minben.indicators.figures.svg import Figure, Language

DRAWS = 2000
NOBODY: frozenset[str] = frozenset()


def quadrant_of(
    run: Run,
    marked: Collection[str],
    period: str,
    language: Language,
    *,
    narrow: bool = False,
    names: Names = NO_NAMES,
    comparators: str = "",
    ids: str = "quadrant",
) -> Figure:
    """Opportunities against risks. Raises Faulty for a recipe without the two.

    Args:
        marked: codes of the units that are named in the picture.
        names: of units, by code; comparators, ids: as for a wheel.
    """
    lacking = {OPPORTUNITIES, RISKS} - set(run.recipe.results)
    if lacking:
        raise Faulty([Fault(run.recipe.code, "no_quadrant", f"has no result {min(lacking)!r}")])
    good, bad = run.scores[OPPORTUNITIES], run.scores[RISKS]
    there = np.flatnonzero(period_mask(run, period) & ~np.isnan(good) & ~np.isnan(bad))
    units = run.table.units
    spots = [
        quadrant.Spot(
            units[row],
            float(good[row]),
            float(bad[row]),
            units[row] in marked,
            names.get(units[row], ""),
        )
        for row in there
    ]
    return quadrant.quadrant(
        spots,
        title=title_of(run, language),
        period=period,
        comparators=comparators_of(run, comparators, language),
        language=language,
        shape=shape_of(narrow=narrow),
        ids=ids,
    )


def ranks_of(
    run: Run,
    data: Table,
    period: str,
    language: Language,
    *,
    narrow: bool = False,
    names: Names = NO_NAMES,
    marked: Collection[str] = NOBODY,
    result: str = "",
    draws: int = DRAWS,
    comparators: str = "",
    ids: str = "ranks",
) -> Figure:
    """Rank intervals of a result, the first if none is named.

    Args:
        data: what the run was made from.
        marked: shown also where not all units are.
        draws: of the weights; the intervals are told with this number.
    """
    result = result or run.recipe.results[0]
    mask = period_mask(run, period)
    units = tuple(run.table.units[row] for row in np.flatnonzero(mask))
    rank = run.rank[result][mask]
    return intervals_figure(
        units,
        {unit: float(rank[n]) for n, unit in enumerate(units) if not np.isnan(rank[n])},
        intervals(run, data, result, draws=draws, period=period),
        title=title_of(run, language),
        period=period,
        comparators=comparators_of(run, comparators, language),
        language=language,
        narrow=narrow,
        names=names,
        marked=marked,
        ids=ids,
    )


def intervals_figure(
    units: tuple[str, ...],
    rank: Mapping[str, float],
    found: Uncertain,
    *,
    title: str,
    comparators: str,
    language: Language,
    period: str = "",
    narrow: bool = False,
    names: Names = NO_NAMES,
    marked: Collection[str] = NOBODY,
    ids: str = "ranks",
) -> Figure:
    """Rank intervals that were drawn elsewhere, so that a page need not draw them again.

    Args:
        units: code of each row of `found`.
        rank: of the units that have one; the others are left out.
    """
    places = [
        ranks.Place(
            unit,
            rank[unit],
            float(found.low[n]),
            float(found.high[n]),
            names.get(unit, ""),
            unit in marked,
        )
        for n, unit in enumerate(units)
        if unit in rank
    ]
    return ranks.rank_figure(
        places,
        title=title,
        comparators=comparators,
        period=period,
        of=len(places),
        draws=found.draws,
        language=language,
        shape=shape_of(narrow=narrow),
        ids=ids,
    )
