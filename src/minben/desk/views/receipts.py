"""Receipts of an agency's acts on a case (機關收據): what the public ledger holds of them."""

from typing import Final

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from minben.base.access import Request, official
from minben.base.qr import qr_picture
from minben.desk.views.pages import CHECKING, RESPONDING, found, show
from minben.ledger.keys import LedgerKeyMissing
from minben.ledger.receipts import Code, Receipt, write
from minben.proposals.queries import desk as proposals
from minben.proposals.queries import receipts

OFFICES: Final = (*RESPONDING, *CHECKING)


def _acts(request: Request, case_id: int, number: str) -> list[Receipt]:
    try:
        return receipts.act_receipts(case_id, number, request.actor, receipts.office_kinds())
    except LedgerKeyMissing:
        return []


@official(*OFFICES)
@require_safe
def case_receipts(request: Request, number: str) -> HttpResponse:
    """Assignments, deadlines, extensions and responses of a case, each with its proof."""
    proposal = found(proposals.proposal_of(number))
    made = _acts(request, proposal.case_id, number)
    last = next((one for one in reversed(made) if one.place), None)
    address = request.build_absolute_uri(reverse("portal:ledger_receipt"))
    context = {
        "proposal": proposal,
        "acts": [
            receipts.told_line(one.entry, one.place.index if one.place else -1) for one in made
        ],
        "settled": all(one.place for one in made),
        "qr": qr_picture(f"{address}#{Code.of(last)}") if last else "",
    }
    return show(request, "cases/receipts.html", context)


@official(*OFFICES)
@require_safe
def case_receipts_file(request: Request, number: str) -> HttpResponse:
    """The same as a file."""
    proposal = found(proposals.proposal_of(number))
    made = _acts(request, proposal.case_id, number)
    if not made:
        raise Http404
    response = HttpResponse(write(made), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="receipts-{number}.json"'
    response["Cache-Control"] = "no-store"
    return response
