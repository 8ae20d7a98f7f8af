"""Raking and post-stratification (反覆加權、事後分層): weights that fit known totals, and say how well.

Source: Deming and Stephan (1940) for the fitting in turn; Kish (1965) for what unequal weights
cost: 1 + the squared coefficient of variation of the weights.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from minben.indicators.engine.faults import Fault, Faulty
from minben.indicators.engine.table import Values
from minben.indicators.surveys.design import Codes, Design, Margin, codes_of

MOST, CLOSE = 1000, 1e-10
Labels = Sequence[object]
Totals = Mapping[object, float]


@dataclass(frozen=True, slots=True)
class Miss:
    """The cell of a margin that is missed most.

    Args:
        cell: its label.
        wanted: its known total.
        fitted: what the weights add up to.
    """

    cell: object
    wanted: float
    fitted: float

    @property
    def share(self) -> float:
        """How far off it is, as a share of the total."""
        return self.fitted / self.wanted - 1


@dataclass(frozen=True, slots=True)
class Convergence:
    """How fitting went.

    Args:
        rounds: through all margins.
        miss: the largest miss of any total, as a share of it.
        converged: whether that is near enough.
        largest_factor: by how much a weight grew most.
        misses: the worst cell of every margin.
        kish: design effect of unequal weights alone.
        trimmed: rows whose weight stands at the limit; 0 without one.
        trimmed_share: what the limit cut off, as a share of all weight.
    """

    rounds: int
    miss: float
    converged: bool
    largest_factor: float
    misses: tuple[Miss, ...]
    kish: float
    trimmed: int
    trimmed_share: float


def kish(weights: Values) -> float:
    """The design effect of unequal weights: n Σw² / (Σw)²."""
    return float(len(weights) * (weights**2).sum() / weights.sum() ** 2)


def rake(
    design: Design,
    margins: Sequence[tuple[Labels, Totals]],
    *,
    most: int = MOST,
    close: float = CLOSE,
    limit: float | None = None,
) -> tuple[Design, Convergence]:
    """Fit the weights to every margin in turn, until all totals are met.

    Args:
        margins: for each the cell of every row, and the population of every cell.
        most: rounds at most.
        close: a miss that is near enough, as a share of the total.
        limit: how many times the mean weight a weight may be; what is cut off goes to the other
            rows of its cells, as far as they have room.

    Raises:
        Faulty: a cell without a total, without anybody in the sample, or with a total that is not
            positive; margins with different sums; a limit that is not above 1.
    """
    if limit is not None and not limit > 1:
        raise Faulty([Fault("trim", "limit", "must be above 1: times the mean weight")])
    cells = [
        (codes_of(labels), _wanted(number, labels, totals))
        for number, (labels, totals) in enumerate(margins, start=1)
    ]
    _refuse_sums([float(wanted.sum()) for _, wanted in cells])
    weights, rounds = _fitted(design.weights, cells, most, close, np.inf)
    trimmed, cut = 0, 0.0
    if limit is not None:
        most_weight = limit * float(weights.mean())
        cut = float(np.clip(weights - most_weight, 0, None).sum() / weights.sum())
        weights, more = _fitted(weights, cells, most, close, most_weight)
        rounds += more
        trimmed = int((weights >= most_weight * (1 - 1e-12)).sum())
    names = [list(dict.fromkeys(labels)) for labels, _ in margins]
    worst = tuple(
        _worst(codes, wanted, labels, weights)
        for (codes, wanted), labels in zip(cells, names, strict=True)
    )
    miss = max((abs(one.share) for one in worst), default=0.0)
    fitted = replace(
        design,
        weights=weights,
        base=design.weights if design.base is None else design.base,
        margins=(*design.margins, *(Margin(codes) for codes, _ in cells)),
    )
    return fitted, Convergence(
        rounds,
        miss,
        miss <= close,
        float(np.max(weights / design.weights)),
        worst,
        kish(weights),
        trimmed,
        cut,
    )


def poststratify(
    design: Design, labels: Labels, totals: Totals, *, limit: float | None = None
) -> tuple[Design, Convergence]:
    """Fit the weights to the totals of cells that do not overlap. Raises as `rake`."""
    return rake(design, [(labels, totals)], most=2 if limit is None else MOST, limit=limit)


def _fitted(
    weights: Values,
    cells: Sequence[tuple[Codes, Values]],
    most: int,
    close: float,
    at_most: float,
) -> tuple[Values, int]:
    """The weights, and after how many rounds they met the totals or were given up."""
    for number in range(1, most + 1):
        for codes, wanted in cells:
            weights = weights * (wanted / np.bincount(codes, weights))[codes]
        weights = np.minimum(weights, at_most)
        off = (np.abs(np.bincount(codes, weights) / wanted - 1).max() for codes, wanted in cells)
        if max(off, default=0.0) <= close:
            return weights, number
    return weights, most


def _worst(codes: Codes, wanted: Values, labels: Sequence[object], weights: Values) -> Miss:
    got = np.bincount(codes, weights)
    at = int(np.argmax(np.abs(got / wanted - 1)))
    return Miss(labels[at], float(wanted[at]), float(got[at]))


def _refuse_sums(sums: Sequence[float]) -> None:
    for number, size in enumerate(sums[1:], start=2):
        if abs(size / sums[0] - 1) > 1e-6:
            text = f"adds up to {size:g}, the first margin to {sums[0]:g}: no weights fit both"
            raise Faulty([Fault(f"margin {number}", "sums_differ", text)])


def _wanted(number: int, labels: Labels, totals: Totals) -> Values:
    there = list(dict.fromkeys(labels))
    seen = set(there)

    def where(label: object) -> str:
        return f"margin {number}, cell {label!r}"

    faults = [
        Fault(where(label), "no_total", "stands in the sample and has no total")
        for label in there
        if label not in totals
    ]
    faults += [
        Fault(where(label), "nobody", "has a total and nobody in the sample")
        for label in totals
        if label not in seen
    ]
    faults += [
        Fault(where(label), "total", "its total must be above zero")
        for label, size in totals.items()
        if not 0 < size < np.inf
    ]
    if faults:
        raise Faulty(faults)
    return np.array([float(totals[label]) for label in there])
