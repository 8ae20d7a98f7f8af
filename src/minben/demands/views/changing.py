"""Changing one demand of a split: its words, who is responsible, leaving it out."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from minben.base.access import Request, official
from minben.base.staff import UNPROCESSABLE, found, put_beside, show
from minben.casework import queries as casework
from minben.demands import actions
from minben.demands.forms import AgencyForm, LeaveOutForm, WordsForm
from minben.demands.permissions import WRITING, may_split
from minben.demands.queries import desk
from minben.demands.rules import SPLIT_BASIS, DemandState
from minben.demands.templatetags.demands import agency_name
from minben.kernel.refusal import Refusal
from minben.people import queries as people

if TYPE_CHECKING:
    from django import forms

    from minben.demands.models import Demand

_DONE = {
    "words": gettext_lazy("The words are changed. Publish the split to show them."),
    "agency": gettext_lazy("The responsible agency is named."),
    "leave_out": gettext_lazy("The demand is left out."),
}


@official(*WRITING)
def change(request: Request, demand_id: int) -> HttpResponse:
    """Three forms, one at a time: words, agency, leaving out."""
    demand = found(desk.demand(demand_id))
    if not may_split(request.actor, demand.case):
        raise Refusal("demands_not_lead_agency", basis=SPLIT_BASIS, rule=SPLIT_BASIS)
    act = request.POST.get("act", "") if request.method == "POST" else ""
    forms = _forms(request, demand, act)
    if act not in forms:
        return _page(request, demand, forms)
    form = forms[act]
    if not form.is_valid():
        return _page(request, demand, forms, UNPROCESSABLE)
    try:
        _ACTS[act](request, demand, form.cleaned_data)
    except Refusal as refusal:
        return _refused(request, demand, forms, act, refusal)
    messages.success(request, str(_DONE[act]))
    return redirect("demands_desk:split", number=demand.case.number)


def _forms(request: Request, demand: "Demand", act: str) -> dict[str, "forms.Form"]:
    """The three forms; the one that was sent holds what was typed."""
    data = {act: request.POST}
    others = [
        (str(row.pk), f"{row.number}. {row.text}")
        for row in desk.desk_of(demand.case_id).open_rows
        if row.pk != demand.pk
    ]
    words = {
        "text": demand.text,
        "drawn_from": demand.drawn_from,
        "revision": demand.revision,
    }
    return {
        "words": WordsForm(data.get("words"), initial=words, auto_id="words_%s"),
        "agency": AgencyForm(
            data.get("agency"),
            agencies=_agencies(request, demand),
            initial={"agency": demand.agency_id or ""},
            auto_id="agency_%s",
        ),
        "leave_out": LeaveOutForm(data.get("leave_out"), others=others, auto_id="out_%s"),
    }


def _agencies(request: Request, demand: "Demand") -> list[tuple[str, str]]:
    """Agencies of the government that exist now; those of the case first."""
    of_case = [part.agency_id for part in casework.agencies_of_case(demand.case_id)]
    rows = people.agencies_of(demand.case.jurisdiction.code, request.at)
    first = {pk: place for place, pk in enumerate(of_case)}
    ordered = sorted(rows, key=lambda row: first.get(row.pk, len(first)))
    return [(str(row.pk), agency_name(row)) for row in ordered]


def _words(request: Request, demand: "Demand", data: dict[str, Any]) -> None:
    actions.reword_demand(
        demand_id=demand.pk,
        text=data["text"],
        drawn_from=data["drawn_from"],
        revision=data["revision"] or 0,
        by=request.actor,
        at=request.at,
    )


def _agency(request: Request, demand: "Demand", data: dict[str, Any]) -> None:
    agency_id = int(data["agency"]) if data["agency"] else None
    actions.assign_demand(demand_id=demand.pk, agency_id=agency_id, by=request.actor, at=request.at)


def _leave_out(request: Request, demand: "Demand", data: dict[str, Any]) -> None:
    told: Any = {"demand_id": demand.pk, "why": data["why"], "by": request.actor, "at": request.at}
    if data["into"]:
        actions.merge_demand(into_id=int(data["into"]), **told)
    else:
        actions.drop_demand(**told)


_ACTS: dict[str, Callable[[Request, "Demand", dict[str, Any]], None]] = {
    "words": _words,
    "agency": _agency,
    "leave_out": _leave_out,
}


def _refused(
    request: Request,
    demand: "Demand",
    forms: dict[str, "forms.Form"],
    act: str,
    refusal: Refusal,
) -> HttpResponse:
    """What was typed, with the sentence; of two writers the second sees both texts."""
    stored = None
    if refusal.code == "demand_changed":
        stored = found(desk.demand(demand.pk))
        data = request.POST.copy()
        data["revision"] = str(stored.revision)
        forms["words"] = WordsForm(data, auto_id="words_%s")
        forms["words"].is_valid()
    status = put_beside(forms[act], refusal)
    return _page(request, demand, forms, status, stored=stored)


def _page(
    request: Request,
    demand: "Demand",
    forms: dict[str, "forms.Form"],
    status: int = 200,
    stored: "Demand | None" = None,
) -> HttpResponse:
    context = {
        "demand": demand,
        "forms": forms,
        "refused": next((form for form in forms.values() if form.errors), None),
        "open": demand.state == DemandState.OPEN and demand.case.closed_at is None,
        "stored": stored,
        "rule": SPLIT_BASIS,
    }
    return show(request, "demands/change.html", context, status)


@official(*WRITING)
@require_POST
def restore(request: Request, demand_id: int) -> HttpResponse:
    """Take a demand in again that was left out."""
    found(desk.demand(demand_id))
    row = actions.restore_demand(demand_id=demand_id, by=request.actor, at=request.at)
    messages.success(request, _("The demand stands again."))
    return redirect("demands_desk:split", number=row.case.number)
