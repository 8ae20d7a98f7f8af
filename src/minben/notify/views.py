"""Which letters one wants: a link in each letter about a case, and a page of one's own (通知設定)."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from minben.base.access import Request, citizen, public
from minben.notify import actions, queries
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
    context = {"number": stopping.number, "stopped": queries.is_muted(who, case_id)}
    return render(request, "notify/stop.html", context)


@citizen
@require_http_methods(["GET", "POST"])
def notices(request: Request) -> HttpResponse:
    """The cases one gets no letters about; each can be taken back."""
    if request.method == "POST":
        chosen = request.POST.get("case", "")
        if chosen.isascii() and chosen.isdigit():
            case_id = int(chosen[:18])
            actions.unmute_case(
                recipient=request.actor.id, case_id=case_id, by=request.actor, at=request.at
            )
        return HttpResponseRedirect(reverse("notify:notices"))
    return render(request, "notify/notices.html", {"muted": queries.muted(request.actor.id)})
