"""Closing one's account: what goes, what stays, and the days in which one can undo it (註銷帳號)."""

from http import HTTPStatus

from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from minben.base.access import Request, citizen
from minben.base.refusals import sentence, status_of
from minben.kernel.refusal import Refusal
from minben.people import actions, queries
from minben.people.closing_forms import ClosingForm
from minben.people.rules import CLOSING_DAYS


@citizen
@require_http_methods(["GET", "POST"])
def close(request: Request) -> HttpResponse:
    """Ask for one's account to be erased; later the same page says when, and offers to keep it."""
    if closing := queries.closing_of(request.actor):
        return render(request, "people/closing.html", {"closing": closing})
    user = queries.user_of(request.actor)
    form = ClosingForm(request.POST or None, user=user)
    hindrance = queries.closing_hindrance(user, request.at)
    status = HTTPStatus.OK if hindrance is None else status_of(hindrance)
    if request.method == "POST" and hindrance is None:
        refused = _close(request, form)
        if refused is None:
            return HttpResponseRedirect(reverse("people:close"))
        status = refused
    context = {
        "form": form,
        "days": CLOSING_DAYS,
        "hindrance": sentence(hindrance) if hindrance else "",
    }
    shown = status if request.method == "POST" else HTTPStatus.OK
    return render(request, "people/close.html", context, status=shown)


def _close(request: Request, form: ClosingForm) -> HTTPStatus | None:
    """Do the act; return the status to answer with when it is refused."""
    if not ratelimit.consume(request, action="reauthenticate", user=request.user):
        form.limited = True
    if not form.is_valid():
        return HTTPStatus.TOO_MANY_REQUESTS if form.limited else HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        actions.close_account(
            keep_comments=form.cleaned_data["comments"] == "keep",
            by=request.actor,
            at=request.at,
        )
    except Refusal as refusal:
        form.refuse(refusal)
        return status_of(refusal)
    return None


@citizen
@require_POST
def keep(request: Request) -> HttpResponse:
    """Keep the account after all."""
    try:
        actions.keep_account(by=request.actor, at=request.at)
    except Refusal as refusal:
        messages.error(request, sentence(refusal))
        return HttpResponseRedirect(reverse("people:close"))
    messages.success(request, _("Your account stays. Nothing was erased."))
    return HttpResponseRedirect(reverse("people:profile"))
