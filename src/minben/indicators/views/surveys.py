"""Surveys (抽樣調查): two waves side by side, and what is said of them judged by rule."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from minben.base.access import Request, public
from minben.base.hot_pages import kept
from minben.indicators.models import Source
from minben.indicators.queries import waves
from minben.indicators.queries.pages import names_of
from minben.indicators.surveys.claims import Figure
from minben.indicators.telling import wave_pages, words
from minben.indicators.telling.statements import all_judged, statements_csv

LONGEST = 60


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the address asks for, or the first and the last; with what is wrong with it."""

    unit: str
    earlier: str
    later: str
    figures: tuple[Figure, ...]
    units: tuple[str, ...]
    periods: tuple[str, ...]
    faults: tuple[str, ...]


@public
@kept()
@require_safe
def surveys(request: Request) -> HttpResponse:
    """All surveys."""
    return render(request, "indicators/surveys/list.html", {"surveys": waves.surveys()})


@public
@kept()
@require_safe
def survey(request: Request, code: str) -> HttpResponse:
    """A survey: points and growth side by side, who was asked, and findings."""
    source = _survey(code)
    chosen = _chosen(request, source)
    rows = wave_pages.rows_of(chosen.figures, chosen.earlier, chosen.later)
    said = waves.said_of(source)
    own = [one for one in said if one.unit == chosen.unit]
    cards = wave_pages.cards_of(chosen.figures, own, chosen.earlier, chosen.later)
    title = source.title_zh if request.LANGUAGE_CODE != "en" else source.title_en
    context: dict[str, Any] = {  # Any: template context
        "source": source,
        "title": title,
        "chosen": chosen,
        "names": _names(chosen.units),
        "rows": rows,
        "bases": wave_pages.bases_of(chosen.figures),
        "tested": sum(row.stands is not None for row in rows),
        "cards": cards,
        "withdrawn": wave_pages.withdrawn_of(own, chosen.earlier, chosen.later),
        "others": wave_pages.others_of(said, chosen.unit, chosen.earlier, chosen.later),
        "tally": wave_pages.tallied(cards),
        "counted": wave_pages.counted(cards) if cards else "",
        "pair": wave_pages.picture(rows, title, chosen.earlier, chosen.later),
        "query": f"unit={chosen.unit}&other={chosen.earlier}&period={chosen.later}",
    }
    status = 404 if chosen.faults else 200
    return render(request, "indicators/surveys/page.html", context, status=status)


@public
@require_safe
def survey_csv(request: Request, code: str) -> HttpResponse:
    """The table as a file, if the source lets its values be passed on."""
    source = _survey(code)
    if not source.open_terms:
        raise Http404  # the page says why and does not link here
    chosen = _chosen(request, source)
    if chosen.faults or not chosen.figures:
        raise Http404
    rows = wave_pages.rows_of(chosen.figures, chosen.earlier, chosen.later)
    content = wave_pages.table_csv(rows, chosen.earlier, chosen.later)
    return _file(content, f"{source.code}-{chosen.unit}-{chosen.earlier}-{chosen.later}.csv")


@public
@require_safe
def statements(request: Request, code: str) -> HttpResponse:
    """Everything that is said of a survey with its verdict, of all units and periods, as a file."""
    source = _survey(code)
    rows = all_judged(waves.said_of(source), waves.figures_of(source))
    return _file(statements_csv(rows), f"{source.code}-statements.csv")


def _file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _survey(code: str) -> Source:
    source = waves.survey_of(code)
    if source is None:
        raise Http404
    return source


def _chosen(request: Request, source: Source) -> Chosen:
    """Bad values are told, and the page stays usable with the ones it would have shown."""
    by_unit = waves.figures_of(source)
    units = tuple(sorted(by_unit))
    faults = []
    unit = _asked(request, "unit")
    if unit not in by_unit:
        if unit:
            faults.append(_("There are no figures for “{asked}”.").format(asked=unit))
        unit = units[0] if units else ""
    figures = by_unit.get(unit, [])
    periods = tuple(waves.periods_of(figures))
    earlier, later = _asked(request, "other"), _asked(request, "period")
    faults += [
        _("There are no figures for “{asked}”.").format(asked=asked)
        for asked in (earlier, later)
        if asked and asked not in periods
    ]
    later = later if later in periods else (periods[-1] if periods else "")
    before = [one for one in periods if one < later]
    if earlier and earlier in periods and earlier >= later:
        faults.append(_("Choose an earlier period to compare with."))
    if earlier not in before:
        earlier = before[-1] if before else ""
    return Chosen(unit, earlier, later, tuple(figures), units, periods, tuple(faults))


def _asked(request: Request, name: str) -> str:
    return request.GET.get(name, "").strip()[:LONGEST]


def _names(units: tuple[str, ...]) -> dict[str, str]:
    return {code: words.said(name) for code, name in names_of(units).items()}
