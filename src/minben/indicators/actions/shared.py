"""What the acts on the registry share (共用檢核): who may, and what is wrong with a declaration."""

from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, TypeVar

from django.db import connection

from minben.indicators.declared.fields import Entry
from minben.indicators.engine.faults import Fault, Faulty
from minben.indicators.models import Source
from minben.indicators.permissions import may_keep, may_keep_units
from minben.kernel.actor import Actor, ActorKind
from minben.kernel.refusal import Refusal

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Draft = TypeVar("Draft", bound="DataclassInstance")


def require_keeping(by: Actor, agency_id: int | None) -> None:
    """Raises Refusal ``indicators_not_yours``. Commands act for whoever runs the installation."""
    if by.kind is not ActorKind.SYSTEM and not may_keep(by, agency_id):
        raise Refusal("indicators_not_yours")


def require_keeping_units(by: Actor) -> None:
    """Raises Refusal ``indicators_units_not_yours``."""
    if by.kind is not ActorKind.SYSTEM and not may_keep_units(by):
        raise Refusal("indicators_units_not_yours")


def held_source(code: str, by: Actor) -> Source:
    """The row of a source, locked: what is numbered within it is numbered once.

    Raises:
        Refusal: ``indicators_source_unknown``, ``indicators_not_yours``.
    """
    held = Source.objects.select_for_update(of=("self",)).filter(code=code).first()
    if held is None:
        raise Refusal("indicators_source_unknown", field="source", source=code)
    require_keeping(by, held.agency_id)
    return held


def one_by_one(what: str) -> None:
    """Until the transaction ends nobody else registers such things: what is not there has no row.

    Taken after the row of a source and before rows of units. SQLite has one writer anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(hashtext(%s))", [f"minben.indicators.{what}"]
            )


def label_of(source: Source) -> str:
    """How whoever acts on a source is named in public: by the agency, never the person."""
    return source.agency.name_zh if source.agency else ""


def faults_of(draft: Draft, former: Callable[[Entry], object]) -> list[Fault]:
    """What is wrong with a draft nobody read from a file."""
    entry = Entry({key: told for key, told in asdict(draft).items() if key != "where"}, str)
    former(entry)
    return entry.faults


def require_whole(faults: list[Fault]) -> None:
    """Raises Faulty if there is a fault."""
    if faults:
        raise Faulty(faults)
