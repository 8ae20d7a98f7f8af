"""The jackknife (刀切法): the error of any statistic, by leaving out one unit of the sample in turn.

Each time the weights are fitted anew, so that it also checks the formula used elsewhere. Source:
Wolter, *Introduction to Variance Estimation*; checked against R's JK1 for the California schools.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from minben.indicators.engine.faults import Fault, Faulty
from minben.indicators.engine.table import Mask, Values
from minben.indicators.surveys.design import Design

Statistic = Callable[[Values], float]
Fit = Callable[[Design, Mask], Design]


def jackknife(design: Design, statistic: Statistic, fit: Fit | None = None) -> float:
    """The standard error of `statistic` of the weights.

    Args:
        design: before its weights are fitted, if they are.
        statistic: takes the weights of all rows, of which those left out are zero.
        fit: fits the weights, such as `raking.rake` to known totals; it is given the design of the
            rows that are kept, and which rows those are.

    Raises:
        Faulty: a stratum has a single unit, or what is left cannot be fitted.
    """
    first = design.stages[0]
    variance = 0.0
    for stratum in np.unique(first.strata):
        inside = first.strata == stratum
        units = np.unique(first.units[inside])
        if len(units) < 2:
            raise Faulty([Fault("design", "lonely", "a stratum has one unit: no error to tell")])
        told = np.array(
            [_without(design, inside, unit, len(units), statistic, fit) for unit in units]
        )
        left = 1.0
        if first.population is not None:
            left -= len(units) / float(first.population[inside][0])
        spread = float(((told - told.mean()) ** 2).sum())
        variance += left * (len(units) - 1) / len(units) * spread
    return float(np.sqrt(variance))


def _without(
    design: Design,
    inside: Mask,
    unit: int,
    many: int,
    statistic: Statistic,
    fit: Fit | None,
) -> float:
    out = inside & (design.stages[0].units == unit)
    weights = np.where(inside & ~out, design.weights * many / (many - 1), design.weights)
    weights[out] = 0.0
    if fit is not None:
        kept = ~out
        part = replace(
            design,
            weights=weights[kept],
            stages=tuple(
                replace(
                    stage,
                    units=stage.units[kept],
                    strata=stage.strata[kept],
                    population=None if stage.population is None else stage.population[kept],
                )
                for stage in design.stages
            ),
        )
        weights[kept] = fit(part, kept).weights
    return statistic(weights)
