"""Who is told of a case's answer (受告知者): each origin of cases says it of its own.

The petitioner, and whoever took part in public. Answering knows only the case; modules above it,
which know endorsers and commenters, declare here whom it tells, whom it asks in a survey, and what
follows where a disposition changes after the answer.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from minben.casework.rules import CaseOrigin
from minben.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Readers:
    """Those who are told.

    Args:
        audience: code of the audience of their mailings; its ``ref`` is the case.
        count: how many they are, at an instant.
        is_one: whether a person is one of them, at an instant.
        follow: called with case, adoption, actor and instant when a disposition changes after
            the answer, inside the transaction that changes it.
    """

    audience: str
    count: Callable[[int, datetime], int]
    is_one: Callable[[int, int, datetime], bool]
    follow: Callable[[int, str, Actor, datetime], None]


_readers: dict[CaseOrigin, Readers] = {}


def register(origin: CaseOrigin, readers: Readers) -> None:
    """Declare who is told of cases of `origin`; twice is a programming error."""
    if _readers.setdefault(origin, readers) is not readers:
        raise ValueError(f"readers of {origin} are declared already")


def readers_of(origin: str) -> Readers | None:
    """Who is told of cases of that origin; None where nobody declared any."""
    return _readers.get(CaseOrigin(origin))
