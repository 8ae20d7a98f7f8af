"""What every picture of a run asks (共用): names, titles, rows, and places among the comparators."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from minben.indicators.engine.faults import Fault, Faulty
from minben.indicators.engine.recipe import Group, Indicator
from minben.indicators.engine.running import Run
from minben.indicators.engine.table import Mask, Values
from minben.indicators.figures.shapes import NARROW, WIDE, Shape
from minben.indicators.figures.svg import Language
from minben.indicators.figures.words import WORDS

Names = Mapping[str, str]
NO_NAMES: Names = MappingProxyType({})
OPPORTUNITIES, RISKS = "opportunities", "risks"
FEW = 3  # observed units: with fewer a median says nothing


def shape_of(*, narrow: bool) -> Shape:
    """The shape for a phone, or for a wide screen and paper."""
    return NARROW if narrow else WIDE


def title_of(run: Run, language: Language) -> str:
    """The recipe's title, or its code."""
    title: dict[str, str] = run.recipe.document.get("title", {})
    return title.get(language) or run.recipe.code


def member_title(one: Indicator | Group, language: Language) -> str:
    """The title of an indicator or a group, or its code."""
    return one.title.get(language) or one.code


def comparators_of(run: Run, comparators: str, language: Language) -> str:
    """What the caller calls the comparators, or the units of the run."""
    title = title_of(run, language)
    return comparators or WORDS[language]["units_of"].format(title=title)


def period_mask(run: Run, period: str) -> Mask:
    """The rows of a period. Raises Faulty for one that is not there."""
    found = run.table.by_period.get(period)
    if found is None:
        known = ", ".join(sorted(run.table.by_period)[-8:])
        raise Faulty([Fault(period or "period", "no_period", f"is not there; there is {known}")])
    return found


def row_of(run: Run, unit: str, period: str) -> int:
    """The row of a unit in a period. Raises Faulty for one that is not there."""
    for row, key in enumerate(zip(run.table.units, run.table.periods, strict=True)):
        if key == (unit, period):
            return row
    raise Faulty([Fault(unit, "no_unit", "is no unit of this run")])


@dataclass(frozen=True, slots=True)
class Position:
    """A unit among its comparators, on the scale of a wheel.

    Args:
        value: 0 at the comparators' lowest score, 1 at their highest; outside for a unit that is
            none of them and beyond them; None without a score.
        seen: all scores of the comparators on that scale, those without left out.
        better: how many of them have a higher score than the unit, and `worse`: a lower one.
        of: how many have a score, the unit included.
    """

    value: float | None
    seen: Values
    better: int
    worse: int
    of: int


def position(mine: float, comparators: Values, *, outside: bool = False) -> Position:
    """Where a score stands between the lowest and the highest of the comparators.

    A recipe may score by goalposts or to 100; a wheel runs from the lowest to the highest in any
    case. Where all are equal everybody stands in the middle.

    Args:
        comparators: their scores, NaN for none.
        outside: the unit is none of them.
    """
    there = comparators[~np.isnan(comparators)]
    if not len(there):
        return Position(None, there, 0, 0, 0)
    low, high = float(there.min()), float(there.max())
    span = high - low
    seen = (there - low) / span if span > 0 else np.full(len(there), 0.5)
    if np.isnan(mine):
        return Position(None, seen, 0, 0, len(there))
    value = (mine - low) / span if span > 0 else 0.5 + np.sign(mine - low) * 0.5
    better, worse = int((there > mine).sum()), int((there < mine).sum())
    return Position(float(value), seen, better, worse, len(there) + outside)


def raw_of(run: Run, one: Indicator, row: int, language: Language) -> str:
    """The value as it was normalised from, with its unit; and that it was imputed, if it was."""
    value = float(run.table.columns[one.code][row])
    if np.isnan(value):
        return ""
    told = f"{value:g}{_measured(one, language)}"
    observed = bool(run.coverage[one.code][row])
    return told if observed else told + WORDS[language]["imputed"]


def _measured(one: Indicator, language: Language) -> str:
    """What stands behind a number; of what it is a share is told with the indicator."""
    if one.unit.startswith("%"):
        return " %"
    told = one.measure.get(language) or one.unit
    return f" ({told})" if told else ""
