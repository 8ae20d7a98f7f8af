"""The editor of a split (訴求拆解): adding, wording, ordering, naming who is responsible, publishing."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from minben.base.access import Request, official
from minben.base.staff import UNPROCESSABLE, found, put_beside, show
from minben.casework.about import about_one
from minben.casework.queries.dossier import case_numbered
from minben.casework.rules import CaseOrigin
from minben.demands import actions
from minben.demands.forms import AnswerForm, NoteForm, WordsForm
from minben.demands.permissions import READING, WRITING, acts_in, may_split
from minben.demands.queries import desk, rolled_up
from minben.demands.rules import CORRECTION_BASIS, CORRECTION_TERM, SPLIT_BASIS, candidates
from minben.demands.texts import words_of
from minben.kernel.actor import AGENCY_ROLES, Role
from minben.kernel.refusal import Refusal

if TYPE_CHECKING:
    from minben.casework.models import Case

CHOSEN_MAX = 30


def own_case(request: Request, number: str) -> "Case":
    """A case the reader may look into: of their agency, or one whose demands fall to it."""
    case = found(case_numbered(number))
    if request.actor.has(Role.ADMINISTRATOR) or acts_in(request.actor, case.lead_id, *AGENCY_ROLES):
        return case
    rows = desk.desk_of(case.pk).rows
    if any(acts_in(request.actor, row.agency_id, *AGENCY_ROLES) for row in rows):
        return case
    raise Refusal("demands_not_lead_agency", basis=SPLIT_BASIS, rule=SPLIT_BASIS)


@official(*READING)
def split(request: Request, number: str) -> HttpResponse:
    """The demands of a case as they stand on the desk; a form that adds one."""
    case = own_case(request, number)
    if request.method != "POST":
        return page(request, case, {})
    act = request.POST.get("act", "")
    if act == "choose":
        return _choose(request, case)
    form = WordsForm(request.POST, auto_id="add_%s")
    if not form.is_valid():
        return page(request, case, {"form": form}, UNPROCESSABLE)
    try:
        actions.add_demand(
            case_id=case.pk,
            text=form.cleaned_data["text"],
            drawn_from=form.cleaned_data["drawn_from"],
            by=request.actor,
            at=request.at,
        )
    except Refusal as refusal:
        return page(request, case, {"form": form}, put_beside(form, refusal))
    messages.success(request, _("The demand is added. Nothing is public yet."))
    return redirect("demands_desk:split", number=number)


def _choose(request: Request, case: "Case") -> HttpResponse:
    """Add every chosen sentence of the proposal, word for word."""
    offered = candidates(words_of(case.origin, case.pk))
    chosen = set(request.POST.getlist("sentence")[:CHOSEN_MAX])
    added = [sentence for sentence in offered if sentence in chosen]
    for sentence in added:
        actions.add_demand(
            case_id=case.pk, text=sentence, drawn_from=sentence, by=request.actor, at=request.at
        )
    if added:
        messages.success(request, _("The sentences are demands now. Nothing is public yet."))
    else:
        messages.warning(request, _("Choose at least one sentence."))
    return redirect("demands_desk:split", number=case.number)


def page(request: Request, case: "Case", forms: dict[str, Any], status: int = 200) -> HttpResponse:
    """The editor. `forms` are those that were refused: ``form``, ``note``, ``answers`` by id."""
    found = desk.desk_of(case.pk)
    may = may_split(request.actor, case) and case.closed_at is None
    used = {row.text for row in found.rows}
    offered = candidates(words_of(case.origin, case.pk)) if may else ()
    answers = forms.get("answers", {})
    context = {
        "case": case,
        "about": about_one(case.pk),
        "desk": found,
        "may": may,
        "rolled_up": rolled_up(case.pk),
        "publishable": may and case.origin == CaseOrigin.AGENCY and found.is_decided,
        "form": forms.get("form") or WordsForm(auto_id="add_%s"),
        "note": forms.get("note") or NoteForm(auto_id="publish_%s"),
        "sentences": [sentence for sentence in offered if sentence not in used],
        "corrections": [
            (row, answers.get(row.pk) or AnswerForm(auto_id=f"answer{row.pk}_%s"))
            for row in found.corrections
        ],
        "refused": forms.get("form") or forms.get("note") or next(iter(answers.values()), None),
        "rules": {
            "split": SPLIT_BASIS,
            "correction": CORRECTION_BASIS,
            "days": CORRECTION_TERM.n,
        },
    }
    return show(request, "demands/split.html", context, status)


@official(*WRITING)
@require_POST
def publish(request: Request, number: str) -> HttpResponse:
    """Publish the split as it stands."""
    case = own_case(request, number)
    form = NoteForm(request.POST, auto_id="publish_%s")
    if not form.is_valid():
        return page(request, case, {"note": form}, UNPROCESSABLE)
    try:
        version = actions.publish_split(
            case_id=case.pk, note=form.cleaned_data["note"], by=request.actor, at=request.at
        )
    except Refusal as refusal:
        return page(request, case, {"note": form}, put_beside(form, refusal))
    if version.corrections_until:
        messages.success(request, _("The split is public, and the proposer is told."))
    else:
        messages.success(request, _("The split is public."))
    return redirect("demands_desk:split", number=number)


@official(*WRITING)
@require_POST
def publish_dispositions(request: Request, number: str) -> HttpResponse:
    """Publish what was decided on a case of an agency, which gets no formal response."""
    case = own_case(request, number)
    if case.origin != CaseOrigin.AGENCY:
        raise Http404
    actions.publish_dispositions(case_id=case.pk, by=request.actor, at=request.at)
    messages.success(request, _("The dispositions are public."))
    return redirect("demands_desk:split", number=number)


@official(*WRITING)
@require_POST
def move(request: Request, demand_id: int) -> HttpResponse:
    """Move a demand up or down by one place."""
    found(desk.demand(demand_id))
    row = actions.move_demand(
        demand_id=demand_id,
        up=request.POST.get("direction") == "up",
        by=request.actor,
        at=request.at,
    )
    return redirect("demands_desk:split", number=row.case.number)


@official(*WRITING)
@require_POST
def answer(request: Request, correction_id: int) -> HttpResponse:
    """Answer a correction the petitioner proposed."""
    row = found(desk.correction(correction_id))
    case = own_case(request, row.version.case.number)
    form = AnswerForm(request.POST, auto_id=f"answer{row.pk}_%s")
    if not form.is_valid():
        return page(request, case, {"answers": {row.pk: form}}, UNPROCESSABLE)
    try:
        actions.answer_correction(
            correction_id=row.pk,
            taken=form.cleaned_data["taken"] == "yes",
            answer=form.cleaned_data["answer"],
            by=request.actor,
            at=request.at,
        )
    except Refusal as refusal:
        return page(request, case, {"answers": {row.pk: form}}, put_beside(form, refusal))
    messages.success(request, _("The correction is answered in public."))
    return redirect("demands_desk:split", number=case.number)
