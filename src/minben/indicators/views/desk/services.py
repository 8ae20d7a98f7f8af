"""Public services of agencies: added one by one, and changed by those whose they are."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from minben.base.access import Request, official
from minben.base.presentation import is_chinese
from minben.base.staff import UNPROCESSABLE, found, show
from minben.base.staff import tried as tried_form
from minben.indicators import actions
from minben.indicators.engine.faults import Faulty
from minben.indicators.fault_words import said
from minben.indicators.forms.services import NewServiceForm, ServiceForm, initial_of
from minben.indicators.models import Unit
from minben.indicators.permissions import KEEPING, may_keep
from minben.indicators.queries import facts
from minben.kernel.actor import Role
from minben.kernel.refusal import Refusal
from minben.people import queries as people

# Beside which field a fault of the registry stands; others stand where they say.
BESIDE: Final = {"name_taken": "name_zh", "agency_unknown": "agency", "agency_not_yours": "agency"}


@official(*KEEPING)
def add(request: Request) -> HttpResponse:
    """Register a service of an agency."""
    form = NewServiceForm(request.POST or None, agencies=agencies(request))
    status = 200
    if request.method == "POST":
        status = tried(
            form,
            lambda: actions.register_service(
                draft=form.draft(form.cleaned_data["code"]), by=request.actor, at=request.at
            ),
        )
        if status == 200:
            messages.success(request, _("The service is registered; imports know it from now on."))
            return redirect("indicators_desk:unit", code=form.cleaned_data["code"])
    return show(request, "indicators/desk/add_service.html", {"form": form}, status)


@official(*KEEPING)
def change(request: Request, code: str) -> HttpResponse:
    """Change names, agency and relations of a service."""
    service = found(facts.unit_of(code))
    if not may_change(request, service):
        raise Refusal("indicators_units_not_yours")
    form = ServiceForm(
        request.POST or None,
        agencies=agencies(request, service),
        initial=initial_of(service),
    )
    status = 200
    if request.method == "POST":
        status = tried(
            form,
            lambda: actions.change_service(draft=form.draft(code), by=request.actor, at=request.at),
        )
        if status == 200:
            messages.success(request, _("The service is changed."))
            return redirect("indicators_desk:unit", code=code)
    context = {"form": form, "unit": service}
    return show(request, "indicators/desk/change_service.html", context, status)


def may_change(request: Request, unit: Unit) -> bool:
    """Whether it is a service, and the reader's to change."""
    return unit.agency_id is not None and may_keep(request.actor, unit.agency_id)


def agencies(request: Request, service: Unit | None = None) -> list[tuple[str, Any]]:
    """Whose a service can be: those the reader acts for, administrators all. Any: names."""
    own = request.actor.agency_ids
    rows = [
        one
        for one in people.all_agencies(request.at)
        if request.actor.has(Role.ADMINISTRATOR) or one.pk in own
    ]
    if service is not None and service.agency and service.agency not in rows:
        rows.append(service.agency)  # it ended
    told: list[tuple[str, Any]] = [
        (one.code, one.name_zh if is_chinese() or not one.name_en else one.name_en) for one in rows
    ]
    # Among several none is chosen by chance.
    return [("", _("Choose the agency")), *told] if len(told) > 1 else told


def tried(form: ServiceForm, act: Callable[[], object]) -> int:
    """Do it if the form is whole; every fault stands beside its field."""
    try:
        return tried_form(form, act)
    except Faulty as error:
        for fault in error.faults:
            field = BESIDE.get(fault.code, fault.where)
            form.add_error(field if field in form.fields else None, said(fault))
        return UNPROCESSABLE
