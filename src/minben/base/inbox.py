"""What waits for an officer (待辦): every module says what of its own does.

A module declares a source in its ``inboxes.py``; `BaseConfig.ready` finds it. The desk shows all
of them as one list. A source asks the database at most twice, however much waits.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.functional import Promise

from minben.kernel.actor import Actor


class Waits(StrEnum):
    """For whom it waits."""

    ME = "me"  # something this officer can do now
    OTHERS = "others"  # somebody else must act first
    BLOCKED = "blocked"  # nobody can, until a named hindrance is gone


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that waits.

    Args:
        case_id: its case.
        task: what is to be done, a few words, lazy.
        waits: for whom.
        url: where it is done.
        due_at: exclusive; None without a date.
        hindrance: what blocks it, or for whom it waits, lazy; may be empty.
        key: of the row for acts on many at once, such as ``demand:12``; empty if it has none.
    """

    case_id: int
    task: str | Promise
    waits: Waits
    url: str
    due_at: datetime | None = None
    hindrance: str | Promise = ""
    key: str = ""


Source = Callable[[Actor, datetime], Sequence[Item]]
_sources: dict[str, Source] = {}


def register(code: str, source: Source) -> None:
    """Declare a source; a code declared twice is a programming error."""
    if _sources.setdefault(code, source) is not source:
        raise ValueError(f"inbox source registered twice: {code}")


def waiting(actor: Actor, at: datetime) -> list[Item]:
    """All that waits for `actor`, soonest first; what has no date stands last."""
    items = [item for source in _sources.values() for item in source(actor, at)]
    return sorted(items, key=lambda item: (item.due_at is None, item.due_at or at, item.case_id))
