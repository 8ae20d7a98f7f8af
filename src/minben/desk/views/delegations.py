"""Deputies (職務代理): who represents me, whom I represent; naming one, ending it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from minben.base.access import Request, official
from minben.desk.delegation_form import DelegationForm
from minben.desk.templatetags.desk import named
from minben.desk.views.pages import UNPROCESSABLE, put_beside, show
from minben.desk.words import ROLES
from minben.kernel.actor import AGENCY_ROLES
from minben.kernel.refusal import Refusal
from minben.people import actions
from minben.people import queries as people
from minben.people.rules import DelegationKind

STAFF = tuple(sorted(AGENCY_ROLES))


@official(*STAFF)
def delegations(request: Request) -> HttpResponse:
    """What runs and what is to come, and the form that names a deputy."""
    form = _form(request)
    status = 200
    if request.method == "POST":
        status = _name(request, form)
        if status == 200:
            messages.success(request, _("The deputy is named."))
            return redirect("desk:delegations")
    rows = people.delegations_of(request.actor, request.at)
    return show(request, "delegations.html", {"form": form, "rows": rows}, status)


@official(*STAFF)
@require_POST
def end(request: Request, delegation_id: int) -> HttpResponse:
    """End it before its time; the deputy loses the role with the next request."""
    actions.end_delegation(delegation_id=delegation_id, by=request.actor, at=request.at)
    messages.success(request, _("The deputy's time has ended."))
    return redirect("desk:delegations")


def _form(request: Request) -> DelegationForm:
    grants = people.grants_to_cover(request.actor, request.at)
    agencies = {grant.agency_id for grant in grants if grant.agency_id is not None}
    holders = {grant.user_id for grant in grants}
    # Whoever is the only holder there is can't be the deputy; of several the act refuses the one.
    alone = holders if len(holders) == 1 else set()
    return DelegationForm(
        request.POST if request.method == "POST" else None,
        grants=[(str(grant.pk), _told(grant)) for grant in grants],
        people=[
            (str(one.pk), f"{one.nickname} · {one.email}")
            for one in people.colleagues(agencies, request.at)
            if one.pk not in alone
        ],
    )


def _told(grant: Any) -> str:  # Any: the model is private to people
    """A role in words: 機關承辦人 · 財政部 · 王小明."""
    return f"{ROLES[grant.role]} · {named(grant.agency)} · {grant.user.nickname}"


def _name(request: Request, form: DelegationForm) -> int:
    if not form.is_valid():
        return UNPROCESSABLE
    since, until = form.period
    try:
        actions.delegate_role(
            grant_id=int(form.cleaned_data["grant"]),
            delegate_id=int(form.cleaned_data["delegate"]),
            kind=DelegationKind(form.cleaned_data["kind"]),
            since=since,
            until=until,
            by=request.actor,
            at=request.at,
        )
    except Refusal as refusal:
        return put_beside(form, refusal)
    return 200
