"""Looking into endorsements (附議查核): list, new with a dry run, one campaign with its acts."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from minben.base.access import Request, official
from minben.base.presentation import is_chinese
from minben.base.refusals import sentence, status_of
from minben.desk.campaign_forms import CampaignForm, WhyForm
from minben.desk.views.pages import UNPROCESSABLE, found, page_of, put_beside, show
from minben.kernel.actor import Role
from minben.kernel.refusal import Refusal
from minben.people import queries as people
from minben.proposals import actions
from minben.proposals.conditions import PATTERN_MAX, conditions_fault
from minben.proposals.invalidation import CampaignState, turn_of
from minben.proposals.queries import campaigns as rows
from minben.proposals.queries import desk as proposals
from minben.proposals.queries.dry_run import dry_run
from minben.proposals.rules import State

AT_ONCE = 4  # batches done while the browser waits; the tick does the rest
Act = Callable[..., Any]


@official(Role.ADMINISTRATOR)
@require_safe
def campaigns(request: Request) -> HttpResponse:
    """Every campaign, or those that wait; and a way to begin one."""
    number = request.GET.get("number", "").strip()
    if number and proposals.proposal_of(number):
        return redirect("desk:new_campaign", number)
    waiting = request.GET.get("show") == "waiting"
    context = {
        "page": page_of(request, rows.campaigns(waiting=waiting)),
        "waiting": waiting,
        "appeals": rows.appeals_waiting().count(),
        "number": number,
    }
    return show(request, "campaigns/list.html", context, 404 if number else 200)


@official(Role.ADMINISTRATOR)
def new(request: Request, number: str) -> HttpResponse:
    """Say which endorsements and why; look at what that would do; then propose it."""
    proposal = found(proposals.proposal_of(number))
    form = _form(request)
    if request.method != "POST":
        return _new_page(request, proposal, form)
    if not form.is_valid():
        return _new_page(request, proposal, form, UNPROCESSABLE)
    code, field = conditions_fault(form.conditions)
    if code:
        status = put_beside(form, Refusal(code, field=field, limit=PATTERN_MAX))
        return _new_page(request, proposal, form, status)
    if request.POST.get("act") != "propose":
        return _new_page(request, proposal, form, dry=dry_run(proposal, form.conditions))
    try:
        campaign = _propose(request, proposal, form)
    except Refusal as refusal:
        return _new_page(request, proposal, form, put_beside(form, refusal))
    messages.success(request, _("It is proposed. Next, it is counted; then somebody else decides."))
    return redirect("desk:campaign", campaign.pk)


@official(Role.ADMINISTRATOR)
@require_safe
def campaign(request: Request, campaign_id: int) -> HttpResponse:
    """One campaign: what was counted, who decided, how far it is."""
    return _screen(request, campaign_id)


@official(Role.ADMINISTRATOR)
@require_POST
def count(request: Request, campaign_id: int) -> HttpResponse:
    """Count, and freeze what was counted."""
    said = _("It is counted. Somebody else has to approve it now.")
    return _do(request, campaign_id, actions.count_campaign, said)


@official(Role.ADMINISTRATOR)
@require_POST
def approve(request: Request, campaign_id: int) -> HttpResponse:
    """Approve what somebody else proposed."""
    return _do(request, campaign_id, actions.approve_campaign, _("It is approved."))


@official(Role.ADMINISTRATOR)
@require_POST
def run(request: Request, campaign_id: int) -> HttpResponse:
    """Begin, or go on; a large one is finished by the platform itself."""
    said = _("It has begun. The endorsers concerned are told how to appeal.")
    return _do(request, campaign_id, actions.run_campaign, said, batches=AT_ONCE)


@official(Role.ADMINISTRATOR)
@require_POST
def restore(request: Request, campaign_id: int) -> HttpResponse:
    """Approve that it is taken back, or go on with that."""
    said = _("It is being taken back. The endorsers concerned are told.")
    return _do(request, campaign_id, actions.restore_campaign, said, batches=AT_ONCE)


@official(Role.ADMINISTRATOR)
@require_POST
def reject(request: Request, campaign_id: int) -> HttpResponse:
    """Drop it before it has begun, with a reason."""
    return _do_with_reason(request, campaign_id, actions.reject_campaign, _("It is dropped."))


@official(Role.ADMINISTRATOR)
@require_POST
def ask_back(request: Request, campaign_id: int) -> HttpResponse:
    """Propose that it is taken back whole, with a reason; somebody else decides."""
    said = _("It is proposed that this be taken back. Somebody else has to approve it.")
    return _do_with_reason(request, campaign_id, actions.ask_restoration, said)


def _form(request: Request) -> CampaignForm:
    zh = is_chinese()
    counties = [(one.name_zh, one.name_zh if zh else one.name_en) for one in people.counties()]
    data = request.POST if request.method == "POST" else None
    return CampaignForm(data, counties=counties, zh=zh)


def _new_page(
    request: Request, proposal: Any, form: CampaignForm, status: int = 200, dry: Any = None
) -> HttpResponse:
    """The form, and above it what it would do. Any: rows whose models are private."""
    context = {"proposal": proposal, "form": form, "dry": dry}
    if dry is not None:
        context |= {"sample": rows.lines_of(dry.sample), **_effect(request, proposal, dry.n)}
    return show(request, "campaigns/new.html", context, status)


def _propose(request: Request, proposal: Any, form: CampaignForm) -> Any:
    data = form.cleaned_data
    return actions.propose_campaign(
        proposal_id=proposal.pk,
        conditions=form.conditions,
        reason=data["reason_code"],
        explanation_zh=data["explanation_zh"],
        explanation_en=data["explanation_en"],
        by=request.actor,
        at=request.at,
    )


def _effect(request: Request, proposal: Any, n: int) -> dict[str, Any]:
    """What taking `n` off the count would leave, and what would follow for the case."""
    left = proposal.endorsed - n
    rule = proposal.case.rule_set.rules.below_threshold
    turn = turn_of(
        State(proposal.state),
        before=proposal.endorsed,
        after=left,
        threshold=proposal.threshold,
        below=rule.outcome,
        window_open=proposal.closes_at is not None and request.at < proposal.closes_at,
    )
    return {"left": left, "turn": turn.value, "rule": rule}


def _screen(
    request: Request, campaign_id: int, refusal: Refusal | None = None, form: Any = None
) -> HttpResponse:
    """The page of a campaign; above it a refusal, with its status."""
    row = found(rows.campaign_of(campaign_id))
    me = request.actor.id
    actors = [row.proposed_by, row.approved_by, row.rejected_by]
    context = {
        "campaign": row,
        "proposal": row.proposal,
        "sample": rows.lines_of(row.sample),
        "waiting": rows.left_to_do(row) if row.state in _BEGUN else 0,
        "names": people.names_of([*actors, row.restore_asked_by, row.restored_by]),
        "mine": row.proposed_by == me,
        "asked_by_me": row.restore_asked_by == me,
        "own": row.proposal.proposer_id == request.actor.person_id,
        "form": form or WhyForm(),
        "refused": sentence(refusal) if refusal else "",
        "basis": refusal.basis if refusal else "",
        **(_effect(request, row.proposal, row.counted or 0) if row.state in _AHEAD else {}),
    }
    status = status_of(refusal) if refusal else UNPROCESSABLE if form else 200
    return show(request, "campaigns/campaign.html", context, status)


_AHEAD = (CampaignState.COUNTED, CampaignState.APPROVED)
_BEGUN = (CampaignState.RUNNING, CampaignState.RESTORING)


def _do(
    request: Request, campaign_id: int, act: Act, said: str | Promise, **more: Any
) -> HttpResponse:
    found(rows.campaign_of(campaign_id))
    try:
        act(campaign_id=campaign_id, by=request.actor, at=request.at, **more)
    except Refusal as refusal:
        return _screen(request, campaign_id, refusal)
    messages.success(request, str(said))
    return redirect("desk:campaign", campaign_id)


def _do_with_reason(
    request: Request, campaign_id: int, act: Act, said: str | Promise
) -> HttpResponse:
    found(rows.campaign_of(campaign_id))
    form = WhyForm(request.POST)
    if not form.is_valid():
        return _screen(request, campaign_id, form=form)
    try:
        reason = form.cleaned_data["reason"]
        act(campaign_id=campaign_id, reason=reason, by=request.actor, at=request.at)
    except Refusal as refusal:
        if refusal.field:
            put_beside(form, refusal)
            return _screen(request, campaign_id, form=form)
        return _screen(request, campaign_id, refusal, form)
    messages.success(request, str(said))
    return redirect("desk:campaign", campaign_id)
