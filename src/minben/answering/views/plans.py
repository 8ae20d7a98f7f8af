"""The handling plan on the desk (處理規劃): drafted, looked at once more, published."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from minben.answering import actions, queries
from minben.answering.forms import ConfirmPlanForm, PlanForm, typed_steps
from minben.answering.rules import PLAN_BASIS, plan_faults
from minben.answering.views.cases import RESPONDING, context_of, own_case
from minben.base.access import Request, official
from minben.base.staff import UNPROCESSABLE, put_beside, show
from minben.casework import queries as casework
from minben.casework.rules import DeadlineKind
from minben.kernel.refusal import Refusal
from minben.phrases import inserting
from minben.phrases.rules import Kind

if TYPE_CHECKING:
    from minben.answering.models import Plan


@official(*RESPONDING)
def plan(request: Request, number: str) -> HttpResponse:
    """The draft of the next version; going on to publish saves it first."""
    case, about = own_case(request, number)
    if request.method != "POST":
        return _editor(request, case, about, PlanForm(initial=_initial(case.pk)))
    if inserting.asked(request):
        facts = inserting.Facts(about.number, about.subject, case.lead, _due(case))
        form, status = inserting.inserted(request, PlanForm, Kind.PLAN, facts)
        return _editor(request, case, about, form, status)
    form = PlanForm(request.POST)
    if not form.is_valid():
        return _editor(request, case, about, form, UNPROCESSABLE)
    data = form.cleaned_data
    try:
        actions.draft_plan(
            case_id=case.pk,
            summary=data["summary"],
            steps=form.steps_given,
            office=data["office"],
            revision=data["revision"],
            by=request.actor,
            at=request.at,
        )
    except Refusal as refusal:
        if refusal.code == "draft_changed":
            return _compare(request, case, about, refusal)
        return _editor(request, case, about, form, put_beside(form, refusal))
    if request.POST.get("act") == "publish":
        return redirect("answering_desk:publish_plan", number=number)
    messages.success(request, _("The draft is saved. Nothing is public yet."))
    return redirect("answering_desk:plan", number=number)


@official(*RESPONDING)
def publish(request: Request, number: str) -> HttpResponse:
    """The plan as everybody will read it, and the explicit act."""
    case, about = own_case(request, number)
    if request.method != "POST":
        return _confirm(request, case, about)
    form = ConfirmPlanForm(request.POST)
    if not form.is_valid():
        return _confirm(request, case, about, form, UNPROCESSABLE)
    try:
        actions.publish_plan(
            case_id=case.pk,
            revision=form.cleaned_data["revision"],
            by=request.actor,
            at=request.at,
        )
    except Refusal as refusal:
        return _confirm(request, case, about, form, put_beside(form, refusal))
    messages.success(request, _("The plan is public."))
    return redirect("desk:case", number=number)


def _due(case: Any) -> datetime | None:  # Any: a case; its model is private to its module
    deadline = casework.open_deadline(case.pk, DeadlineKind.HANDLING_PLAN)
    return deadline.due_at if deadline else None


def _initial(case_id: int) -> dict[str, Any]:
    """The draft, or the last version to write the next one on."""
    draft = queries.draft_plan_of(case_id)
    published = queries.plans_of(case_id) if draft is None else []
    base = draft or next(iter(published), None)
    if base is None:
        return {"revision": 0}
    typed = {"summary": base.summary, "office": base.office, **typed_steps(base.steps)}
    return typed | {"revision": draft.revision if draft else 0}


def _compare(request: Request, case: Any, about: Any, refusal: Refusal) -> HttpResponse:
    """What is stored stands beside what was typed; saving again replaces it, now knowingly.

    Any: a case; its model is private to its module.
    """
    stored = queries.draft_plan_of(case.pk)
    data = request.POST.copy()
    data["revision"] = str(stored.revision if stored else 0)
    again = PlanForm(data)
    again.is_valid()
    return _editor(request, case, about, again, put_beside(again, refusal), stored)


def _editor(
    request: Request,
    case: Any,
    about: Any,
    form: PlanForm,
    status: int = 200,
    stored: "Plan | None" = None,
) -> HttpResponse:  # Any: as above
    context = context_of(
        case,
        about,
        form=form,
        phrases=inserting.offered(request, Kind.PLAN),
        stored=stored,
        plans=queries.plans_of(case.pk),
        deadline=casework.open_deadline(case.pk, DeadlineKind.HANDLING_PLAN),
        basis=PLAN_BASIS,
    )
    return show(request, "answering/desk/plan.html", context, status)


def _confirm(
    request: Request,
    case: Any,
    about: Any,
    form: ConfirmPlanForm | None = None,
    status: int = 200,
) -> HttpResponse:  # Any: as above
    draft = queries.draft_plan_of(case.pk)
    faults = plan_faults(draft.summary, draft.steps, draft.office) if draft else {}
    context = context_of(
        case,
        about,
        draft=draft,
        missing=list(faults),
        form=ConfirmPlanForm(initial={"revision": draft.revision if draft else 0}),
        errors=form.errors if form else {},
    )
    return show(request, "answering/desk/publish_plan.html", context, status)
