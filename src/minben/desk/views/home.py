"""The desk's first page (今日): what is overdue, due today and mine, for the roles one holds."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from minben.base.access import Request, official
from minben.casework import queries as casework
from minben.desk.views.pages import ANY_STAFF, CHECKING, RESPONDING, show
from minben.discussion import queries as discussion
from minben.kernel.actor import Role
from minben.proposals.queries import campaigns
from minben.proposals.queries import desk as proposals


@official(*ANY_STAFF)
@require_safe
def home(request: Request) -> HttpResponse:
    """Counts and the most pressing rows of each queue; what a role has nothing to do with is absent."""
    actor = request.actor
    context: dict[str, Any] = {}  # Any: template context
    if any(actor.has(role) for role in CHECKING):
        context |= _checking(request)
    if any(actor.has(role) for role in RESPONDING):
        due = proposals.awaiting_response(actor.agency_ids)
        context["responses"] = proposals.most_pressing(due, request.at, "response_due_at")
    if actor.has(Role.ADMINISTRATOR):
        context |= _administration(request)
    context["clerk"] = actor.has(Role.CLERK)
    return show(request, "home.html", context)


def _checking(request: Request) -> dict[str, Any]:
    return {
        "checks": proposals.most_pressing(proposals.checks_waiting(), request.at),
        "held": proposals.checks_held_by(request.actor.person_id, request.at),
        "appeals": proposals.most_pressing(proposals.appeals_waiting(), request.at),
        "invalidation": campaigns.waiting_for(request.actor, request.at),
        "reported": discussion.reported_comments().count(),
    }


def _administration(request: Request) -> dict[str, Any]:
    everywhere = proposals.awaiting_response()
    return {
        "everywhere": proposals.most_pressing(everywhere, request.at, "response_due_at"),
        "alone": proposals.cases_found(without_agency=True).count(),
        "pauses": casework.pauses_ahead(request.at),
    }
