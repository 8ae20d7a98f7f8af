"""What others declare to the ledger: who counts what was entered, what is claimed, what comes first."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Entered:
    """One act that has just got its place.

    Args:
        index: its place in the log, from 0.
        ref: the row of the act, as it was submitted.
        at: when the act took effect.
    """

    index: int
    kind: str
    case_id: int | None
    ref: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """An act in the intake, as whoever declared its kind may look at it."""

    ref: int | None
    entry: bytes


Consumer = Callable[[Sequence[Entered], datetime], None]
Voucher = Callable[[Sequence[Waiting]], Sequence[bool]]
Claim = Callable[[], Iterable[dict[str, Any]]]  # Any: JSON values
Precondition = Callable[[], str]

_consumers: dict[str, Consumer] = {}
_vouchers: dict[str, Voucher] = {}
_claims: dict[str, Claim] = {}
_preconditions: list[Precondition] = []


def consumes(kind: str) -> Callable[[Consumer], Consumer]:
    """Declare who counts acts of `kind`: called with them in the order of the log.

    It runs in the transaction that enters them: what it raises undoes the whole batch.
    """

    def declare(consumer: Consumer) -> Consumer:
        if _consumers.setdefault(kind, consumer) is not consumer:
            raise ValueError(f"{kind} is counted twice")
        return consumer

    return declare


def vouches(kind: str) -> Callable[[Voucher], Voucher]:
    """Declare who says of acts of `kind` whether they agree with their rows and are new.

    It answers one truth value for each act, in order.
    """

    def declare(voucher: Voucher) -> Voucher:
        if _vouchers.setdefault(kind, voucher) is not voucher:
            raise ValueError(f"{kind} is vouched for twice")
        return voucher

    return declare


def voucher_of(kind: str) -> Voucher | None:
    """Who vouches for acts of `kind`, if anybody does."""
    return _vouchers.get(kind)


def consumer_of(kind: str) -> Consumer | None:
    """Who counts acts of `kind`, if anybody does."""
    return _consumers.get(kind)


def claims(name: str) -> Callable[[Claim], Claim]:
    """Declare figures the platform publishes, so that outsiders can recount them."""

    def declare(claim: Claim) -> Claim:
        if _claims.setdefault(name, claim) is not claim:
            raise ValueError(f"{name} is claimed twice")
        return claim

    return declare


def all_claims() -> dict[str, Claim]:
    """Every declared set of figures, by name."""
    return dict(_claims)


def comes_first(asked: Precondition) -> Precondition:
    """Declare what must have been done before anything is entered: it answers why not, or nothing."""
    _preconditions.append(asked)
    return asked


def all_preconditions() -> tuple[Precondition, ...]:
    """Everything that must hold before the next entry."""
    return tuple(_preconditions)
