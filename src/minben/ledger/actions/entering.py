"""Handing an act to the ledger (送交入帳), in the transaction of the act itself."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from minben.kernel.actor import Actor
from minben.ledger.entries import SALT_BYTES, commitment, entry
from minben.ledger.keys import seal
from minben.ledger.models import Intake, Opening


@dataclass(frozen=True, slots=True)
class Submission:
    """One act for the ledger.

    Args:
        kind: its declared code.
        at: when it took effect.
        ref: the row of the act.
        told: how the actor is named in public.
        data: what is public of it.
        sealed: the rest, of which only a commitment is published.
        person: whose the rest is (``person:12``): erasing them destroys it.
    """

    kind: str
    at: datetime
    ref: int
    case_id: int | None = None
    subject: str = ""
    told: str = ""
    data: dict[str, Any] = field(default_factory=dict)  # Any: JSON values
    sealed: dict[str, Any] = field(default_factory=dict)  # Any: as above
    person: str = ""


def submit(one: Submission, *, by: Actor, at: datetime) -> None:
    """Put one act into the intake; the caller's transaction carries both."""
    submit_many([one], by=by, at=at)


def submit_many(acts: Iterable[Submission], *, by: Actor, at: datetime) -> None:
    """Put acts into the intake in the order given.

    Raises:
        ValueError: an act holds a fraction, or lies after `at`.
    """
    intake: list[Intake] = []
    openings: list[Opening] = []
    for act in acts:
        if act.at > at:
            raise ValueError(f"{act.kind} of {act.subject} lies after {at:%Y-%m-%dT%H:%MZ}")
        commit = ""
        if act.sealed:
            salt = secrets.token_bytes(SALT_BYTES)
            commit = commitment(salt, act.sealed)
            openings.append(
                Opening(kind=act.kind, ref=act.ref, person=act.person, salt=salt, sealed=act.sealed)
            )
        raw = entry(
            act.kind,
            act.at,
            case_id=act.case_id,
            subject=act.subject,
            by=act.told,
            data=act.data,
            commit=commit,
        )
        intake.append(
            Intake(
                kind=act.kind,
                case_id=act.case_id,
                ref=act.ref,
                entry=raw,
                seal=seal(raw),
                at=act.at,
            )
        )
    Opening.objects.bulk_create(openings, batch_size=500)
    Intake.objects.bulk_create(intake, batch_size=500)


def intake_from(source: str) -> str:
    """SQL that hands the act of the one row in `source` (its ``id``) to the ledger.

    For a path that inserts act and intake in one statement. Its parameters: kind, case, entry,
    seal, instant, and then those of `source`.
    """
    table = Intake._meta.db_table
    return (
        f"INSERT INTO {table} (kind, case_id, entry, seal, at, ref) "  # noqa: S608  names only
        f"SELECT %s, %s, %s, %s, %s, given.id FROM {source} AS given"
    )


def intake_of_many(source: str) -> str:
    """SQL that hands many acts of one kind and case to the ledger.

    `source` gives ``id``, ``entry``, ``seal`` and ``at`` of each. Its parameters: kind and case.
    """
    return (
        f"INSERT INTO {Intake._meta.db_table} (kind, case_id, ref, entry, seal, at) "  # noqa: S608
        f"SELECT %s, %s, id, entry, seal, at FROM {source}"
    )


def destroy_openings(*, person: str, by: Actor, at: datetime) -> int:
    """Erase what a person's acts were committed to; the entries stay and tell nothing."""
    return Opening.objects.filter(person=person).delete()[0]
