"""Pictures that set two things side by side (並列之圖): ranks before and after, weight and effect."""

from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np

from minben.indicators.drawing.common import (
    NO_NAMES,
    Names,
    comparators_of,
    member_title,
    period_mask,
    shape_of,
    title_of,
)
from minben.indicators.engine.exploring import Importance
from minben.indicators.engine.exploring import importance as importances
from minben.indicators.engine.faults import Fault, Faulty
from minben.indicators.engine.running import Run
from minben.indicators.figures import importance, shifts, waves
from minben.indicators.figures.svg import Figure, Language
from minben.indicators.surveys.waves import Change, Wave

NOBODY: frozenset[str] = frozenset()


def shifts_of(
    before: Run,
    after: Run,
    periods: tuple[str, str],
    language: Language,
    *,
    results: tuple[str, str] = ("", ""),
    labels: tuple[str, str] = ("", ""),
    marked: Collection[str] = NOBODY,
    narrow: bool = False,
    names: Names = NO_NAMES,
    comparators: str = "",
    ids: str = "shifts",
) -> Figure:
    """Ranks by two recipes, or in two periods of one run.

    Args:
        before, after: two runs, or one twice.
        periods: of either side.
        results: whose ranks; empty for the first of each recipe.
        labels: what the sides are called; empty for the period, with two recipes their titles.
        marked: drawn in any case, and in bold.

    Raises:
        Faulty: a period or a result is not there.
    """
    sides = [
        _ranks(run, period, result)
        for run, period, result in zip((before, after), periods, results, strict=True)
    ]
    one_recipe = before.recipe.id == after.recipe.id
    told = [
        label
        or (period if one_recipe and period else f"{title_of(run, language)} {period}".strip())
        for label, period, run in zip(labels, periods, (before, after), strict=True)
    ]
    (earlier, of_earlier), (later, of_later) = sides
    units = [
        shifts.Shift(unit, earlier.get(unit), later.get(unit), names.get(unit, ""), unit in marked)
        for unit in sorted({*earlier, *later})
    ]
    return shifts.shifts(
        units,
        title=title_of(after, language),
        before=told[0],
        after=told[1],
        comparators=comparators_of(after, comparators, language),
        of=(of_earlier, of_later),
        language=language,
        shape=shape_of(narrow=narrow),
        ids=ids,
    )


def _ranks(run: Run, period: str, result: str) -> tuple[dict[str, float], int]:
    """The rank of every unit of a period that has one, and how many those are."""
    result = result or run.recipe.results[0]
    if result not in run.rank:
        raise Faulty([Fault(run.recipe.code, "no_result", f"has no result {result!r}")])
    rank = run.rank[result]
    rows = np.flatnonzero(period_mask(run, period) & ~np.isnan(rank))
    return {run.table.units[row]: float(rank[row]) for row in rows}, len(rows)


def importance_of(
    run: Run,
    group: str,
    period: str,
    language: Language,
    *,
    narrow: bool = False,
    comparators: str = "",
    ids: str = "importance",
) -> Figure:
    """Nominal weight beside effective importance of a group's members, over a period's units.

    Raises:
        Faulty: the group or the period is not there.
    """
    if group not in run.recipe.children:
        raise Faulty([Fault(run.recipe.code, "no_group", f"has no group {group!r}")])
    mask = period_mask(run, period)
    part = replace(
        run,
        scores={code: values[mask] for code, values in run.scores.items()},
        own_weights={code: values[mask] for code, values in run.own_weights.items()},
    )
    count = int((~np.isnan(part.scores[group])).sum())
    with np.errstate(divide="ignore", invalid="ignore"):  # one unit correlates with nothing
        found: Sequence[Importance] = importances(part, group)
    titles = {one.code: member_title(one, language) for one in run.recipe.children[group]}
    components = [
        importance.Component(
            titles[one.code], one.nominal, one.effective if np.isfinite(one.effective) else None
        )
        for one in found
    ]
    named = next(one for one in run.recipe.groups if one.code == group)
    return importance.importance(
        components,
        title=f"{member_title(named, language)} {period}".strip(),
        comparators=comparators_of(run, comparators, language),
        count=count,
        language=language,
        shape=shape_of(narrow=narrow),
        ids=ids,
    )


def waves_of(
    compared: Sequence[tuple[str, Wave, Wave, Change]],
    language: Language,
    *,
    title: str,
    before: str,
    after: str,
    narrow: bool = False,
    ids: str = "waves",
) -> Figure:
    """Differences between two waves: of each its title, both waves, and what `compare` says.

    The base is told where it is one and the same.
    """
    items = [
        waves.Compared(
            title=name,
            before=one.share,
            after=other.share,
            points=change.points,
            growth=change.growth,
            low=change.low,
            high=change.high,
            label=change.label.value,
            n=(one.n, other.n),
            decimals=max(one.decimals, other.decimals),
        )
        for name, one, other, change in compared
    ]
    bases = {wave.base for _, *both, _ in compared for wave in both}
    return waves.waves(
        items,
        title=title,
        before=before,
        after=after,
        base=bases.pop() if len(bases) == 1 else "",
        language=language,
        shape=shape_of(narrow=narrow),
        ids=ids,
    )
