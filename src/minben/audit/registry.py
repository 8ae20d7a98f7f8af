"""Kinds of event: declared once, shown by one partial template each."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class EventKind:
    """A kind of event.

    Args:
        code: dotted name, such as ``proposals.accepted``.
        label: what happened, a few words, lazy.
        timeline: shown in the public history of its case.
        template: partial that shows it; gets ``event`` and ``kind``.
        official: an official act of government; its entry carries the seal.
    """

    code: str
    label: str | Promise
    timeline: bool = False
    template: str = "audit/events/plain.html"
    official: bool = False


_kinds: dict[str, EventKind] = {}


def register(*kinds: EventKind) -> None:
    """Declare kinds of event; a code declared twice is a programming error."""
    for kind in kinds:
        if _kinds.setdefault(kind.code, kind) != kind:
            raise ValueError(f"event kind registered twice: {kind.code}")


def kind_of(code: str) -> EventKind:
    """The declaration of `code`. Raises KeyError for one nobody declared."""
    return _kinds[code]


def all_kinds() -> tuple[EventKind, ...]:
    """Every declared kind."""
    return tuple(_kinds.values())


def timeline_codes() -> list[str]:
    """Codes that belong to the public history of a case."""
    return [kind.code for kind in _kinds.values() if kind.timeline]
