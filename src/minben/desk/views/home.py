"""The desk's first page (今日): one list of what waits, and how much of each kind."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from minben.base.access import Request, official
from minben.base.bulk_acts import acts_for
from minben.casework import queries as casework
from minben.desk.inbox import Group, inbox_of
from minben.desk.views.pages import ANY_STAFF, CHECKING, RESPONDING, show
from minben.discussion import queries as discussion
from minben.kernel.actor import Role
from minben.proposals.queries import campaigns
from minben.proposals.queries import desk as proposals
from minben.proposals.queries.dossier import cases_known

GROUPS = {
    Group.DUE: _("Due today or overdue"),
    Group.ME: pgettext_lazy("inbox", "For me"),
    Group.OTHERS: _("Waits for others"),
    Group.BLOCKED: pgettext_lazy("inbox", "Blocked"),
}


@official(*ANY_STAFF)
@require_safe
def home(request: Request) -> HttpResponse:
    """The inbox; above it counts of each queue. What a role has nothing to do with is absent."""
    actor = request.actor
    asked = request.GET.get("show", "")
    inbox = inbox_of(actor, request.at, asked, request.GET.get("page"))
    context: dict[str, Any] = {  # Any: template context
        "inbox": inbox,
        "groups": [(group, GROUPS[group], inbox.counts[group]) for group in Group],
        "titles": {group.value: words for group, words in GROUPS.items()},
        "acts": [act for act in acts_for(actor) if act.prefix in inbox.keys],
        "clerk": actor.has(Role.CLERK),
        "only_clerk": all(grant.role is Role.CLERK for grant in actor.grants),
    }
    if any(actor.has(role) for role in CHECKING):
        context |= _checking(request)
    if any(actor.has(role) for role in RESPONDING):
        due = proposals.awaiting_response(actor.agency_ids)
        context["responses"] = proposals.most_pressing(due, request.at, "response_due_at", 1)
    if actor.has(Role.ADMINISTRATOR):
        context |= _administration(request)
    return show(request, "home.html", context)


def _checking(request: Request) -> dict[str, Any]:
    return {
        "checks": proposals.most_pressing(proposals.checks_waiting(), request.at, limit=1),
        "appeals": proposals.most_pressing(proposals.appeals_waiting(), request.at, limit=1),
        "invalidation": campaigns.waiting_for(request.actor, request.at),
        "reported": discussion.reported_comments().count(),
    }


def _administration(request: Request) -> dict[str, Any]:
    everywhere = proposals.awaiting_response()
    return {
        "everywhere": proposals.most_pressing(everywhere, request.at, "response_due_at", 1),
        "alone": cases_known(request.at, without_agency=True).count(),
        "pauses": casework.pauses_ahead(request.at),
    }
