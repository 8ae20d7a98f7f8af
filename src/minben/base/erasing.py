"""Erasing a person (個人資料之刪除): every module declares what it holds and how it goes.

A module registers one `Eraser` in its ``erasers.py``; `BaseConfig.ready` discovers them. `people`
runs them in one transaction, those nearest to the public procedures first: proposals let go of a
file before the discussions ask who still needs it.

Basis: 個人資料保護法 §3 no. 5 and §11 (deletion on request).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from minben.kernel.actor import Actor
from minben.kernel.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Erasing:
    """Who is erased, and how.

    Args:
        person_id: the account's number, which stays as an empty shell.
        addresses: e-mail addresses and numbers (E.164) the account had, also unproved ones.
        keep_comments: leave the text of their comments, without a name.
    """

    person_id: int
    addresses: frozenset[str] = frozenset()
    keep_comments: bool = False

    @property
    def person(self) -> str:
        """As the record and the outbox name them: ``person:12``."""
        return f"person:{self.person_id}"


def _no_hindrance(person_id: int, at: datetime) -> Refusal | None:
    return None


def _no_hold(person_id: int) -> datetime | None:
    return None


@dataclass(frozen=True, slots=True)
class Eraser:
    """What one module does when a person is erased.

    Args:
        module: its name.
        erase: destroys what the module holds; doing it twice changes nothing more. It runs in
            the caller's transaction and is given ``(erasing, by, at)``.
        hindrance: why the person can't be erased yet, if so.
        holds_number_until: until when their mobile number must confirm nobody else, if so.
    """

    module: str
    erase: Callable[[Erasing, Actor, datetime], object]
    hindrance: Callable[[int, datetime], Refusal | None] = _no_hindrance
    holds_number_until: Callable[[int], datetime | None] = _no_hold


_erasers: dict[str, Eraser] = {}


def register(eraser: Eraser) -> None:
    """Declare what a module destroys; a module declared twice is a programming error."""
    if _erasers.setdefault(eraser.module, eraser) != eraser:
        raise ValueError(f"eraser registered twice: {eraser.module}")


def erasers() -> tuple[Eraser, ...]:
    """All erasers, the uppermost module's first."""
    return tuple(reversed(_erasers.values()))


def hindrance(person_id: int, at: datetime) -> Refusal | None:
    """The first reason why a person can't be erased at `at`, if there is one."""
    found = (eraser.hindrance(person_id, at) for eraser in erasers())
    return next((refusal for refusal in found if refusal is not None), None)


def number_held_until(person_id: int) -> datetime | None:
    """Until when the mobile number of an erased person must confirm nobody else, if so."""
    found = (eraser.holds_number_until(person_id) for eraser in erasers())
    return max((until for until in found if until is not None), default=None)
