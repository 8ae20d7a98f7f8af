"""One indicator, one unit, one source (指標、單位與資料來源之頁面)."""

from collections import defaultdict
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from minben.base.access import Request, public
from minben.base.hot_pages import kept
from minben.indicators.queries import facts, pages, runs
from minben.indicators.telling import words
from minben.indicators.telling.basis import whole
from minben.indicators.telling.series import CHOSEN_MOST, pictures, shown_period
from minben.indicators.telling.standing import Stand, stand
from minben.indicators.views.public.asking import asked_of

PER_PAGE = 60
CHANGES_MOST = 60


@public
@kept()
@require_safe
def indicator(request: Request, code: str) -> HttpResponse:
    """One indicator: what it is, its newest values, its trend for chosen units."""
    found = facts.indicator_of(code)
    if found is None:
        raise Http404
    told = facts.facts(indicator=found)
    periods = sorted({one.period for one in told}, reverse=True)
    asked = asked_of(request)
    period = shown_period(asked.get("period", ""), periods)
    here = [one for one in told if one.period == period]
    names = {unit: words.said(name) for unit, name in _names(told).items()}
    chosen = [unit for unit in request.GET.getlist("unit") if unit in names][:CHOSEN_MOST]
    unknown = [unit for unit in request.GET.getlist("unit") if unit and unit not in names]
    faults = _faults(asked.get("period", ""), period, unknown)
    context: dict[str, Any] = {  # Any: template context
        "indicator": found,
        "breaks": facts.breaks_of(found),
        "periods": periods,
        "period": period,
        "page": Paginator(_ordered(here, found.direction), PER_PAGE).get_page(
            request.GET.get("page")
        ),
        "n": len(here),
        "names": names,
        "units": sorted((name, unit) for unit, name in names.items()),
        "chosen": chosen,
        "changes": [one for one in told if one.before][:CHANGES_MOST],
        "pairs": pictures(found, told, chosen, period, names) if told else [],
        "faults": faults,
    }
    return render(
        request, "indicators/registry/indicator.html", context, status=404 if faults else 200
    )


def _names(told: list[facts.Fact]) -> dict[str, Any]:
    return dict(pages.names_of({one.unit for one in told}))


def _faults(asked: str, period: str, unknown: list[str]) -> list[str]:
    faults = []
    if asked and asked != period:
        faults.append(_("There are no figures for “{asked}”.").format(asked=asked[:60]))
    if unknown:
        told = _("Nothing was observed of: {units}.")
        faults.append(told.format(units=_(", ").join(one[:60] for one in unknown[:5])))
    return faults


def _ordered(here: list[facts.Fact], direction: int) -> list[facts.Fact]:
    """The best first; who has no value last."""
    sign = 1 if direction < 0 else -1
    return sorted(here, key=lambda one: (one.value is None, sign * (one.value or 0.0), one.unit))


@public
@kept()
@require_safe
def unit(request: Request, code: str) -> HttpResponse:
    """One unit: where it stands in every index, and all that was observed of it."""
    found = facts.unit_of(code)
    if found is None:
        raise Http404
    told = facts.facts(unit=found)
    newest: dict[str, facts.Fact] = {}
    for one in told:  # in the order of periods
        newest[one.indicator] = one
    known = pages.indicators_by_code(newest)
    by_source: dict[str, list[Any]] = defaultdict(list)
    for one in newest.values():
        row = known[one.indicator]
        by_source[row.source.code].append((row, one))
    context: dict[str, Any] = {  # Any: template context
        "unit": found,
        "stands": _in_indices(code),
        "sources": [(rows[0][0].source, rows) for rows in by_source.values()],
        "n": len(newest),
    }
    return render(request, "indicators/registry/unit.html", context)


def _in_indices(code: str) -> list[tuple[str, str, str, list[Stand]]]:
    """Each index with the unit in it: its code, title, period, and the unit's results."""
    out = []
    for one in runs.shown():
        if one.run is None:
            continue
        basis = whole(one.run)
        table = basis.run.table
        keys = zip(table.units, table.periods, strict=True)
        periods = [period for who, period in keys if who == code]
        if not periods:
            continue
        period = max(periods)
        stands = [stand(basis, code, period, name) for name in basis.run.recipe.results]
        there = [each for each in stands if each is not None]
        title = words.titled(one.title, one.method.code)
        out.append((one.method.code, title, period, there))
    return out


@public
@kept()
@require_safe
def source(request: Request, code: str) -> HttpResponse:
    """Provenance: who publishes, on what terms, which files were brought and which withdrawn."""
    found = facts.source_of(code)
    if found is None:
        raise Http404
    context: dict[str, Any] = {  # Any: template context
        "source": found,
        "intakes": pages.brought_by(found),
        "indicators": list(found.indicators.order_by("order", "code")),
    }
    return render(request, "indicators/registry/source.html", context)
