"""Rounds of topics in public (議題票選): what was nominated, why, and how the vote went."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from minben.base.access import Request, public
from minben.base.staff import found
from minben.meetings import queries
from minben.meetings.rules.topics import VOTE_BASIS


@public
@require_safe
def all_rounds(request: Request) -> HttpResponse:
    """Every round, newest first. One query."""
    context = {"rounds": queries.rounds(), "basis": VOTE_BASIS}
    return render(request, "meetings/rounds.html", context)


@public
@require_safe
def one_round(request: Request, pk: int) -> HttpResponse:
    """One round with its topics; votes once they are counted."""
    seen = found(queries.round_seen(pk))
    return render(request, "meetings/round.html", {"seen": seen, "basis": VOTE_BASIS})
