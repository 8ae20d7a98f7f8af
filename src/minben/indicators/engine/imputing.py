"""Missing values (遺漏值插補): none, of all, of the unit's group, or carried on; each is told."""

from collections.abc import Callable

import numpy as np

from minben.indicators.engine.recipe import Imputation
from minben.indicators.engine.table import Cell, Mask, Table, Values, changed

MIDDLES: dict[str, Callable[[Values], float]] = {
    "mean": lambda seen: float(np.mean(seen)),
    "median": lambda seen: float(np.median(seen)),
}


Pool = tuple[str, str]  # a period, and a group or nothing
Fills = dict[tuple[str, Pool], float]  # by column and pool


def impute(
    table: Table, rule: Imputation, columns: list[str], known: Fills | None = None
) -> tuple[Table, list[Cell], Fills]:
    """Fill what is missing in those columns by the rule.

    Returns the table, the filled cells, and the middles they were filled with. A group in which
    nothing is observed leaves its cells missing.

    Args:
        known: middles of another run, to fill with those instead.
    """
    if rule.method == "none":
        return table, [], {}
    cells: list[Cell] = []
    fills: Fills = dict(known or {})
    out = dict(table.columns)
    for column in columns:
        before = table.columns[column]
        after = _carried(table, before, rule) if rule.method == "carry" else before.copy()
        if rule.method != "carry":
            for pool, mask in _pools(table, rule).items():
                seen = before[mask & ~np.isnan(before)]
                if known is None and len(seen):
                    fills[column, pool] = MIDDLES[rule.middle](seen)
                if (column, pool) in fills:
                    after[mask & np.isnan(before)] = fills[column, pool]
        cells += changed(table, column, "imputed", before, after, rule.told)
        out[column] = after
    return table.with_columns(out), cells, fills


def _pools(table: Table, rule: Imputation) -> dict[Pool, Mask]:
    """Rows whose values stand for each other: of one period, and of one group if so asked."""
    if not rule.group:
        return {(period, ""): mask for period, mask in table.by_period.items()}
    groups = np.array(table.labels[rule.group], dtype=object)
    return {
        (period, group): mask & (groups == group)
        for period, mask in table.by_period.items()
        for group in sorted(set(groups))
    }


def _carried(table: Table, before: Values, rule: Imputation) -> Values:
    """The last observation of the same unit, no more than `rule.most` periods old."""
    order = sorted(table.by_period)
    place = {period: n for n, period in enumerate(order)}
    row_at = {
        (unit, place[period]): row
        for row, (unit, period) in enumerate(zip(table.units, table.periods, strict=True))
    }
    after = before.copy()
    for (unit, at), row in row_at.items():
        if not np.isnan(before[row]):
            continue
        for earlier in range(at - 1, at - 1 - rule.most, -1):
            source = row_at.get((unit, earlier))
            if source is not None and not np.isnan(before[source]):
                after[row] = before[source]
                break
    return after
