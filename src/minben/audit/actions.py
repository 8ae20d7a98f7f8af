"""The only writer of the record."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from minben.audit.models import Event
from minben.audit.registry import all_kinds, kind_of
from minben.kernel.actor import Actor, ActorKind
from minben.ledger import actions as ledger


def record(
    kind: str,
    *,
    by: Actor,
    at: datetime,
    subject: str,
    case_id: int | None = None,
    label: str = "",
    data: dict[str, Any] | None = None,  # Any: JSON values
    private: dict[str, Any] | None = None,
    sealed: dict[str, Any] | None = None,
) -> Event:
    """Append one event, in the caller's transaction.

    Args:
        kind: a declared code; KeyError otherwise.
        subject: what was acted on, as ``"proposal:12"``.
        label: how the actor is named in public ("checker", an agency, a nickname).
        data: JSON fit for publication.
        private: JSON for auditors only. Whose deputy the actor is (職務代理) is added to it.
        sealed: JSON the public ledger commits to beside `data`, and only it keeps.
    """
    kind_of(kind)
    event = Event.objects.create(
        kind=kind,
        at=at,
        actor=by.id,
        actor_label=label,
        subject=subject,
        case_id=case_id,
        data=data or {},
        private=(private or {}) | _deputy(by),
    )
    ledger.submit_many(_submissions([event], by, sealed or {}), by=by, at=at)
    return event


def _deputy(by: Actor) -> dict[str, Any]:  # Any: JSON values
    """Whom the actor represents just then; nothing for who acts for themselves alone."""
    return {"deputy_of": [f"person:{pk}" for pk in by.represents]} if by.represents else {}


def _submissions(
    events: Iterable[Event],
    by: Actor,
    sealed: dict[str, Any],  # Any: JSON values
) -> Iterator[ledger.Submission]:
    """What the public ledger gets of events: the public parts, and commitments to the rest."""
    for event in events:
        declared = kind_of(event.kind)
        if declared.ledger is None:
            continue
        public = {key: event.data[key] for key in declared.ledger if key in event.data}
        rest = {key: value for key, value in event.data.items() if key not in public} | sealed
        named = declared.official or by.kind is not ActorKind.PERSON
        if event.actor_label and not named:
            rest["by"] = event.actor_label  # what a citizen is called is theirs to take back
        yield ledger.Submission(
            kind=event.kind,
            at=event.at,
            ref=event.pk,
            case_id=event.case_id,
            subject=event.subject,
            told=(event.actor_label if named else "") or by.kind.value,
            data=public,
            sealed=rest,
            person="" if by.person_id is None else by.id,
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """One event of many, as for :func:`record`; `at` is its own time."""

    kind: str
    at: datetime
    subject: str
    case_id: int | None = None
    label: str = ""
    data: dict[str, Any] = field(default_factory=dict)  # Any: JSON values


def record_many(*, entries: Iterable[Entry], by: Actor, at: datetime) -> int:
    """Append the events of a bulk act done at `at`, each at its own time; returns how many.

    For what happened elsewhere and is taken over: an entry may lie before `at`, never after.

    Raises:
        KeyError: a kind nobody declared.
        ValueError: an entry after `at`.
    """
    rows = []
    for entry in entries:
        kind_of(entry.kind)
        if entry.at > at:
            raise ValueError(f"{entry.kind} of {entry.subject} lies after {at:%Y-%m-%dT%H:%MZ}")
        rows.append(
            Event(
                kind=entry.kind,
                at=entry.at,
                actor=by.id,
                actor_label=entry.label,
                subject=entry.subject,
                case_id=entry.case_id,
                data=entry.data,
            )
        )
    # Only some databases tell the keys of rows made in bulk; both of ours do.
    made = Event.objects.bulk_create(rows, batch_size=1000)
    ledger.submit_many(_submissions(made, by, {}), by=by, at=at)
    return len(made)


def forget_person(*, person: str, by: Actor, at: datetime) -> None:
    """Empty what the record holds of somebody who was erased: names, private parts, own words.

    That they acted, when and on what stays. The database lets nobody do this before the erasing
    itself is recorded (``people.erased``), and nothing else ever.
    """
    official = [kind.code for kind in all_kinds() if kind.official]
    about = Event.objects.filter(subject=person)
    own = Event.objects.filter(actor=person).exclude(kind__in=official)
    about.exclude(private={}).update(private={})
    # What a clerk noted of somebody else is not the clerk's.
    own.exclude(private={}).exclude(subject__startswith="person:").update(private={})
    own.exclude(actor_label="").update(actor_label="")
    words = {kind.code: kind.own_words for kind in all_kinds() if kind.own_words}
    for event in own.filter(kind__in=list(words)):
        data = {key: told for key, told in event.data.items() if key not in words[event.kind]}
        if data != event.data:
            Event.objects.filter(pk=event.pk).update(data=data)
