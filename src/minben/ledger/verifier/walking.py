"""Walking the log (逐條走訪): every leaf once, from the first to the last, in little memory.

What has been walked is the tree itself: its root at every checkpoint is computed from the leaves,
which at once proves that each checkpoint extends all those before it.
"""

from collections.abc import Callable, Iterator

from minben.ledger.merkle import Frontier, leaf_hash
from minben.ledger.tiles import ENTRIES, ENTRY_MAX, HEIGHT, WIDTH, Tile, unpack
from minben.ledger.verifier.checkpoints import Mark
from minben.ledger.verifier.differences import Difference
from minben.ledger.verifier.sources import Source

HASH = 32
_BUNDLE_MAX = WIDTH * (ENTRY_MAX + 2)

Leaf = Callable[[int, bytes, bytes, Mark | None, Mark], None]
"""Called with index, entry, hash, and the checkpoints before and after the leaf."""
AtSize = Callable[[int, bytes], None]
"""Called with a size and the root of the tree of that size."""


class Walk:
    """One walk over a source, up to its last checkpoint.

    Args:
        marks: the checkpoints in order; the walk ends with the last one's size.
        leaf: what to do with each leaf.
        stops: what else to do when the tree has a size.
    """

    def __init__(
        self,
        source: Source,
        marks: Iterator[Mark],
        leaf: Leaf,
        stops: dict[int, list[AtSize]],
        progress: Callable[[int], None],
    ) -> None:
        self._source, self._marks, self._leaf = source, marks, leaf
        self._stops, self._progress = stops, progress
        self._frontier = Frontier()
        self._rows: dict[int, list[bytes]] = {}
        self.earlier: Mark | None = None
        self.checkpoints = 0

    def to(self, last: Mark) -> None:
        """Walk to the end of `last`. Raises Difference."""
        size = last.body.size
        mark = self._arrive(next(self._marks, None))
        wanted = [Tile(ENTRIES, number) for number in range(size // WIDTH)]
        if size % WIDTH:
            wanted.append(Tile(ENTRIES, size // WIDTH, size % WIDTH))
        for tile, entries, hashes in self._source.each(wanted, self._bundle):
            _compare(tile.number * WIDTH, hashes, [leaf_hash(raw) for raw in entries])
            for raw, hashed in zip(entries, _cut(hashes), strict=True):
                if mark is None:  # the last checkpoint has the size we walk to
                    raise Difference("not_listed", f"leaf {self._frontier.size}")
                self._leaf(self._frontier.size, raw, hashed, self.earlier, mark)
                self._append(hashed)
                if self._frontier.size == mark.body.size or self._frontier.size in self._stops:
                    mark = self._arrive(mark)
            self._progress(self._frontier.size)
        for level, row in self._rows.items():
            if row:
                self._compare_upper(level, (size >> (level * HEIGHT)) // WIDTH, row)
        if mark is not None:
            raise Difference("not_listed", str(mark))

    def _bundle(self, tile: Tile) -> tuple[Tile, list[bytes], bytes]:
        """The entries of a bundle, and the bytes of the tile of their hashes."""
        raw, whole = read_tile(self._source, tile)
        try:
            entries = unpack(raw)
        except ValueError as error:
            raise Difference("bundle", tile.path, found=error) from error
        if len(entries) != (WIDTH if whole else tile.width):
            raise Difference("bundle", tile.path, expected=tile.width, found=len(entries))
        hashes, _ = read_tile(self._source, Tile(0, tile.number, tile.width))
        return tile, entries[: tile.width], hashes[: tile.width * HASH]

    def _arrive(self, mark: Mark | None) -> Mark | None:
        """Check every checkpoint of the present size; returns the next one, of a larger size."""
        size, root = self._frontier.size, self._frontier.root()
        for stop in self._stops.get(size, ()):
            stop(size, root)
        while mark is not None and mark.body.size == size:
            check_root(mark, root, self.earlier)
            self.earlier = mark
            self.checkpoints += 1
            mark = next(self._marks, None)
        return mark

    def _append(self, hashed: bytes) -> None:
        for level, number, node in self._frontier.append(hashed):
            if level % HEIGHT == 0:
                row = self._rows.setdefault(level // HEIGHT, [])
                row.append(node)
                if len(row) == WIDTH:
                    self._compare_upper(level // HEIGHT, number // WIDTH, row)
                    row.clear()

    def _compare_upper(self, level: int, number: int, row: list[bytes]) -> None:
        tile = Tile(level, number, len(row))
        hashes, _ = read_tile(self._source, tile)
        if hashes[: len(row) * HASH] != b"".join(row):
            raise Difference("tile", tile.path)


def check_root(mark: Mark, root: bytes, earlier: Mark | None) -> None:
    """Refuse leaves whose root is not the one that was signed. Raises Difference: ``root``."""
    if mark.body.root != root:
        since = earlier.body.size if earlier else 0
        where = f"{mark}, leaves from {since}"
        raise Difference("root", where, expected=mark.body.root.hex(), found=root.hex())


def read_tile(source: Source, tile: Tile) -> tuple[bytes, bool]:
    """The bytes of a tile, and whether it is whole: a partial one may have grown full.

    Raises Difference: ``missing``, ``too_big``.
    """
    most = _BUNDLE_MAX if tile.level == ENTRIES else WIDTH * HASH
    found, whole = source.read(tile.path, most), tile.width == WIDTH
    if found is None and not whole:
        found, whole = source.read(Tile(tile.level, tile.number).path, most), True
    if found is None:
        raise Difference("missing", tile.path)
    return found, whole


def _cut(hashes: bytes) -> list[bytes]:
    return [hashes[at : at + HASH] for at in range(0, len(hashes), HASH)]


def _compare(start: int, hashes: bytes, made: list[bytes]) -> None:
    """Refuse a tile of leaf hashes that does not hold those of the entries from `start`."""
    if hashes == b"".join(made):
        return
    told = _cut(hashes)
    for offset, hashed in enumerate(made):
        if offset >= len(told) or told[offset] != hashed:
            found = told[offset].hex() if offset < len(told) else ""
            raise Difference("tile", f"leaf {start + offset}", expected=hashed.hex(), found=found)
    raise Difference("tile", f"leaf {start + len(made)}")
