"""Tables of what was found out about a run (檢視報表): headers and rows, for files and pages."""

from collections.abc import Iterable

import numpy as np

from minben.indicators.engine.exploring import (
    columns_of,
    correlations,
    cronbach,
    first_component,
    importance,
)
from minben.indicators.engine.many import rows_of
from minben.indicators.engine.robustness import Choice, Uncertain, remove_one
from minben.indicators.engine.running import Run
from minben.indicators.engine.sensitivity import Index
from minben.indicators.engine.shadow import Shadow, Source
from minben.indicators.engine.table import Mask, Table

Value = str | float | int
Report = tuple[tuple[str, ...], list[tuple[Value, ...]]]
SOURCES: tuple[Source, ...] = ("weights", "inputs", "both")


def left_out(made: Run, data: Table, result: str) -> Report:
    """Mean absolute change of rank in a result without each of its elements."""
    groups = made.recipe.under(result)
    inside = {group.code for group in groups}
    codes = [group.code for group in groups if group.code != result]
    codes += [one.code for one in made.recipe.indicators if one.parent in inside]
    moved = remove_one(made.recipe, data, codes, result)
    kinds = {code: "group" if code in inside else "indicator" for code in codes}
    rows: list[tuple[Value, ...]] = [
        (result, kinds[code], code, shift) for code, shift in moved.items()
    ]
    return ("result", "kind", "left_out", "mean_shift"), rows


def scenarios(result: str, found: Iterable[Choice]) -> Report:
    """One line per way of doing it: how many ranks move and how far, or why it cannot be done."""
    header = ("result", "normalisation", "weights", "aggregation", "imputation")
    rows: list[tuple[Value, ...]] = []
    for one in found:
        told = one.scenario
        way = (told.normalisation, told.weighing, told.aggregation, told.imputation)
        moved: Value = "" if one.refused else one.moved
        rows.append((result, *way, moved, one.shift, one.refused))
    return (*header, "ranks_moved", "mean_shift", "refused"), rows


def scenario_ranks(made: Run, result: str, found: Iterable[Choice]) -> Report:
    """Score and rank of every row in every way of doing it."""
    table, of = made.table, made.ranked[result]
    rows: list[tuple[Value, ...]] = []
    for one in found:
        if one.scores is None or one.rank is None:
            continue
        rows += [
            (
                result,
                one.scenario.told,
                table.units[row],
                table.periods[row],
                float(one.scores[row]),
                float(one.rank[row]),
                float(of[row]),
            )
            for row in range(len(table))
        ]
    return ("result", "scenario", "unit", "period", "score", "rank", "of"), rows


def rank_ranges(made: Run, result: str, period: str, drawn: str, found: Uncertain) -> Report:
    """Rank and rank interval of every row of a period; `found` are the intervals of those."""
    header = ("result", "drawn", "unit", "period", "rank", "of", "low", "middle", "high", "first")
    rows: list[tuple[Value, ...]] = [
        (
            result,
            drawn,
            made.table.units[row],
            period,
            float(made.rank[result][row]),
            float(made.ranked[result][row]),
            float(found.low[n]),
            float(found.middle[n]),
            float(found.high[n]),
            float(found.first[n]),
        )
        for n, row in enumerate(np.flatnonzero(rows_of(made, period)))
    ]
    return header, rows


def sobol_indices(result: str, period: str, found: Iterable[Index]) -> Report:
    """Sobol indices with their intervals."""
    header = ("result", "period", "output", "factor", "first", "first_low", "first_high")
    rows: list[tuple[Value, ...]] = [
        (
            result,
            period,
            one.output,
            one.factor,
            *(one.first, one.first_low, one.first_high),
            *(one.total, one.total_low, one.total_high),
        )
        for one in found
    ]
    return (*header, "total", "total_low", "total_high"), rows


def correlated(made: Run, period: str, mask: Mask) -> Report:
    """Correlations between the members of each group, and of each with the group."""
    rows: list[tuple[Value, ...]] = []
    for group in made.recipe.groups:
        columns = columns_of(made, group.code, mask)
        codes = [*(one.code for one in made.recipe.children[group.code]), group.code]
        found, there = correlations(columns), ~np.isnan(columns)
        for a in range(len(codes)):
            for b in range(a + 1, len(codes)):
                both = int(np.sum(there[:, a] & there[:, b]))
                rows.append((group.code, period, codes[a], codes[b], float(found[a, b]), both))
    return ("group", "period", "one", "other", "correlation", "rows"), rows


def components(made: Run, period: str, mask: Mask) -> Report:
    """First principal component and Cronbach's alpha of the members of each group."""
    header = ("group", "period", "member", "loading", "share_of_variance", "cronbach_alpha", "note")
    rows: list[tuple[Value, ...]] = []
    for group in made.recipe.groups:
        members = [one.code for one in made.recipe.children[group.code]]
        columns = columns_of(made, group.code, mask)[:, :-1]
        if len(members) < 2 or np.any(np.isnan(correlations(columns))):
            note = "too few members, or one without variance"
            rows.append((group.code, period, "", "", "", "", note))
            continue
        loadings, share = first_component(columns)
        alpha = cronbach(columns)
        rows += [
            (group.code, period, code, float(loading), share, alpha, "")
            for code, loading in zip(members, loadings, strict=True)
        ]
    return header, rows


def decisive(made: Run, period: str, mask: Mask) -> Report:
    """Nominal weight beside effective importance of every member."""
    rows: list[tuple[Value, ...]] = [
        (group.code, period, one.code, one.nominal, one.effective)
        for group in made.recipe.groups
        for one in importance(made, group.code, mask)
    ]
    return ("group", "period", "member", "nominal", "effective"), rows


def own_weights(made: Run) -> Report:
    """Weights of each unit where they differ, and what each member contributes, as a share."""
    header = ("group", "unit", "period", "member", "weight", "share")
    rows: list[tuple[Value, ...]] = []
    for code, weights in made.own_weights.items():
        given = np.nan_to_num(weights * columns_of(made, code)[:, :-1])
        total = given.sum(axis=1)
        for row in range(len(made.table)):
            unit, period = made.table.units[row], made.table.periods[row]
            for n, member in enumerate(made.recipe.children[code]):
                share = float(given[row, n] / total[row]) if total[row] > 0 else float("nan")
                told = (float(weights[row, n]), share)
                rows.append((code, unit, period, member.code, *told))
    return header, rows


def estimates(found: Shadow) -> Report:
    """Own estimates, with the rank each would have and the ranges of that rank."""
    header = ("unit", "period", "code", "score", "unrounded", "rank_it_would_have", "of")
    ends = tuple(f"{name}_{end}" for name in SOURCES for end in ("low", "high"))
    rows: list[tuple[Value, ...]] = []
    for one in found.estimates:
        ranges = [one.ranges.get(name) for name in SOURCES]
        told = [value for each in ranges for value in ((each.low, each.high) if each else ("", ""))]
        lacking, label = " ".join(one.missing), "own estimate · 自行估算"
        place = (one.unit, one.period, one.code, one.published, one.score, one.rank, one.of)
        rows.append((*place, *told, one.coverage, lacking, int(one.withheld), label))
    return (*header, *ends, "coverage", "missing", "withheld", "label"), rows
