"""Endorsements that do not count, in public (不予計入之公開統計), and the endorser's appeal."""

from dataclasses import dataclass
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from minben.base.access import Request, citizen, public
from minben.kernel.periods import last_day
from minben.kernel.refusal import Refusal
from minben.proposals import actions
from minben.proposals.actions.campaign_appeals import TEXT_MAX
from minben.proposals.forms.acts import AppealForm, put_beside
from minben.proposals.invalidation import APPEAL_BASIS, BASIS
from minben.proposals.queries.facts import Facts
from minben.proposals.queries.invalidated import (
    CampaignLine,
    MyInvalidation,
    campaign_page,
    campaigns_of,
    my_invalidation,
    reason_counts,
    totals,
)
from minben.proposals.views.showing import READ_OR_POST, of_proposal
from minben.proposals.words import condition_words


@dataclass(frozen=True, slots=True)
class ShownCampaign:
    """A campaign with what its conditions looked at, in words."""

    line: CampaignLine
    asked: list[str | Promise]


def _shown(lines: tuple[CampaignLine, ...] | list[CampaignLine]) -> list[ShownCampaign]:
    return [ShownCampaign(line, condition_words(line.asked)) for line in lines]


@public
@require_safe
@of_proposal
def invalidated(request: Request, proposal: Facts) -> HttpResponseBase:
    """What does not count of one proposal: how many, why, and what became of appeals."""
    context = {
        "proposal": proposal,
        "campaigns": _shown(campaigns_of(proposal.pk)),
        "totals": totals(proposal.pk),
        "mine": my_invalidation(proposal.pk, request.actor.person_id),
        "rule": proposal.rule_set.rules.below_threshold,
        "basis": BASIS,
    }
    return render(request, "proposals/invalidated.html", context)


@public
@require_safe
def register(request: Request) -> HttpResponseBase:
    """All campaigns of the platform, by ground."""
    counts = reason_counts()
    asked = request.GET.get("reason", "")
    reason = next((one for one in counts if one.code == asked), None)
    page = campaign_page(request.GET.get("page"), reason.code if reason else "")
    page.object_list = _shown(list(page.object_list))
    context = {
        "page": page,
        "counts": counts,
        "reason": reason,
        "unknown": bool(asked) and reason is None,
        "totals": totals(),
        "basis": BASIS,
        "base": f"reason={reason.code}&" if reason else "",
    }
    return render(request, "proposals/invalidated_register.html", context)


@citizen
@require_http_methods(READ_OR_POST)
@of_proposal
def appeal(request: Request, proposal: Facts) -> HttpResponseBase:
    """File the appeal against the invalidation of one's own endorsement."""
    mine = my_invalidation(proposal.pk, request.actor.person_id)
    if mine is None:
        raise Refusal("not_invalidated", basis=APPEAL_BASIS)
    _refuse_late(mine, request)
    form = AppealForm(request.POST if request.method == "POST" else None)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    if form.is_valid():
        try:
            actions.appeal_invalidation(
                proposal_id=proposal.pk,
                text=form.cleaned_data["text"],
                by=request.actor,
                at=request.at,
            )
            messages.success(request, _("Your appeal is filed."))
            return redirect("proposals:invalidated", proposal.number)
        except Refusal as refusal:
            status = put_beside(form, refusal)
    context = {"proposal": proposal, "mine": mine, "form": form, "limit": TEXT_MAX}
    context["basis"] = APPEAL_BASIS
    return render(request, "proposals/invalidation_appeal.html", context, status=status)


def _refuse_late(mine: MyInvalidation, request: Request) -> None:
    """Say at once what the action would say after everything had been typed."""
    if mine.appeal is not None:
        raise Refusal("appealed_already", basis=APPEAL_BASIS)
    if mine.until is not None and request.at >= mine.until:
        until = last_day(mine.until).isoformat()
        raise Refusal("appeal_too_late", basis=APPEAL_BASIS, until=until)
