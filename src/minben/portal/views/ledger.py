"""The public ledger for people (公開帳本): what it is, one entry explained, checking a receipt."""

import json
from dataclasses import dataclass
from http import HTTPStatus

from allauth.core import ratelimit
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.views.decorators.http import require_http_methods, require_safe

from minben.base.access import Request, public
from minben.base.qr import qr_picture
from minben.ledger import queries
from minben.ledger.checking import Checked, check_code, check_receipts
from minben.ledger.entries import read, read_instant
from minben.ledger.issuing import Proofs
from minben.ledger.keys import LedgerKeyMissing, log_vkey, origin
from minben.ledger.notes import Checkpoint, PublicKey, split_note
from minben.ledger.receipts import Code, ReceiptFault, Standing, looks_like_code, read_all
from minben.portal.forms_ledger import ReceiptForm
from minben.portal.ledger_drawing import Grown, growth, ladder
from minben.portal.ledger_words import FAULT_WORDS, field_words
from minben.proposals.queries.receipts import LedgerLine, ledger_line, public_numbers, told_line

LATEST, SAMPLES, ROWS = 8, 40, 8


def _key() -> PublicKey | None:
    try:
        return log_vkey()
    except LedgerKeyMissing:
        return None


def _witnesses(note: str) -> list[str]:
    """Names under a checkpoint beside the log's own."""
    _, signatures = split_note(note)
    return sorted({one.name for one in signatures} - {origin()})


@public
@require_safe
def overview(request: Request) -> HttpResponse:
    """What the ledger is and how far it is. Seven queries."""
    newest, key = queries.latest_checkpoint(), _key()
    samples = [Grown(one.at, one.size) for one in queries.checkpoint_samples(SAMPLES)]
    step = max(1, -(-len(samples) // ROWS))
    context = {
        "size": queries.tree_size(),
        "newest": newest,
        "witnesses": _witnesses(queries.cosigned_note(newest)) if newest else [],
        "latest": [ledger_line(leaf) for leaf in queries.latest_leaves(LATEST)],
        "growth": growth(samples),
        "growth_rows": samples[::-1][::step],
        "key": key,
        "key_qr": qr_picture(str(key)) if key else "",
        "origin": origin(),
        "seconds": settings.LEDGER_SECONDS,
        "prefix": request.build_absolute_uri("/ledger/"),
    }
    return render(request, "portal/ledger/overview.html", context)


@public
@require_safe
def leaf(request: Request, index: int) -> HttpResponse:
    """One entry in plain words, with its proof. Five queries, two for each level of tiles."""
    found = queries.leaf(index) if index < 2**63 else None
    if found is None:
        raise Http404
    entry = bytes(found.entry)
    told, proofs = read(entry), Proofs()
    place, checkpoint = proofs.place(index), proofs.checkpoint
    number = public_numbers([found.case_id]).get(found.case_id) if found.case_id else None
    context = {
        "line": told_line(entry, index),
        "fields": field_words(told),
        "data": json.dumps(told.get("data"), ensure_ascii=False, indent=1, sort_keys=True)
        if told.get("data")
        else "",
        "number": number,
        "text": entry.decode(),
        "hash": bytes(found.hash).hex(),
        "checkpoint": checkpoint if place else None,
        "ladder": ladder(bytes(found.hash), index, checkpoint.size, place.proof)
        if place and checkpoint
        else None,
        "previous": index - 1 if index else None,
        "next": index + 1 if index + 1 < queries.tree_size() else None,
    }
    return render(request, "portal/ledger/leaf.html", context)


@dataclass(frozen=True, slots=True)
class ShownVerdict:
    """A checked receipt as the page tells it.

    Args:
        faults: sentences of what does not fit.
        told: what the receipt says for people; the entry does not prove it.
    """

    standing: Standing
    checked: Checked
    line: LedgerLine | None
    number: str
    told: dict[str, object]
    checkpoint: Checkpoint | None
    signed_at: object
    faults: list[str | Promise]


@public
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: Request) -> HttpResponse:
    """Upload or paste a receipt, and read what it is worth; so often from one address.

    A receipt without a place is looked for leaf by leaf, which costs more than any other page.
    """
    form = ReceiptForm(request.POST, request.FILES) if request.method == "POST" else ReceiptForm()
    shown: list[ShownVerdict] = []
    limited = False
    if form.is_bound and form.is_valid():
        limited = not ratelimit.consume(request, action="check_receipt")
        try:
            if limited:
                raise ReceiptFault("too_often")
            shown = [_shown(one) for one in _checked(form.cleaned_data["given"], request)]
        except ReceiptFault as fault:
            form.blame(fault)
        except LedgerKeyMissing:
            form.blame(ReceiptFault("no_ledger"))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    status = HTTPStatus.TOO_MANY_REQUESTS if limited else status
    context = {"form": form, "shown": shown}
    response = render(request, "portal/ledger/receipt.html", context, status=status)
    if form.is_bound:
        response["Cache-Control"] = "no-store"
    return response


def _checked(given: bytes, request: Request) -> list[Checked]:
    text = given[:1000].decode("utf-8", "replace")
    if len(given) < 1000 and looks_like_code(text):
        return [check_code(Code.parse(text), request.at)]
    return check_receipts(read_all(given), request.at)


def _shown(one: Checked) -> ShownVerdict:
    verdict, entry = one.verdict, _entry_of(one)
    good = "entry_false" not in verdict.faults
    line = told_line(entry, verdict.index or 0) if entry and good else None
    case = read(entry).get("case") if entry and good else None
    at = verdict.checkpoint.at if verdict.checkpoint else ""
    return ShownVerdict(
        verdict.standing,
        one,
        line,
        public_numbers([case]).get(case, "") if isinstance(case, int) else "",
        dict(one.receipt.told) if one.receipt else {},
        verdict.checkpoint,
        read_instant(at) if at else None,
        [FAULT_WORDS[code] for code in verdict.faults],
    )


def _entry_of(one: Checked) -> bytes:
    """The entry a receipt is about: its own, or for a code the one that stands at its place."""
    if one.receipt:
        return one.receipt.entry
    found = queries.leaf(one.verdict.index) if one.verdict.index is not None else None
    standing = one.verdict.standing is not Standing.FALSE
    return bytes(found.entry) if found and standing else b""
