"""Kinds of notice and their audiences, declared by each module in ``notices.py``."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise

DIGEST = "notify.digest"
PROVE = "notify.prove"

StillTrue = Callable[[Mapping[str, Any], datetime], bool]


def always(context: Mapping[str, Any], at: datetime) -> bool:
    """For notices of facts that cannot cease to be true."""
    return True


class Haste(StrEnum):
    """How long a letter may wait for what its reader wishes."""

    COLLECTED = "collected"  # may stand in the one letter of a day (彙整通知)
    SINGLE = "single"  # of its own, for a right or a duty begins with it; waits for quiet hours
    AT_ONCE = "at_once"  # about the safety of the account: waits for nothing


@dataclass(frozen=True, slots=True)
class Reader:
    """Who is told: `recipient` as ``person:12``, and where and in what language it arrives."""

    recipient: str
    address: str
    language: str


Audience = Callable[[int, datetime, int, int], Sequence[tuple[int, Reader]]]
"""Takes what it is about, when the act was, a cursor and a limit; gives that many readers behind
the cursor, each with its own, which grows. Who came after the act is not among them."""


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """A kind of notice.

    Args:
        code: dotted name; the text body is template ``<module>/notices/<rest>.txt``.
        subject: lazy subject line with ``%(name)s`` places filled from the context.
        template: path of the plain-text body.
        still_true: asked at sending time; a notice no longer true is dropped, and says so.
        kept: stays in the outbox after it was sent; one that is not leaves no address behind.
        haste: whether it may wait for the letter of the day, or for the end of quiet hours.
    """

    code: str
    subject: str | Promise
    template: str
    still_true: StillTrue = always
    kept: bool = True
    haste: Haste = Haste.COLLECTED


_kinds: dict[str, NoticeKind] = {}


def register(*kinds: NoticeKind) -> None:
    """Declare kinds of notice."""
    for kind in kinds:
        if _kinds.setdefault(kind.code, kind) != kind:
            raise ValueError(f"notice kind registered twice: {kind.code}")


def kind_of(code: str) -> NoticeKind:
    """The declaration of `code`. Raises KeyError for one nobody declared."""
    return _kinds[code]


def unkept_codes() -> list[str]:
    """Codes of those kinds that leave nothing behind."""
    return [kind.code for kind in _kinds.values() if not kind.kept]


_audiences: dict[str, Audience] = {}


def audience(code: str) -> Callable[[Audience], Audience]:
    """Declare who the readers of mailings of this audience are."""

    def declare(readers: Audience) -> Audience:
        if _audiences.setdefault(code, readers) is not readers:
            raise ValueError(f"audience registered twice: {code}")
        return readers

    return declare


def audience_of(code: str) -> Audience:
    """The readers of the audience `code`. Raises KeyError for one nobody declared."""
    return _audiences[code]
