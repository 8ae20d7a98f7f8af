"""Staff roles (職務): who holds which, granting by e-mail address, ending."""

from datetime import datetime
from itertools import groupby

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from minben.base.access import Request, official
from minben.desk.forms import RoleForm
from minben.desk.templatetags.desk import named
from minben.desk.views.agencies import agency_choices
from minben.desk.views.pages import UNPROCESSABLE, put_beside, show
from minben.kernel.actor import Role
from minben.kernel.refusal import Refusal
from minben.people import actions
from minben.people import queries as people


@official(Role.ADMINISTRATOR)
def roles(request: Request) -> HttpResponse:
    """The list of roles in force, and the form that grants one."""
    form = RoleForm(
        request.POST if request.method == "POST" else None,
        agencies=_by_government(request.at),
    )
    status = 200
    if request.method == "POST":
        status = _grant(request, form)
        if status == 200:
            messages.success(request, _("The role is granted; it takes effect at once."))
            return redirect("desk:roles")
    context = {"form": form, "grants": people.roles_in_force(request.at)}
    return show(request, "roles/list.html", context, status)


@official(Role.ADMINISTRATOR)
@require_POST
def end(request: Request, grant_id: int) -> HttpResponse:
    """End a role; its holder loses it with the next request."""
    actions.end_role(grant_id=grant_id, by=request.actor, at=request.at)
    messages.success(request, _("The role has ended."))
    return redirect("desk:roles")


def _by_government(at: datetime) -> list[tuple[str, list[tuple[str, str]]]]:
    """Agencies under the name of their government, as a grouped choice."""
    rows = groupby(people.all_agencies(at), key=lambda agency: named(agency.jurisdiction))
    return [(government, agency_choices(agencies)) for government, agencies in rows]


def _grant(request: Request, form: RoleForm) -> int:
    if not form.is_valid():
        return UNPROCESSABLE
    data = form.cleaned_data
    user = people.user_by_email(data["email"])
    try:
        actions.grant_role(
            user_id=user.pk if user else 0,
            role=Role(data["role"]),
            agency_id=int(data["agency"]) if data["agency"] else None,
            by=request.actor,
            at=request.at,
        )
    except Refusal as refusal:
        return put_beside(form, refusal)
    return 200
