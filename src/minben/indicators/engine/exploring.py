"""Looking into an index (檢視): correlations, components, reliability, what really decides it."""

from dataclasses import dataclass

import numpy as np

from minben.indicators.engine.averaging import correlations, first_component
from minben.indicators.engine.ranking import ranks
from minben.indicators.engine.running import Run
from minben.indicators.engine.table import Values

__all__ = ("Importance", "correlations", "cronbach", "first_component", "importance", "rank_shift")


def cronbach(columns: Values, *, pairwise: bool = True) -> float:
    """Cronbach's alpha of columns as they stand.

    Args:
        columns: rows × items; missing values allowed.
        pairwise: every covariance over the rows that have both; else only rows that have all.
            The two differ as soon as something is missing.
    """
    seen = columns if pairwise else columns[~np.isnan(columns).any(axis=1)]
    items = seen.shape[1]
    cov = np.empty((items, items))
    for a in range(items):
        for b in range(a + 1):
            both = ~np.isnan(seen[:, a]) & ~np.isnan(seen[:, b])
            cov[a, b] = cov[b, a] = np.cov(seen[both, a], seen[both, b])[0, 1]
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


def importance(run: Run, group: str) -> tuple[Importance, ...]:
    """Nominal weights beside effective importance, of the members of a group."""
    members = run.recipe.children[group]
    result = run.scores[group]
    columns = np.column_stack([run.scores[one.code] for one in members] + [result])
    shares = correlations(columns)[-1, :-1] ** 2
    shares = shares / shares.sum()
    return tuple(
        Importance(one.code, float(weight), float(share))
        for one, weight, share in zip(members, run.weights[group], shares, strict=True)
    )


def rank_shift(before: Values, after: Values) -> float:
    """Mean of how far ranks moved, over rows that are ranked in both."""
    moved = np.abs(ranks(before) - ranks(after))
    return float(np.nanmean(moved))
