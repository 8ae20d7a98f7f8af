"""Looking into an index (綜合指數探索): unit, period and comparator set are chosen; the wheel follows."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from minben.base.access import Request, public
from minben.base.hot_pages import kept
from minben.indicators.queries import runs
from minben.indicators.telling import words
from minben.indicators.telling.handing import citation, named
from minben.indicators.telling.parts import context_of, parts_of
from minben.indicators.telling.scene import Scene, scene_of
from minben.indicators.views.public.asking import asked_of, query_of
from minben.indicators.views.public.files import address_of


@public
@kept()
@require_safe
def explorer(request: Request, code: str) -> HttpResponse:
    """An index: a unit's wheel or profile, or another part of it; for htmx only what changes."""
    asked = asked_of(request)
    scene = scene_of(code, asked)
    if scene is None:
        return _not_computed(request, code)
    parts = parts_of(scene)
    show = asked.get("show") or parts[0].slug
    known = show in {part.slug for part in parts}
    context = _context(scene, asked) | {"parts": parts, "show": show, "known": known}
    faulty = bool(scene.choice.faults) or not known
    if not faulty:
        cite = citation(named(scene, address_of(request, code)))
        context |= context_of(scene, show, request.GET) | {"citation": cite}
        faulty = bool(context.get("missing"))
    partly = bool(request.headers.get("HX-Request")) and not request.headers.get("HX-Boosted")
    context["partly"] = partly
    name = "area" if partly else "page"
    status = 404 if faulty else 200
    response = render(request, f"indicators/explorer/{name}.html", context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _not_computed(request: Request, code: str) -> HttpResponse:
    """A method without a run says so, and where its method stands."""
    method = runs.method(code)
    if method is None:
        raise Http404
    recipe = runs.recipe_of(method)
    context = {"method": method, "recipe": recipe, "title": words.recipe_title(recipe)}
    return render(request, "indicators/explorer/not_computed.html", context)


def _context(scene: Scene, asked: dict[str, str]) -> dict[str, Any]:  # Any: template context
    choice = scene.choice
    table = scene.whole.run.table
    here = {
        unit
        for unit, period in zip(table.units, table.periods, strict=True)
        if period == choice.period
    }
    units = sorted((scene.called.get(one, one), one) for one in here)
    counted = asked.get("unit", "") in table.units  # else it may be one to estimate
    kept = asked if counted else {name: text for name, text in asked.items() if name != "unit"}
    return {
        "scene": scene,
        "choice": choice,
        "title": words.recipe_title(scene.recipe),
        "titles": words.part_titles(scene.recipe),
        "called": scene.called,
        "unit_name": scene.called.get(choice.unit, choice.unit),
        "units": units,
        "periods": sorted(table.by_period, reverse=True),
        "groups": scene.recipe.groups,
        "chosen_unit": choice.unit,
        "choice_asked": asked.get("unit", ""),
        "uncounted": "" if counted else asked.get("unit", ""),
        "query": query_of(kept, "unit", "period", "with", "result"),
        "twin": query_of(kept, "unit", "period"),
        "files_at": "indicators:figure",
        "files_code": scene.method.code,
        "files_query": query_of(asked, "unit", "period", "with", "result", "other", "by"),
        "open_terms": scene.open_terms,
    }
