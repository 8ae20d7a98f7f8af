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
        ledger: an act with public effect, which enters the public ledger; the names of those
            parts of its data that are published there in plain. Of the rest only a salted
            commitment is, because a text somebody typed may have to be erased one day.
        own_words: names of those parts of its data that come from a citizen and are taken out
            when that person is erased. The database lets go of ``reason`` and ``sha256`` only.
    """

    code: str
    label: str | Promise
    timeline: bool = False
    template: str = "audit/events/plain.html"
    official: bool = False
    ledger: tuple[str, ...] | None = None
    own_words: tuple[str, ...] = ()


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
