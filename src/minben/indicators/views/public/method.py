"""How an index is computed (方法說明), made from the recipe and its newest run."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from minben.base.access import Request, public
from minben.base.hot_pages import kept
from minben.indicators.queries import pages, runs
from minben.indicators.telling import words
from minben.indicators.telling.basis import whole
from minben.indicators.telling.method import cells, rows, scales, versions
from minben.indicators.telling.steps import steps

PER_PAGE = 50


@public
@kept()
@require_safe
def method(request: Request, code: str) -> HttpResponse:
    """What it measures, of what, step by step, with the numbers of the newest run."""
    found = runs.method(code)
    if found is None:
        raise Http404
    recipe = runs.recipe_of(found)
    stored = runs.newest(code)
    if stored is not None and stored.method_id != found.pk:
        stored = None  # of an older version: its numbers are not this recipe's
    run = None if stored is None else whole(stored).run
    context: dict[str, Any] = {  # Any: template context
        "method": found,
        "recipe": recipe,
        "title": words.recipe_title(recipe),
        "notes": words.titled(recipe.document.get("notes", {}), ""),
        "basis": recipe.document.get("source", ""),
        "steps": steps(recipe),
        "rows": rows(recipe, run, pages.indicators_by_code(recipe.columns)),
        "titles": words.part_titles(recipe),
        "versions": versions(pages.versions_of(code)),
        "stored": stored,
        "sources": pages.sources_of(stored.pk) if stored else (),
    }
    if run is not None:
        period = max(run.table.by_period, default="")
        changed = cells(run)
        context |= {
            "period": period,
            "scales": scales(run, period),
            "cells": Paginator(changed, PER_PAGE).get_page(request.GET.get("page")),
            "changed": len(changed),
        }
    return render(request, "indicators/method/page.html", context)
