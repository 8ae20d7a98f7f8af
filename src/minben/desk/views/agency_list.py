"""The list of agencies (機關清單) for administrators: find, add, change, end."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from minben.base.access import Request, official
from minben.desk.agency_forms import AgencyForm, EndAgencyForm, NewAgencyForm
from minben.desk.templatetags.desk import named
from minben.desk.views.pages import UNPROCESSABLE, found, page_of, put_beside, show
from minben.kernel.actor import Role
from minben.kernel.refusal import Refusal
from minben.people import actions
from minben.people import queries as people
from minben.people.rules import AGENCY_NAME_MAX
from minben.proposals.queries import desk as proposals


@official(Role.ADMINISTRATOR)
@require_safe
def agency_list(request: Request) -> HttpResponse:
    """All agencies, those that ended included, by code or by any name they have or had."""
    words = request.GET.get("q", "").strip()[:AGENCY_NAME_MAX]
    page = page_of(request, people.agencies_matching(words))
    query = f"{urlencode({'q': words})}&" if words else ""
    context = {"page": page, "q": words, "base_query": query}
    return show(request, "agencies/list.html", context)


@official(Role.ADMINISTRATOR)
def add(request: Request) -> HttpResponse:
    """Add an agency."""
    form = NewAgencyForm(
        request.POST if request.method == "POST" else None,
        governments=[(one.code, named(one)) for one in people.jurisdictions()],
    )
    return _answer(request, form, "agencies/new.html", {}, lambda: _add(request, form))


@official(Role.ADMINISTRATOR)
def change(request: Request, code: str) -> HttpResponse:
    """What the list says of an agency, and the form that changes it."""
    agency = found(people.agency_page(code))
    told = ("name_zh", "name_en", "official_code", "mailbox", "valid_from")
    initial = {name: getattr(agency, name) for name in told}
    initial["aliases"] = "、".join(agency.aliases)
    initial["parent"] = agency.parent.code if agency.parent else ""
    form = AgencyForm(request.POST if request.method == "POST" else None, initial=initial)
    context = {"agency": agency}
    return _answer(
        request, form, "agencies/change.html", context, lambda: _change(request, form, code)
    )


@official(Role.ADMINISTRATOR)
def end(request: Request, code: str) -> HttpResponse:
    """End an agency; the page says how many answers it owes."""
    agency = found(people.agency_page(code))
    initial = {
        "valid_until": agency.valid_until,
        "successor": agency.successor.code if agency.successor else "",
    }
    form = EndAgencyForm(request.POST if request.method == "POST" else None, initial=initial)
    context = {"agency": agency, "owed": proposals.awaiting_response([agency.pk]).count()}
    return _answer(request, form, "agencies/end.html", context, lambda: _end(request, form, code))


def _answer(
    request: Request, form: Form, template: str, context: dict[str, Any], act: Callable[[], str]
) -> HttpResponse:
    """The page with its form, or what comes of the act."""
    if request.method != "POST":
        return show(request, template, context | {"form": form})
    if not form.is_valid():
        return show(request, template, context | {"form": form}, UNPROCESSABLE)
    try:
        told = act()
    except Refusal as refusal:
        return show(request, template, context | {"form": form}, put_beside(form, refusal))
    messages.success(request, told)
    return redirect("desk:agency_list")


def _add(request: Request, form: NewAgencyForm) -> str:
    data = form.changes
    agency, fresh = actions.add_agency(
        code=data["code"],
        jurisdiction_code=data["government"],
        name_zh=data["name_zh"],
        name_en=data["name_en"],
        parent_code=data["parent"],
        aliases=data["aliases"],
        official_code=data["official_code"],
        mailbox=data["mailbox"],
        valid_from=data["valid_from"],
        by=request.actor,
        at=request.at,
    )
    told = _("%(name)s is on the list.") if fresh else _("%(name)s has this code already.")
    return told % {"name": named(agency)}


def _change(request: Request, form: AgencyForm, code: str) -> str:
    agency, changed = actions.change_agency(
        code=code, changes=form.changes, by=request.actor, at=request.at
    )
    told = _("%(name)s is changed.") if changed else _("%(name)s: nothing was changed.")
    return told % {"name": named(agency)}


def _end(request: Request, form: EndAgencyForm, code: str) -> str:
    data = form.cleaned_data
    agency = actions.end_agency(
        code=code,
        on=data["valid_until"],
        successor_code=data["successor"],
        by=request.actor,
        at=request.at,
    )
    return _("The end of %(name)s is entered.") % {"name": named(agency)}
