"""The clock wall (期限牆): every duty of the government, and how each agency keeps its time."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from minben.base.access import Request, public
from minben.base.hot_pages import kept
from minben.casework.queries.wall import State
from minben.portal.clock_wall import wall

WORDS = {
    State.OVERDUE: _("Overdue"),
    State.SOON: _("Due within 7 days"),
    State.OPEN: pgettext_lazy("clock", "Running"),
    State.EXTENDED: pgettext_lazy("clock", "Extended"),
    State.EARLY: _("Done in time"),
    State.LATE: _("Done late"),
    State.NEVER: _("Never done"),
}
CODE_MAX = 40


@public
@kept()
@require_safe
def clock(request: Request) -> HttpResponse:
    """What is overdue first; the other states, one agency and the next page are one link away."""
    asked = {name: request.GET.get(name, "") for name in ("state", "agency", "after")}
    shown = wall(request.at, asked["state"], asked["agency"][:CODE_MAX], asked["after"])
    query = {"state": shown.state.value} | ({"agency": shown.agency} if shown.agency else {})
    states = [
        {"code": state.value, "word": word, "count": shown.counts[state]}
        for state, word in WORDS.items()
    ]
    context = {
        "wall": shown,
        "states": states,
        "words": {state.value: word for state, word in WORDS.items()},
        "feed": f"?{urlencode({'agency': shown.agency})}" if shown.agency else "",
        "query": urlencode(query | ({"after": asked["after"]} if asked["after"] else {})),
        "next": urlencode(query | {"after": shown.after}) if shown.after else "",
    }
    return render(request, "portal/clock.html", context)
