"""Reads of the ledger: tiles, entries, checkpoints and proofs."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import F, Max, Min

from minben.ledger.merkle import consistency_proof, inclusion_proof, root_of
from minben.ledger.models import (
    Checkpoint,
    Claimed,
    Intake,
    Leaf,
    Node,
    Opening,
    Refused,
    Timestamp,
    Tree,
)
from minben.ledger.tiles import ENTRIES, HEIGHT, WIDTH, Tile, pack

if TYPE_CHECKING:
    from django.db.models import QuerySet

ENDORSED = "proposals.endorsed"  # the index of acts leaves them out: there are too many of them


def tree_size() -> int:
    """How many leaves the log has. One query."""
    return Tree.objects.values_list("size", flat=True).first() or 0


def latest_checkpoint() -> Checkpoint | None:
    """The newest checkpoint, if one was ever signed. One query."""
    return Checkpoint.objects.order_by("-pk").first()


def checkpoint_covering(index: int) -> Checkpoint | None:
    """The first checkpoint whose tree holds the leaf at `index`. One query."""
    return Checkpoint.objects.filter(size__gt=index).order_by("size", "pk").first()


def checkpoints() -> "QuerySet[Checkpoint]":
    """Every checkpoint, oldest first, with cosignatures; callers iterate."""
    return Checkpoint.objects.order_by("pk").prefetch_related("cosignatures")


def leaf(index: int) -> Leaf | None:
    """One leaf. One query."""
    return Leaf.objects.filter(pk=index).first()


def leaf_of(kind: str, ref: int) -> Leaf | None:
    """The leaf of an act; endorsements know their own place instead. One query."""
    return Leaf.objects.filter(kind=kind, ref=ref).first()


def waits(kind: str, ref: int) -> Intake | None:
    """The act in the intake, if it has no place yet. One query."""
    return Intake.objects.filter(kind=kind, ref=ref).first()


def opening_of(kind: str, ref: int) -> Opening | None:
    """What opens the commitment of an act, unless it was erased. One query."""
    return Opening.objects.filter(kind=kind, ref=ref).first()


def leaves_of_case(case_id: int) -> "QuerySet[Leaf]":
    """The leaves of one case, oldest first; callers slice."""
    return Leaf.objects.filter(case_id=case_id).order_by("index")


def leaves_of_kind(kind: str) -> "QuerySet[Leaf]":
    """The leaves of a rare kind, oldest first; endorsements are found by their case."""
    return Leaf.objects.filter(kind=kind, ref__isnull=False).order_by("index")


def cases_of(kinds: Collection[str]) -> set[int]:
    """The cases that have an act of one of these rare kinds, with or without a place. Two queries."""
    placed = Leaf.objects.filter(kind__in=kinds, ref__isnull=False).exclude(kind=ENDORSED)
    waiting = Intake.objects.filter(kind__in=kinds)
    found = {*placed.order_by().values_list("case_id", flat=True)}
    found |= {*waiting.order_by().values_list("case_id", flat=True)}
    return {case_id for case_id in found if case_id is not None}


def entries(start: int, end: int) -> Iterator[bytes]:
    """The entries of the leaves [start, end), in order, streamed. One query."""
    rows = Leaf.objects.filter(index__gte=start, index__lt=end).order_by("index")
    for raw in rows.values_list("entry", flat=True).iterator(chunk_size=WIDTH):
        yield bytes(raw)


def hashes(level: int, start: int, end: int) -> list[bytes]:
    """Hashes [start, end) of tile level `level` (0: leaves). One query."""
    if level == 0:
        leaves = Leaf.objects.filter(index__gte=start, index__lt=end).order_by("index")
        return [bytes(one) for one in leaves.values_list("hash", flat=True)]
    nodes = Node.objects.filter(level=level, index__gte=start, index__lt=end).order_by("index")
    return [bytes(one) for one in nodes.values_list("hash", flat=True)]


def tile(wanted: Tile) -> bytes | None:
    """The bytes of a tile or entry bundle, or None when the log has not got that far. One query."""
    start = wanted.number * WIDTH
    if wanted.level == ENTRIES:
        found = list(entries(start, start + wanted.width))
        return pack(found) if len(found) == wanted.width else None
    rows = hashes(wanted.level, start, start + wanted.width)
    return b"".join(rows) if len(rows) == wanted.width else None


def subtree(level: int, index: int) -> bytes:
    """Hash of the full subtree of 2**level leaves with that number. One query.

    Raises:
        ValueError: the log has not got that far.
    """
    tiled, rest = divmod(level, HEIGHT)
    rows = hashes(tiled, index << rest, (index + 1) << rest)
    if len(rows) != 1 << rest:
        raise ValueError(f"no full subtree {level}/{index}")
    return root_of(rows)


def proof(index: int, size: int) -> list[bytes]:
    """That the leaf at `index` stands in the tree of `size`. About log2(size) queries.

    Raises:
        ValueError: no such leaf.
    """
    return inclusion_proof(index, size, subtree)


def growth_proof(old: int, new: int) -> list[bytes]:
    """That the tree of `new` leaves begins with that of `old`. About 2·log2(new) queries."""
    return consistency_proof(old, new, subtree)


@dataclass(frozen=True, slots=True)
class Backlog:
    """What waits for its place: how many acts, and since when the oldest."""

    acts: int
    since: datetime | None


def backlog() -> Backlog:
    """The intake as it is now. Two queries."""
    return Backlog(
        Intake.objects.count(), Intake.objects.aggregate(since=Min("recorded_at"))["since"]
    )


def set_aside() -> int:
    """How many acts were refused because the platform had not written them. One query."""
    return Refused.objects.count()


def cosigned_note(checkpoint: Checkpoint) -> str:
    """The note of a checkpoint with its witnesses' lines below."""
    lines: Sequence[str] = [one.line for one in checkpoint.cosignatures.all()]
    return checkpoint.note + "".join(lines)


def timestamp_of(size: int) -> Timestamp | None:
    """An authority's time stamp of a checkpoint of that size, if one was kept. One query."""
    return Timestamp.objects.filter(checkpoint__size=size).order_by("pk").first()


def leaves_of_acts(kinds: Collection[str], refs: Collection[int]) -> list[Leaf]:
    """The leaves of acts by the rows they were recorded in, in the order of the log. One query."""
    return list(Leaf.objects.filter(kind__in=kinds, ref__in=refs).order_by("index"))


def waiting_acts(kinds: Collection[str], refs: Collection[int]) -> list[Intake]:
    """Those of the acts that have no place yet. One query."""
    return list(Intake.objects.filter(kind__in=kinds, ref__in=refs).order_by("pk"))


def openings_of(
    kinds: Collection[str], refs: Collection[int], person: str
) -> dict[tuple[str, int], Opening]:
    """What opens somebody's own acts, by kind and row. One query."""
    rows = Opening.objects.filter(kind__in=kinds, ref__in=refs, person=person)
    return {(one.kind, one.ref): one for one in rows}


def latest_leaves(limit: int) -> list[Leaf]:
    """The newest leaves, newest first. One query."""
    return list(Leaf.objects.order_by("-index")[:limit])


def find_leaf(hashed: bytes, since: datetime, start: int = 0) -> int | None:
    """Where a leaf stands that was promised at `since`, or None. Two queries.

    Nothing is entered before it was done, so the search begins at the last checkpoint before
    that, or at `start`, before which it is known not to be. For genuine promises only, because a
    missing leaf is looked for to the end.
    """
    before = Checkpoint.objects.filter(at__lt=since).order_by("-pk").first()
    first = max(start, before.size if before else 0)
    rows = Leaf.objects.filter(index__gte=first, hash=hashed)
    return rows.order_by("index").values_list("index", flat=True).first()


def checkpoint_samples(most: int) -> list[Checkpoint]:
    """Checkpoints evenly apart, from the first to the newest, oldest first. Two queries."""
    ends = Checkpoint.objects.aggregate(first=Min("pk"), last=Max("pk"))
    if ends["last"] is None:
        return []
    first, last = ends["first"], ends["last"]
    chosen = {first + (last - first) * n // (most - 1) for n in range(most)}
    return list(Checkpoint.objects.filter(pk__in=chosen).order_by("pk"))


def timestamps(size: int) -> list[Timestamp]:
    """Every time stamp of trees of at most `size` leaves, the smallest first. One query."""
    rows = Timestamp.objects.filter(checkpoint__size__lte=size).select_related("checkpoint")
    return list(rows.order_by("checkpoint__size", "pk"))


def bundles_of_cases(size: int) -> Iterator[tuple[int, int]]:
    """Case and number of each entry bundle that holds leaves of it, by case. One query."""
    rows = Leaf.objects.filter(case_id__isnull=False, index__lt=size).order_by()
    pairs = rows.annotate(bundle=F("index") / WIDTH).values_list("case_id", "bundle").distinct()
    for case_id, bundle in pairs.order_by("case_id", "bundle").iterator(chunk_size=2000):
        yield int(case_id or 0), int(bundle)


def cosigned_size(witness: str) -> int:
    """The size of the largest tree that a witness cosigned, as far as is known here. One query."""
    rows = Checkpoint.objects.filter(cosignatures__witness=witness).order_by("-size")
    return rows.values_list("size", flat=True).first() or 0


def is_cosigned(checkpoint: Checkpoint, witness: str) -> bool:
    """Say whether a witness's line stands under a checkpoint. One query."""
    return checkpoint.cosignatures.filter(witness=witness).exists()


def stamped_since(at: datetime) -> bool:
    """Say whether any time stamp was kept at `at` or later. One query."""
    return Timestamp.objects.filter(at__gte=at).exists()


def claimed() -> Claimed | None:
    """What the platform last claimed to have counted. One query."""
    return Claimed.objects.first()
