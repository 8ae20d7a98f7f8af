"""Tiles and their addresses (區塊): C2SP tlog-tiles. Plain Python.

A tile of level L holds up to 256 hashes of full subtrees of 256**L leaves; an entry bundle holds
up to 256 entries, each with its length in two bytes. A full one never changes.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

WIDTH = 256
HEIGHT = 8  # levels of the tree in one tile
ENTRY_MAX = 0xFFFF
_NUMBER = r"(?P<number>(?:x[0-9]{3}/)*[0-9]{3})"
_PATH = re.compile(
    rf"tile/(?P<level>entries|[0-9]|[1-5][0-9]|6[0-3])/{_NUMBER}(?:\.p/(?P<width>[1-9][0-9]{{0,2}}))?"
)
ENTRIES = -1
"""The level of entry bundles."""


@dataclass(frozen=True, slots=True)
class Tile:
    """Which tile: level (`ENTRIES` for bundles), number from 0, and how many it holds (1–256)."""

    level: int
    number: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        """Its address below the log, such as ``tile/0/x001/067`` or ``tile/entries/000.p/8``."""
        level = "entries" if self.level == ENTRIES else str(self.level)
        partial = "" if self.width == WIDTH else f".p/{self.width}"
        return f"tile/{level}/{_grouped(self.number)}{partial}"

    @classmethod
    def parse(cls, path: str) -> "Tile":
        """Read an address. Raises ValueError for what is none."""
        found = _PATH.fullmatch(path)
        if found is None:
            raise ValueError(f"no tile stands at {path}")
        digits = found["number"].replace("x", "").replace("/", "")
        width = int(found["width"] or WIDTH)
        tile = cls(
            ENTRIES if found["level"] == "entries" else int(found["level"]), int(digits), width
        )
        # Leading groups of zeros, and partial tiles of 256 or more.
        if tile.path != path or width > WIDTH:
            raise ValueError(f"no tile stands at {path}")
        return tile


def _grouped(number: int) -> str:
    digits = str(number)
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[i : i + 3] for i in range(0, len(digits), 3)]
    return "/".join([*(f"x{group}" for group in groups[:-1]), groups[-1]])


def tiles_of(size: int, since: int = 0) -> Iterator[Tile]:
    """Every tile that a tree of `size` leaves has and one of `since` had not, entries first."""
    for level in (ENTRIES, *range(64 // HEIGHT)):
        rows, had = size >> (max(level, 0) * HEIGHT), since >> (max(level, 0) * HEIGHT)
        if not rows:
            return
        if rows == had:
            continue
        for number in range(had // WIDTH, rows // WIDTH):
            yield Tile(level, number)
        if rows % WIDTH:
            yield Tile(level, rows // WIDTH, rows % WIDTH)


def pack(entries: Iterable[bytes]) -> bytes:
    """Entries as a bundle. Raises ValueError for one of more than 65,535 bytes."""
    out = bytearray()
    for entry in entries:
        if len(entry) > ENTRY_MAX:
            raise ValueError(f"an entry of {len(entry)} bytes is too long for the ledger")
        out += len(entry).to_bytes(2, "big") + entry
    return bytes(out)


def unpack(bundle: bytes) -> list[bytes]:
    """The entries of a bundle. Raises ValueError for one that was cut."""
    entries, at = [], 0
    while at < len(bundle):
        if at + 2 > len(bundle):
            raise ValueError("the bundle was cut")
        length = int.from_bytes(bundle[at : at + 2], "big")
        at += 2
        if at + length > len(bundle):
            raise ValueError("the bundle was cut")
        entries.append(bundle[at : at + length])
        at += length
    return entries
