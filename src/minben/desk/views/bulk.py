"""Acts on many rows of the inbox: what would be done, and what became of each row."""

from collections.abc import Collection, Iterable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from minben.base.access import Request, official
from minben.base.bulk_acts import carry_out, listed, sign
from minben.base.refusals import sentence
from minben.casework.about import About, about
from minben.desk.views.pages import ANY_STAFF, show


@official(*ANY_STAFF)
@require_POST
def bulk(request: Request) -> HttpResponse:
    """The page before the act: exactly what will be done on which rows, signed."""
    keys = request.POST.getlist("key")
    if not keys:
        messages.error(request, _("Select at least one row first."))
        return redirect("desk:home")
    found = listed(request.POST.get("act", ""), keys, by=request.actor, at=request.at)
    if not found.rows:
        messages.error(request, _("None of the selected rows takes this act any more."))
        return redirect("desk:home")
    cases = about({row.case_id for row in found.rows.values()})
    context = {
        "act": found.act,
        "rows": _named(cases, (row.case_id for row in found.rows.values())),
        "left_out": found.left_out,
        "signed": sign(found, by=request.actor, at=request.at),
    }
    return show(request, "bulk/confirm.html", context)


@official(*ANY_STAFF)
@require_POST
def do(request: Request) -> HttpResponse:
    """The acts, one by one, and what became of each."""
    act, rows = carry_out(request.POST.get("list", ""), by=request.actor, at=request.at)
    cases = about({row.case_id for row in rows})
    done = _named(cases, (row.case_id for row in rows if row.refusal is None))
    refused = [
        (cases[row.case_id], sentence(row.refusal), row.refusal.basis)
        for row in rows
        if row.refusal is not None and row.case_id in cases
    ]
    return show(request, "bulk/done.html", {"act": act, "done": done, "refused": refused})


def _named(cases: dict[int, About], case_ids: Iterable[int]) -> Collection[About]:
    return [cases[case_id] for case_id in case_ids if case_id in cases]
