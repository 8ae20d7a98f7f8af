"""What the pages of one proposal share: finding it, and who is reading (共用)."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render

from minben.base.access import Request
from minben.kernel.actor import ActorKind
from minben.kernel.periods import last_day, local_day
from minben.kernel.refusal import Refusal
from minben.proposals.queries.facts import Facts, facts
from minben.proposals.rules import State

READ_OR_POST = ["GET", "HEAD", "POST"]


def of_proposal(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Hand the view the proposal in place of its number.

    A hidden one stands in the public register; one that waits for its check is not found by
    others than those concerned; one withdrawn before its check is gone.
    """

    @wraps(view)
    def wrapper(request: Request, number: str, **more: Any) -> HttpResponseBase:
        proposal = facts(number, request.actor, request.at)
        if proposal is None:
            raise Http404
        if proposal.state is State.HIDDEN:
            return redirect("proposals:hidden_entry", number)
        if not proposal.seen:
            if proposal.state is not State.WITHDRAWN:
                raise Http404
            return render(request, "proposals/gone.html", status=HTTPStatus.GONE)
        return view(request, proposal, **more)

    return wrapper


def reader_of(request: Request) -> str:
    """Who reads: ``anonymous``, ``unverified`` or ``verified``."""
    if request.actor.kind is not ActorKind.PERSON:
        return "anonymous"
    return "verified" if request.actor.verified else "unverified"


def endorse_refusal(proposal: Facts) -> Refusal | None:
    """Why nobody can endorse now, as the action itself would say it."""
    if not proposal.fault:
        return None
    return Refusal(
        proposal.fault,
        basis=proposal.rule_set.rules.endorse.basis,
        opens=local_day(proposal.opens_at).isoformat() if proposal.opens_at else "",
        closed=last_day(proposal.closes_at).isoformat() if proposal.closes_at else "",
    )
