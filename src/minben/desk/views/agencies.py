"""Naming the responsible agencies (權責機關): by who holds the check, or by the administrator."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from minben.assigning.queries import offers as assigning
from minben.assigning.rules.offers import FORCED_BASIS, forced_from
from minben.base import staff
from minben.base.access import Request, official
from minben.casework import queries as casework
from minben.desk.agency_naming import ForceForm
from minben.desk.forms import AgenciesForm
from minben.desk.templatetags.desk import named
from minben.desk.views.pages import CHECKING, UNPROCESSABLE, found, put_beside, show
from minben.kernel.actor import Role
from minben.kernel.refusal import Refusal
from minben.people import queries as people
from minben.proposals import actions
from minben.proposals.queries import desk as proposals


@official(*CHECKING)
def agencies(request: Request, number: str) -> HttpResponse:
    """Name up to three agencies, the lead first; the case's own rule set says how many."""
    proposal = found(proposals.proposal_of(number))
    chosen = casework.agencies_of_case(proposal.case_id)
    form = _form(request, proposal, chosen)
    # The administrator comes from the case, the checker from the check.
    back = reverse("desk:check" if _is_checked(proposal, request) else "desk:record", args=[number])
    status = 200
    if request.method == "POST":
        status = _assign(request, proposal, form)
        if status == 200:
            messages.success(request, _("The responsible agencies are named."))
            return redirect(back)
    context = {"proposal": proposal, "form": form, "chosen": chosen, "back": back}
    context["suggestion"] = actions.suggest_agencies(
        proposal=proposal, by=request.actor, at=request.at
    )
    context["offers"] = assigning.offers_of(proposal.case_id) if chosen else ()
    context["may_force"] = (
        request.actor.has(Role.ADMINISTRATOR)
        and proposal.state in ("endorsing", "reached")
        and proposal.endorsed >= forced_from(proposal.threshold)
    )
    return show(request, "cases/agencies.html", context, status)


@official(Role.ADMINISTRATOR)
def force(request: Request, number: str) -> HttpResponse:
    """Name agencies that can't dispute it, from a number of endorsements on (強制分辦)."""
    proposal = found(proposals.proposal_of(number))
    chosen = casework.agencies_of_case(proposal.case_id)
    form = _form(request, proposal, chosen, ForceForm)
    status = 200
    if request.method == "POST":
        status = _assign(request, proposal, form, force=True)
        if status == 200:
            messages.success(request, _("The assignment is forced. Everybody can see it."))
            return redirect("desk:agencies", number=number)
    context = {
        "proposal": proposal,
        "form": form,
        "back": reverse("desk:agencies", args=[number]),
        "least": forced_from(proposal.threshold),
        "basis": FORCED_BASIS,
    }
    return staff.show(request, "assigning/force.html", context, status)


def agency_choices(rows: Iterable[Any]) -> list[tuple[str, str]]:
    """Agencies as choices of a form. Any: agencies; their model is private to people."""
    return [(str(row.pk), named(row)) for row in rows]


def _is_checked(proposal: Any, request: Request) -> bool:
    return proposal.state == "checking" or not request.actor.has(Role.ADMINISTRATOR)


def _form(
    request: Request,
    proposal: Any,
    chosen: Sequence[Any],
    kind: type[AgenciesForm] = AgenciesForm,
) -> AgenciesForm:
    known = {row.pk: row for row in people.agencies_of(proposal.case.jurisdiction.code, request.at)}
    # One that has been dissolved since it was named stays nameable where it is named already.
    known.update({row.agency_id: row.agency for row in chosen})
    return kind(
        request.POST if request.method == "POST" else None,
        agencies=agency_choices(known.values()),
        most=proposal.case.rule_set.rules.max_agencies,
        initial={f"agency_{place}": str(row.agency_id) for place, row in enumerate(chosen)},
    )


def _assign(request: Request, proposal: Any, form: AgenciesForm, *, force: bool = False) -> int:
    if not form.is_valid():
        return UNPROCESSABLE
    of_whom = {"proposal_id": proposal.pk, "agency_ids": form.agency_ids}
    try:
        if force:
            actions.force_agencies(
                **of_whom, reason=form.cleaned_data["reason"], by=request.actor, at=request.at
            )
        else:
            actions.name_agencies(**of_whom, by=request.actor, at=request.at)
    except Refusal as refusal:
        return put_beside(form, refusal)
    return 200
