"""Pictures of one indicator (單項指標之圖): all units in a period, chosen units over time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from minben.base.presentation import is_chinese
from minben.indicators import drawing
from minben.indicators.figures import bars
from minben.indicators.figures.shapes import NARROW, WIDE
from minben.indicators.figures.trend import Break, Series
from minben.indicators.models import Indicator
from minben.indicators.queries.facts import Fact
from minben.indicators.queries.pages import names_of
from minben.indicators.rules import Scale
from minben.indicators.telling.pictures import Pair
from minben.indicators.telling.words import ALL_UNITS, language, said

CHOSEN_MOST = 4  # lines of one picture


def shown_period(asked: str, periods: Sequence[str]) -> str:
    """The period asked for if there is one, else the newest; `periods` are newest first."""
    if asked in periods:
        return asked
    return periods[0] if periods else ""


@dataclass(frozen=True)
class Look:
    """One indicator as somebody looks at it.

    Args:
        period: the one shown; `elsewhere` says that another was asked for, which is not there.
        here: its values.
        names: of all units with a value in any period.
        chosen: units to follow; `unknown` are those asked for of which nothing was observed.
        pairs: the pictures, none without values.
    """

    periods: tuple[str, ...]
    period: str
    elsewhere: bool
    here: tuple[Fact, ...]
    names: Mapping[str, str]
    chosen: tuple[str, ...]
    unknown: tuple[str, ...]
    pairs: tuple[Pair, ...]


def look_of(indicator: Indicator, told: Sequence[Fact], asked: str, units: Sequence[str]) -> Look:
    """What is seen of an indicator, for a page and for files alike. Two statements.

    Args:
        told: all its values that count.
        asked, units: a period and codes of units, as an address has them.
    """
    periods = tuple(sorted({one.period for one in told}, reverse=True))
    period = shown_period(asked, periods)
    known = names_of({one.unit for one in told})
    names = {unit: said(name) for unit, name in known.items()}
    chosen = tuple(unit for unit in units if unit in names)[:CHOSEN_MOST]
    return Look(
        periods=periods,
        period=period,
        elsewhere=bool(asked) and asked != period,
        here=tuple(one for one in told if one.period == period),
        names=names,
        chosen=chosen,
        unknown=tuple(unit for unit in units if unit and unit not in names),
        pairs=tuple(_pictures(indicator, told, chosen, period, names)) if told else (),
    )


def _pictures(
    indicator: Indicator,
    told: Sequence[Fact],
    chosen: Sequence[str],
    period: str,
    names: Mapping[str, str],
) -> list[Pair]:
    """The bars of a period, and the trend of chosen units where there are several periods."""
    out = [_bars(indicator, [one for one in told if one.period == period], chosen, names)]
    if len({one.period for one in told}) > 1:
        units = list(chosen) or _first(told, indicator.direction)
        out.append(_trend(indicator, told, units, names))
    return out


def _title(indicator: Indicator) -> str:
    return indicator.title_zh if is_chinese() else indicator.title_en


def _measure(indicator: Indicator) -> str:
    return indicator.unit_zh if is_chinese() else indicator.unit_en


def _decimals(indicator: Indicator) -> int:
    if indicator.decimals is not None:
        return indicator.decimals
    return 0 if indicator.scale == Scale.COUNT else 1


def _first(told: Sequence[Fact], direction: int) -> list[str]:
    """Whose trend is shown unasked: the best unit of the newest period."""
    last = max(one.period for one in told)
    here = [one for one in told if one.period == last and one.value is not None]
    here.sort(key=lambda one: (one.value or 0.0) * (1 if direction < 0 else -1))
    return [one.unit for one in here[:1]] or [told[0].unit]


def _bars(
    indicator: Indicator, here: Sequence[Fact], chosen: Sequence[str], names: Mapping[str, str]
) -> Pair:
    values = [
        bars.Value(one.unit, one.value, names.get(one.unit, ""), one.unit in chosen) for one in here
    ]
    wide, narrow = (
        bars.bars(
            values,
            title=_title(indicator),
            comparators=said(ALL_UNITS),
            measure=_measure(indicator),
            period=here[0].period if here else "",
            falling=indicator.direction >= 0,
            decimals=_decimals(indicator),
            language=language(),
            shape=shape,
            ids=f"bars-{name}",
        )
        for name, shape in (("wide", WIDE), ("narrow", NARROW))
    )
    return Pair("bars", wide, narrow)


def _trend(
    indicator: Indicator, told: Sequence[Fact], units: Sequence[str], names: Mapping[str, str]
) -> Pair:
    chinese = is_chinese()
    breaks = tuple(
        Break(one.period, one.note_zh if chinese else one.note_en)
        for one in indicator.breaks.order_by("period")
    )
    series = [
        Series(
            names.get(unit, unit),
            tuple(
                drawing.observed(
                    one.period,
                    one.value,
                    n=one.n,
                    se=one.se,
                    per_cent=indicator.scale == Scale.PERCENT,
                )
                for one in told
                if one.unit == unit
            ),
            breaks,
        )
        for unit in units
    ]
    wide, narrow = (
        drawing.trend_of(
            series,
            language(),
            title=_title(indicator),
            measure=_measure(indicator),
            decimals=_decimals(indicator),
            narrow=name == "narrow",
            ids=f"trend-{name}",
        )
        for name in ("wide", "narrow")
    )
    return Pair("trend", wide, narrow)
