"""Appeals against hiding (申覆): queue and decision, by somebody else than who hid it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from minben.base.access import Request, official
from minben.desk.forms import AppealForm
from minben.desk.views.pages import CHECKING, UNPROCESSABLE, found, page_of, put_beside, show
from minben.kernel.refusal import Refusal
from minben.people import queries as people
from minben.proposals import actions
from minben.proposals.queries import desk as proposals
from minben.proposals.queries.evidence import evidence_of


@official(*CHECKING)
@require_safe
def queue(request: Request) -> HttpResponse:
    """What waits for its decision, soonest due first."""
    page = page_of(request, proposals.appeals_waiting())
    return show(request, "appeals/queue.html", {"page": page})


@official(*CHECKING)
def appeal(request: Request, number: str) -> HttpResponse:
    """The appeal beside the decision it attacks, and the act of deciding."""
    row = found(proposals.appeal_of(number))
    form = AppealForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _page(request, row, form)
    if not form.is_valid():
        return _page(request, row, form, UNPROCESSABLE)
    upheld = form.cleaned_data["upheld"] == "yes"
    try:
        actions.decide_appeal(
            proposal_id=row.proposal_id,
            upheld=upheld,
            reason=form.cleaned_data["reason"],
            by=request.actor,
            at=request.at,
        )
    except Refusal as refusal:
        return _page(request, row, form, put_beside(form, refusal))
    sentence = (
        _("The appeal in %(number)s is upheld; the proposal is restored.")
        if upheld
        else _("The appeal in %(number)s is rejected; the proposal stays hidden.")
    )
    messages.success(request, sentence % {"number": number})
    return redirect("desk:appeals")


def _page(request: Request, row: Any, form: AppealForm, status: int = 200) -> HttpResponse:
    """Any: an appeal; its model is private to proposals."""
    check = row.proposal.check_record
    context = {
        "appeal": row,
        "proposal": row.proposal,
        "check": check,
        "evidence": evidence_of(row.proposal.evidence),
        "ground": row.proposal.case.rule_set.rules.ground(check.ground),
        "names": people.names_of([row.hidden_by, row.decided_by, check.decided_by]),
        "form": form,
        "hid_it": row.hidden_by == request.actor.id,
        "own": row.proposal.proposer_id == request.actor.person_id,
    }
    return show(request, "appeals/appeal.html", context, status)
