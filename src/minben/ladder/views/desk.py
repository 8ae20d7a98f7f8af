"""Pages of the desk: what an agency states of a case's processes (參與程度之說明)."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from minben.base.access import Request, official
from minben.base.staff import found, show, tried
from minben.casework import queries as casework
from minben.casework.about import about_one
from minben.casework.queries.dossier import case_numbered
from minben.kernel.actor import Role
from minben.ladder import actions, queries
from minben.ladder.forms import ProcessForm, TellingForm, initial_of
from minben.ladder.permissions import may_state
from minben.ladder.rules import Kind

STATING = (Role.LEAD, Role.OFFICER)


def _own(request: Request, case_id: int) -> None:
    ids = [part.agency_id for part in casework.agencies_of_case(case_id)]
    if not may_state(request.actor, ids):
        raise PermissionDenied


@official(*STATING)
def of_case(request: Request, number: str) -> HttpResponse:
    """What is stated of a case, and the form for a process nothing is stated of yet."""
    case = found(case_numbered(number))
    _own(request, case.pk)
    form = ProcessForm(request.POST or None)
    status = 200
    if request.method == "POST":

        def state() -> None:
            actions.state_process(
                case_id=case.pk,
                kind=Kind(form.cleaned_data["kind"]),
                title=form.cleaned_data["title"],
                held_on=form.cleaned_data["held_on"],
                told=form.told,
                by=request.actor,
                at=request.at,
            )

        status = tried(form, state)
        if status == 200:
            messages.success(request, _("The statement is public."))
            return redirect("ladder_desk:of_case", number)
    return _page(request, case, form, status, None)


@official(*STATING)
def restate(request: Request, pk: int) -> HttpResponse:
    """State a process anew; what was stated before stays to be read."""
    process = found(queries.process(pk))
    _own(request, process.case_id)
    newest = found(queries.newest_of(pk))
    form = TellingForm(request.POST or None, initial=initial_of(newest))
    status = 200
    if request.method == "POST":

        def state() -> None:
            actions.restate_process(process_id=pk, told=form.told, by=request.actor, at=request.at)

        status = tried(form, state)
        if status == 200:
            messages.success(request, _("The statement is public."))
            return redirect("ladder_desk:of_case", process.case.number)
    return _page(request, process.case, form, status, process)


def _page(
    request: Request, case: Any, form: TellingForm, status: int, process: Any
) -> HttpResponse:
    """Any: models that are private to their modules."""
    context = {
        "number": case.number,
        "about": about_one(case.pk),
        "stated": queries.stated_in(case.pk) if process is None else (),
        "process": process,
        "form": form,
    }
    return show(request, "ladder/desk/case.html", context, status)
