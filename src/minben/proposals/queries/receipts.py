"""The acts of a case in the public ledger (帳本條目), with receipts of them (收據)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.functional import Promise

from minben.audit import queries as audit
from minben.audit.registry import all_kinds, kind_of
from minben.kernel.actor import Actor
from minben.ledger import queries as ledger
from minben.ledger.entries import read, read_instant
from minben.ledger.issuing import Proofs, issue
from minben.ledger.receipts import Receipt
from minben.proposals.models import Endorsement, Proposal
from minben.proposals.rules import PUBLIC_STATES

if TYPE_CHECKING:
    from minben.ledger.models import Intake, Leaf

PER_PAGE = 100
OFFICE = ("casework.", "proposals.reached", "proposals.answered")


def office_kinds() -> list[str]:
    """Kinds of entry that are acts of agencies on a case."""
    return [code for code in entered_kinds() if code.startswith(OFFICE)]


def entered_kinds() -> list[str]:
    """Kinds of recorded acts that enter the ledger."""
    return [kind.code for kind in all_kinds() if kind.ledger is not None]


def act_receipts(case_id: int, number: str, by: Actor, kinds: Collection[str]) -> list[Receipt]:
    """Receipts of a case's recorded acts, oldest first; only one's own are opened.

    Six queries, and two for each level of tiles, however many acts.

    Raises:
        LedgerKeyMissing: this installation has no key.
    """
    events = audit.case_events(case_id).filter(kind__in=kinds)
    refs = list(events.values_list("pk", flat=True))
    openings = ledger.openings_of(kinds, refs, by.id) if by.person_id else {}
    proofs = Proofs()

    def made(act: "Leaf | Intake", index: int | None) -> Receipt:
        opening = openings.get((act.kind, act.ref or 0))
        return issue(
            bytes(act.entry),
            proofs,
            index=index,
            salt=bytes(opening.salt) if opening else b"",
            sealed=opening.sealed if opening else None,
            told={"proposal": number},
        )

    # What waits is asked first: an act that gets its place meanwhile is seen twice, not never.
    waiting = ledger.waiting_acts(kinds, refs)
    leaves = ledger.leaves_of_acts(kinds, refs)
    entered = {(leaf.kind, leaf.ref) for leaf in leaves}
    return [
        *(made(leaf, leaf.index) for leaf in leaves),
        *(made(act, None) for act in waiting if (act.kind, act.ref) not in entered),
    ]


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One entry as a list shows it."""

    index: int
    kind: str
    title: str | Promise
    at: datetime
    official: bool = False


def told_line(entry: bytes, index: int) -> LedgerLine:
    """An entry in plain words; a kind that is no longer declared keeps its code."""
    told = read(entry)
    code, at = told["kind"], read_instant(told["at"])
    try:
        kind = kind_of(code)
    except KeyError:
        return LedgerLine(index, code, code, at)
    return LedgerLine(index, code, kind.label, at, kind.official)


def ledger_line(leaf: "Leaf") -> LedgerLine:
    """A leaf in plain words."""
    return told_line(bytes(leaf.entry), leaf.index)


def recorded_lines(case_id: int) -> Sequence[LedgerLine]:
    """Entries of a case but its endorsements, newest first. Two queries."""
    kinds = entered_kinds()
    refs = list(audit.case_events(case_id).filter(kind__in=kinds).values_list("pk", flat=True))
    return [ledger_line(leaf) for leaf in reversed(ledger.leaves_of_acts(kinds, refs))]


def all_lines(case_id: int, before: int | None) -> tuple[Sequence[LedgerLine], int | None]:
    """Every entry of a case below place `before`, newest first, and where the next page begins.

    One query, however long the list is.
    """
    rows = ledger.leaves_of_case(case_id).order_by("-index")
    if before is not None:
        rows = rows.filter(index__lt=before)
    found = list(rows[: PER_PAGE + 1])
    more = found[PER_PAGE - 1].index if len(found) > PER_PAGE else None
    return [ledger_line(leaf) for leaf in found[:PER_PAGE]], more


def endorsements_entered(proposal_id: int) -> int:
    """How many endorsements of a proposal stand in the ledger. One query."""
    rows = Endorsement.objects.filter(proposal_id=proposal_id, leaf_index__isnull=False)
    return rows.count()


def public_numbers(case_ids: Collection[int]) -> dict[int, str]:
    """Numbers of those cases that have a public page. One query."""
    rows = Proposal.objects.filter(
        case_id__in=case_ids, state__in=PUBLIC_STATES, opens_at__isnull=False
    )
    return dict(rows.values_list("case_id", "case__number"))
