"""Co-drafting: others help with the wording before a proposal is submitted (協作討論)."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from minben.base.access import Request, public, verified
from minben.discussion.rules import COMMENT_MAX
from minben.kernel.refusal import Refusal
from minben.proposals import actions, queries
from minben.proposals.actions.drafts import CODRAFT_DAYS_MAX
from minben.proposals.forms.acts import put_beside
from minben.proposals.forms.writing import CodraftForm, SuggestionForm
from minben.proposals.labels import topic_label
from minben.proposals.models import Draft
from minben.proposals.permissions import may_see
from minben.proposals.queries.drafts import history_of
from minben.proposals.queries.evidence import evidence_of
from minben.proposals.queries.page import comment_page
from minben.proposals.queries.pages import paged
from minben.proposals.views.drafting import with_draft
from minben.proposals.views.showing import READ_OR_POST, reader_of
from minben.proposals.words import Bilingual

PER_PAGE = 20
RUNNING_SHOWN = 100


@verified
@require_http_methods(READ_OR_POST)
@with_draft
def open_draft(request: Request, draft: Draft) -> HttpResponseBase:
    """Open one's draft to everybody for a while."""
    form = CodraftForm(request.POST if request.method == "POST" else None, label_suffix="")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    if form.is_valid():
        try:
            actions.open_codrafting(
                draft_id=draft.pk,
                days=form.cleaned_data["days"],
                by=request.actor,
                at=request.at,
            )
            messages.success(request, _("Your draft is open for co-drafting."))
            return redirect("proposals:codraft", draft.pk)
        except Refusal as refusal:
            status = put_beside(form, refusal)
    context = {"draft": draft, "form": form, "most": CODRAFT_DAYS_MAX, "at": request.at}
    return render(request, "proposals/write/codraft_open.html", context, status=status)


@public
@require_safe
def codrafts(request: Request) -> HttpResponseBase:
    """Drafts that are open, and those that were."""
    ended = paged(
        queries.codrafts(request.at, running=False), request.GET.get("page"), PER_PAGE, _line
    )
    running = queries.codrafts(request.at, running=True)[:RUNNING_SHOWN]
    context = {
        "running": [_line(draft) for draft in running],
        "ended": ended,
        "at": request.at,
    }
    return render(request, "proposals/codrafts.html", context)


@public
@require_safe
def codraft(request: Request, draft_id: UUID) -> HttpResponseBase:
    """A draft as it is now, and what others suggest."""
    return _show(request, _found(draft_id), SuggestionForm(label_suffix=""))


@verified
@require_http_methods(READ_OR_POST)
def suggest(request: Request, draft_id: UUID) -> HttpResponseBase:
    """Suggest a better wording. Whoever had to sign in first comes back to the page."""
    address = reverse("proposals:codraft", args=[draft_id])
    if request.method != "POST":
        return redirect(f"{address}#suggest")
    form = SuggestionForm(request.POST, label_suffix="")
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    if form.is_valid():
        try:
            actions.suggest(
                draft_id=draft_id,
                body=form.cleaned_data["body"],
                by=request.actor,
                at=request.at,
            )
            messages.success(request, _("Your suggestion is public now."))
            return redirect(f"{address}#suggestions")
        except Refusal as refusal:
            status = put_beside(form, refusal)
    return _show(request, _found(draft_id), form, status)


def _found(draft_id: UUID) -> Draft:
    draft = queries.codraft(draft_id)
    if draft is None:
        raise Http404
    return draft


def _show(
    request: Request, draft: Draft, form: SuggestionForm, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponseBase:
    proposal = queries.became(draft)
    thread_id = draft.thread_id or 0
    context = {
        "draft": draft,
        "government": Bilingual(draft.jurisdiction.name_zh, draft.jurisdiction.name_en),
        "topic": topic_label(draft.topic) if draft.topic else "",
        "evidence": evidence_of(draft.evidence) if proposal is None else None,
        "running": draft.codraft_until is not None and draft.codraft_until > request.at,
        "filed": proposal,
        "filed_seen": proposal is not None and may_see(request.actor, proposal),
        "history": history_of(draft),
        "page": comment_page(thread_id, request.GET.get("page")),
        "mine": draft.author_id == request.actor.person_id,
        "reader": reader_of(request),
        "form": form,
        "limit": COMMENT_MAX,
        "at": request.at,
    }
    return render(request, "proposals/codraft.html", context, status=status)


def _line(draft: Draft) -> dict[str, object]:
    government = draft.jurisdiction
    return {"draft": draft, "government": Bilingual(government.name_zh, government.name_en)}
