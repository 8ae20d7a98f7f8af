"""Ranks (排名): never without how many were ranked."""

import numpy as np

from minben.indicators.engine.table import Table, Values


def ranks(scores: Values) -> Values:
    """1 for the highest; equal ones share the better rank (5, 5, 7); missing stays missing."""
    out = np.full(len(scores), np.nan)
    seen = np.flatnonzero(~np.isnan(scores))
    ordered = np.sort(scores[seen])
    out[seen] = len(seen) - np.searchsorted(ordered, scores[seen], side="right") + 1
    return out


def ranks_by_period(table: Table, scores: Values) -> tuple[Values, Values]:
    """The rank of each row among the rows of its period, and how many those are."""
    place, of = np.full(len(table), np.nan), np.zeros(len(table))
    for mask in table.by_period.values():
        place[mask] = ranks(scores[mask])
        of[mask] = np.sum(~np.isnan(scores[mask]))
    return place, of
