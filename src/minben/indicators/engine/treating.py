"""Outliers (離群值處理): winsorising a few points, else a logarithm; every changed cell is told.

Source: the test and order of the JRC's COIN tool and of COINr: a column passes when |skewness| < 2
or kurtosis < 3.5; up to five points are winsorised; if that does not help, the column is
transformed instead.
"""

from dataclasses import dataclass

import numpy as np

from minben.indicators.engine.moments import kurtosis, skewness
from minben.indicators.engine.recipe import Treatment
from minben.indicators.engine.table import Cell, Table, Values, changed

Key = tuple[str, str]  # a column and a period
NEAR = 1e-9
SHIFT = 0.01  # of the range: keeps the smallest value above zero under the logarithm


def passes(values: Values, rule: Treatment) -> bool:
    """Whether a column needs no treatment; at the bound itself it does, whatever the last bits are."""
    skewed, peaked = abs(skewness(values)), kurtosis(values)
    return skewed < rule.skewness - NEAR or peaked < rule.kurtosis - NEAR


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


@dataclass(frozen=True, slots=True)
class Tamed:
    """What a column of a period was treated with, so that a later unit gets the same.

    Args:
        what: ``winsorised`` or ``transformed``.
        low, high: between which values were left after winsorising; before the logarithm.
        falling: whether the logarithm drew in the lower tail.
    """

    what: str
    low: float
    high: float
    falling: bool = False

    def apply(self, values: Values) -> Values:
        """The same treatment; what lies beyond the seen is taken as the outermost seen.

        Under a logarithm only the end that is drawn in is open.
        """
        if self.what == "winsorised":
            return np.clip(values, self.low, self.high)
        shift = SHIFT * (self.high - self.low)
        if self.falling:
            return -np.log(self.high - np.minimum(values, self.high) + shift)
        return np.log(np.maximum(values, self.low) - self.low + shift)


def _tamed(before: Values, after: Values, what: str) -> Tamed:
    if what == "transformed":
        low, high = float(np.nanmin(before)), float(np.nanmax(before))
        return Tamed(what, low, high, falling=skewness(before) < 0)
    # Only one side was winsorised: the other one stays open.
    raised = bool(np.nanmin(after) > np.nanmin(before))
    low, high = float(np.nanmin(after)), float(np.nanmax(after))
    return Tamed(what, low if raised else -np.inf, np.inf if raised else high)


def treat(
    table: Table, rule: Treatment, columns: list[str], known: dict[Key, Tamed] | None = None
) -> tuple[Table, list[Cell], dict[Key, Tamed]]:
    """Treat those columns, each period by itself.

    Returns the table, the changed cells, and what each column was treated with.

    Args:
        known: treatments of another run, to apply those instead.
    """
    tamed: dict[Key, Tamed] = dict(known or {})
    if not rule.most:
        return table, [], {}
    cells: list[Cell] = []
    out = dict(table.columns)
    for column in columns:
        before = table.columns[column]
        after = before.copy()
        for period, mask in table.by_period.items():
            if known is None:
                after[mask], what = treated(before[mask], rule)
                if what:
                    tamed[column, period] = _tamed(before[mask], after[mask], what)
            if (column, period) in tamed:
                one = tamed[column, period]
                if known is not None:
                    after[mask] = one.apply(before[mask])
                step = np.where(mask, after, before)
                cells += changed(table, column, one.what, before, step, rule.told)
        out[column] = after
    return table.with_columns(out), cells, tamed
