"""Sources and their indicators: listed, registered, changed, declared from a file."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from minben.base.access import Request, official
from minben.base.staff import UNPROCESSABLE, found, page_of, put_beside, show
from minben.indicators import actions
from minben.indicators.declared import documents, sheets
from minben.indicators.declared.drafts import IndicatorDraft
from minben.indicators.engine.faults import Faulty
from minben.indicators.fault_words import said
from minben.indicators.forms.sources import (
    DeclareForm,
    DocumentForm,
    NewSourceForm,
    SourceForm,
    agency_of,
    initial_of,
)
from minben.indicators.permissions import KEEPING, may_keep
from minben.indicators.queries import registry
from minben.indicators.views.desk.shared import kept_source, owners, tried
from minben.kernel.refusal import Refusal
from minben.people import queries as people

PER_PAGE = 12  # imports: a year of monthly ones


@official(*KEEPING)
@require_safe
def sources(request: Request) -> HttpResponse:
    """All sources, those one keeps first."""
    rows = registry.sources()
    kept = [row for row in rows if may_keep(request.actor, row.source.agency_id)]
    others = [row for row in rows if not may_keep(request.actor, row.source.agency_id)]
    context = {"kept": kept, "others": others}
    return show(request, "indicators/desk/sources.html", context)


@official(*KEEPING)
@require_safe
def source(request: Request, code: str) -> HttpResponse:
    """A source: what is declared, what was imported, where every number comes from."""
    one = found(registry.source(code))
    intakes = page_of(request, registry.intakes_of(one.pk), PER_PAGE)
    numbers = {row.number for row in intakes}
    context = {
        "source": one,
        "keeps": may_keep(request.actor, one.agency_id),
        "indicators": registry.indicators_of(one.pk),
        "intakes": intakes,
        "sheet": [row for row in registry.provenance(one.pk) if row.intake in numbers],
        "names": people.names_of({row.by for row in intakes}),
    }
    return show(request, "indicators/desk/source.html", context)


@official(*KEEPING)
def new(request: Request) -> HttpResponse:
    """Register a source."""
    choices = owners(request)
    form = NewSourceForm(request.POST or None, owners=choices)
    status = 200
    if request.method == "POST":
        status = _registered(request, form)
        if status == 200:
            messages.success(request, _("The source is registered. Declare its indicators next."))
            return redirect("indicators_desk:source", code=form.cleaned_data["code"])
    return show(request, "indicators/desk/new.html", {"form": form}, status)


def _registered(request: Request, form: NewSourceForm) -> int:
    if not form.is_valid():
        return UNPROCESSABLE
    draft = form.draft(form.cleaned_data["code"])
    try:
        actions.register_source(
            draft=draft, agency_id=form.agency_id, by=request.actor, at=request.at
        )
    except Refusal as refusal:
        return put_beside(form, refusal)
    except Faulty as error:
        return _beside(form, error)
    return 200


def _beside(form: SourceForm, error: Faulty) -> int:
    """Faults of fields beside their fields."""
    for fault in error.faults:
        form.add_error(fault.where if fault.where in form.fields else None, said(fault))
    return UNPROCESSABLE


@official(*KEEPING)
def document(request: Request) -> HttpResponse:
    """Declare a source with its units and indicators from one document."""
    form = DocumentForm(
        request.POST or None,
        request.FILES if request.method == "POST" else None,
        owners=owners(request),
    )
    status, faults, done = 200, [], []  # type: ignore[var-annotated]

    def act() -> None:
        told = documents.framework(*form.cleaned_data["document"])
        agency_id = agency_of(form.cleaned_data["owner"])
        done.append(
            actions.declare_framework(
                told=told, agency_id=agency_id, by=request.actor, at=request.at
            )
        )

    if request.method == "POST":
        status, faults = tried(form, "document", act)
        if done:
            messages.success(request, _("What the document says is declared."))
            return redirect("indicators_desk:source", code=done[0].source.code)
    context = {"form": form, "faults": faults}
    return show(request, "indicators/desk/document.html", context, status)


@official(*KEEPING)
def change(request: Request, code: str) -> HttpResponse:
    """Change what is said of a source."""
    one = kept_source(request, code)
    form = SourceForm(request.POST or None, initial=initial_of(one))
    status = 200
    if request.method == "POST":
        status = _changed(request, code, form)
        if status == 200:
            messages.success(request, _("The source is changed; the record keeps what differs."))
            return redirect("indicators_desk:source", code=code)
    context = {"form": form, "source": one}
    return show(request, "indicators/desk/change.html", context, status)


def _changed(request: Request, code: str, form: SourceForm) -> int:
    if not form.is_valid():
        return UNPROCESSABLE
    try:
        actions.change_source(draft=form.draft(code), by=request.actor, at=request.at)
    except Faulty as error:
        return _beside(form, error)
    return 200


@official(*KEEPING)
def declare(request: Request, code: str) -> HttpResponse:
    """Declare indicators of a source from a table or a document."""
    one = kept_source(request, code)
    form = DeclareForm(request.POST or None, request.FILES if request.method == "POST" else None)
    status, faults, done = 200, [], []  # type: ignore[var-annotated]

    def act() -> None:
        drafts = _drafts(*form.cleaned_data["sheet"])
        done.append(
            actions.declare_indicators(
                source_code=code, indicators=drafts, by=request.actor, at=request.at
            )
        )

    if request.method == "POST":
        status, faults = tried(form, "sheet", act)
        if done:
            messages.success(request, _told(done[0]))
            return redirect(f"{reverse('indicators_desk:source', args=[code])}#indicators")
    context = {"form": form, "source": one, "faults": faults}
    return show(request, "indicators/desk/declare.html", context, status)


def _drafts(name: str, content: bytes) -> tuple[IndicatorDraft, ...]:
    if name.casefold().endswith(".json"):
        return documents.indicators(name, content)
    return sheets.indicators(name, content)


def _told(done: Any) -> str:  # Any: actions.Declared
    created = ngettext("%(n)s indicator is new", "%(n)s indicators are new", len(done.created)) % {
        "n": len(done.created)
    }
    return _("%(created)s, %(changed)s changed, %(same)s as they were.") % {
        "created": created,
        "changed": len(done.changed),
        "same": len(done.unchanged),
    }
