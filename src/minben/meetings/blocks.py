"""Blocks of a meeting's two pages: the public page, and the page of whoever runs it.

Modules above (transcript, question wall, sheets) declare theirs with `register` in a file of their
own that is found at start, such as ``sections.py``. Each is shown under one heading.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise

from minben.base.sections import Reader
from minben.kernel.actor import Actor

if TYPE_CHECKING:
    from minben.meetings.models import Meeting

__all__ = ("Block", "Reader", "blocks_for", "register")

Load = Callable[["Meeting", Actor, datetime], Mapping[str, Any] | None]  # Any: template context


@dataclass(frozen=True, slots=True)
class Block:
    """One block.

    Args:
        code: stable; the anchor of its heading.
        title: lazy.
        order: smaller stands earlier; those of meetings stand at 100, 200 … 900.
        reader: on which of the two pages; `STAFF` is shown only to who may run the meeting.
        template: partial without heading; gets what `load` gives, ``meeting``, ``actor``, ``at``.
        load: what it shows, or None to leave the block out. At most one query.
    """

    code: str
    title: str | Promise
    order: int
    reader: Reader
    template: str
    load: Load


_blocks: dict[tuple[Reader, str], Block] = {}


def register(*blocks: Block) -> None:
    """Declare blocks; one declared twice is a programming error."""
    for block in blocks:
        key = (block.reader, block.code)
        if _blocks.setdefault(key, block) != block:
            raise ValueError(f"block registered twice: {block.reader} {block.code}")


def blocks_for(
    reader: Reader, meeting: "Meeting", actor: Actor, at: datetime
) -> list[tuple[Block, Mapping[str, Any]]]:  # Any: template context
    """What that page shows of the meeting, in order, each with its context."""
    rows = sorted((one for one in _blocks.values() if one.reader is reader), key=lambda b: b.order)
    loaded = ((block, block.load(meeting, actor, at)) for block in rows)
    return [(block, found) for block, found in loaded if found is not None]
