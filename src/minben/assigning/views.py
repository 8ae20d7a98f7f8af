"""What waits for one's agency, and the acts on it: accept, dispute, escalate, decide."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from minben.assigning import actions
from minben.assigning.forms import DecisionForm, DisputeForm, ReasonForm
from minben.assigning.models import Offer
from minben.assigning.permissions import agencies_spoken_for, may_decide, may_see, speaks_for
from minben.assigning.queries import offers as queries
from minben.assigning.rules.offers import BASIS, Answer, Step
from minben.assigning.templatetags.assigning import agency_told
from minben.base.access import Request, official
from minben.base.staff import UNPROCESSABLE, found, put_beside, show
from minben.casework.about import about
from minben.casework.rules import AgencyRole
from minben.kernel.actor import AGENCY_ROLES, Role
from minben.kernel.refusal import Refusal
from minben.people import queries as people

ANSWERING = tuple(sorted(AGENCY_ROLES))
READING = (*ANSWERING, Role.ADMINISTRATOR, Role.CHECKER)


@official(*ANSWERING, Role.ADMINISTRATOR)
@require_safe
def offers(request: Request) -> HttpResponse:
    """What my agency has to answer, what the platform has to decide, what others are asked."""
    mine = agencies_spoken_for(request.actor)
    context: dict[str, Any] = {"decides": may_decide(request.actor), "speaks": bool(mine)}
    context["mine"] = list(queries.waiting_for_agencies(mine)) if mine else []
    context["elsewhere"] = list(queries.waiting_elsewhere(mine)) if mine else []
    context["lately"] = list(queries.answered_lately(mine)) if mine else []
    context["undecided"] = list(queries.waiting_for_decision()) if context["decides"] else []
    rows = [*context["mine"], *context["elsewhere"], *context["lately"], *context["undecided"]]
    context["about"] = about({row.case_id for row in rows}) if rows else {}
    return show(request, "assigning/offers.html", context)


@official(*READING)
@require_safe
def offer(request: Request, offer_id: int) -> HttpResponse:
    """One request to an agency, what was answered, and what the reader may do."""
    one, chain = _seen(request, offer_id)
    return show(request, "assigning/offer.html", _context(request, one, chain))


@official(*ANSWERING)
@require_POST
def accept(request: Request, offer_id: int) -> HttpResponse:
    """Accept for one's agency."""
    one, chain = _seen(request, offer_id)
    try:
        actions.accept_offer(offer_id=one.pk, by=request.actor, at=request.at)
    except Refusal as refusal:
        form = ReasonForm({})
        form.is_valid()
        form.errors.clear()
        status = put_beside(form, refusal)
        context = _context(request, one, chain) | {"form": form}
        return show(request, "assigning/offer.html", context, status)
    messages.success(request, _("Your agency accepted. Everybody can see it."))
    return redirect("assigning_desk:offers")


@official(*ANSWERING)
def dispute(request: Request, offer_id: int) -> HttpResponse:
    """Say in public why one's agency is not responsible, and who is."""
    one, chain = _seen(request, offer_id)
    form = DisputeForm(request.POST or None, is_second=one.after_id is not None)

    def act() -> str:
        step = actions.dispute_offer(
            offer_id=one.pk,
            reason=form.cleaned_data["reason"],
            proposed=form.cleaned_data.get("proposed", ""),
            by=request.actor,
            at=request.at,
        )
        return {
            Step.PASSED_ON: _("The other agency is asked now. Your reason is public."),
            Step.JOINT: _("Both agencies lead jointly from now on. Your reason is public."),
            Step.DECISION: _("The platform decides now. Your reason is public."),
        }[step]

    return _acted(request, one, chain, form, "assigning/dispute.html", act)


@official(*ANSWERING, Role.ADMINISTRATOR)
def escalate(request: Request, offer_id: int) -> HttpResponse:
    """Ask the platform to decide instead of waiting for the other agency."""
    one, chain = _seen(request, offer_id)
    form = ReasonForm(request.POST or None)

    def act() -> str:
        actions.escalate_dispute(
            offer_id=one.pk, reason=form.cleaned_data["reason"], by=request.actor, at=request.at
        )
        return _("The platform decides now. Your reason is public.")

    return _acted(request, one, chain, form, "assigning/escalate.html", act)


@official(Role.ADMINISTRATOR)
def decide(request: Request, offer_id: int) -> HttpResponse:
    """Decide who is responsible, with a reason everybody reads."""
    one, chain = _seen(request, offer_id)
    known = {row.agency.code: agency_told(row.agency) for row in chain}
    known |= {row.proposed.code: agency_told(row.proposed) for row in chain if row.proposed}
    form = DecisionForm(request.POST or None, agencies=list(known.items()))

    def act() -> str:
        actions.decide_dispute(
            offer_id=one.pk,
            agencies=form.chosen,
            reason=form.cleaned_data["reason"],
            by=request.actor,
            at=request.at,
        )
        return _("The decision and its reason are public.")

    return _acted(request, one, chain, form, "assigning/decide.html", act)


def _seen(request: Request, offer_id: int) -> tuple[Offer, tuple[Offer, ...]]:
    one = found(queries.offer(offer_id))
    chain = queries.chain_of(one)
    if not may_see(request.actor, [row.agency_id for row in chain]):
        raise PermissionDenied
    return one, chain


def _acted(
    request: Request,
    one: Offer,
    chain: tuple[Offer, ...],
    form: Any,  # Any: one of the forms of this module
    template: str,
    act: Callable[[], str],
) -> HttpResponse:
    """The form, or what came of it."""
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                messages.success(request, act())
                return redirect("assigning_desk:offer", offer_id=one.pk)
            except Refusal as refusal:
                status = put_beside(form, refusal)
        else:
            status = UNPROCESSABLE
    context = _context(request, one, chain) | {"form": form}
    context["agencies"] = people.agencies_of(one.case.jurisdiction.code, request.at)
    return show(request, template, context, status)


def _context(request: Request, one: Offer, chain: tuple[Offer, ...]) -> dict[str, Any]:
    by = request.actor
    last, closed = chain[-1], one.case.closed_at is not None
    running = chain[0].answer == Answer.DISPUTED and not chain[0].settled_at and not closed
    concerned = any(speaks_for(by, row.agency_id) for row in chain)
    open_ = one.answer == Answer.OPEN and not one.escalated_at and not closed
    return {
        "offer": one,
        "chain": chain,
        "case": about([one.case_id])[one.case_id],
        "leads": one.role == AgencyRole.LEAD,
        "may_answer": open_ and speaks_for(by, one.agency_id),
        "may_escalate": running and not last.escalated_at and (concerned or may_decide(by)),
        "may_decide": running and may_decide(by),
        "running": running,
        "last": last,
        "basis": BASIS,
    }
