"""Endorsers' appeals (附議申覆): queue and decision, by somebody who had no part in it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from minben.base.access import Request, official
from minben.desk.campaign_forms import JudgeForm
from minben.desk.views.pages import CHECKING, UNPROCESSABLE, found, page_of, put_beside, show
from minben.kernel.refusal import Refusal
from minben.people import queries as people
from minben.proposals import actions
from minben.proposals.invalidation import judge_fault
from minben.proposals.queries import campaigns as rows


@official(*CHECKING)
@require_safe
def queue(request: Request) -> HttpResponse:
    """What waits for its decision, soonest due first."""
    page = page_of(request, rows.appeals_waiting())
    return show(request, "campaigns/appeals.html", {"page": page})


@official(*CHECKING)
def appeal(request: Request, appeal_id: int) -> HttpResponse:
    """One appeal beside what it attacks, and the act of deciding."""
    row = found(rows.appeal_of(appeal_id))
    form = JudgeForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _page(request, row, form)
    if not form.is_valid():
        return _page(request, row, form, UNPROCESSABLE)
    upheld = form.cleaned_data["upheld"] == "yes"
    try:
        actions.decide_campaign_appeal(
            appeal_id=row.pk,
            upheld=upheld,
            reason=form.cleaned_data["reason"],
            by=request.actor,
            at=request.at,
        )
    except Refusal as refusal:
        return _page(request, row, form, put_beside(form, refusal))
    said = _("Upheld: the endorsement counts again.") if upheld else _("The appeal is rejected.")
    messages.success(request, said)
    return redirect("desk:campaign_appeals")


def _page(request: Request, row: Any, form: JudgeForm, status: int = 200) -> HttpResponse:
    """Any: an appeal; its model is private to proposals."""
    context = {
        "appeal": row,
        "campaign": row.entry.campaign,
        "proposal": row.entry.campaign.proposal,
        "line": row.entry.endorsement,
        "names": people.names_of([row.decided_by, row.campaign_proposer, row.campaign_approver]),
        "form": form,
        "involved": bool(
            judge_fault(
                request.actor.id,
                endorser=row.filed_by,
                proposed_by=row.campaign_proposer,
                approved_by=row.campaign_approver,
            )
        ),
    }
    return show(request, "campaigns/appeal.html", context, status)
