"""The receipt of one's own endorsement (附議收據)."""

from dataclasses import dataclass

from minben.kernel.actor import Actor
from minben.ledger import queries as ledger
from minben.ledger.issuing import Proofs, issue
from minben.ledger.receipts import Receipt
from minben.proposals.actions.inserting import KIND, sealed_part
from minben.proposals.models import Endorsement
from minben.proposals.queries.facts import Facts


@dataclass(frozen=True, slots=True)
class OwnReceipt:
    """A receipt with what its page says beside it.

    Args:
        number: which endorsement it was, once it is counted.
        index: its place in the ledger, once it has one; the receipt itself carries a place only
            when a checkpoint covers it.
    """

    receipt: Receipt
    number: int | None
    index: int | None

    @property
    def settled(self) -> bool:
        """Nothing more will come."""
        return self.receipt.place is not None


def endorsement_receipt(proposal: Facts, by: Actor) -> OwnReceipt | None:
    """The receipt of the reader's endorsement; None without one, or in an archive.

    Four queries, and two for each level of tiles.

    Raises:
        LedgerKeyMissing: this installation has no key.
    """
    row = Endorsement.objects.filter(proposal_id=proposal.pk, person_id=by.person_id or 0).first()
    if row is None:
        return None
    entry = _entry_of(row)
    if entry is None:
        return None
    sealed = sealed_part(by.person_id or 0, row.nickname, row.county, row.township, row.reason)
    told = {"proposal": proposal.number} | ({"number": row.number} if row.number else {})
    receipt = issue(
        entry,
        Proofs(),
        index=row.leaf_index,
        salt=bytes(row.salt or b""),
        sealed=sealed if row.salt else None,
        told=told,
    )
    return OwnReceipt(receipt, row.number, row.leaf_index)


def _entry_of(row: Endorsement) -> bytes | None:
    """The entry of an endorsement: from the log, or from what waits for it."""
    if row.leaf_index is not None:
        leaf = ledger.leaf(row.leaf_index)
        return bytes(leaf.entry) if leaf else None
    waiting = ledger.waits(KIND, row.pk)
    return bytes(waiting.entry) if waiting else None
