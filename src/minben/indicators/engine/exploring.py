"""Looking into an index (檢視): correlations, components, reliability, what really decides it."""

from dataclasses import dataclass

import numpy as np

from minben.indicators.engine.averaging import correlations, first_component
from minben.indicators.engine.ranking import ranks
from minben.indicators.engine.running import Run
from minben.indicators.engine.table import Mask, Values

__all__ = (
    "Importance",
    "columns_of",
    "correlations",
    "cronbach",
    "first_component",
    "importance",
    "rank_shift",
)


def cronbach(columns: Values, *, pairwise: bool = True) -> float:
    """Cronbach's alpha of columns as they stand.

    Args:
        columns: rows × items; missing values allowed.
        pairwise: every covariance over the rows that have both; else only rows that have all.
            The two differ as soon as something is missing.

    NaN where a pair has fewer than two rows, or nothing varies.
    """
    seen = columns if pairwise else columns[~np.isnan(columns).any(axis=1)]
    items = seen.shape[1]
    cov = np.empty((items, items))
    for a in range(items):
        for b in range(a + 1):
            both = ~np.isnan(seen[:, a]) & ~np.isnan(seen[:, b])
            if both.sum() < 2:
                return float("nan")
            cov[a, b] = cov[b, a] = np.cov(seen[both, a], seen[both, b])[0, 1]
    if items < 2 or cov.sum() == 0:
        return float("nan")
    return float(items / (items - 1) * (1 - np.trace(cov) / cov.sum()))


@dataclass(frozen=True, slots=True)
class Importance:
    """How much one member decides its group: what it was meant to, and what it does.

    Args:
        nominal: its weight.
        effective: squared correlation with the group's score, as a share of the members' sum.
    """

    code: str
    nominal: float
    effective: float


def columns_of(run: Run, group: str, rows: Mask | None = None) -> Values:
    """Scores of the members of a group and, last, of the group itself; of all rows or some."""
    codes = [*(one.code for one in run.recipe.children[group]), group]
    columns = np.column_stack([run.scores[code] for code in codes])
    return columns if rows is None else columns[rows]


def importance(run: Run, group: str, rows: Mask | None = None) -> tuple[Importance, ...]:
    """Nominal weights beside effective importance, of the members of a group.

    Where weights differ by unit, the nominal one is the mean share of what is contributed.
    """
    members = run.recipe.children[group]
    columns = columns_of(run, group, rows)
    shares = correlations(columns)[-1, :-1] ** 2
    shares = shares / shares.sum()
    nominal = run.weights[group]
    if group in run.own_weights:
        given = np.nan_to_num(
            run.own_weights[group][... if rows is None else rows] * columns[:, :-1]
        )
        total = given.sum(axis=1, keepdims=True)
        nominal = np.mean(given[total[:, 0] > 0] / total[total[:, 0] > 0], axis=0)
    return tuple(
        Importance(one.code, float(weight), float(share))
        for one, weight, share in zip(members, nominal, shares, strict=True)
    )


def rank_shift(before: Values, after: Values) -> float:
    """Mean of how far ranks moved, over rows that are ranked in both."""
    moved = np.abs(ranks(before) - ranks(after))
    return float(np.nanmean(moved))
