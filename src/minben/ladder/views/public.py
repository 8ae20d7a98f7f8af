"""The criteria of the ladder and where processes stand (公民參與階梯之判準)."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from minben.base.access import Request, public
from minben.base.hot_pages import kept
from minben.ladder.queries import MOST, counts, told_lines
from minben.ladder.rules import BASIS, NEEDS, Rung


@public
@kept()
@require_safe
def ladder(request: Request) -> HttpResponse:
    """The eight rungs with what each asks for, and the newest processes that were stated."""
    lines = told_lines()
    found = counts(lines)
    rows = [(rung, NEEDS.get(rung, ()), found[rung]) for rung in reversed(Rung)]
    context = {"rows": rows, "lines": lines, "n": len(lines), "most": MOST, "basis": BASIS}
    return render(request, "ladder/about.html", context)
