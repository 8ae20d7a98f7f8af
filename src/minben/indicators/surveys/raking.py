"""Raking (反覆加權): weights that fit several known totals at once, and say how well."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from minben.indicators.engine.faults import Fault, Faulty
from minben.indicators.surveys.design import Design, Margin, codes_of

MOST, CLOSE = 100, 1e-10


@dataclass(frozen=True, slots=True)
class Convergence:
    """How raking went: rounds, the largest miss of a total (as a share of it), and whether that
    is near enough."""

    rounds: int
    miss: float
    converged: bool
    largest_factor: float


def rake(
    design: Design,
    margins: Sequence[tuple[Sequence[object], Mapping[object, float]]],
    *,
    most: int = MOST,
    close: float = CLOSE,
) -> tuple[Design, Convergence]:
    """Fit the weights to every margin in turn, until all totals are met.

    Args:
        margins: for each the cell of every row, and the population of every cell.
        most: rounds at most.
        close: a miss that is near enough, as a share of the total.

    Raises:
        Faulty: a cell without a total, without anybody in the sample, or with a total that is not
            positive.
    """
    weights = design.weights.copy()
    cells = [(codes_of(labels), _wanted(labels, totals)) for labels, totals in margins]
    rounds, miss = 0, np.inf
    while rounds < most and miss > close:
        rounds += 1
        for codes, wanted in cells:
            weights = weights * (wanted / np.bincount(codes, weights))[codes]
        miss = max(
            float(np.max(np.abs(np.bincount(codes, weights) / wanted - 1)))
            for codes, wanted in cells
        )
    fitted = replace(design, weights=weights, margins=tuple(Margin(codes) for codes, _ in cells))
    factor = float(np.max(weights / design.weights))
    return fitted, Convergence(rounds, float(miss), miss <= close, factor)


def _wanted(labels: Sequence[object], totals: Mapping[object, float]) -> np.ndarray:
    there = list(dict.fromkeys(labels))
    faults = [
        Fault(f"cell {label!r}", "no_total", "stands in the sample and has no total")
        for label in there
        if label not in totals
    ]
    faults += [
        Fault(f"cell {label!r}", "nobody", "has a total and nobody in the sample")
        for label in totals
        if label not in set(there)
    ]
    faults += [
        Fault(f"cell {label!r}", "total", "its total must be above zero")
        for label, size in totals.items()
        if not size > 0
    ]
    if faults:
        raise Faulty(faults)
    return np.array([float(totals[label]) for label in there])
