"""What the public ledger holds of a proposal (提議之帳本條目), for machines."""

from datetime import datetime
from typing import Any

from ninja import Field, Router, Schema

from minben.base.access import Request
from minben.base.api import Name, in_both
from minben.proposals.api.one import ANSWERS, NUMBER, public_facts
from minben.proposals.queries import receipts

router = Router()


class Entered(Schema):
    """One recorded act and its place in the ledger."""

    index: int
    kind: str
    title: Name
    at: datetime


class EnteredActs(Schema):
    """The recorded acts of a proposal, newest first; endorsements are counted only."""

    endorsements: int = Field(description="how many of its endorsements stand in the ledger")
    case: int = Field(description="the case as entries name it")
    items: list[Entered]


@router.get(
    "/proposals/{number}/ledger",
    response={200: EnteredActs, **ANSWERS},
    summary="Entries of a proposal in the public ledger",
)
def entered(request: Request, number: str = NUMBER) -> dict[str, Any]:
    """Every act but endorsements, with its place; one entry is at ``/ledger/leaves/{index}``."""
    found = public_facts(number, request.at)
    lines = receipts.recorded_lines(found.case_id)
    return {
        "endorsements": receipts.endorsements_entered(found.pk),
        "case": found.case_id,
        "items": [
            {"index": one.index, "kind": one.kind, "title": in_both(one.title), "at": one.at}
            for one in lines
        ],
    }
