"""Publishing a formal response (發布正式回應): the whole text once more, then the explicit act."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from minben.base.access import Request, official
from minben.base.refusals import sentence
from minben.casework import queries as casework
from minben.casework.rules import response_faults
from minben.demands import queries as demands
from minben.desk.forms import PublishForm
from minben.desk.views.pages import RESPONDING, UNPROCESSABLE, put_beside, show
from minben.desk.views.responses import own_case, view_of
from minben.kernel.refusal import Refusal
from minben.proposals import actions


@official(*RESPONDING)
def publish(request: Request, number: str) -> HttpResponse:
    """Show the response as everybody will read it; publish the revision that was shown."""
    proposal = own_case(request, number)
    if request.method != "POST":
        if proposal.state == "answered":
            return redirect("proposals:page", number=number)
        return _page(request, proposal)
    form = PublishForm(request.POST)
    if not form.is_valid():
        return _page(request, proposal, form, UNPROCESSABLE)
    try:
        actions.publish_answer(
            proposal_id=proposal.pk,
            revision=form.cleaned_data["revision"],
            by=request.actor,
            at=request.at,
        )
    except Refusal as refusal:
        if proposal.state == "answered":
            raise
        return _page(request, proposal, form, put_beside(form, refusal))
    messages.success(
        request, _("The formal response to %(number)s is public.") % {"number": number}
    )
    return redirect("proposals:page", number=number)


def _page(
    request: Request, proposal: Any, form: PublishForm | None = None, status: int = 200
) -> HttpResponse:
    """What is shown is the draft as it stands now, and its revision is what is confirmed next.

    Any: a proposal; its model is private to its module.
    """
    draft = casework.draft_of(proposal.case_id)
    faults = response_faults(draft.blocks, draft.adoption) if draft else {}
    hindrance = demands.hindrance(proposal.case_id) if draft and not faults else None
    fresh = PublishForm(initial={"revision": draft.revision if draft else 0})
    context = {
        "proposal": proposal,
        "draft": draft,
        "missing": list(faults),
        "hindrance": sentence(hindrance) if hindrance else "",
        "form": fresh,
        "errors": form.errors if form else {},
        "response": [view_of(proposal, draft.blocks, draft.adoption, request.at)] if draft else [],
    }
    return show(request, "responses/publish.html", context, status)
