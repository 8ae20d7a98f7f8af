"""Pictures of values over time (時間數列之圖), with the intervals that sample sizes give."""

from collections.abc import Sequence
from statistics import NormalDist

from minben.indicators.drawing.common import shape_of
from minben.indicators.figures import trend
from minben.indicators.figures.svg import Figure, Language
from minben.indicators.surveys.estimating import Estimate
from minben.indicators.surveys.intervals import share_interval

LEVEL = 0.95


def observed(
    period: str,
    value: float | None,
    *,
    n: int | None = None,
    se: float | None = None,
    per_cent: bool = False,
    deff: float = 1.0,
    note: str = "",
) -> trend.Point:
    """A point with its 95 per cent interval, where one is known.

    Args:
        se: standard error in the units of `value`.
        per_cent: `value` is a share of `n` people in per cent. Where `se` is not given, its
            interval is Wilson's with n over the design effect, which has a width at 0 and 100 too.
    """
    if value is None:
        return trend.Point(period, value, n=n, note=note)
    if se is not None:
        reach = NormalDist().inv_cdf(0.5 + LEVEL / 2) * se
        low, high = value - reach, value + reach
        if per_cent:
            low, high = max(low, 0.0), min(high, 100.0)
        return trend.Point(period, value, low, high, n, note)
    if per_cent and n and 0 <= value <= 100:
        span = share_interval(Estimate(value / 100, 0.0, n, deff, n - 1), "wilson", LEVEL)
        return trend.Point(period, value, 100 * span.low, 100 * span.high, n, note)
    return trend.Point(period, value, n=n, note=note)


def trend_of(
    series: Sequence[trend.Series],
    language: Language,
    *,
    title: str,
    measure: str = "",
    note: str = "",
    periods: Sequence[str] = (),
    decimals: int = 1,
    narrow: bool = False,
    ids: str = "trend",
) -> Figure:
    """One or several series with their breaks and intervals; see `figures.trend.trend`."""
    return trend.trend(
        series,
        title=title,
        measure=measure,
        note=note,
        periods=periods,
        decimals=decimals,
        language=language,
        shape=shape_of(narrow=narrow),
        ids=ids,
    )
