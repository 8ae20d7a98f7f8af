"""Checkpoint, tiles, entry bundles and keys (檢查點、區塊、條目、金鑰), after C2SP tlog-tiles."""

import json
from collections.abc import Iterator

from django.http import HttpResponseBase
from django.views.decorators.gzip import gzip_page

from minben.base.access import Request, public
from minben.ledger import keys as known
from minben.ledger import queries
from minben.ledger.tiles import ENTRIES, Tile
from minben.ledger.views.answering import (
    BYTES,
    DAY,
    FOREVER,
    LINES,
    MINUTE,
    SECONDS,
    TEXT,
    of_the_log,
    served,
    streamed,
)


@public
@of_the_log
def checkpoint(request: Request) -> HttpResponseBase | None:
    """The newest signed state of the log, with its witnesses' lines."""
    found = queries.latest_checkpoint()
    if found is None:
        return None
    return served(request, queries.cosigned_note(found), kind=TEXT, keep=SECONDS)


@public
@of_the_log
def tile(request: Request, rest: str) -> HttpResponseBase | None:
    """A tile of hashes, or a bundle of entries; neither ever changes."""
    try:
        wanted = Tile.parse(f"tile/{rest}")
    except ValueError:
        return None
    return _entries(request, wanted) if wanted.level == ENTRIES else _tile(request, wanted)


def _tile(request: Request, wanted: Tile) -> HttpResponseBase | None:
    found = queries.tile(wanted)
    return None if found is None else served(request, found, kind=BYTES, keep=FOREVER)


@gzip_page
def _packed(request: Request, found: bytes) -> HttpResponseBase:
    return served(request, found, kind=BYTES, keep=FOREVER)


def _entries(request: Request, wanted: Tile) -> HttpResponseBase | None:
    """Bundles are text for the most part, and go compressed."""
    found = queries.tile(wanted)
    return None if found is None else _packed(request, found)


@public
@of_the_log
def log_vkey(request: Request) -> HttpResponseBase:
    """The keys that verify checkpoints, the newest first."""
    return served(request, "".join(f"{key}\n" for key in known.log_vkeys()), kind=TEXT, keep=MINUTE)


@public
@of_the_log
def receipt_vkey(request: Request) -> HttpResponseBase:
    """The keys that verify the promises on receipts, the newest first."""
    keys = known.receipt_vkeys()
    return served(request, "".join(f"{key}\n" for key in keys), kind=TEXT, keep=MINUTE)


@public
@of_the_log
def checkpoints(request: Request) -> HttpResponseBase:
    """Every checkpoint ever signed, one JSON object a line, oldest first."""
    return streamed(_checkpoint_lines(), kind=LINES, keep=SECONDS)


def _checkpoint_lines() -> Iterator[str]:
    for one in queries.checkpoints().iterator(chunk_size=500):
        yield json.dumps({"note": queries.cosigned_note(one)}, ensure_ascii=False) + "\n"


@public
@of_the_log
def timestamp(request: Request, size: int) -> HttpResponseBase | None:
    """An outside authority's time stamp of the checkpoint of that size, RFC 3161."""
    found = queries.timestamp_of(size)
    if found is None:
        return None
    return served(request, bytes(found.token), kind="application/timestamp-reply", keep=DAY)
