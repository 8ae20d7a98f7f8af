"""One indicator, one unit, one source (指標、單位與資料來源之頁面)."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from minben.base.access import Request, public
from minben.base.hot_pages import kept
from minben.indicators.drawing.common import RISKS
from minben.indicators.queries import facts, pages, runs
from minben.indicators.telling import words
from minben.indicators.telling.basis import whole
from minben.indicators.telling.series import Look, look_of
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
    asked = asked_of(request).get("period", "")
    look = look_of(found, told, asked, request.GET.getlist("unit"))
    faults = _faults(asked, look)
    context: dict[str, Any] = {  # Any: template context
        "indicator": found,
        "breaks": facts.breaks_of(found),
        "periods": look.periods,
        "period": look.period,
        "page": Paginator(_ordered(look.here, found.direction), PER_PAGE).get_page(
            request.GET.get("page")
        ),
        "n": len(look.here),
        "names": look.names,
        "units": sorted((name, unit) for unit, name in look.names.items()),
        "chosen": look.chosen,
        "changes": [one for one in told if one.before][:CHANGES_MOST],
        "pairs": look.pairs,
        "faults": faults,
        "files_at": "indicators:indicator_figure" if found.source.open_terms else "",
        "files_code": found.code,
        "files_query": urlencode(
            [("unit", unit) for unit in look.chosen] + [("period", look.period)]
        ),
        "open_terms": found.source.open_terms,
    }
    return render(
        request, "indicators/registry/indicator.html", context, status=404 if faults else 200
    )


def _faults(asked: str, look: Look) -> list[str]:
    faults = []
    if look.elsewhere:
        faults.append(_("There are no figures for “{asked}”.").format(asked=asked[:60]))
    if look.unknown:
        told = _("Nothing was observed of: {units}.")
        faults.append(told.format(units=_(", ").join(one[:60] for one in look.unknown[:5])))
    return faults


def _ordered(here: Sequence[facts.Fact], direction: int) -> list[facts.Fact]:
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
    stands = _in_indices(code)
    context: dict[str, Any] = {  # Any: template context
        "unit": found,
        "stands": stands,
        "of_risks": any(one.code == RISKS for *_, found in stands for one in found),
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
