"""Making out receipts (開立收據) for acts that wait for their place, or have it."""

from collections.abc import Mapping
from typing import Any

from minben.ledger import queries, receipts
from minben.ledger.entries import read, read_instant
from minben.ledger.keys import log_vkey, log_vkeys, origin, receipt_key, receipt_vkeys
from minben.ledger.merkle import inclusion_proof, root_of
from minben.ledger.models import Checkpoint
from minben.ledger.receipts import Keys, Place, Receipt
from minben.ledger.tiles import HEIGHT, WIDTH


def keys() -> Keys:
    """The keys that verify what this log signs. Raises LedgerKeyMissing."""
    logs, promises = log_vkeys(), receipt_vkeys()
    return Keys(logs[0], promises[0], (*logs[1:], *promises[1:]))


class Proofs:
    """Proofs against the newest checkpoint; each tile is read once, however many are asked for."""

    def __init__(self, checkpoint: Checkpoint | None = None) -> None:
        self.checkpoint = checkpoint or queries.latest_checkpoint()
        self._tiles: dict[tuple[int, int], list[bytes]] = {}

    def place(self, index: int) -> Place | None:
        """Where a leaf stands under the newest checkpoint; None if it is not covered yet.

        The note is read once; then two queries for each level of tiles, at most.
        """
        if self.checkpoint is None or index >= self.checkpoint.size:
            return None
        path = inclusion_proof(index, self.checkpoint.size, self._subtree)
        return Place(index, self.note, tuple(path))

    @property
    def note(self) -> str:
        """The newest checkpoint's note, with witnesses' lines."""
        if not hasattr(self, "_note"):
            self._note = queries.cosigned_note(self.checkpoint) if self.checkpoint else ""
        return self._note

    def _subtree(self, level: int, index: int) -> bytes:
        tiled, rest = divmod(level, HEIGHT)
        start = index << rest
        number = start // WIDTH
        if (tiled, number) not in self._tiles:
            rows = queries.hashes(tiled, number * WIDTH, (number + 1) * WIDTH)
            self._tiles[tiled, number] = rows
        within = start % WIDTH
        rows = self._tiles[tiled, number][within : within + (1 << rest)]
        if len(rows) != 1 << rest:
            raise ValueError(f"no full subtree {level}/{index}")
        return root_of(rows)


def issue(
    entry: bytes,
    proofs: Proofs,
    *,
    index: int | None = None,
    salt: bytes = b"",
    sealed: Mapping[str, Any] | None = None,  # Any: JSON values
    told: Mapping[str, Any] | None = None,  # Any: as above
) -> Receipt:
    """The receipt of one act.

    The promise is of the instant of the act itself, so that it falls due at the same hour however
    often the receipt is made out.

    Args:
        index: its place, if it has one.
        salt, sealed: what opens its commitment, if the reader may have that.
        told: what people may want to read beside it.

    Raises:
        LedgerKeyMissing: this installation has no key to sign checkpoints with.
    """
    at = read_instant(read(entry)["at"])
    return Receipt(
        origin=origin(),
        log_key=log_vkey(),
        receipt_key=receipt_key().public,
        entry=entry,
        promise=receipts.promise(origin(), entry, at, receipt_key()),
        place=None if index is None else proofs.place(index),
        salt=salt if sealed is not None else b"",
        sealed=sealed,
        told=told or {},
    )
