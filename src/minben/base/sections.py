"""Sections of a case's two pages: the officer's screen and the public page of its handling.

Modules that know nothing of each other meet there: each declares its sections in its
``sections.py``; `BaseConfig.ready` finds them. The shells show them in order, under one heading
each. A section of the officer's screen may ask the database once, that of demands twice: the
whole screen keeps to twelve queries.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise

from minben.kernel.actor import Actor


class Reader(StrEnum):
    """For whom a section is."""

    PUBLIC = "public"
    STAFF = "staff"


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


Load = Callable[[Seen], Mapping[str, Any] | None]  # Any: template context


@dataclass(frozen=True, slots=True)
class Section:
    """One section.

    Args:
        code: stable; the anchor of its heading.
        title: lazy.
        order: smaller stands earlier.
        reader: on which of the two pages.
        template: partial without heading; gets what `load` gives, and ``case`` (`Seen`).
        load: what it shows, or None to leave the section out.
    """

    code: str
    title: str | Promise
    order: int
    reader: Reader
    template: str
    load: Load


_sections: dict[tuple[Reader, str], Section] = {}


def register(*sections: Section) -> None:
    """Declare sections; one declared twice is a programming error."""
    for section in sections:
        key = (section.reader, section.code)
        if _sections.setdefault(key, section) != section:
            raise ValueError(f"section registered twice: {section.reader} {section.code}")


def sections_for(reader: Reader, seen: Seen) -> list[tuple[Section, Mapping[str, Any]]]:
    """What that page shows of the case, in order, each with its context."""
    rows = sorted(
        (one for one in _sections.values() if one.reader is reader), key=lambda one: one.order
    )
    loaded = ((section, section.load(seen)) for section in rows)
    return [(section, found) for section, found in loaded if found is not None]
