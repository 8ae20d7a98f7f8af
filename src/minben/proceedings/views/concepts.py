"""Concept sheets: written for each group, printed, and published with the report."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from minben.base.access import Request, official, public
from minben.base.hot_pages import kept
from minben.base.staff import UNPROCESSABLE, found, put_beside, show
from minben.kernel.refusal import Refusal
from minben.proceedings import actions
from minben.proceedings.forms.meetings import ConceptForm
from minben.proceedings.permissions import WRITING
from minben.proceedings.queries.concepts import concept, concepts_of
from minben.proceedings.views.found import public_meeting, run_meeting


@public
@kept()
def published(request: Request, number: str) -> HttpResponse:
    """The sheets of all groups, one a page when printed."""
    meeting = public_meeting(number)
    rows = concepts_of(meeting.pk, public=True)
    found(rows or None)
    return render(request, "proceedings/concepts.html", {"meeting": meeting, "rows": rows})


@official(*WRITING)
def concepts(request: Request, number: str) -> HttpResponse:
    """All sheets, and the form for a new one."""
    meeting = run_meeting(request, number)
    form = ConceptForm(request.POST if request.method == "POST" else None, initial={"group": 1})
    status = 200
    if request.method == "POST":
        status = _written(request, number, form)
        if status == 200:
            return redirect("proceedings_desk:concepts", number=number)
    rows = concepts_of(meeting.pk, public=False)
    context = {
        "meeting": meeting,
        "rows": rows,
        "form": form,
        "drafts": any(row.published_at is None for row in rows),
    }
    return show(request, "proceedings/staff/concepts.html", context, status)


@official(*WRITING)
def edit(request: Request, number: str, concept_id: int) -> HttpResponse:
    """One sheet, to change or to take away."""
    meeting = run_meeting(request, number)
    row = found(concept(meeting.pk, concept_id))
    if request.method == "POST" and request.POST.get("act") == "remove":
        actions.remove_concept(
            meeting_number=number, concept_id=concept_id, by=request.actor, at=request.at
        )
        return redirect("proceedings_desk:concepts", number=number)
    initial = {name: getattr(row, name) for name in ConceptForm.base_fields}
    form = ConceptForm(request.POST if request.method == "POST" else None, initial=initial)
    status = 200
    if request.method == "POST":
        status = _written(request, number, form, concept_id)
        if status == 200:
            return redirect("proceedings_desk:concepts", number=number)
    context = {"meeting": meeting, "row": row, "form": form}
    return show(request, "proceedings/staff/concept.html", context, status)


def _written(request: Request, number: str, form: ConceptForm, concept_id: int = 0) -> int:
    if not form.is_valid():
        return UNPROCESSABLE
    what: dict[str, Any] = {
        "meeting_number": number,
        "group": form.cleaned_data["group"],
        "texts": form.texts(),
        "by": request.actor,
        "at": request.at,
    }
    try:
        if concept_id:
            revision = form.cleaned_data["revision"] or 0
            actions.rewrite_concept(concept_id=concept_id, revision=revision, **what)
        else:
            actions.write_concept(**what)
    except Refusal as refusal:
        return put_beside(form, refusal)
    return 200


@official(*WRITING)
@require_POST
def publish(request: Request, number: str) -> HttpResponse:
    """Publish all sheets of the meeting."""
    run_meeting(request, number)
    actions.publish_concepts(meeting_number=number, by=request.actor, at=request.at)
    messages.success(request, _("The concept sheets are public."))
    return redirect("proceedings_desk:concepts", number=number)
