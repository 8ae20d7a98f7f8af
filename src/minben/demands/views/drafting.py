"""One demand on the desk (訴求辦理): its draft, the steps of clearance, the decision."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from minben.base.access import Request, official
from minben.base.staff import UNPROCESSABLE, found, put_beside, show
from minben.casework import queries as casework
from minben.casework.about import about_one
from minben.casework.rules import DeadlineKind
from minben.demands import actions
from minben.demands.forms import ClearForm, DraftForm, HandInForm, WhyForm
from minben.demands.permissions import (
    READING,
    WRITING,
    is_own_draft,
    may_clear,
    may_draft,
    may_read,
    may_split,
)
from minben.demands.queries import desk
from minben.demands.rules import (
    CLEARANCE_BASIS,
    KEEPING_BASIS,
    RESPONSE_BASIS,
    DemandState,
    Outcome,
    Step,
)
from minben.kernel.actor import AGENCY_ROLES
from minben.kernel.refusal import Refusal
from minben.phrases import inserting
from minben.phrases.rules import Kind

if TYPE_CHECKING:
    from django import forms

    from minben.demands.models import Demand


def readable(request: Request, demand_id: int) -> "Demand":
    """A demand the reader may see the draft of; whoever may not is told the rule."""
    demand = found(desk.demand(demand_id))
    if not may_read(request.actor, demand):
        raise Refusal("demand_not_your_agency", basis=RESPONSE_BASIS, rule=RESPONSE_BASIS)
    return demand


@official(*READING)
def demand(request: Request, demand_id: int) -> HttpResponse:
    """The editor of the draft, with everything that was done to it."""
    row = readable(request, demand_id)
    if request.method != "POST":
        return page(request, row, {})
    if inserting.asked(request):
        return _inserted(request, row)
    form = DraftForm(request.POST)
    if not form.is_valid():
        return page(request, row, {"draft": form}, UNPROCESSABLE)
    try:
        actions.save_draft(demand_id=row.pk, **form.cleaned_data, by=request.actor, at=request.at)
    except Refusal as refusal:
        if refusal.code == "demand_draft_kept":
            return _both(request, row, refusal)
        return page(request, row, {"draft": form}, put_beside(form, refusal))
    messages.success(request, _("The draft is saved. Nothing is public yet."))
    return redirect("demands_desk:demand", demand_id=row.pk)


def _inserted(request: Request, row: "Demand") -> HttpResponse:
    """A template below what was typed; nothing is saved."""
    deadline = casework.open_deadline(row.case_id, DeadlineKind.RESPONSE)
    told, due = about_one(row.case_id), deadline.due_at if deadline else None
    facts = inserting.Facts(told.number, told.subject, row.agency, due)
    form, status = inserting.inserted(request, DraftForm, Kind.DEMAND, facts)
    return page(request, row, {"draft": form}, status)


def _both(request: Request, row: "Demand", refusal: Refusal) -> HttpResponse:
    """Both texts side by side: what was typed, kept already, and what is saved now."""
    work = desk.work_on(row, request.at)
    data = request.POST.copy()
    data["revision"] = str(work.draft.revision if work.draft else 0)
    form = DraftForm(data)
    form.is_valid()
    status = put_beside(form, refusal)
    return page(request, row, {"draft": form}, status, conflict=True)


def page(
    request: Request,
    row: "Demand",
    forms: dict[str, "forms.Form"],
    status: int = 200,
    *,
    conflict: bool = False,
) -> HttpResponse:
    """The page of a demand. `forms` are those that were refused, by name."""
    work = desk.work_on(row, request.at)
    is_open = row.state == DemandState.OPEN and row.case.closed_at is None
    turn = Step(row.waits_for) if row.waits_for else None
    may = _may(request, row, work, turn) if is_open else {}
    context = {
        "demand": row,
        "about": about_one(row.case_id),
        "work": work,
        "conflict": conflict,
        "may": may,
        "phrases": inserting.offered(request, Kind.DEMAND) if may.get("draft") else (),
        "is_open": is_open,
        "take_back": _may_take_back(request, row),
        "turn": turn,
        "forms": _forms(row, work) | forms,
        "refused": next(iter(forms.values()), None),
        "rules": {
            "clearance": CLEARANCE_BASIS,
            "keeping": KEEPING_BASIS,
            "response": RESPONSE_BASIS,
        },
    }
    return show(request, "demands/demand.html", context, status)


def _forms(row: "Demand", work: desk.Work) -> dict[str, "forms.Form"]:
    """The forms of the page as they are before anything is typed."""
    revision = work.draft.revision if work.draft else 0
    return {
        "draft": DraftForm(initial=_initial(work)),
        "hand_in": HandInForm(initial={"revision": revision}, auto_id="hand_%s"),
        "clear": ClearForm(
            initial={"revision": revision, "step": row.waits_for}, auto_id="clear_%s"
        ),
        "back": WhyForm(auto_id="back_%s"),
    }


def _initial(work: desk.Work) -> dict[str, Any]:
    if work.draft is None:
        return {"revision": 0}
    draft = work.draft
    return {
        "revision": draft.revision,
        "adoption": draft.adoption,
        "reason": draft.reason,
        "follow_up": draft.follow_up,
    }


def _may(request: Request, row: "Demand", work: desk.Work, turn: Step | None) -> dict[str, bool]:
    """What the reader can do just now."""
    drafts = row.agency_id is not None and may_draft(request.actor, row)
    clears = turn is not None and turn is not Step.DRAFTER and may_clear(request.actor, row, turn)
    writer = frozenset({work.draft.by} if work.draft else ())
    own = turn is not None and is_own_draft(request.actor, turn, writer)
    return {
        "draft": drafts,
        "hand_in": drafts and turn is Step.DRAFTER and work.draft is not None,
        "clear": clears and not own,
        "own": clears and own,
        "dispose": drafts and work.cleared,
        "split": may_split(request.actor, row.case),
    }


def _may_take_back(request: Request, row: "Demand") -> bool:
    return row.state == DemandState.DISPOSED and (
        may_draft(request.actor, row) or may_split(request.actor, row.case)
    )


@official(*WRITING)
@require_POST
def hand_in(request: Request, demand_id: int) -> HttpResponse:
    """Hand the draft in for clearance."""
    row = readable(request, demand_id)
    form = HandInForm(request.POST, auto_id="hand_%s")
    if not form.is_valid():
        return page(request, row, {"hand_in": form}, UNPROCESSABLE)
    try:
        actions.hand_in(demand_id=row.pk, **form.cleaned_data, by=request.actor, at=request.at)
    except Refusal as refusal:
        return page(request, row, {"hand_in": form}, put_beside(form, refusal))
    messages.success(request, _("The draft is handed in for clearance."))
    return redirect("demands_desk:demand", demand_id=row.pk)


@official(*sorted(AGENCY_ROLES))
@require_POST
def clear(request: Request, demand_id: int) -> HttpResponse:
    """Approve or return the draft."""
    row = readable(request, demand_id)
    form = ClearForm(request.POST, auto_id="clear_%s")
    if not form.is_valid() or form.cleaned_data["step"] not in set(Step):
        return page(request, row, {"clear": form}, UNPROCESSABLE)
    try:
        actions.clear_draft(
            demand_id=row.pk,
            step=Step(form.cleaned_data["step"]),
            outcome=Outcome(form.cleaned_data["outcome"]),
            revision=form.cleaned_data["revision"],
            note=form.cleaned_data["note"],
            by=request.actor,
            at=request.at,
        )
    except Refusal as refusal:
        return page(request, row, {"clear": form}, put_beside(form, refusal))
    if form.cleaned_data["outcome"] == Outcome.APPROVED:
        messages.success(request, _("The step is approved."))
    else:
        messages.success(request, _("The draft is returned."))
    return redirect("demands_desk:demand", demand_id=row.pk)


@official(*WRITING)
@require_POST
def dispose(request: Request, demand_id: int) -> HttpResponse:
    """Decide on the demand by its cleared draft."""
    row = readable(request, demand_id)
    form = HandInForm(request.POST, auto_id="dispose_%s")
    revision = form.cleaned_data["revision"] if form.is_valid() else 0
    actions.dispose(demand_id=row.pk, revision=revision, by=request.actor, at=request.at)
    messages.success(request, _("The demand is decided. It becomes public with the final answer."))
    return redirect("demands_desk:demand", demand_id=row.pk)


@official(*WRITING)
@require_POST
def take_back(request: Request, demand_id: int) -> HttpResponse:
    """Open a decided demand again."""
    row = readable(request, demand_id)
    form = WhyForm(request.POST, auto_id="back_%s")
    if not form.is_valid():
        return page(request, row, {"back": form}, UNPROCESSABLE)
    try:
        actions.take_back(
            demand_id=row.pk, why=form.cleaned_data["why"], by=request.actor, at=request.at
        )
    except Refusal as refusal:
        return page(request, row, {"back": form}, put_beside(form, refusal))
    messages.success(request, _("The demand is open again."))
    return redirect("demands_desk:demand", demand_id=row.pk)
