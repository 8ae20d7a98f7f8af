"""The proposer's own acts: withdrawing, and appealing against hiding (撤回、申覆)."""

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from minben.base.access import Request, citizen
from minben.kernel.periods import last_day
from minben.kernel.refusal import Refusal
from minben.proposals import actions
from minben.proposals.actions.appeals import TEXT_MAX
from minben.proposals.forms.acts import AppealForm, WithdrawForm, put_beside
from minben.proposals.queries.facts import Facts
from minben.proposals.queries.hidden import HiddenEntry, hidden_entry
from minben.proposals.views.showing import READ_OR_POST, of_proposal

REASON_MAX = 1000


@citizen
@require_http_methods(READ_OR_POST)
@of_proposal
def withdraw(request: Request, proposal: Facts) -> HttpResponseBase:
    """Withdraw one's own proposal for good, with a public reason."""
    if not proposal.by_me:
        raise Refusal("not_proposer")
    if not proposal.withdrawable:
        raise Refusal("not_withdrawable")
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    if form.is_valid():
        try:
            actions.withdraw(
                proposal_id=proposal.pk,
                reason=form.cleaned_data["reason"],
                by=request.actor,
                at=request.at,
            )
            messages.success(request, _("Your proposal is withdrawn."))
            return redirect("proposals:page", proposal.number)
        except Refusal as refusal:
            status = put_beside(form, refusal)
    context = {"proposal": proposal, "form": form, "limit": REASON_MAX}
    return render(request, "proposals/withdraw.html", context, status=status)


def _refuse_appeal(entry: HiddenEntry) -> None:
    """Say at once what the action would say after everything had been typed."""
    if not entry.by_me:
        raise Refusal("not_proposer")
    if entry.appeal:
        raise Refusal("appealed_already")
    if not entry.appealable:
        until = last_day(entry.appeal_until).isoformat() if entry.appeal_until else ""
        raise Refusal("appeal_too_late", basis=entry.appeal_basis, until=until)


@citizen
@require_http_methods(READ_OR_POST)
def appeal(request: Request, number: str) -> HttpResponseBase:
    """File the one appeal against the hiding of one's own proposal."""
    entry = hidden_entry(number, request.actor, request.at)
    if entry is None:
        raise Http404
    _refuse_appeal(entry)
    form = AppealForm(request.POST if request.method == "POST" else None)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    if form.is_valid():
        try:
            actions.appeal(
                proposal_id=entry.pk,
                text=form.cleaned_data["text"],
                by=request.actor,
                at=request.at,
            )
            messages.success(request, _("Your appeal is filed."))
            return redirect("proposals:hidden_entry", number)
        except Refusal as refusal:
            status = put_beside(form, refusal)
    context = {"entry": entry, "form": form, "limit": TEXT_MAX}
    return render(request, "proposals/appeal.html", context, status=status)
