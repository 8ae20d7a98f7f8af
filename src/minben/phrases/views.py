"""The templates of one's agency and of the platform: read, added, changed, retired."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from minben.base.access import Request, official
from minben.base.presentation import is_chinese
from minben.base.staff import UNPROCESSABLE, found, put_beside, show
from minben.kernel.actor import Role
from minben.kernel.refusal import Refusal
from minben.people import queries as people
from minben.phrases import actions, queries
from minben.phrases.forms import PLATFORM, ChangeForm, NewForm
from minben.phrases.permissions import KEEPING, may_keep, may_read
from minben.phrases.rules import Kind
from minben.phrases.words import KINDS

if TYPE_CHECKING:
    from minben.phrases.models import Phrase


@official(*KEEPING)
@require_safe
def phrases(request: Request) -> HttpResponse:
    """What may be inserted, by kind."""
    rows = queries.in_use(request.actor.agency_ids)
    groups = [
        (KINDS[kind], [row for row in rows if row.phrase.kind == kind])
        for kind in Kind
        if any(row.phrase.kind == kind for row in rows)
    ]
    return show(request, "phrases/list.html", {"groups": groups})


@official(*KEEPING)
def new(request: Request) -> HttpResponse:
    """Add one."""
    owners = _owners(request)
    if request.method != "POST":
        return _new(request, NewForm(owners=owners))
    form = NewForm(request.POST, owners=owners)
    if not form.is_valid():
        return _new(request, form, UNPROCESSABLE)
    try:
        actions.add_phrase(
            agency_id=form.agency_id,
            kind=Kind(form.cleaned_data["kind"]),
            title=form.cleaned_data["title"],
            text=form.cleaned_data["text"],
            by=request.actor,
            at=request.at,
        )
    except Refusal as refusal:
        return _new(request, form, put_beside(form, refusal))
    messages.success(request, _("The template is saved and can be inserted."))
    return redirect("phrases_desk:list")


@official(*KEEPING)
def phrase(request: Request, phrase_id: int) -> HttpResponse:
    """One template with its versions, and the form for whoever keeps it."""
    one = _readable(request, phrase_id)
    if request.method != "POST":
        return _page(request, one)
    form = ChangeForm(request.POST)
    if not form.is_valid():
        return _page(request, one, form, UNPROCESSABLE)
    try:
        actions.change_phrase(
            phrase_id=phrase_id, **form.cleaned_data, by=request.actor, at=request.at
        )
    except Refusal as refusal:
        if refusal.code == "phrase_changed":
            # Theirs stands below; saving again replaces it, now knowingly.
            data = request.POST.copy()
            data["revision"] = str(one.revision)
            form = ChangeForm(data)
            form.is_valid()
        return _page(request, one, form, put_beside(form, refusal))
    messages.success(request, _("The template is changed. The former words stay as a version."))
    return redirect("phrases_desk:phrase", phrase_id=phrase_id)


@official(*KEEPING)
@require_POST
def retire(request: Request, phrase_id: int) -> HttpResponse:
    """Offer it no more."""
    actions.retire_phrase(phrase_id=phrase_id, by=request.actor, at=request.at)
    messages.success(request, _("The template is retired; it is offered no more."))
    return redirect("phrases_desk:list")


def _readable(request: Request, phrase_id: int) -> "Phrase":
    one = found(queries.phrase(phrase_id))
    if not may_read(request.actor, one.agency_id):
        raise Refusal("phrase_not_yours")
    return one


def _owners(request: Request) -> list[tuple[str, Any]]:  # Any: names, lazy or not
    names = people.agency_names_by_id(request.actor.agency_ids)
    told = {pk: zh if is_chinese() or not en else en for pk, (zh, en) in names.items()}
    owners: list[tuple[str, Any]] = [(str(pk), told[pk]) for pk in sorted(told)]
    if request.actor.has(Role.ADMINISTRATOR):
        owners.append((PLATFORM, pgettext("template", "The platform, for all agencies")))
    return owners


def _new(request: Request, form: NewForm, status: int = 200) -> HttpResponse:
    return show(request, "phrases/new.html", {"form": form}, status)


def _page(
    request: Request, one: "Phrase", form: ChangeForm | None = None, status: int = 200
) -> HttpResponse:
    versions = queries.versions_of(one.pk)
    newest = versions[0]
    keeps = may_keep(request.actor, one.agency_id) and one.retired_at is None
    if form is None:
        words = {"revision": one.revision, "title": newest.title, "text": newest.text}
        form = ChangeForm(initial=words)
    context = {
        "phrase": one,
        "kind": KINDS[one.kind],
        "versions": versions,
        "newest": newest,
        "names": people.names_of({row.by for row in versions}),
        "keeps": keeps,
        "form": form,
    }
    return show(request, "phrases/phrase.html", context, status)
