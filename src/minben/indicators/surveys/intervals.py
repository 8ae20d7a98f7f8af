"""Intervals for shares (比率之信賴區間): Wilson, logit, beta and plain."""

from dataclasses import dataclass
from math import log, nan, sqrt, tanh
from statistics import NormalDist
from typing import Literal

from minben.indicators.surveys.beta import beta_quantile, t_quantile
from minben.indicators.surveys.estimating import Estimate

How = Literal["wilson", "logit", "beta", "plain"]


@dataclass(frozen=True, slots=True)
class Interval:
    """From `low` to `high`, by a named method, at a level such as 0.95."""

    low: float
    high: float
    how: How
    level: float


def share_interval(share: Estimate, how: How = "wilson", level: float = 0.95) -> Interval:
    """An interval for a share.

    ``wilson`` on the effective sample size; ``logit`` with Student's t; ``beta`` after Korn and
    Graubard, never too short; ``plain`` symmetric and able to leave 0 to 1: it is cut there.
    With an error of nothing (all or none) ``logit`` has no answer, and its ends are NaN.
    """
    tail = (1 - level) / 2
    p, n = share.value, max(share.n_effective, 1.0)
    if how == "wilson":
        z = NormalDist().inv_cdf(1 - tail)
        middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z / (1 + z * z / n) * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        return Interval(max(0.0, middle - half), min(1.0, middle + half), how, level)
    t = t_quantile(1 - tail, max(share.degrees, 1))
    if how == "beta":
        exact = _adjusted(share, t, tail) if 0 < p < 1 else n
        x = p * exact
        low = beta_quantile(tail, x, exact - x + 1) if x > 0 else 0.0
        high = beta_quantile(1 - tail, x + 1, exact - x) if x < exact else 1.0
        return Interval(low, high, how, level)
    if how == "logit":
        if not 0 < p < 1:
            return Interval(nan, nan, how, level)
        at, half = log(p / (1 - p)), t * share.se / (p * (1 - p))
        return Interval(_share_at(at - half), _share_at(at + half), how, level)
    return Interval(max(0.0, p - t * share.se), min(1.0, p + t * share.se), how, level)


def _share_at(logit: float) -> float:
    """The inverse of the logit, without overflow."""
    return 0.5 * (1 + tanh(logit / 2))


def _adjusted(share: Estimate, t: float, tail: float) -> float:
    """Effective size, made smaller for few degrees of freedom, never above the rows there are."""
    p = share.value
    effective = p * (1 - p) / share.se**2 if share.se > 0 else float(share.n)
    plain = t_quantile(1 - tail, max(share.n - 1, 1))
    return min(float(share.n), effective * (plain / t) ** 2)
