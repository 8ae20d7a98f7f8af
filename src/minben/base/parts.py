"""Parts of a page (頁面區塊) that modules declare which know nothing of each other.

`base.sections` are those of a case's two pages, `meetings.blocks` those of a meeting's.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from django.utils.functional import Promise


class Reader(StrEnum):
    """For whom a part is."""

    PUBLIC = "public"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Part:
    """One part.

    Args:
        code: stable; the anchor of its heading.
        title: lazy.
        order: smaller stands earlier.
        reader: on which of the two pages.
        template: partial without heading.
    """

    code: str
    title: str | Promise
    order: int
    reader: Reader
    template: str


P = TypeVar("P", bound=Part)
Context = Mapping[str, Any]  # Any: template context
Known = dict[tuple[Reader, str], P]


def declare(known: Known[P], *parts: P) -> None:
    """Put parts among those that are known; one declared twice is a programming error."""
    for part in parts:
        if known.setdefault((part.reader, part.code), part) != part:
            raise ValueError(f"part of a page registered twice: {part.reader} {part.code}")


def loaded(
    known: Known[P], reader: Reader, load: Callable[[P], Context | None]
) -> list[tuple[P, Context]]:
    """The parts of that page in order, each with its context; those without one are left out."""
    rows = sorted((one for one in known.values() if one.reader is reader), key=lambda p: p.order)
    contexts = ((part, load(part)) for part in rows)
    return [(part, found) for part, found in contexts if found is not None]
