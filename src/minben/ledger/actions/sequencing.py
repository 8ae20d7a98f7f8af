"""The sequencer (入帳序號): the single writer that gives every act its place.

Whoever appends holds the one row of the tree until the transaction ends, so that two sequencers
started by mistake take turns and nothing is entered twice. Whoever needs it together with other
rows takes it first.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from minben.base.bulk import among, insert_rows
from minben.kernel.actor import Actor
from minben.ledger.keys import is_sealed
from minben.ledger.merkle import Frontier, leaf_hash
from minben.ledger.models import Intake, Leaf, Node, Refused, Tree
from minben.ledger.registry import Entered, Waiting, consumer_of, voucher_of
from minben.ledger.tiles import HEIGHT

BATCH = 4000
_LEAF = ("index", "kind", "case_id", "ref", "entry", "hash")
_NODE = ("level", "index", "hash")


def hold() -> Tree:
    """Lock the right edge of the log until the caller's transaction ends; the first lock taken."""
    tree = Tree.objects.select_for_update().first()
    if tree is None:  # the first act of all
        Tree.objects.get_or_create(only=True)
        tree = Tree.objects.select_for_update().get()
    return tree


@transaction.atomic
def sequence(*, by: Actor, at: datetime, limit: int = BATCH, kind: str = "") -> int:
    """Enter up to `limit` acts that wait, in the order they came; returns how many were taken.

    With `kind` only those, before whatever came earlier: a statement about a case as it stood
    before what waits.

    Whoever counts their kind counts them in the same transaction. An act without a good seal is
    set aside instead, because the platform did not write it; and so is one that was entered
    before or says something else than its row, because somebody copied it.
    """
    if not Intake.objects.exists():
        return 0  # without waiting for the lock
    tree = hold()
    waits = Intake.objects.filter(kind=kind) if kind else Intake.objects.all()
    waiting = list(waits.defer("recorded_at").order_by("pk")[:limit])
    sealed = [act for act in waiting if is_sealed(bytes(act.entry), bytes(act.seal))]
    true = _vouched(sealed)
    good = [act for act in sealed if act.pk in true]
    false = [act for act in waiting if act.pk not in true]
    entered = _append(tree, good)
    if false:
        _set_aside(false, at)
    Intake.objects.filter(among(Intake, [act.pk for act in waiting])).delete()
    by_kind: dict[str, list[Entered]] = defaultdict(list)
    for one in entered:
        by_kind[one.kind].append(one)
    for kind, ones in by_kind.items():
        if consumer := consumer_of(kind):
            consumer(ones, at)
    return len(waiting)


def sequence_all(*, by: Actor, at: datetime) -> int:
    """Enter everything that waits, also what entering it set off; returns how many acts."""
    total = 0
    while taken := sequence(by=by, at=at):
        total += taken
    return total


def _vouched(acts: Sequence[Intake]) -> set[int]:
    """Which of the acts agree with their rows and are entered for the first time."""
    by_kind: dict[str, list[Intake]] = defaultdict(list)
    for act in acts:
        by_kind[act.kind].append(act)
    found: set[int] = set()
    for kind, ones in by_kind.items():
        if voucher := voucher_of(kind):
            said = voucher([Waiting(act.ref, bytes(act.entry)) for act in ones])
            found |= {act.pk for act, good in zip(ones, said, strict=True) if good}
            continue
        refs = [act.ref for act in ones if act.ref is not None]
        seen = set(Leaf.objects.filter(kind=kind, ref__in=refs).values_list("ref", flat=True))
        for act in ones:
            if act.ref not in seen:
                found.add(act.pk)
                seen.add(act.ref if act.ref is not None else -act.pk)
    return found


def _append(tree: Tree, acts: Sequence[Intake]) -> list[Entered]:
    frontier = Frontier(tree.size, [bytes.fromhex(peak) for peak in tree.peaks])
    leaves, nodes, entered = [], [], []
    for act in acts:
        index, hashed = frontier.size, leaf_hash(bytes(act.entry))
        for level, number, node in frontier.append(hashed):
            if level % HEIGHT == 0:
                nodes.append((level // HEIGHT, number, node))
        leaves.append((index, act.kind, act.case_id, act.ref, bytes(act.entry), hashed))
        entered.append(Entered(index, act.kind, act.case_id, act.ref, act.at))
    if not leaves:
        return []
    insert_rows(Leaf, _LEAF, leaves)
    insert_rows(Node, _NODE, nodes)
    tree.size, tree.peaks = frontier.size, [peak.hex() for peak in frontier.peaks]
    tree.save(update_fields=["size", "peaks"])
    return entered


def _set_aside(acts: Sequence[Intake], at: datetime) -> None:
    Refused.objects.bulk_create(
        Refused(
            kind=act.kind,
            case_id=act.case_id,
            ref=act.ref,
            entry=act.entry,
            seal=act.seal,
            found_at=at,
        )
        for act in acts
    )
