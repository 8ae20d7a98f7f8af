"""Formal responses (正式回應): what is due, and the editor of a draft."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from minben.base.access import Request, official
from minben.casework import actions
from minben.casework import queries as casework
from minben.casework.permissions import may_answer
from minben.casework.rules import RESPONSE_BLOCKS, Adoption
from minben.demands import queries as demands
from minben.desk.forms import ResponseForm
from minben.desk.views.pages import RESPONDING, UNPROCESSABLE, found, page_of, put_beside, show
from minben.kernel.refusal import Refusal
from minben.people import queries as people
from minben.phrases import inserting
from minben.phrases.rules import Kind
from minben.proposals.queries import desk as proposals
from minben.proposals.queries.page import ResponseBlock, ResponseView
from minben.proposals.words import Bilingual


@official(*RESPONDING)
@require_safe
def queue(request: Request) -> HttpResponse:
    """The cases of one's agency that await a response, soonest due first."""
    mine = request.actor.agency_ids
    context = {
        "page": page_of(request, proposals.awaiting_response(mine)),
        "answered": proposals.answered_by(mine),
    }
    return show(request, "responses/queue.html", context)


@official(*RESPONDING)
def response(request: Request, number: str) -> HttpResponse:
    """The editor: saving a draft, looking at it without saving, going on to publish."""
    proposal = own_case(request, number)
    if request.method != "POST":
        if proposal.state == "answered":
            return redirect("proposals:page", number=number)
        draft = casework.draft_of(proposal.case_id)
        initial = _initial(draft, demands.rolled_up(proposal.case_id))
        return _editor(request, proposal, ResponseForm(initial=initial), draft=draft)
    if inserting.asked(request):
        typed_on, status = inserting.inserted(
            request, ResponseForm, Kind.ANSWER, facts_of(proposal)
        )
        return _editor(request, proposal, typed_on, status)
    form = ResponseForm(request.POST)
    if not form.is_valid():
        return _editor(request, proposal, form, UNPROCESSABLE)
    act = request.POST.get("act", "save")
    if act == "preview":
        typed = view_of(proposal, form.blocks, form.cleaned_data["adoption"], request.at)
        return _editor(request, proposal, form, preview=[typed])
    try:
        _save(request, proposal, form)
    except Refusal as refusal:
        if refusal.code == "draft_changed":
            return _compare(request, proposal, form, refusal)
        return _editor(request, proposal, form, put_beside(form, refusal))
    if act == "publish":
        return redirect("desk:publish", number=number)
    messages.success(request, _("The draft is saved. Nothing is public yet."))
    return redirect("desk:response", number=number)


def own_case(request: Request, number: str) -> Any:
    """A case that awaits or has an answer, for its lead agency's people only.

    Any: a proposal; its model is private to its module.
    """
    proposal = found(proposals.proposal_of(number))
    if not may_answer(request.actor, proposal.case):
        raise Refusal("not_lead_agency")
    if proposal.state not in ("reached", "answered"):
        raise Refusal("not_answerable")
    return proposal


def facts_of(proposal: Any) -> inserting.Facts:
    """What templates are filled with. Any: as above."""
    case = proposal.case
    return inserting.Facts(case.number, proposal.subject, case.lead, proposal.response_due_at)


def view_of(proposal: Any, blocks: dict[str, str], adoption: str, at: Any) -> ResponseView:
    """A text not published yet, in the shape in which the public page shows published ones."""
    agency = proposal.case.lead
    return ResponseView(
        pk=0,
        agency=Bilingual(agency.name_zh, agency.name_en),
        at=at,
        interim=False,
        archived=False,
        adoption=adoption,
        blocks=tuple(ResponseBlock(code, blocks.get(code, "")) for code in RESPONSE_BLOCKS),
    )


def _initial(draft: Any, rolled_up: Adoption | None) -> dict[str, Any]:
    """The draft; where it has no adoption yet, what the demands add up to is chosen."""
    adoption = (draft.adoption if draft else "") or rolled_up or ""
    if draft is None:
        return {"revision": 0, "adoption": adoption}
    return {"revision": draft.revision, "adoption": adoption, **draft.blocks}


def _save(request: Request, proposal: Any, form: ResponseForm) -> None:
    if proposal.state == "answered":
        raise Refusal("response_published_already")
    actions.draft_response(
        case_id=proposal.case_id,
        blocks=form.blocks,
        adoption=form.cleaned_data["adoption"],
        revision=form.cleaned_data["revision"],
        by=request.actor,
        at=request.at,
    )


def _compare(request: Request, proposal: Any, form: ResponseForm, refusal: Refusal) -> HttpResponse:
    """Both texts side by side; saving again replaces the stored one, now knowingly."""
    theirs = casework.draft_of(proposal.case_id)
    data = request.POST.copy()
    data["revision"] = str(theirs.revision if theirs else 0)
    again = ResponseForm(data)
    again.is_valid()
    status = put_beside(again, refusal)
    stored = {**theirs.blocks, "adoption": theirs.adoption} if theirs else {}
    differing = {
        name: text for name, text in stored.items() if text != again.cleaned_data.get(name, "")
    }
    return _editor(
        request, proposal, again, status, draft=theirs, conflict=True, differing=differing
    )


def _editor(
    request: Request, proposal: Any, form: ResponseForm, status: int = 200, **more: Any
) -> HttpResponse:
    draft = more.setdefault("draft", None)
    context = {
        "proposal": proposal,
        "form": form,
        "phrases": inserting.offered(request, Kind.ANSWER),
        "names": people.names_of([draft.drafted_by]) if draft else {},
        "differing": {},
        **more,
    }
    return show(request, "responses/editor.html", context, status)
