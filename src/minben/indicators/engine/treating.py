"""Outliers (離群值處理): winsorising a few points, else a logarithm; every changed cell is told.

Source: the test and order of the JRC's COIN tool and of COINr: a column passes when |skewness| < 2
or kurtosis < 3.5; up to five points are winsorised; if that does not help, the column is
transformed instead.
"""

import numpy as np

from minben.indicators.engine.moments import kurtosis, skewness
from minben.indicators.engine.recipe import Treatment
from minben.indicators.engine.table import Cell, Table, Values, changed

SHIFT = 0.01  # of the range: keeps the smallest value above zero under the logarithm


def passes(values: Values, rule: Treatment) -> bool:
    """Whether a column needs no treatment."""
    return abs(skewness(values)) < rule.skewness or kurtosis(values) < rule.kurtosis


def winsorised(values: Values, points: int, high: bool) -> Values:
    """`values` with its `points` outermost replaced by the next one inside."""
    order = np.argsort(np.where(np.isnan(values), -np.inf if high else np.inf, values))
    ranked = order[::-1] if high else order
    out = values.copy()
    out[ranked[:points]] = values[ranked[points]]
    return out


def logged(values: Values) -> Values:
    """A logarithm that draws the longer tail in, whichever side it is on."""
    low, high = float(np.nanmin(values)), float(np.nanmax(values))
    shift = SHIFT * (high - low)
    if skewness(values) < 0:
        return -np.log(high - values + shift)
    return np.log(values - low + shift)


def treated(values: Values, rule: Treatment) -> tuple[Values, str]:
    """A column after treatment, and what was done: ``""``, ``winsorised`` or ``transformed``."""
    if passes(values, rule):
        return values, ""
    high = skewness(values) > 0
    room = int(np.sum(~np.isnan(values))) - 1
    for points in range(1, min(rule.most, room) + 1):
        tried = winsorised(values, points, high)
        if passes(tried, rule):
            return tried, "winsorised"
    if not rule.then_log:
        return winsorised(values, min(rule.most, room), high), "winsorised"
    return logged(values), "transformed"


def treat(table: Table, rule: Treatment, columns: list[str]) -> tuple[Table, list[Cell]]:
    """Treat those columns, each period by itself; returns the table and the changed cells."""
    if not rule.most:
        return table, []
    cells: list[Cell] = []
    out = dict(table.columns)
    for column in columns:
        before = table.columns[column]
        after = before.copy()
        for mask in table.by_period.values():
            after[mask], what = treated(before[mask], rule)
            if what:
                step = np.where(mask, after, before)
                cells += changed(table, column, what, before, step, rule.told)
        out[column] = after
    return table.with_columns(out), cells
