"""Sections of a case's two pages: the officer's screen and the public page of its handling.

Modules that know nothing of each other meet there: each declares its sections in its
``sections.py``; `BaseConfig.ready` finds them. The shells show them in order, under one heading
each. A section of the officer's screen may ask the database once, that of demands twice: the
whole screen keeps to twelve queries.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from minben.base.parts import Context, Known, Part, Reader, declare, loaded
from minben.kernel.actor import Actor

__all__ = ("Reader", "Section", "Seen", "register", "sections_for")


@dataclass(frozen=True, slots=True)
class Seen:
    """The case a page is about, at an instant, as `actor` may see it.

    `told` is what the page's own statement brought along, by name: a section that finds its rows
    there asks the database nothing.
    """

    case_id: int
    number: str
    actor: Actor
    at: datetime
    told: Mapping[str, Any] = field(default_factory=dict)  # Any: whatever that name stands for


@dataclass(frozen=True, slots=True)
class Section(Part):
    """One section.

    Args:
        load: what it shows, or None to leave the section out; `template` gets that, and ``case``
            (`Seen`).
    """

    load: Callable[[Seen], Context | None]


_sections: Known[Section] = {}


def register(*sections: Section) -> None:
    """Declare sections; one declared twice is a programming error."""
    declare(_sections, *sections)


def sections_for(reader: Reader, seen: Seen) -> list[tuple[Section, Context]]:
    """What that page shows of the case, in order, each with its context."""
    return loaded(_sections, reader, lambda section: section.load(seen))
