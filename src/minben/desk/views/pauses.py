"""Pauses before polls (選舉期間暫停): what was declared, declaring with a preview, cancelling."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from minben.base.access import Request, official
from minben.casework import queries as casework
from minben.casework.rules import PAUSE_MAX, pause_fault
from minben.desk.forms import PauseForm
from minben.desk.templatetags.desk import named
from minben.desk.views.pages import UNPROCESSABLE, found, put_beside, show
from minben.kernel.actor import Role
from minben.kernel.periods import end_of, start_of
from minben.kernel.refusal import Refusal
from minben.people import queries as people
from minben.proposals import actions


@official(Role.ADMINISTRATOR)
@require_safe
def pauses(request: Request) -> HttpResponse:
    """Every pause ever declared, newest first."""
    return show(request, "pauses/list.html", {"pauses": casework.all_pauses()})


@official(Role.ADMINISTRATOR)
def declare(request: Request) -> HttpResponse:
    """Declare a pause; first look at how many windows it would move."""
    governments = [(str(row.pk), named(row)) for row in people.jurisdictions()]
    form = PauseForm(request.POST if request.method == "POST" else None, governments=governments)
    if request.method != "POST":
        return show(request, "pauses/declare.html", {"form": form})
    if not form.is_valid():
        return show(request, "pauses/declare.html", {"form": form}, UNPROCESSABLE)
    if request.POST.get("act") != "declare":
        return _preview(request, form)
    try:
        actions.declare_pause(**_terms(form), by=request.actor, at=request.at)
    except Refusal as refusal:
        return show(request, "pauses/declare.html", {"form": form}, put_beside(form, refusal))
    messages.success(request, _("The pause is declared; the windows have got their days back."))
    return redirect("desk:pauses")


@official(Role.ADMINISTRATOR)
def cancel(request: Request, pause_id: int) -> HttpResponse:
    """The page before cancelling, and the act."""
    pause = found(casework.find_pause(pause_id))
    if request.method != "POST":
        begun = pause.starts_at < request.at
        moved = casework.windows_moved(
            pause.jurisdiction_id,
            # The days that have passed stay given.
            add=(pause.starts_at, request.at) if begun else None,
            without=pause.pk,
        )
        over = bool(pause.cancelled_at) or pause.ends_at <= request.at
        context = {"pause": pause, "moved": moved, "over": over, "begun": begun}
        return show(request, "pauses/cancel.html", context)
    actions.cancel_pause(pause_id=pause.pk, by=request.actor, at=request.at)
    messages.success(request, _("The pause is cancelled."))
    return redirect("desk:pauses")


def _preview(request: Request, form: PauseForm) -> HttpResponse:
    """What the pause would do, with the button that declares it; nothing is written."""
    terms = _terms(form)
    starts_at, ends_at = max(terms["starts_at"], request.at), terms["ends_at"]
    if code := pause_fault(terms["starts_at"], ends_at, request.at):
        status = put_beside(form, Refusal(code, field="ends_on", most=PAUSE_MAX.days))
        return show(request, "pauses/declare.html", {"form": form}, status)
    moved = casework.windows_moved(terms["jurisdiction_id"], add=(starts_at, ends_at))
    days = (form.cleaned_data["ends_on"] - form.cleaned_data["starts_on"]).days + 1
    context = {
        "form": form,
        "previewed": True,
        "moved": moved,
        "days": days,
        "government": dict(form.fields["jurisdiction"].choices)[  # type: ignore[attr-defined]
            form.cleaned_data["jurisdiction"]
        ],
    }
    return show(request, "pauses/declare.html", context)


def _terms(form: PauseForm) -> dict[str, Any]:
    """What the action wants: from the beginning of the first day to the end of the last."""
    data = form.cleaned_data
    return {
        "jurisdiction_id": int(data["jurisdiction"]),
        "starts_at": start_of(data["starts_on"]),
        "ends_at": end_of(data["ends_on"]),
        "reason_zh": data["reason_zh"],
        "reason_en": data["reason_en"],
        "source": data["source"],
    }
