"""Receipts of endorsers and proposers (收據), and what the ledger holds of a proposal."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from minben.base.access import Request, citizen, public
from minben.base.qr import qr_picture
from minben.kernel.text import whole_number
from minben.ledger.entries import read_instant
from minben.ledger.keys import LedgerKeyMissing
from minben.ledger.receipts import Code, Receipt, write
from minben.proposals.own_receipts import endorsement_receipt
from minben.proposals.queries import receipts
from minben.proposals.queries.facts import Facts, facts
from minben.proposals.views.showing import of_proposal
from minben.proposals.words import told_dates


def of_own(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Hand the view a proposal the reader made or endorsed, also when it is hidden by now."""

    @wraps(view)
    def wrapper(request: Request, number: str, **more: Any) -> HttpResponseBase:
        proposal = facts(number, request.actor, request.at)
        if proposal is None or not (proposal.mine or proposal.by_me or proposal.seen):
            raise Http404
        if not (proposal.mine or proposal.by_me):
            return redirect("proposals:page", number)
        response = view(request, proposal, **more)
        response["Cache-Control"] = "no-store"
        return response

    return wrapper


def check_address(request: Request, receipt: Receipt) -> str:
    """Where a receipt's code is checked. After the ``#``, which browsers never send."""
    page = reverse("portal:ledger_receipt")
    return f"{request.build_absolute_uri(page)}#{Code.of(receipt)}"


def _mine(request: Request, proposal: Facts) -> dict[str, Any]:  # Any: template context
    """The reader's receipt as its part of the page needs it."""
    try:
        own = endorsement_receipt(proposal, request.actor)
    except LedgerKeyMissing:
        return {"proposal": proposal, "mine": proposal.mine, "no_ledger": True}
    if own is None:
        return {"proposal": proposal, "mine": proposal.mine}
    address = check_address(request, own.receipt)
    checkpoint = own.receipt.place and own.receipt.place.read()
    return {
        "proposal": proposal,
        "mine": proposal.mine,
        "own": own,
        "due": own.receipt.promise and own.receipt.promise.due_at,
        "checkpoint": checkpoint,
        "signed_at": read_instant(checkpoint.at) if checkpoint and checkpoint.at else None,
        "qr": qr_picture(address),
        "address": address,
    }


@citizen
@require_safe
@of_own
def endorsed(request: Request, proposal: Facts) -> HttpResponseBase:
    """The reader's own confirmation with its receipt, to keep or print."""
    if proposal.mine is None:
        return redirect("proposals:page", proposal.number)
    context = {**_mine(request, proposal), "dates": told_dates(proposal.dates)}
    return render(request, "proposals/endorsed.html", context)


@citizen
@require_safe
@of_own
def receipt(request: Request, proposal: Facts) -> HttpResponseBase:
    """The receipt alone, for a page that is waiting for it; without a script, the whole page."""
    if proposal.mine is None or not request.headers.get("HX-Request"):
        return redirect("proposals:endorsed", proposal.number)
    return render(request, "proposals/receipt.html", _mine(request, proposal) | {"alone": True})


@citizen
@require_safe
@of_own
def receipt_file(request: Request, proposal: Facts) -> HttpResponseBase:
    """The receipt of the reader's endorsement as a file."""
    own = endorsement_receipt(proposal, request.actor)
    if own is None:
        raise Http404
    return as_file([own.receipt], f"receipt-{proposal.number}.json")


@citizen
@require_safe
@of_own
def proposer_receipts(request: Request, proposal: Facts) -> HttpResponseBase:
    """What the ledger holds of the reader's own proposal: its filing, and all that followed."""
    made = _of_proposer(request, proposal)
    shown = [shown_act(one) for one in made]
    first = next(iter(made), None)
    address = check_address(request, first) if first else ""
    context = {
        "proposal": proposal,
        "acts": shown,
        "settled": all(one.place for one in made),
        "qr": qr_picture(address) if address else "",
        "address": address,
    }
    return render(request, "proposals/receipts.html", context)


@citizen
@require_safe
@of_own
def proposer_receipts_file(request: Request, proposal: Facts) -> HttpResponseBase:
    """The same as a file."""
    made = _of_proposer(request, proposal)
    if not made:
        raise Http404
    return as_file(made, f"receipts-{proposal.number}.json")


def _of_proposer(request: Request, proposal: Facts) -> list[Receipt]:
    if not proposal.by_me:
        raise Http404
    kinds = receipts.entered_kinds()
    return receipts.act_receipts(proposal.case_id, proposal.number, request.actor, kinds)


def shown_act(receipt: Receipt) -> receipts.LedgerLine:
    """A receipt as a line of a list; its index is -1 while it waits."""
    index = receipt.place.index if receipt.place else -1
    return receipts.told_line(receipt.entry, index)


def as_file(made: list[Receipt], name: str) -> HttpResponse:
    """Receipts to be kept."""
    response = HttpResponse(write(made), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@public
@require_safe
@of_proposal
def ledger_lines(request: Request, proposal: Facts) -> HttpResponseBase:
    """The entries of one proposal in the public ledger; endorsements only if asked for."""
    everything = request.GET.get("show") == "all"
    place = whole_number(request.GET.get("before", ""))
    if everything:
        lines, more = receipts.all_lines(proposal.case_id, place)
    else:
        lines, more = receipts.recorded_lines(proposal.case_id), None
    context = {
        "proposal": proposal,
        "lines": lines,
        "more": more,
        "everything": everything,
        "endorsements": receipts.endorsements_entered(proposal.pk),
    }
    return render(request, "proposals/ledger.html", context)
