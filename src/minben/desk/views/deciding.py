"""Deciding an appeal (決定申覆): the way every kind of appeal goes, from what was typed to the act."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect

from minben.base.access import Request
from minben.desk.views.pages import UNPROCESSABLE, put_beside
from minben.kernel.refusal import Refusal

# Any: a form is constructed by its own signature; the acts and pages take what their kind needs.
FormOf = Callable[..., Form]
Page = Callable[[Form, int], HttpResponse]
Act = Callable[..., Any]


def decide(
    request: Request,
    form_of: FormOf,
    *,
    page: Page,
    act: Act,
    said: Callable[[bool], str],
    back: str,
) -> HttpResponse:
    """Show the form, or decide by it: upheld or not, with a reason.

    Args:
        form_of: makes the form, which has the fields `upheld` (yes or no) and `reason`.
        page: the page with that form, and its status; what was typed is shown again.
        act: the action, given `upheld`, `reason`, `by` and `at`.
        said: the sentence that tells it is done.
        back: name of the queue the decision leads to.
    """
    if request.method != "POST":
        return page(form_of(), 200)
    form = form_of(request.POST)
    if not form.is_valid():
        return page(form, UNPROCESSABLE)
    upheld = form.cleaned_data["upheld"] == "yes"
    try:
        act(
            upheld=upheld,
            reason=form.cleaned_data["reason"],
            by=request.actor,
            at=request.at,
        )
    except Refusal as refusal:
        return page(form, put_beside(form, refusal))
    messages.success(request, said(upheld))
    return redirect(back)
