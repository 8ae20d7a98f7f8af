"""What pages of meetings share."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from minben.base.access import Request
from minben.base.presentation import is_chinese
from minben.base.staff import show, tried
from minben.kernel.actor import AGENCY_ROLES, Role
from minben.meetings import queries
from minben.meetings.models import Meeting
from minben.people import queries as people

STAFF = (*sorted(AGENCY_ROLES), Role.ADMINISTRATOR)


def run_by(request: Request, number: str) -> Meeting:
    """A meeting the reader may run; for others it does not exist."""
    row = queries.meeting(number)
    if row is None or not queries.may_run(request.actor, row):
        raise Http404
    return row


def choices(agencies: Iterable[Any]) -> list[tuple[str, str]]:  # Any: agencies of people
    """Agencies as choices, in the reader's language."""
    zh = is_chinese()
    return [
        (str(one.pk), str(one.name_zh if zh or not one.name_en else one.name_en))
        for one in agencies
    ]


def agencies_in(request: Request, government: str) -> list[tuple[str, str]]:
    """Every agency of a government, as choices."""
    return choices(people.agencies_of(government, request.at))


def own_agencies(request: Request, government: str) -> list[tuple[str, str]]:
    """Those agencies of a government the reader acts for."""
    rows = people.agencies_of(government, request.at)
    return choices(one for one in rows if queries.acts_for(request.actor, one.pk))


def form_page(
    request: Request,
    form: Form,
    act: Callable[[dict[str, Any]], object],
    *,
    page: dict[str, Any],
    done: Any,
    to: str,
    template: str = "meetings/desk/form.html",
) -> HttpResponseBase:
    """Show a form, or do `act` with what was typed; a refusal stands beside its field.

    Args:
        page: what the template says around the form: title, back, text of the button.
        done: what is said when it is done, lazy. Any: Django's stubs keep its type.
        to: the address to go to then.
    """
    status = 200
    if request.method == "POST":
        status = tried(form, lambda: act(form.cleaned_data))
        if status == 200:
            messages.success(request, done)
            return redirect(to)
    return show(request, template, {"form": form, **page}, status)


def bound(request: Request) -> Any:  # Any: a QueryDict or None, as forms take it
    """What a form is bound to."""
    return request.POST if request.method == "POST" else None


def post_done(request: Request, said: Any, to: str) -> HttpResponse:  # Any: a lazy text
    """After an act without a form."""
    messages.success(request, said)
    return redirect(to)
