"""How the platform and its agencies do (平臺自身之指標), month by month, with map and trend."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from minben.base.access import Request, public
from minben.base.hot_pages import kept
from minben.base.measuring import By, Measure, Scale, measures
from minben.indicators.conduct import LEAST, PREFIX
from minben.indicators.drawing.places import bars_of, map_of
from minben.indicators.drawing.series import observed as point
from minben.indicators.drawing.series import trend_of
from minben.indicators.figures.svg import Figure
from minben.indicators.figures.trend import Series
from minben.indicators.queries import conduct as taken
from minben.indicators.queries.current import Seen
from minben.indicators.queries.pages import names_of
from minben.indicators.rules import Status
from minben.indicators.telling import words
from minben.indicators.telling.pictures import boundaries
from minben.indicators.telling.wave_pages import Pair

LONGEST = 60
Draw = Callable[[bool, str], Figure]


@public
@kept()
@require_safe
def conduct(request: Request) -> HttpResponse:
    """All measures of a month, and one of them by county or agency."""
    months = taken.months()
    if not months:
        return render(request, "indicators/conduct/page.html", {"months": []})
    known = {one.code: one for one in measures()}
    faults = []
    month, code = _asked(request, "period"), _asked(request, "measure")
    for asked, there in ((month, set(months)), (code, set(known))):
        if asked and asked not in there:
            faults.append(_("There are no figures for “{asked}”.").format(asked=asked))
    month = month if month in months else months[0]
    measure = known.get(code) or _first_with_units(known, month)
    before = next((one for one in months if one < month), "")
    rows = taken.by_unit(measure, month)
    names = {unit: words.said(name) for unit, name in names_of({one.unit for one in rows}).items()}
    context: dict[str, Any] = {  # Any: template context
        "months": months,
        "month": month,
        "before": before,
        "measures": list(known.values()),
        "measure": measure,
        "declared_by": measure.take.__module__.split(".")[1],
        "indicator": PREFIX + measure.code,
        "decimals": _decimals(measure),
        "lines": [(one, _decimals(one.measure)) for one in taken.overview(month, before)],
        "rows": rows,
        "names": names,
        "least": LEAST,
        "withheld": sum(one.status == "Q" for one in rows),
        "pairs": _pictures(measure, month, rows, names),
        "faults": faults,
    }
    status = 404 if faults else 200
    return render(request, "indicators/conduct/page.html", context, status=status)


def _asked(request: Request, name: str) -> str:
    return request.GET.get(name, "").strip()[:LONGEST]


def _first_with_units(known: dict[str, Measure], month: str) -> Measure:
    """What is shown unasked: participation by county if there was any, else the first measure."""
    counties = (one for one in known.values() if one.by is By.COUNTY)
    there = (one for one in counties if taken.by_unit(one, month))
    return next(there, next(iter(known.values())))


def _decimals(measure: Measure) -> int:
    return 0 if measure.scale is Scale.COUNT else 1


def _pictures(
    measure: Measure, month: str, rows: Sequence[Seen], names: dict[str, str]
) -> list[Pair]:
    drawn: list[tuple[str, Draw]] = []
    values = {one.unit: one.value for one in rows}
    if measure.by is By.COUNTY and rows:
        held = {one.unit for one in rows if one.status == Status.SUPPRESSED}
        drawn.append(("units", partial(_map, measure, month, values, names, held)))
    if measure.by is By.AGENCY and sum(value is not None for value in values.values()) > 1:
        drawn.append(("units", partial(_bars, measure, month, values, names)))
    history = taken.trend(measure, month)
    if sum(one.value is not None for one in history) > 1:
        drawn.append(("trend", partial(_trend, measure, history)))
    return [
        Pair(f"conduct-{kind}", one(False, f"c{at}"), one(True, f"c{at}n"))
        for at, (kind, one) in enumerate(drawn)
    ]


def _map(
    measure: Measure,
    month: str,
    values: dict[str, float | None],
    names: dict[str, str],
    held: set[str],
    narrow: bool,
    ids: str,
) -> Figure:
    why = _("Withheld, so that few people are not found out")
    return map_of(
        values,
        words.language(),
        title=f"{measure.title} {month}",
        measure=str(measure.unit),
        note=_("Fewer than {least} people in a county are not told.").format(least=LEAST),
        boundaries=boundaries(),
        decimals=_decimals(measure),
        names=names,
        withheld=dict.fromkeys(held, why),
        narrow=narrow,
        ids=ids,
    )


def _bars(
    measure: Measure,
    month: str,
    values: dict[str, float | None],
    names: dict[str, str],
    narrow: bool,
    ids: str,
) -> Figure:
    return bars_of(
        values,
        words.language(),
        title=str(measure.title),
        comparators=_("agencies with such a duty in the month"),
        measure=str(measure.unit),
        period=month,
        falling=measure.direction >= 0,
        decimals=_decimals(measure),
        names=names,
        narrow=narrow,
        ids=ids,
    )


def _trend(measure: Measure, history: Sequence[Seen], narrow: bool, ids: str) -> Figure:
    points = tuple(point(one.period, one.value, n=one.n) for one in history)
    return trend_of(
        [Series(_("This platform"), points)],
        words.language(),
        title=_("{measure}: the whole platform").format(measure=measure.title),
        measure=str(measure.unit),
        periods=[one.period for one in history],
        decimals=_decimals(measure),
        narrow=narrow,
        ids=ids,
    )
