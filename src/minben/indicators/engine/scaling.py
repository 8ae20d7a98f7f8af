"""Normalisation (標準化): fitted to what is seen, then applied, also to units that were not.

What is fitted is told with every run, so that a unit the publisher left out can be scored by the
same measure without moving anybody else.
"""

from dataclasses import dataclass

import numpy as np

from minben.indicators.engine.faults import Fault, Faulty
from minben.indicators.engine.recipe import Normalisation
from minben.indicators.engine.table import Mask, Table, Values

SAME, NEAR_ZERO = 1e-12, 1e-14  # of a number: what computing loses of the sixteen digits it has


@dataclass(frozen=True, slots=True)
class Fitted:
    """A scale with its numbers: extremes for ``minmax``; for ``zscore`` the mean and one deviation
    above it.

    `seen` are the sorted values that ranks and percentiles are counted in; `spread` is the
    deviation itself, which beside a large mean could not be told from the two ends.
    """

    rule: Normalisation
    direction: int
    low: float = 0.0
    high: float = 1.0
    seen: tuple[float, ...] = ()
    spread: float = 1.0

    def apply(self, values: Values) -> Values:
        """Scores of `values`; missing stays missing. More is better afterwards."""
        method = self.rule.method
        if method == "none":
            return values * self.direction
        if method == "zscore":
            share = self.direction * (values - self.low) / self.spread
            return self.rule.low_to + share * (self.rule.high_to - self.rule.low_to)
        if method in ("rank", "percentile"):
            return self._counted(values)
        if method == "target":
            with np.errstate(divide="ignore"):
                share = values / self.high if self.direction > 0 else self.high / values
            return np.minimum(share, 1.0)
        return self._between(values)

    def _between(self, values: Values) -> Values:
        low, high = self.low, self.high
        if self.rule.method == "goalposts" and self.rule.cap:
            values = np.clip(values, low, high)
        if self.rule.log:
            values, low, high = np.log(values), float(np.log(low)), float(np.log(high))
        share = (values - low) / (high - low)
        if self.direction < 0:
            share = 1 - share
        return self.rule.low_to + share * (self.rule.high_to - self.rule.low_to)

    def _counted(self, values: Values) -> Values:
        """Rank from the worst, equal ones sharing the middle; as a share for ``percentile``."""
        if not self.seen:
            return np.full(len(values), np.nan)
        seen = np.sort(np.array(self.seen) * self.direction)
        turned, near = values * self.direction, whisker(values)
        below = np.searchsorted(seen, turned - near, side="left")
        upto = np.searchsorted(seen, turned + near, side="right")
        out = upto / len(seen) if self.rule.method == "percentile" else (below + upto + 1) / 2
        return np.where(np.isnan(values), np.nan, out)


def fit(code: str, values: Values, rule: Normalisation, direction: int, period: str) -> Fitted:
    """The scale for a column. Raises Faulty for one it cannot be made of."""
    where = f"{code} {period}".strip()
    seen = np.sort(values[~np.isnan(values)])
    if rule.method == "goalposts":
        if rule.low is None or rule.high is None:
            raise Faulty([Fault(where, "goalposts", "has no goalposts")])
        if rule.log and not rule.cap and len(seen) and seen[0] <= 0:
            raise _no_log(where, seen[0])
        return Fitted(rule, direction, rule.low, rule.high)
    if rule.method == "target":
        return Fitted(rule, direction, 0.0, rule.high or 1.0)
    if rule.method == "none":
        return Fitted(rule, direction)
    if not len(seen):  # whoever has a value later has nothing to be compared with
        return Fitted(rule, direction, np.nan, np.nan, spread=np.nan)
    if rule.method in ("rank", "percentile"):
        return Fitted(rule, direction, seen=tuple(float(one) for one in seen))
    if alike(seen[0], seen[-1]):
        raise Faulty(
            [Fault(where, "no_variance", f"all {len(seen)} values are {seen[0]:g}: no scale")]
        )
    if rule.method == "zscore":
        mean, spread = float(seen.mean()), float(seen.std(ddof=1))
        return Fitted(rule, direction, mean, mean + spread, spread=spread)
    if rule.log and seen[0] <= 0:
        raise _no_log(where, seen[0])
    if rule.reference is not None:
        half = (seen[-1] - seen[0]) / 2
        return Fitted(rule, direction, float(rule.reference - half), float(rule.reference + half))
    return Fitted(rule, direction, float(seen[0]), float(seen[-1]))


def whisker(values: Values) -> Values:
    """What each of several numbers may be off by for the arithmetic alone.

    Near zero that is more than a share of it: there stand sums of positive and negative numbers.
    """
    size = np.nanmax(np.abs(values), axis=-1, keepdims=True, initial=0.0)
    out: Values = np.maximum(SAME * np.abs(values), NEAR_ZERO * np.minimum(size, 1.0))
    return out


def alike(low: float, high: float, within: float = SAME) -> bool:
    """Whether two numbers are one but for the arithmetic: 0.3 over 3 is not quite 0.1 over 1."""
    return bool(high - low <= within * max(abs(low), abs(high)))


def _no_log(where: str, value: float) -> Faulty:
    return Faulty([Fault(where, "log_negative", f"{value:g} has no logarithm")])


def refuse_no_log(table: Table, code: str, values: Values, rule: Normalisation) -> None:
    """Name every unit whose value has no logarithm, where the rule takes one of it. Raises Faulty.

    Capped goalposts take the logarithm of the goalpost instead.
    """
    goalposts = rule.method == "goalposts"
    if not rule.log or (goalposts and rule.cap) or not (goalposts or rule.method == "minmax"):
        return
    bad = np.flatnonzero(values <= 0)
    if len(bad):
        raise Faulty(
            Fault(
                f"{code}, unit {table.named[row]}",
                "log_negative",
                f"{values[row]:g} has no logarithm",
            )
            for row in bad[:20]
        )


def pools(table: Table, rule: Normalisation) -> dict[str, Mask]:
    """The rows that share one scale, by period; under ``""`` all of them."""
    if rule.over == "panel":
        return {"": np.ones(len(table), dtype=bool)}
    return table.by_period
