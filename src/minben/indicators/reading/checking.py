"""What a careful reader of data notices before computing with it (資料檢核).

    remarks = check(content, {"osi": Facts(scale="ratio", direction=1, dimension="egdi")})
    [one for one in remarks if one.level == "fault"]     # refuse the data
    [one for one in remarks if one.level == "warning"]   # tell, and leave to judge

Faults of reading (`Content.faults`) come before these and are not among them.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from minben.indicators.engine.moments import kurtosis, present, skewness
from minben.indicators.engine.recipe import Recipe
from minben.indicators.engine.running import Run, overridden
from minben.indicators.engine.table import Mask, Values
from minben.indicators.reading.identical import identical
from minben.indicators.reading.panels import Panel, panel_of
from minben.indicators.reading.remarks import Remark, warning
from minben.indicators.reading.stated import Content
from minben.indicators.reading.unit_names import unit_remarks

MOST_OF_ONE_KIND = 10
ENOUGH = 10  # values from which a shape can be spoken of
RARE = 0.02  # of the larger values: fewer small ones are no mixture
GAP = 5.0  # times: no value between shares and per cents
MISPLACED = (8.0, 12.5)  # a decimal mark one place off, give or take a change
STEADY = 1.5  # times: how much the other values of a unit may differ among themselves
OPPOSED = -1.96  # of a normal deviate: a correlation that is not below 0 by chance
Scale = Literal["", "percent", "ratio"]


@dataclass(frozen=True)
class Facts:
    """What is declared of an indicator, as far as it is known.

    Args:
        scale: whether numbers are told in per cent or as shares of 1.
        low, high: what is plausible.
        base: who or what is counted, such as ``persons aged 12 and over``.
        direction: 1 if more is better, -1 if less is, 0 if neither or unknown.
        dimension: what it is part of.
    """

    scale: Scale = ""
    low: float | None = None
    high: float | None = None
    base: str = ""
    direction: int = 0
    dimension: str = ""


def check(
    content: Content,
    facts: Mapping[str, Facts] | None = None,
    compared: Iterable[Collection[str]] | None = None,
    panel: Panel | None = None,
) -> tuple[Remark, ...]:
    """Everything noticed, faults first; of one kind at most a handful, and how many more.

    Args:
        facts: by indicator.
        compared: sets of indicators that are compared with, or derived from, each other; those of
            a dimension unless said otherwise.
        panel: of the content, if it is at hand.
    """
    facts = facts or {}
    panel = panel or panel_of(content)
    found = unit_remarks(content)
    for code, values in panel.columns.items():
        told = facts.get(code, Facts())
        found += _range(panel, code, values, told)
        found += _shares(panel, code, values, told)
        found += _spread(panel, code, values)
        found += _outliers(panel, code, values)
        found += _misplaced(panel, code, values)
    found += identical(panel)
    found += bases(facts, _dimensions(facts).values() if compared is None else compared)
    found += _directions(panel, facts)
    found.sort(key=lambda one: one.level != "fault")
    return tuple(_few(found))


def facts_of(recipe: Recipe) -> dict[str, Facts]:
    """What a recipe declares of its indicators: direction, group, and whether in per cent."""
    return {
        one.code: Facts(
            scale=scale_of(one.unit), direction=one.direction, dimension=one.dimension or one.parent
        )
        for one in recipe.indicators
    }


def idle(run: Run) -> Iterator[Remark]:
    """What of a recipe came to nothing with these data: empty columns, exceptions about nobody."""
    for one in run.recipe.indicators:
        if len(run.table) and not np.any(run.coverage[one.code]):
            yield warning(f"column {one.code}", "no_values")
    for number, override in enumerate(run.recipe.overrides):
        if not overridden(run.table, override).any():
            who = f"{override.unit} {override.period}".strip()
            yield warning(f"overrides[{number}]", "override_nobody", unit=who)


def scale_of(measure: str) -> Scale:
    """Whether a unit of measurement in words is per cent; other shares are not told by words."""
    bare = measure.strip().casefold()
    return "percent" if bare.startswith(("%", "％", "percent", "per cent", "百分比")) else ""


def bases(facts: Mapping[str, Facts], compared: Iterable[Collection[str]]) -> Iterator[Remark]:
    """Indicators that are compared though they count different people or things."""
    for group in compared:
        told = [(code, facts[code].base) for code in group if code in facts and facts[code].base]
        for code, base in told[1:]:
            other, first = told[0]
            if base != first:
                yield warning(code, "base_mismatch", base=base, other=other, other_base=first)


def _dimensions(facts: Mapping[str, Facts]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for code, one in facts.items():
        if one.dimension:
            found.setdefault(one.dimension, []).append(code)
    return found


def _few(remarks: Iterable[Remark]) -> Iterator[Remark]:
    """At most a handful of warnings of one kind; how many more there are stands with the last."""
    told = list(remarks)
    counts = Counter(one.code for one in told)
    seen: Counter[str] = Counter()
    for one in told:
        seen[one.code] += 1
        if one.level == "fault" or seen[one.code] < MOST_OF_ONE_KIND:
            yield one
        elif seen[one.code] == MOST_OF_ONE_KIND:
            more = counts[one.code] - MOST_OF_ONE_KIND
            text = f"{one.text} (and {more} more of this kind)" if more else one.text
            params = (*one.params, ("more", str(more)))
            yield Remark(one.level, one.where, one.code, text, params)


def _example(panel: Panel, values: Values, row: int) -> dict[str, object]:
    return {"value": float(values[row]), "unit": panel.named(row)}


def _range(panel: Panel, code: str, values: Values, facts: Facts) -> Iterator[Remark]:
    if facts.low is None and facts.high is None:
        return
    low = -np.inf if facts.low is None else facts.low
    high = np.inf if facts.high is None else facts.high
    off = np.flatnonzero((values < low) | (values > high))
    if len(off):
        first, n = int(off[0]), int(np.sum(~np.isnan(values)))
        told = {"count": len(off), "n": n, "low": float(low), "high": float(high)}
        yield warning(
            panel.where(code, first), "out_of_range", **told, **_example(panel, values, first)
        )


def _shares(panel: Panel, code: str, values: Values, facts: Facts) -> Iterator[Remark]:
    """Per cents and shares of 1: declared one way and told the other, or both in one column."""
    seen = present(values)
    if len(seen) < 2 or np.any(seen < 0):
        return
    above = np.flatnonzero(values > 1)
    broken = np.any((seen > 0) & (seen < 1))
    if facts.scale == "percent" and not len(above) and broken:
        first = int(np.flatnonzero(values > 0)[0])
        yield warning(panel.where(code, first), "ratio_not_percent", n=len(seen))
    elif facts.scale == "ratio" and len(above):
        first, count = int(above[0]), len(above)
        told = _example(panel, values, first)
        yield warning(
            panel.where(code, first), "percent_not_ratio", count=count, n=len(seen), **told
        )
    elif facts.scale != "ratio" and len(above) and np.max(seen) <= 100:
        yield from _mixed(panel, code, values)


def _mixed(panel: Panel, code: str, values: Values) -> Iterator[Remark]:
    """Broken values up to 1 among larger ones, with a gap between, that are alike times 100."""
    small = values[(values > 0) & (values <= 1)]
    large = values[values > 1]
    if len(large) < 3 or not RARE * len(large) <= len(small) <= len(large) or np.all(small == 1):
        return  # one low value among a hundred is the end of a column, not a mixture
    least, most = float(np.min(large)), float(np.max(small))
    alike = np.all((small * 100 >= least / 1.2) & (small * 100 <= np.max(large) * 1.2))
    if least >= GAP * most and alike:
        first = int(np.flatnonzero((values > 0) & (values <= 1))[0])
        told = {"count": len(small), "small": most, "rest": len(large), "large": least}
        yield warning(panel.where(code, first), "percent_and_ratio", **told)


def _spread(panel: Panel, code: str, values: Values) -> Iterator[Remark]:
    """Columns that tell units apart badly or not at all."""
    flat: list[tuple[str, int]] = []
    for period, rows in panel.by_period.items():
        seen = np.flatnonzero(rows & ~np.isnan(values))
        if len(seen) > 1 and np.all(values[seen] == values[seen[0]]):
            flat.append((period, int(seen[0])))
    told = present(values)
    if flat:
        period, row = flat[0]
        n = int(np.sum(panel.by_period[period] & ~np.isnan(values)))
        others = f" and {len(flat) - 1} more periods" if len(flat) > 1 else ""
        words = f" in {period}{others}" if period else ""
        value = float(values[row])
        yield warning(panel.where(code, row), "no_variance", n=n, value=value, periods=words)
    elif len(told) >= ENOUGH:
        distinct = len(np.unique(told))
        if distinct <= 5 and distinct * 5 < len(told):
            yield warning(f"column {code}", "few_values", count=distinct, n=len(told))


def _outliers(panel: Panel, code: str, values: Values) -> Iterator[Remark]:
    """Values that make a column as skewed as the JRC's rule will not have it, in the worst period."""
    worst: tuple[int, str, int, int] | None = None
    for period, rows in panel.by_period.items():
        seen = present(values[rows])
        if len(seen) < ENOUGH or abs(skewness(seen)) <= 2 or kurtosis(seen) <= 3.5:
            continue
        first, third = np.quantile(seen, [0.25, 0.75])
        reach = 3 * (third - first)
        far = rows & ((values < first - reach) | (values > third + reach))
        count = int(np.sum(far))
        if count and (worst is None or count >= worst[0]):
            off = np.where(far, np.abs(values - np.median(seen)), -1.0)
            worst = count, period, int(np.argmax(off)), len(seen)
    if worst:
        count, period, row, n = worst
        told = {"count": count, "n": n, "period": period or "the data"}
        yield warning(panel.where(code, row), "outliers", **told, **_example(panel, values, row))


def _misplaced(panel: Panel, code: str, values: Values) -> Iterator[Remark]:
    """A value about ten or a hundred times what the same unit has otherwise, which is steady."""
    if len(panel.by_period) < 3:
        return
    for rows in panel.by_unit:
        told = values[rows]
        seen = rows[~np.isnan(told)]
        told = values[seen]
        if len(seen) < 3 or np.min(told) <= 0 or np.max(told) < MISPLACED[0] * np.min(told):
            continue
        # The others can only be steady if the odd one is the greatest or the least.
        order = np.argsort(told, kind="stable")
        for odd, rest in ((order[-1], told[order[:-1]]), (order[0], told[order[1:]])):
            factor = float(told[odd] / np.median(rest))
            times = max(factor, 1 / factor)
            off = MISPLACED[0] <= times <= MISPLACED[1] or 80 <= times <= 125
            if off and rest[-1] <= STEADY * rest[0]:
                row = int(seen[odd])
                words = {"value": float(values[row]), "unit": panel.units[row]}
                factor = float(f"{factor:.2g}")
                yield warning(panel.where(code, row), "misplaced_mark", factor=factor, **words)


def _directions(panel: Panel, facts: Mapping[str, Facts]) -> Iterator[Remark]:
    """An indicator that goes against the others of its dimension, once all are turned upwards."""
    for dimension, codes in _dimensions(facts).items():
        told = [code for code in codes if code in panel.columns and facts[code].direction]
        rows = _fullest(panel, told)
        upwards = {
            code: facts[code].direction * _standard(panel.columns[code][rows]) for code in told
        }
        upwards = {code: values for code, values in upwards.items() if len(values)}
        if len(upwards) < 2:
            continue
        if len(upwards) == 2:
            one, other = upwards
            pairs = [(one, upwards[one], upwards[other])]
        else:
            pairs = [(code, upwards[code], _middle(upwards, code)) for code in upwards]
        for code, own, others in pairs:
            r, deviate = _correlation(own, others)
            if deviate < OPPOSED and r < -0.3:
                told_r = float(f"{r:.2f}")
                yield warning(f"column {code}", "direction_doubtful", dimension=dimension, r=told_r)


def _fullest(panel: Panel, codes: Collection[str]) -> Mask:
    """The rows of the period with most values of some columns, the latest of several."""
    best, most = np.zeros(len(panel), dtype=bool), -1
    for rows in panel.by_period.values():
        count = sum(int(np.sum(~np.isnan(panel.columns[code][rows]))) for code in codes)
        if count >= most:
            best, most = rows, count
    return best


def _standard(values: Values) -> Values:
    """Standardised; nothing if there are too few values or no variance."""
    seen = present(values)
    if len(seen) < ENOUGH or np.all(seen == seen[0]):
        return np.zeros(0)
    standard: Values = (values - np.mean(seen)) / np.std(seen)
    return standard


def _middle(upwards: Mapping[str, Values], but: str) -> Values:
    """The mean of all columns but one, row by row; NaN where none is known."""
    stack = np.array([values for code, values in upwards.items() if code != but])
    known = np.sum(~np.isnan(stack), axis=0)
    return np.where(known, np.nansum(stack, axis=0) / np.maximum(known, 1), np.nan)


def _correlation(one: Values, other: Values) -> tuple[float, float]:
    """Correlation, and how many deviations it is from 0 (Fisher)."""
    both = ~np.isnan(one) & ~np.isnan(other)
    n = int(np.sum(both))
    if n < ENOUGH or np.std(one[both]) == 0 or np.std(other[both]) == 0:
        return 0.0, 0.0
    r = float(np.corrcoef(one[both], other[both])[0, 1])
    bound = min(max(r, -0.999999), 0.999999)
    return r, float(np.arctanh(bound) * np.sqrt(n - 3))
