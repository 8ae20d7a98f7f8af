"""Ranks (排名): never without how many were ranked."""

import numpy as np

from minben.indicators.engine.recipe import Ties
from minben.indicators.engine.scaling import whisker
from minben.indicators.engine.table import Table, Values


def ranks(scores: Values, ties: Ties = "min") -> Values:
    """1 for the highest; equal ones by the rule of `Ties`; missing stays missing.

    Scores are equal if they differ by no more than what arithmetic loses: otherwise which of two
    equal means is ahead would hang on the order of adding.

    Args:
        scores: the last axis is ranked, whatever stands before it.
    """
    falling = np.where(np.isnan(scores), np.inf, -scores)
    order = np.argsort(falling, axis=-1, kind="stable")
    ordered = np.take_along_axis(falling, order, axis=-1)
    count = scores.shape[-1]
    starts = np.ones(scores.shape, dtype=bool)
    near = np.take_along_axis(whisker(scores), order, axis=-1)
    with np.errstate(invalid="ignore"):  # missing less missing
        starts[..., 1:] = np.diff(ordered) > near[..., :-1]
    if ties == "dense":
        place = np.cumsum(starts, axis=-1).astype(np.float64)
    else:
        first = np.maximum.accumulate(np.where(starts, np.arange(count), 0), axis=-1) + 1.0
        place = first
        if ties == "average":
            ends = np.ones(scores.shape, dtype=bool)
            ends[..., :-1] = starts[..., 1:]
            closing = np.where(ends, np.arange(count), count)[..., ::-1]
            last = np.minimum.accumulate(closing, axis=-1)[..., ::-1] + 1.0
            place = (first + last) / 2
    out = np.empty(scores.shape)
    np.put_along_axis(out, order, place, axis=-1)
    return np.where(np.isnan(scores), np.nan, out)


def ranks_by_period(table: Table, scores: Values, ties: Ties = "min") -> tuple[Values, Values]:
    """The rank of each row among the rows of its period, and how many those are."""
    place, of = np.full(len(table), np.nan), np.zeros(len(table))
    for mask in table.by_period.values():
        place[mask] = ranks(scores[mask], ties)
        of[mask] = np.sum(~np.isnan(scores[mask]))
    return place, of
