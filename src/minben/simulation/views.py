"""Pages of the sandbox: the mailbox, the accounts to try, and the clock (示範頁面).

None of them exists on a production platform: the access mark answers 404 there.
"""

from datetime import timedelta
from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from minben.base.access import Request, sandbox
from minben.base.refusals import sentence
from minben.kernel.refusal import Refusal
from minben.notify import queries as notify
from minben.people import queries as people
from minben.people import second_factor
from minben.simulation import clock_control
from minben.simulation.demo.people import PASSWORD

_BACKEND = settings.AUTHENTICATION_BACKENDS[0]


def _back(request: Request) -> str:
    target = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure()):
        return target
    return reverse("portal:home")


@sandbox
@require_GET
def outbox(request: Request) -> HttpResponse:
    """Mail and SMS that a production platform would have sent."""
    return render(request, "simulation/outbox.html", {"messages_sent": notify.sandbox_messages()})


@sandbox
@require_http_methods(["GET", "POST"])
def accounts(request: Request) -> HttpResponse:
    """The demo's accounts, each with a button that signs in as that person."""
    rows = people.sandbox_accounts()
    if request.method == "POST":
        chosen = next((row for row in rows if str(row.pk) == request.POST.get("account")), None)
        if chosen is None:
            return render(
                request,
                "simulation/accounts.html",
                {"rows": rows, "password": PASSWORD},
                status=HTTPStatus.UNPROCESSABLE_ENTITY,
            )
        login(request, chosen, backend=_BACKEND)
        second_factor.stand_in(request, chosen)
        home = "desk:home" if chosen.is_official else "portal:my"
        return HttpResponseRedirect(reverse(home))
    return render(request, "simulation/accounts.html", {"rows": rows, "password": PASSWORD})


@sandbox
@require_POST
def move_clock(request: Request) -> HttpResponse:
    """Move the clock and do the work that falls due on the way."""
    steps = {"day": timedelta(days=1), "week": timedelta(weeks=1)}
    try:
        moved = clock_control.move(request.POST.get("step", ""), steps, at=request.at)
    except Refusal as refusal:
        messages.error(request, sentence(refusal))
        return HttpResponseRedirect(_back(request))
    messages.success(
        request,
        _("The clock was moved. %(count)s things fell due.") % {"count": sum(moved.values())},
    )
    return HttpResponseRedirect(_back(request))
