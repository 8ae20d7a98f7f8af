"""The check (檢核): queue, screen, taking up and giving back, accepting, hiding."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from minben.base.access import Request, official
from minben.base.presentation import day_text, is_chinese
from minben.base.refusals import sentence, status_of
from minben.casework import queries as casework
from minben.desk.forms import HideForm
from minben.desk.views.pages import CHECKING, UNPROCESSABLE, found, page_of, put_beside, show
from minben.kernel.actor import Role
from minben.kernel.periods import local_day
from minben.kernel.refusal import Refusal
from minben.kernel.text import excerpt
from minben.people import queries as people
from minben.proposals import actions
from minben.proposals.queries import desk as proposals
from minben.proposals.queries import similar_to
from minben.proposals.queries.evidence import evidence_of


@official(*CHECKING)
@require_safe
def queue(request: Request) -> HttpResponse:
    """What waits for its check, soonest due first."""
    return show(
        request, "checks/queue.html", {"page": page_of(request, proposals.checks_waiting())}
    )


@official(*CHECKING)
@require_safe
def check(request: Request, number: str) -> HttpResponse:
    """One proposal with all that a checker has to know."""
    return _screen(request, number)


@official(Role.CHECKER)
@require_POST
def take_up(request: Request, number: str) -> HttpResponse:
    """Lock the check for oneself."""
    proposal = found(proposals.check_of(number))
    try:
        actions.take_up_check(proposal_id=proposal.pk, by=request.actor, at=request.at)
    except Refusal as refusal:
        return _screen(request, number, refusal)
    return redirect("desk:check", number=number)


@official(Role.CHECKER)
@require_POST
def give_back(request: Request, number: str) -> HttpResponse:
    """Give one's lock back."""
    proposal = found(proposals.check_of(number))
    try:
        actions.release_check(proposal_id=proposal.pk, by=request.actor, at=request.at)
    except Refusal as refusal:
        return _screen(request, number, refusal)
    messages.success(request, _("%(number)s is back in the queue.") % {"number": number})
    return redirect("desk:checks")


@official(Role.CHECKER)
def accept(request: Request, number: str) -> HttpResponse:
    """The page before accepting, and the act."""
    proposal = found(proposals.check_of(number))
    if request.method != "POST":
        if not _holds(proposal, request):
            return redirect("desk:check", number=number)
        return _accept_page(request, proposal)
    try:
        accepted = actions.accept_for_endorsement(
            proposal_id=proposal.pk, by=request.actor, at=request.at
        )
    except Refusal as refusal:
        return _screen(request, number, refusal)
    opens = local_day(accepted.opens_at) if accepted.opens_at else None
    messages.success(
        request,
        _("%(number)s passed the check. Endorsing opens on %(day)s.")
        % {"number": number, "day": day_text(opens) if opens else ""},
    )
    return redirect("desk:checks")


@official(Role.CHECKER)
def hide(request: Request, number: str) -> HttpResponse:
    """The form for hiding with ground and reason, and the act; what was typed always stays."""
    proposal = found(proposals.check_of(number))
    form = _hide_form(request, proposal)
    if request.method != "POST":
        if not _holds(proposal, request):
            return redirect("desk:check", number=number)
        return _hide_page(request, proposal, form)
    if not form.is_valid():
        return _hide_page(request, proposal, form, UNPROCESSABLE)
    try:
        _hide(request, proposal, form)
    except Refusal as refusal:
        return _hide_page(request, proposal, form, put_beside(form, refusal))
    messages.success(
        request,
        _("%(number)s is hidden. The proposer was told and may appeal once.") % {"number": number},
    )
    return redirect("desk:checks")


def _accept_page(request: Request, proposal: Any) -> HttpResponse:
    """What accepting brings about. Any: a proposal; its model is private to its module."""
    rules = proposal.case.rule_set.rules
    context = {
        "proposal": proposal,
        "agencies": casework.agencies_of_case(proposal.case_id),
        "rules": rules,
        "opens": day_text(rules.endorse.starts_on(request.at)),
    }
    return show(request, "checks/accept.html", context)


def _screen(request: Request, number: str, refusal: Refusal | None = None) -> HttpResponse:
    """The check screen; above it a refusal, with its status."""
    proposal = found(proposals.check_of(number))
    check, rules = proposal.check_record, proposal.case.rule_set.rules
    context = {
        "proposal": proposal,
        "evidence": evidence_of(proposal.evidence),
        "rules": rules,
        "ground": rules.ground(check.ground),
        "names": people.names_of([check.decided_by]) if check.decided_by else {},
        "agencies": casework.agencies_of_case(proposal.case_id),
        "similar": similar_to(proposal.subject, exclude=proposal.pk),
        "holds": _holds(proposal, request),
        "own": proposal.proposer_id == request.actor.person_id,
        "may_check": request.actor.has(Role.CHECKER),
        "refused": sentence(refusal) if refusal else "",
        "basis": refusal.basis if refusal else "",
    }
    return show(request, "checks/check.html", context, status_of(refusal) if refusal else 200)


def _holds(proposal: Any, request: Request) -> bool:
    """Say whether the reader holds the lock. Any: a proposal; its model is private to it."""
    check = proposal.check_record
    return bool(
        check.decided_at is None
        and check.locked_by_id == request.actor.person_id
        and check.locked_until
        and check.locked_until > request.at
    )


def _hide_form(request: Request, proposal: Any) -> HideForm:
    targets = [
        (str(row.pk), f"{row.case.number} {excerpt(row.subject, 30)}")
        for row in proposals.merge_targets(proposal, request.at)
    ]
    return HideForm(
        request.POST if request.method == "POST" else None,
        grounds=proposal.case.rule_set.rules.grounds,
        targets=targets,
        zh=is_chinese(),
    )


def _hide(request: Request, proposal: Any, form: HideForm) -> None:
    ground = proposal.case.rule_set.rules.ground(form.cleaned_data["ground"])
    merge = form.cleaned_data["merge_into"] if ground and ground.advises_merge else ""
    actions.hide(
        proposal_id=proposal.pk,
        ground=form.cleaned_data["ground"],
        reason=form.cleaned_data["reason"],
        merge_into_id=int(merge) if merge else None,
        by=request.actor,
        at=request.at,
    )


def _hide_page(request: Request, proposal: Any, form: HideForm, status: int = 200) -> HttpResponse:
    rules = proposal.case.rule_set.rules
    context = {
        "proposal": proposal,
        "evidence": evidence_of(proposal.evidence),
        "form": form,
        "rules": rules,
        "grounds": {ground.code: ground for ground in rules.grounds},
    }
    return show(request, "checks/hide.html", context, status)
