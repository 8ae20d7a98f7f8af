"""Correcting a published disposition (更正參採情形)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from minben.base.access import Request, official
from minben.base.staff import UNPROCESSABLE, put_beside, show
from minben.demands import actions
from minben.demands.forms import CorrectDispositionForm
from minben.demands.permissions import WRITING, may_draft
from minben.demands.queries import desk
from minben.demands.rules import CORRECTING_BASIS, DemandState
from minben.demands.views.drafting import readable
from minben.kernel.refusal import Refusal


@official(*WRITING)
def correct(request: Request, demand_id: int) -> HttpResponse:
    """Say it anew, with a reason; both become public, and the first stays readable."""
    row = readable(request, demand_id)
    if not may_draft(request.actor, row):
        raise Refusal("demand_not_your_agency", basis=CORRECTING_BASIS, rule=CORRECTING_BASIS)
    if row.state != DemandState.PUBLISHED:
        raise Refusal("demand_not_published", basis=CORRECTING_BASIS, rule=CORRECTING_BASIS)
    now = desk.work_on(row, request.at).dispositions[0]
    context = {"demand": row, "now": now, "rule": CORRECTING_BASIS}
    if request.method != "POST":
        initial = {
            "number": now.number,
            "adoption": now.adoption,
            "reason": now.reason,
            "follow_up": now.follow_up,
        }
        form = CorrectDispositionForm(initial=initial)
        return show(request, "demands/correct.html", {**context, "form": form})
    form = CorrectDispositionForm(request.POST)
    status = UNPROCESSABLE
    if form.is_valid():
        try:
            actions.correct_disposition(
                demand_id=row.pk, **form.cleaned_data, by=request.actor, at=request.at
            )
            messages.success(request, _("The correction is public."))
            return redirect("demands_desk:demand", demand_id=row.pk)
        except Refusal as refusal:
            status = put_beside(form, refusal)
    return show(request, "demands/correct.html", {**context, "form": form}, status)
