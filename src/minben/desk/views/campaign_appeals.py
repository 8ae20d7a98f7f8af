"""Endorsers' appeals (附議申覆): queue and decision, by somebody who had no part in it."""

from functools import partial
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from minben.base.access import Request, official
from minben.desk.campaign_forms import JudgeForm
from minben.desk.views.deciding import decide
from minben.desk.views.pages import CHECKING, found, page_of, show
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

    def said(upheld: bool) -> str:
        if upheld:
            return _("Upheld: the endorsement counts again.")
        return _("The appeal is rejected.")

    return decide(
        request,
        JudgeForm,
        page=partial(_page, request, row),
        act=partial(actions.decide_campaign_appeal, appeal_id=row.pk),
        said=said,
        back="desk:campaign_appeals",
    )


def _page(request: Request, row: Any, form: Form, status: int) -> HttpResponse:
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
