"""Blocks of a meeting's two pages: the public page, and the page of whoever runs it.

Modules above (transcript, question wall, sheets) declare theirs with `register` in a file of their
own that is found at start, such as ``sections.py``. Each is shown under one heading.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from minben.base.parts import Context, Known, Part, Reader, declare, loaded
from minben.kernel.actor import Actor

if TYPE_CHECKING:
    from minben.meetings.models import Meeting

__all__ = ("Block", "Reader", "blocks_for", "register")


@dataclass(frozen=True, slots=True)
class Block(Part):
    """One block; those of meetings stand at 100, 200 … 900, and `STAFF` is for who may run it.

    Args:
        load: what it shows, or None to leave the block out; `template` gets that, ``meeting``,
            ``actor`` and ``at``. At most one query.
    """

    load: Callable[["Meeting", Actor, datetime], Context | None]


_blocks: Known[Block] = {}


def register(*blocks: Block) -> None:
    """Declare blocks; one declared twice is a programming error."""
    declare(_blocks, *blocks)


def blocks_for(
    reader: Reader, meeting: "Meeting", actor: Actor, at: datetime
) -> list[tuple[Block, Context]]:
    """What that page shows of the meeting, in order, each with its context."""
    return loaded(_blocks, reader, lambda block: block.load(meeting, actor, at))
