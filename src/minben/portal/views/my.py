"""One's own page (我的頁面): what I write, proposed and endorsed, what I was told, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from minben.base.access import Request, citizen
from minben.kernel.actor import Actor, Role
from minben.notify import queries as notify
from minben.people import queries as people
from minben.portal.my_data import everything_about
from minben.proposals.queries import drafts_of
from minben.proposals.queries.mine import endorsed_by, proposals_of
from minben.proposals.words import Bilingual

if TYPE_CHECKING:
    from minben.people.models import User


NOTICES_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that proposing and endorsing ask for, and whether it is there."""

    text: str | Promise
    done: bool


ROLE_LABELS: dict[Role, str | Promise] = {
    Role.CHECKER: _("Checker"),
    Role.OFFICER: _("Agency officer"),
    Role.LEAD: _("Agency lead"),
    Role.ADMINISTRATOR: _("Administrator"),
    Role.CLERK: _("Counter clerk"),
    Role.PARTICIPATION: _("Participation officer"),
}


@citizen
@require_safe
def my(request: Request) -> HttpResponse:
    """The page of the person who is signed in. At most ten queries."""
    by, at = request.actor, request.at
    context = {
        "needs": _needs(cast("User", request.user)),
        "drafts": drafts_of(by),
        "proposals": proposals_of(by, at),
        "endorsed": endorsed_by(by, request.GET.get("page"), at),
        "notices": notify.told(by.id, NOTICES_SHOWN),
        "roles": _roles(by),
    }
    return render(request, "portal/my/page.html", context)


@citizen
@require_safe
def my_data(request: Request) -> HttpResponse:
    """Everything the platform holds about the person who is signed in, as a file."""
    response = JsonResponse(
        everything_about(request.actor, request.at),
        json_dumps_params={"ensure_ascii": False, "indent": 2},
    )
    response["Content-Disposition"] = 'attachment; filename="minben-my-data.json"'
    patch_cache_control(response, private=True, no_store=True)
    return response


def _needs(user: User) -> list[Need]:
    return [
        Need(_("E-mail address confirmed"), user.email_verified_at is not None),
        Need(_("Mobile number confirmed, or at a counter"), user.confirmed_at is not None),
        Need(_("Nationality or residence permit declared"), bool(user.residency)),
        Need(_("Nickname chosen"), bool(user.nickname)),
        Need(_("County or city given"), bool(user.county)),
    ]


def _roles(by: Actor) -> list[tuple[str | Promise, Bilingual]]:
    """Staff roles with the agency they are held in. One query for those who hold any."""
    ids = [grant.agency_id for grant in by.grants if grant.agency_id is not None]
    names = people.agency_names_by_id(ids) if ids else {}
    held = sorted(by.grants, key=lambda grant: (grant.role, grant.agency_id or 0))
    return [
        (ROLE_LABELS[grant.role], Bilingual(*names.get(grant.agency_id or 0, ("",))))
        for grant in held
    ]
