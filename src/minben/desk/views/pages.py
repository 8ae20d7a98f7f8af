"""What all pages of the desk share: navigation by role, pagination, refusals beside their field."""

from dataclasses import dataclass
from typing import Any, Final, TypeVar

from django.core.paginator import Page, Paginator
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from minben.base.access import Request
from minben.base.refusals import sentence, status_of
from minben.kernel.actor import AGENCY_ROLES, Role
from minben.kernel.refusal import Refusal
from minben.people import queries as people

T = TypeVar("T")
PER_PAGE: Final = 25
UNPROCESSABLE: Final = 422

ANY_STAFF: Final = tuple(Role)
CHECKING: Final = (Role.CHECKER, Role.ADMINISTRATOR)
RESPONDING: Final = (Role.OFFICER, Role.LEAD)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the desk's navigation."""

    name: str
    text: str | Promise
    icon: str
    roles: tuple[Role, ...]


NAVIGATION: Final = (
    Entry("desk:home", pgettext_lazy("desk", "Today"), "calendar", ANY_STAFF),
    Entry("desk:checks", pgettext_lazy("desk", "Checks"), "search", CHECKING),
    Entry("desk:appeals", _("Appeals"), "scales", CHECKING),
    Entry("desk:comments", pgettext_lazy("desk", "Comments"), "comment", CHECKING),
    Entry("desk:responses", pgettext_lazy("desk", "Responses"), "seal", RESPONDING),
    Entry("desk:cases", _("Cases"), "file", (Role.ADMINISTRATOR,)),
    Entry("desk:campaigns", _("Endorsements looked into"), "endorse", (Role.ADMINISTRATOR,)),
    Entry("desk:campaign_appeals", _("Endorsers' appeals"), "scales", (Role.CHECKER,)),
    Entry("desk:pauses", _("Pauses"), "pause", (Role.ADMINISTRATOR,)),
    Entry("desk:agency_list", _("List of agencies"), "agency", (Role.ADMINISTRATOR,)),
    Entry("desk:roles", _("Staff roles"), "people", (Role.ADMINISTRATOR,)),
    Entry("desk:switches", pgettext_lazy("desk", "Switches"), "lock", (Role.ADMINISTRATOR,)),
    Entry("desk:delegations", _("Deputies"), "people", tuple(sorted(AGENCY_ROLES))),
    Entry("people:counter", pgettext_lazy("desk", "Counter"), "person", (Role.CLERK,)),
    Entry("desk:rules", _("Rule sets"), "info", ANY_STAFF),
)


def show(
    request: Request, template: str, context: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:  # Any: template context
    """Render a page of the desk with the navigation its reader's roles allow."""
    entries = [
        {"url": reverse(entry.name), "text": entry.text, "icon": entry.icon}
        for entry in NAVIGATION
        if any(request.actor.has(role) for role in entry.roles)
    ]
    here = max(
        (row["url"] for row in entries if request.path.startswith(str(row["url"]))),
        key=lambda url: len(str(url)),
        default="",
    )
    return render(
        request,
        f"desk/{template}",
        {
            "desk_entries": entries,
            "desk_here": here,
            "actor": request.actor,
            "represented": people.represented_by(request.actor, request.at),
            **(context or {}),
        },
        status=status,
    )


def found(thing: T | None) -> T:
    """`thing`, or the page for what does not exist."""
    if thing is None:
        raise Http404
    return thing


def page_of(request: Request, rows: Any, per_page: int = PER_PAGE) -> Page[Any]:
    """The page of `rows` (a queryset) the query asks for; nonsense is the first page.

    Any: querysets of different models have no common type that counts and slices.
    """
    return Paginator(rows, per_page).get_page(request.GET.get("page"))


def put_beside(form: Form, refusal: Refusal) -> int:
    """Put a refusal's sentence beside its field, or above the form; returns the HTTP status."""
    field = refusal.field if refusal.field in form.fields else None
    form.add_error(field, sentence(refusal))
    return status_of(refusal)
