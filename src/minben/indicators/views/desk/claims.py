"""Statements about a survey's figures (發布者之說法): judged before they are noted, withdrawn."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from minben.base.access import Request, official
from minben.base.presentation import is_chinese
from minben.base.staff import UNPROCESSABLE, found, put_beside, show
from minben.base.staff import tried as tried_form
from minben.indicators import actions
from minben.indicators.engine.faults import Faulty
from minben.indicators.fault_words import said
from minben.indicators.forms.claims import ClaimForm, WithdrawClaimForm
from minben.indicators.models import Claim, Source
from minben.indicators.permissions import KEEPING, may_keep
from minben.indicators.queries import claims as told
from minben.indicators.queries import registry, waves
from minben.indicators.queries.pages import names_of
from minben.indicators.surveys.claims import Words
from minben.indicators.telling import words
from minben.indicators.telling.wave_pages import Card, card_of
from minben.indicators.views.desk.shared import kept_source
from minben.kernel.refusal import Refusal
from minben.people import queries as people


@official(*KEEPING)
@require_safe
def claims(request: Request, code: str) -> HttpResponse:
    """What is said of a survey's figures, in order."""
    source = found(registry.source(code))
    context = {
        "source": source,
        "keeps": may_keep(request.actor, source.agency_id),
        "claims": told.claims_of(source.pk),
        "figures": bool(waves.figures_of(source)) if source.survey else False,
    }
    return show(request, "indicators/desk/claims.html", context)


@official(*KEEPING)
def add(request: Request, code: str) -> HttpResponse:
    """Say what is said, look at what the rules find of it, and note it."""
    source = kept_source(request, code)
    form = _form(request, source)
    if not source.survey or not form.fields["unit"].choices:  # type: ignore[attr-defined]
        return redirect("indicators_desk:claims", code=code)
    status, seen = 200, None
    if request.method == "POST":
        status, seen = _looked_at(source, form)
        if seen and "note" in request.POST:
            done, status = _noted(request, code, form)
            if done:
                messages.success(request, _("The statement is noted; the survey's page shows it."))
                return redirect("indicators_desk:claim", code=code, pk=done.pk)
    card = (
        Card(Words(seen.claim.words_zh, seen.claim.words_en), seen.finding, seen.claim)
        if seen
        else None
    )
    context = {"source": source, "form": form, "seen": seen, "card": card}
    return show(request, "indicators/desk/add_claim.html", context, status)


def _form(request: Request, source: Source) -> ClaimForm:
    figures = waves.figures_of(source)
    names = {code: words.said(name) for code, name in names_of(figures).items()}
    rows = registry.indicators_of(source.pk)
    titles = {row.code: row.title_zh if is_chinese() else row.title_en for row in rows}
    return ClaimForm(
        request.POST or None,
        figures=figures,
        names=names,
        titles=titles,
        publisher=source.publisher,
    )


def _looked_at(source: Source, form: ClaimForm) -> tuple[int, told.Judgement | None]:
    """What the rules find of what was typed; what is wrong with it stands beside its field."""
    if not form.is_valid():
        return UNPROCESSABLE, None
    try:
        return 200, told.judgement(source, form.draft())
    except Faulty as error:
        return _beside(form, error), None


def _noted(request: Request, code: str, form: ClaimForm) -> tuple[Claim | None, int]:
    try:
        done = actions.note_claim(
            source_code=code,
            draft=form.draft(),
            confirmed=form.cleaned_data["seal"],
            by=request.actor,
            at=request.at,
        )
    except Refusal as refusal:
        return None, put_beside(form, refusal)
    except Faulty as error:  # figures were withdrawn just now
        return None, _beside(form, error)
    return done, 200


def _beside(form: ClaimForm, error: Faulty) -> int:
    for fault in error.faults:
        form.add_error(fault.where if fault.where in form.fields else None, said(fault))
    return UNPROCESSABLE


@official(*KEEPING)
@require_safe
def claim(request: Request, code: str, pk: int) -> HttpResponse:
    """One statement, as it was noted."""
    return _claim(request, found(registry.source(code)), pk, WithdrawClaimForm(), 200)


@official(*KEEPING)
def withdraw(request: Request, code: str, pk: int) -> HttpResponse:
    """Take a statement back."""
    source = kept_source(request, code)
    form = WithdrawClaimForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = tried_form(
            form,
            lambda: actions.withdraw_claim(
                source_code=code,
                claim_id=pk,
                reason=form.cleaned_data["reason"],
                by=request.actor,
                at=request.at,
            ),
        )
        if status == 200:
            messages.success(request, _("The statement is withdrawn; it can still be read."))
            return redirect("indicators_desk:claim", code=code, pk=pk)
    return _claim(request, source, pk, form, status)


def _claim(
    request: Request, source: Source, pk: int, form: WithdrawClaimForm, status: int
) -> HttpResponse:
    one = found(told.claim(source.pk, pk))
    context = {
        "source": source,
        "claim": one,
        "card": card_of(waves.said_in(one), waves.figures_of(source).get(one.unit.code, [])),
        "names": people.names_of({one.by, one.withdrawn_by} - {""}),
        "keeps": may_keep(request.actor, source.agency_id),
        "form": form,
    }
    return show(request, "indicators/desk/claim.html", context, status)
