"""The steps of writing a proposal (撰寫提議): every POST saves, whatever else it asks for."""

from collections.abc import Sequence
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from minben.base.access import Request, public, verified
from minben.base.refusals import sentence, status_of
from minben.casework import queries as casework
from minben.discussion.uploads import receive
from minben.kernel.refusal import Refusal
from minben.people import queries as people
from minben.proposals import actions, queries
from minben.proposals.forms.acts import put_beside
from minben.proposals.forms.steps import WritingForm
from minben.proposals.forms.writing import STEPS
from minben.proposals.models import Draft
from minben.proposals.queries.cards import Card
from minben.proposals.queries.evidence import evidence_of
from minben.proposals.queries.similar import similar_cards
from minben.proposals.views.drafting import after, step_url, way, with_draft
from minben.proposals.views.showing import READ_OR_POST

SUBJECT_READ = 200  # characters looked at for similar proposals


@verified
@require_http_methods(READ_OR_POST)
@with_draft
def step(request: Request, draft: Draft, step: str) -> HttpResponseBase:
    """One step. ``?review`` shows at once what it lacks, and leads back to the check page."""
    form = _form(request, draft, step)
    if request.method == "POST":
        return _take(request, draft, form)
    if "review" in request.GET:
        form = type(form)(draft, form.rules, form.stored(), form.offered)
        form.is_valid()
        form.review()
    return _show(request, draft, form)


@verified
@require_POST
@with_draft
def save(request: Request, draft: Draft) -> HttpResponseBase:
    """Save while somebody types; answers with the note beside the form."""
    form = _form(request, draft, request.POST.get("step", ""))
    form.is_valid()
    refusal = _save(request, draft, form)
    context = {
        "at": request.at,
        "refused": sentence(refusal) if refusal else "",
        "partly": bool(form.errors),
    }
    return render(request, "proposals/write/saved.html", context)


@verified
@require_POST
@with_draft
def agency_list(request: Request, draft: Draft) -> HttpResponseBase:
    """The agencies anew, those of the chosen topic first."""
    form = _form(request, draft, "agencies")
    form.is_valid()
    return render(request, "proposals/write/agency_list.html", {"form": form})


@public
@require_POST
def similar(request: Request) -> HttpResponseBase:
    """Proposals like the subject being typed, as a part of the page."""
    cards = _similar(request, request.POST.get("subject", ""))
    return render(request, "proposals/write/similar_live.html", {"cards": cards, "at": request.at})


@verified
@require_safe
@with_draft
def similar_step(request: Request, draft: Draft) -> HttpResponseBase:
    """Proposals like the subject that was entered: endorse one of them instead?"""
    cards = _similar(request, draft.subject)
    if not cards:
        return redirect("proposals:draft_step", draft.pk, "content")
    context = {**way(draft, "subject"), "cards": cards, "at": request.at}
    return render(request, "proposals/write/similar.html", context)


def _form(request: Request, draft: Draft, step: str) -> WritingForm:
    kind = STEPS.get(step)
    if kind is None:
        raise Http404
    code = draft.jurisdiction.code
    rules = casework.rule_set_in_force(code, request.at).rules
    offered = people.agencies_of(code, request.at) if step == "agencies" else ()
    return kind(draft, rules, request.POST if request.method == "POST" else None, offered)


def _similar(request: Request, subject: str) -> Sequence[Card]:
    return similar_cards(subject[:SUBJECT_READ], request.at)


def _save(request: Request, draft: Draft, form: WritingForm) -> Refusal | None:
    try:
        actions.save_draft(
            draft_id=draft.pk, changes=form.changes(), by=request.actor, at=request.at
        )
    except Refusal as refusal:
        return refusal
    return None


def _take(request: Request, draft: Draft, form: WritingForm) -> HttpResponseBase:
    """Save, receive files, and go where the pressed button leads unless something is at fault."""
    form.is_valid()
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    if refusal := _save(request, draft, form):
        status = put_beside(form, refusal)
    go = request.POST.get("go", "next")
    if form.step == "evidence":
        status = _take_files(request, draft, form) or status
    if go == "next":
        form.review()
    if form.errors:
        saved = queries.draft_of(draft.pk, request.actor)
        return _show(request, saved or draft, form, status)
    if go == "later":
        messages.success(request, _("Your draft is saved. Go on with it whenever you like."))
        return redirect("proposals:propose")
    return redirect(_next_url(request, draft, form, go))


def _take_files(request: Request, draft: Draft, form: WritingForm) -> HTTPStatus | None:
    """Receive what was uploaded and take away what was unwanted; the status of the first refusal."""
    status = None
    for upload in request.FILES.getlist("uploads"):
        try:
            file = receive(upload)
            actions.attach_file(draft_id=draft.pk, file=file, by=request.actor, at=request.at)
        except Refusal as refusal:
            form.add_error("uploads", sentence(refusal))
            status = status or status_of(refusal)
            if refusal.code == "too_many_files":
                break
    if unwanted := request.POST.get("remove"):
        actions.detach_file(draft_id=draft.pk, sha256=unwanted, by=request.actor, at=request.at)
    return status


def _next_url(request: Request, draft: Draft, form: WritingForm, go: str) -> str:
    if "remove" in request.POST or go == "upload":
        return f"{step_url(draft.pk, 'evidence')}#files"
    if go == "back":
        return step_url(draft.pk, after(form.step, -1))
    if "review" in request.POST:
        return step_url(draft.pk, "check")
    if form.step == "subject" and not _seen_all(request, form.cleaned_data["subject"]):
        return step_url(draft.pk, "similar")
    return step_url(draft.pk, after(form.step))


def _seen_all(request: Request, subject: str) -> bool:
    """Whether all similar proposals stood below the subject while it was typed, if there are any."""
    seen = set(request.POST.getlist("seen"))
    return all(card.number in seen for card in _similar(request, subject))


def _show(
    request: Request, draft: Draft, form: WritingForm, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponseBase:
    context = {
        **way(draft, form.step),
        "form": form,
        "fields": f"proposals/write/fields/{form.step}.html",
        "files": evidence_of(draft.evidence).files,
        "review": "review" in request.GET or "review" in request.POST,
        "at": request.at,
    }
    return render(request, "proposals/write/step.html", context, status=status)
