"""Values that look copied from one series into another (重複數列).

What a statistician looks for is equality that chance does not bring. Columns of a panel are told if
they are equal in all places, or in more than half, and two columns with these values would hardly
come to that by chance; columns of two values, such as 0 and 100, are never told. A table of few
waves has no such chance to count: there one equal value is told if it is written with three digits
or more, as 84.9 is; round numbers and scores of a few points are equal every day.
"""

from collections.abc import Iterator, Mapping
from itertools import combinations
from math import log

import numpy as np

from minben.indicators.engine.table import Values
from minben.indicators.reading.panels import Panel
from minben.indicators.reading.remarks import Remark, warning

FEW = 6  # places two columns share, up to which one equal value is told
DIGITS = 3
LEAST_DISTINCT = 3
MOST_PAIRS = 20_000  # columns of wider panels are only looked at whole
UNLIKELY = 1e-4  # of a pair of columns that have nothing to do with each other


def identical(panel: Panel) -> Iterator[Remark]:
    """What is equal between columns, and within a column between periods."""
    columns = {
        code: values for code, values in panel.columns.items() if np.sum(~np.isnan(values)) > 0
    }
    whole = list(_whole(panel, columns))
    told = {(one, other) for one, other, _ in whole}
    yield from (remark for _, _, remark in whole)
    if len(columns) * (len(columns) - 1) // 2 <= MOST_PAIRS:
        for one, other in combinations(columns, 2):
            if (one, other) not in told:
                yield from _pair(panel, one, other)
    for code, values in columns.items():
        yield from _periods(panel, code, values)


def digits(value: float) -> int:
    """Significant digits a number is written with: 84.9 has three, 60.0 one, 0.05 one."""
    text = f"{abs(value):.12g}".split("e")[0].replace(".", "")
    return len(text.strip("0"))


def _whole(panel: Panel, columns: Mapping[str, Values]) -> Iterator[tuple[str, str, Remark]]:
    """Columns equal in every place, which is looked for by their contents and not pair by pair."""
    stood: dict[bytes, str] = {}
    for code, values in columns.items():
        seen = values[~np.isnan(values)]
        if len(seen) <= FEW or len(np.unique(seen)) < LEAST_DISTINCT:
            continue
        other = stood.setdefault((values + 0.0).tobytes(), code)
        if other != code and _odd(seen, seen, len(seen)):
            row = int(np.flatnonzero(~np.isnan(values))[0])
            yield other, code, _remark(panel, "identical_series", code, other, row, n=len(seen))


def _pair(panel: Panel, one: str, other: str) -> Iterator[Remark]:
    a, b = panel.columns[one], panel.columns[other]
    both = ~np.isnan(a) & ~np.isnan(b)
    shared = int(np.sum(both))
    equal = both & (a == b)
    count = int(np.sum(equal))
    if not count:
        return
    if shared <= FEW:
        for place in np.flatnonzero(equal):
            if digits(float(a[place])) >= DIGITS:
                yield _remark(panel, "identical_value", other, one, int(place))
        return
    row = int(np.flatnonzero(equal)[0])
    if len(np.unique(a[equal])) < LEAST_DISTINCT or not _odd(a[both], b[both], count):
        return
    if count == shared:
        yield _remark(panel, "identical_series", other, one, row, n=shared)
    elif count * 2 > shared:
        yield _remark(panel, "identical_mostly", other, one, row, count=count, n=shared)


def _odd(a: Values, b: Values, count: int) -> bool:
    """Whether so many equal places are more than chance brings, if the values were dealt out anew.

    By the bound of Chernoff and Hoeffding on the binomial: exp(-n KL(share, p)).
    """
    n = len(a)
    values, counts = np.unique(a, return_counts=True)
    others, other_counts = np.unique(b, return_counts=True)
    _, here, there = np.intersect1d(values, others, assume_unique=True, return_indices=True)
    p = float(np.sum(counts[here] * other_counts[there])) / n**2
    share = count / n
    if share <= p:
        return False
    apart = share * log(share / p)
    if share < 1:
        apart += (1 - share) * log((1 - share) / (1 - p))
    return -n * apart < log(UNLIKELY)


def _periods(panel: Panel, code: str, values: Values) -> Iterator[Remark]:
    """Periods that repeat the one before, unit by unit; told once for a column."""
    if len(panel.by_period) < 2:
        return
    before = ""
    told: dict[str, float] = {}
    repeats: list[tuple[str, str, int, int]] = []
    for period, rows in panel.by_period.items():
        numbers = np.flatnonzero(rows & ~np.isnan(values))
        now = {panel.units[row]: float(values[row]) for row in numbers}
        shared = told.keys() & now.keys()
        equal = len(shared) > FEW and all(told[unit] == now[unit] for unit in shared)
        if equal and len({now[unit] for unit in shared}) >= LEAST_DISTINCT:
            repeats.append((period, before, len(shared), int(numbers[0])))
        if now:
            before, told = period, now
    if repeats:
        period, other, n, row = repeats[0]
        more = f", and so on in {len(repeats) - 1} more periods" if len(repeats) > 1 else ""
        told_of = {"period": period, "other": other, "more": more}
        yield warning(panel.where(code, row), "identical_periods", n=n, **told_of)


def _remark(panel: Panel, what: str, code: str, other: str, row: int, **numbers: int) -> Remark:
    told = {"value": float(panel.columns[code][row]), "unit": panel.named(row)}
    return warning(panel.where(code, row), what, other=other, **told, **numbers)
