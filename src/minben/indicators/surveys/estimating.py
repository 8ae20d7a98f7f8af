"""Totals and means with their standard errors (估計值與標準誤), by linearisation."""

from dataclasses import dataclass

import numpy as np

from minben.indicators.engine.faults import Fault, Faulty
from minben.indicators.engine.table import Mask, Values
from minben.indicators.surveys.design import Design, Lonely, Stage

NOTHING = 1e-13  # of an estimate: an error so small is what arithmetic leaves of none


@dataclass(frozen=True, slots=True)
class Estimate:
    """An estimate.

    Args:
        value: total, mean or share.
        se: its standard error.
        n: rows it rests on.
        deff: design effect: its variance over that of a simple random sample of as many.
        degrees: of freedom, for intervals.
    """

    value: float
    se: float
    n: int
    deff: float
    degrees: int

    @property
    def n_effective(self) -> float:
        """Size of the simple random sample that would be as exact."""
        return self.n / self.deff if self.deff else float(self.n)


def total(design: Design, values: Values, domain: Mask | None = None) -> Estimate:
    """The population's total of `values`, of all or of a domain."""
    inside = _inside(design, values, domain)
    y = np.where(inside, values, 0.0)
    weighted = design.weights * y
    variance = variance_of(design, weighted)
    return _estimate(design, inside, float(weighted.sum()), variance, _simple_total(design, y))


def mean(design: Design, values: Values, domain: Mask | None = None) -> Estimate:
    """The population's mean of `values` (of zeros and ones: a share), of all or of a domain.

    The domain's size is estimated too: rows outside stay in the design with nothing.
    """
    inside = _inside(design, values, domain)
    weight = np.where(inside, design.weights, 0.0)
    size = weight.sum()
    if size <= 0:
        raise Faulty([Fault("domain", "empty", "nobody of the sample is in it")])
    value = float((weight * np.where(inside, values, 0.0)).sum() / size)
    away = np.where(inside, values - value, 0.0)
    variance = variance_of(design, weight * away / size)
    n = int(inside.sum())
    spread = float((weight * away**2).sum() / size) * n / max(n - 1, 1)
    simple = spread / n * (1 - n / size if size > n else 1.0)
    return _estimate(design, inside, value, variance, simple)


def _inside(design: Design, values: Values, domain: Mask | None) -> Mask:
    if len(values) != len(design):
        raise Faulty([Fault("values", "lengths", f"must have {len(design)} rows")])
    inside = np.ones(len(design), dtype=bool) if domain is None else domain
    if np.any(np.isnan(values[inside])):
        row = int(np.flatnonzero(inside & np.isnan(values))[0]) + 1
        raise Faulty([Fault(f"row {row}", "missing", "has no answer: make those a domain")])
    return inside


def _simple_total(design: Design, y: Values) -> float:
    """Variance of the total in a simple random sample of as many from as many."""
    size, n = design.weights.sum(), len(design)
    middle = (design.weights * y).sum() / size
    spread = (design.weights * (y - middle) ** 2).sum() / size * n / max(n - 1, 1)
    return float(size**2 * spread / n * (1 - n / size if size > n else 1.0))


def _estimate(
    design: Design, inside: Mask, value: float, variance: float, simple: float
) -> Estimate:
    if variance <= (NOTHING * value) ** 2:
        variance = 0.0
    deff = float(variance / simple) if simple > 0 else 1.0
    return Estimate(value, float(np.sqrt(variance)), int(inside.sum()), deff, design.degrees)


def variance_of(design: Design, weighted: Values) -> float:
    """The variance of the sum of `weighted`, a column of weight times value."""
    return _staged(_residuals(design, weighted), design.stages, design.lonely)


def _residuals(design: Design, weighted: Values) -> Values:
    """What fitted totals leave unexplained: they have no error themselves.

    The residuals are those of the regression on the cells with the weights before fitting, as
    Deville and Särndal have it. R's ``rake`` goes ten times through the margins with plain means,
    which comes to the same where those weights are equal and margins are hardly related.
    """
    if not design.margins:
        return weighted
    values = weighted / design.weights
    base = design.weights if design.base is None else design.base
    sums = [
        np.bincount(margin.cells, values * base, size)
        for margin, size in zip(design.margins, design.sizes, strict=True)
    ]
    effects = np.split(design.regression @ np.concatenate(sums), np.cumsum(design.sizes)[:-1])
    for margin, effect in zip(design.margins, effects, strict=True):
        values = values - effect[margin.cells]
    return values * design.weights


def _staged(weighted: Values, stages: tuple[Stage, ...], lonely: Lonely) -> float:
    """Between the units of the first stage, and for each of them what the next stages add."""
    stage, rest = stages[0], stages[1:]
    out = 0.0
    pairs = np.unique(np.column_stack([stage.strata, stage.units]), axis=0)
    grand = float(weighted.sum()) / len(pairs)
    for stratum in np.unique(stage.strata):
        rows = stage.strata == stratum
        units, place = np.unique(stage.units[rows], return_inverse=True)
        sums = np.bincount(place, weighted[rows])
        many = len(units)
        share = 0.0
        if stage.population is not None:
            share = many / float(stage.population[rows][0])
        if many > 1:
            between = float(((sums - sums.mean()) ** 2).sum())
            out += (1 - share) * many / (many - 1) * between
        elif lonely == "adjust":
            out += (1 - share) * (float(sums[0]) - grand) ** 2
        if rest and share > 0:
            inner = weighted[rows]
            deeper = tuple(
                Stage(
                    one.units[rows],
                    one.strata[rows],
                    None if one.population is None else one.population[rows],
                )
                for one in rest
            )
            out += share * _staged(inner, deeper, lonely)
    return out
