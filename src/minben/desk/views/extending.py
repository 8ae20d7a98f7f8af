"""Extending the time for an answer (延長回應期限): what is due, the latest day, and the public act."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from minben.base.access import Request, official
from minben.casework import queries as casework
from minben.casework.rules import DeadlineKind
from minben.desk.forms import ExtensionForm
from minben.desk.views.pages import RESPONDING, UNPROCESSABLE, put_beside, show
from minben.desk.views.responses import facts_of, own_case
from minben.kernel.refusal import Refusal
from minben.phrases import inserting
from minben.phrases.rules import Kind
from minben.proposals import actions


@official(*RESPONDING)
def extend(request: Request, number: str) -> HttpResponse:
    """Say until when and why; both become public with the act."""
    proposal = own_case(request, number)
    if request.method != "POST":
        if proposal.state == "answered":
            return redirect("proposals:page", number=number)
        return _page(request, proposal, ExtensionForm())
    if inserting.asked(request):
        facts = facts_of(proposal)
        form, status = inserting.inserted(request, ExtensionForm, Kind.EXTENSION, facts)
        return _page(request, proposal, form, status)
    form = ExtensionForm(request.POST)
    if not form.is_valid():
        return _page(request, proposal, form, UNPROCESSABLE)
    try:
        actions.extend_response(
            proposal_id=proposal.pk,
            until=form.cleaned_data["until"],
            reason=form.cleaned_data["reason"],
            by=request.actor,
            at=request.at,
        )
    except Refusal as refusal:
        return _page(request, proposal, form, put_beside(form, refusal))
    messages.success(request, _("The extension and its reason are public."))
    return redirect("desk:response", number=number)


def _page(request: Request, proposal: Any, form: ExtensionForm, status: int = 200) -> HttpResponse:
    """Any: a proposal; its model is private to its module."""
    deadline = casework.open_deadline(proposal.case_id, DeadlineKind.RESPONSE)
    extension = casework.extension_of(deadline) if deadline else None
    context = {
        "proposal": proposal,
        "form": form,
        "phrases": inserting.offered(request, Kind.EXTENSION),
        "deadline": deadline,
        "extension": extension,
        "late": deadline is not None and deadline.due_at <= request.at,
        "latest": casework.latest_extension(proposal.case, deadline) if deadline else None,
        "term": proposal.case.rule_set.rules.duties.extension,
    }
    return show(request, "responses/extend.html", context, status)
