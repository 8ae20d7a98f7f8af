"""The ledger for machines (公開帳本之開放資料介面): the twins of its pages.

The log itself is served under ``/ledger/`` as C2SP tlog-tiles; what is here only sums it up.
"""

from datetime import datetime
from typing import Any

from ninja import Field, Router, Schema
from ninja.params.functions import Path

from minben.base.access import Request
from minben.base.api import Problem, not_found
from minben.ledger import queries
from minben.ledger.entries import read
from minben.ledger.issuing import Proofs
from minben.ledger.keys import LedgerKeyMissing, log_vkey, origin, receipt_key

router = Router(tags=["ledger"])


class Summary(Schema):
    """How far the ledger is."""

    origin: str = Field(description="name of the log and of its key")
    size: int = Field(description="entries, those no checkpoint covers yet included")
    checkpoint: str = Field(description="newest signed note, or empty")
    checkpoint_size: int
    checkpoint_at: datetime | None
    log_vkey: str = Field(description="key that verifies checkpoints; empty without one")
    receipt_vkey: str = Field(description="key that verifies promises on receipts")
    prefix: str = Field(description="where tiles, entries and checkpoints are served")


class LedgerEntry(Schema):
    """One entry with its proof."""

    index: int
    hash: str = Field(description="SHA-256 of the leaf, in hex")
    text: str = Field(description="the bytes that were hashed, as text")
    entry: dict[str, Any] = Field(description="the same, read")
    checkpoint: str = Field(description="signed note that covers it; empty for a few seconds")
    proof: list[str] = Field(description="inclusion proof under that checkpoint, in hex")


@router.get("/ledger", response=Summary, summary="The public ledger")
def summary(request: Request) -> dict[str, Any]:
    """Size, newest checkpoint and keys."""
    newest = queries.latest_checkpoint()
    try:
        key = str(log_vkey())
    except LedgerKeyMissing:
        key = ""
    return {
        "origin": origin(),
        "size": queries.tree_size(),
        "checkpoint": queries.cosigned_note(newest) if newest else "",
        "checkpoint_size": newest.size if newest else 0,
        "checkpoint_at": newest.at if newest else None,
        "log_vkey": key,
        "receipt_vkey": str(receipt_key().public),
        "prefix": request.build_absolute_uri("/ledger/"),
    }


@router.get(
    "/ledger/leaves/{index}",
    response={200: LedgerEntry, 404: Problem, 422: Problem},
    summary="One entry of the ledger",
)
def leaf(
    request: Request, index: int = Path(..., ge=0, le=2**62, description="place, from 0")
) -> dict[str, Any]:
    """What it says, and the proof that it stands under the newest checkpoint."""
    found = queries.leaf(index)
    if found is None:
        raise not_found("entry")
    place = Proofs().place(index)
    return {
        "index": index,
        "hash": bytes(found.hash).hex(),
        "text": bytes(found.entry).decode(),
        "entry": read(bytes(found.entry)),
        "checkpoint": place.checkpoint if place else "",
        "proof": [one.hex() for one in place.proof] if place else [],
    }
