"""Checking a receipt against this platform's own tree (收據查核)."""

from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache

from minben.ledger import queries, receipts
from minben.ledger.issuing import Proofs, keys
from minben.ledger.merkle import verify_inclusion
from minben.ledger.receipts import Code, Keys, Receipt, ReceiptFault, Standing, Verdict

UNPLACED = 50  # receipts without a place that are looked for at once
A_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Checked:
    """A receipt, or only its code, and what it is worth.

    Args:
        receipt: None when only the code was handed in.
    """

    verdict: Verdict
    receipt: Receipt | None = None


def check_receipts(given: list[Receipt], at: datetime) -> list[Checked]:
    """Check receipts one by one. About six queries, and a few more for each without a place.

    Raises:
        ReceiptFault: ``too_many_unplaced``: each of them has to be looked for.
        LedgerKeyMissing: this installation has no key of its own to compare with.
    """
    known, proofs = keys(), Proofs()
    if sum(one.place is None for one in given) > UNPLACED:
        raise ReceiptFault("too_many_unplaced")
    return [Checked(_check(one, known, proofs, at), one) for one in given]


def _check(one: Receipt, known: Keys, proofs: Proofs, at: datetime) -> Verdict:
    alone = receipts.check(one, proofs.note or None, keys=known, at=at)
    if alone.standing is Standing.FALSE:
        return alone
    # What was proved under an older checkpoint must stand under the newest, too.
    index = one.place.index if one.place else _found(one.leaf, one.promise)
    if index is not None:
        here = queries.leaf(index)
        if here is None or bytes(here.hash) != one.leaf:
            return Verdict(Standing.FALSE, ("not_at_index",), index=index)
    place = proofs.place(index) if index is not None else None
    if index is not None and place is None and one.place is None:
        return Verdict(Standing.PROMISED, index=index, promised_at=alone.promised_at)
    return receipts.check(one, keys=known, place=place, searched=True, at=at)


def _found(leaf: bytes, promise: receipts.Promise | None) -> int | None:
    """Where the leaf of a genuine promise stands.

    How far one that is missing was looked for is remembered, because the log only grows: asking
    again and again costs no more than asking once.
    """
    if promise is None:
        return None
    key, size = f"ledger-missing-{leaf.hex()}", queries.tree_size()
    found = queries.find_leaf(leaf, promise.at, cache.get(key, 0))
    if found is None:
        cache.set(key, size, A_DAY)
    return found


def check_code(code: Code, at: datetime) -> Checked:
    """Check what stands on a QR code: a leaf's hash with its place, or with a promise.

    Raises:
        LedgerKeyMissing: as for `check_receipts`.
    """
    known, proofs = keys(), Proofs()
    promised = code.promise.at if code.promise else None
    promises = [one for one in (known.receipts, *known.older) if one]
    if code.promise and not any(code.promise_holds(known.log.name, one) for one in promises):
        return Checked(Verdict(Standing.FALSE, ("promise_false",), promised_at=promised))
    if code.promise is None and code.index is None:
        return Checked(Verdict(Standing.FALSE, ("proves_nothing",)))
    index = _found(code.leaf, code.promise) if code.index is None else code.index
    here = queries.leaf(index) if index is not None else None
    if index is not None and (here is None or bytes(here.hash) != code.leaf):
        return Checked(Verdict(Standing.FALSE, ("not_at_index",), index=index))
    place = proofs.place(index) if index is not None else None
    if index is None or place is None:
        overdue = promised is not None and index is None and at > promised + receipts.DUE
        standing = Standing.OVERDUE if overdue else Standing.PROMISED
        return Checked(Verdict(standing, index=index, promised_at=promised))
    found = receipts.opened(place.checkpoint, known)
    if found is None or not verify_inclusion(code.leaf, index, found.size, place.proof, found.root):
        return Checked(Verdict(Standing.FALSE, ("proof_false",), index=index))
    names = receipts.witnesses(place, known)
    return Checked(
        Verdict(
            Standing.ENTERED,
            index=index,
            checkpoint=found,
            witnesses=names,
            promised_at=promised,
        )
    )
