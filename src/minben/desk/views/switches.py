"""Switches (服務開關): what is stopped, the page that stops it or lets it go on, what was done."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from minben.audit import queries as audit
from minben.base.access import Request, official
from minben.desk.switch_form import SwitchForm
from minben.desk.views.pages import UNPROCESSABLE, put_beside, show
from minben.kernel.actor import Role
from minben.kernel.refusal import Refusal
from minben.operations import actions, queries
from minben.operations.rules import Service
from minben.operations.words import EFFECTS, NAMES
from minben.people import queries as people

HISTORY_SHOWN = 50


@official(Role.ADMINISTRATOR)
@require_safe
def switches(request: Request) -> HttpResponse:
    """Every switch as it stands, and the newest changes of all of them."""
    rows = [_row(switch) for switch in queries.switches()]
    history = audit.of_kind("operations.switched", HISTORY_SHOWN)
    actors = {row["switch"].changed_by for row in rows} | {event.actor for event in history}
    context = {
        "rows": rows,
        "history": [{"event": event, "name": _name(event.data["switch"])} for event in history],
        "names": people.names_of(actors - {""}),
    }
    return show(request, "switches/list.html", context)


@official(Role.ADMINISTRATOR)
def switch(request: Request, service: str) -> HttpResponse:
    """The form that stops a service or lets it go on, and the act."""
    if service not in set(Service):
        raise Http404
    row = _row(next(one for one in queries.switches() if one.service == service))
    # The form says what it was made for, so that sending it twice does not undo it.
    stop = request.POST.get("act") == "stop" if request.POST else not row["switch"].stopped
    form = SwitchForm(request.POST if request.method == "POST" else None, stop=stop)
    context = {**row, "form": form, "stop": stop}
    if request.method != "POST":
        return show(request, "switches/switch.html", context)
    if not form.is_valid():
        return show(request, "switches/switch.html", context, UNPROCESSABLE)
    reasons = {name: form.cleaned_data[name] for name in ("reason_zh", "reason_en")}
    try:
        actions.set_switch(
            service=Service(service), stop=stop, **reasons, by=request.actor, at=request.at
        )
    except Refusal as refusal:
        return show(request, "switches/switch.html", context, put_beside(form, refusal))
    told = _("%(name)s: stopped.") if stop else _("%(name)s: goes on.")
    messages.success(request, told % {"name": _name(service)})
    return redirect("desk:switches")


def _name(service: str) -> str:
    return str(NAMES[Service(service)])


def _row(switch: Any) -> dict[str, Any]:
    """A switch in words. Any: its model is private to its module."""
    service = Service(switch.service)
    return {"switch": switch, "name": NAMES[service], "effect": EFFECTS[service]}
