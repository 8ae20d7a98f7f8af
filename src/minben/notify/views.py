"""Which letters one wants: a link in each letter about a case, and a page of one's own (通知設定)."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from minben.base.access import Request, citizen, public
from minben.base.staff import UNPROCESSABLE, put_beside
from minben.kernel.refusal import Refusal
from minben.kernel.text import whole_number
from minben.notify import actions, queries
from minben.notify.forms import WishForm
from minben.notify.proving import proved_address
from minben.notify.stopping import stop_of


@public
@csrf_exempt  # the link itself is the proof; mail programs send no cookie (RFC 8058, 3.1)
@require_http_methods(["GET", "POST"])
def stop(request: Request, token: str) -> HttpResponse:
    """Stop letters about one case, or take that back. Looking at it changes nothing: scanners do."""
    stopping = stop_of(token)
    if stopping is None:
        raise Http404
    who, case_id = stopping.recipient, stopping.case_id
    if request.method == "POST" and request.POST.get("act") == "resume":
        actions.unmute_case(recipient=who, case_id=case_id, by=request.actor, at=request.at)
    elif request.method == "POST":
        actions.mute_case(
            recipient=who,
            case_id=case_id,
            number=stopping.number,
            by=request.actor,
            at=request.at,
        )
    context = {
        "number": stopping.number,
        "subject": queries.subject_of(who, case_id),
        "stopped": queries.is_muted(who, case_id),
    }
    return render(request, "notify/stop.html", context)


@citizen
@require_http_methods(["GET", "POST"])
def notices(request: Request) -> HttpResponse:
    """When letters come, whether they come back, and the cases one gets none about."""
    act = request.POST.get("act", "")
    if request.method == "POST" and act == "prove":
        return _ask_for_proof(request)
    if request.method == "POST" and act == "wish":
        return _wish(request)
    if request.method == "POST":
        case_id = whole_number(request.POST.get("case", ""))
        if case_id is not None:
            actions.unmute_case(
                recipient=request.actor.id, case_id=case_id, by=request.actor, at=request.at
            )
        return HttpResponseRedirect(reverse("notify:notices"))
    wish = queries.wish_of(request.actor.id)
    initial = {
        "daily": "yes" if wish and wish.daily else "no",
        "quiet_from": "" if wish is None or wish.quiet_from is None else str(wish.quiet_from),
        "quiet_until": "" if wish is None or wish.quiet_until is None else str(wish.quiet_until),
    }
    return _page(request, WishForm(initial=initial))


def _page(request: Request, form: WishForm, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "muted": queries.muted(request.actor.id),
        "returned": queries.returned(_address(request)),
        "address": _address(request),
    }
    return render(request, "notify/notices.html", context, status=status)


def _address(request: Request) -> str:
    return str(getattr(request.user, "email", ""))


def _wish(request: Request) -> HttpResponse:
    form = WishForm(request.POST)
    if not form.is_valid():
        return _page(request, form, UNPROCESSABLE)
    try:
        actions.wish_for_letters(
            recipient=request.actor.id, **form.wish, by=request.actor, at=request.at
        )
    except Refusal as refusal:
        return _page(request, form, put_beside(form, refusal))
    messages.success(request, _("Letters come as you wish from now on."))
    return HttpResponseRedirect(reverse("notify:notices"))


def _ask_for_proof(request: Request) -> HttpResponse:
    actions.ask_for_proof(
        recipient=request.actor.id,
        address=_address(request),
        language=get_language() or "zh-hant",
        by=request.actor,
        at=request.at,
    )
    messages.success(request, _("A letter is on its way. Open the link in it within a day."))
    return HttpResponseRedirect(reverse("notify:notices"))


@citizen
@require_http_methods(["GET", "POST"])
def prove(request: Request, token: str) -> HttpResponse:
    """Prove one's address again. Looking at it changes nothing: scanners do."""
    if not proved_address(token, request.actor.id):
        raise Refusal("proof_unknown")
    if request.method == "POST":
        actions.prove_address(
            token=token, recipient=request.actor.id, by=request.actor, at=request.at
        )
        messages.success(request, _("Your address is proved; letters reach you again."))
        return HttpResponseRedirect(reverse("notify:notices"))
    return render(
        request, "notify/prove.html", {"address": proved_address(token, request.actor.id)}
    )
