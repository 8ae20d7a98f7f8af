"""Taking down what the platform claims (宣稱), at one instant with the log itself."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from minben.kernel.actor import Actor
from minben.ledger.actions.checkpoints import sign_checkpoint
from minben.ledger.actions.sequencing import hold, sequence_all
from minben.ledger.entries import instant
from minben.ledger.models import Checkpoint, Claimed, Tree
from minben.ledger.registry import all_claims


@dataclass(frozen=True, slots=True)
class Claims:
    """What the platform says it counted, and the checkpoint of the tree it speaks of.

    Args:
        told: the object of ``claims.json``: cases by id, deadlines, size, at.
    """

    checkpoint: Checkpoint
    told: dict[str, Any]  # Any: JSON values


def claim(*, by: Actor, at: datetime) -> Claims:
    """Enter what waits, sign a checkpoint, and take down what is claimed, all of one instant.

    On PostgreSQL everything is read from one snapshot, so that an act that commits meanwhile is
    in the log and in the claims, or in neither.

    They are kept, for whoever reads the log over the web.

    Raises:
        LedgerKeyMissing: there is no key to sign with.
        OperationalError: another transaction changed what had to be counted (40001); try again.
    """
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
                # Waits for whoever appends, before the snapshot is taken and not after.
                cursor.execute(f"LOCK TABLE {Tree._meta.db_table} IN EXCLUSIVE MODE")
        tree = hold()
        sequence_all(by=by, at=at)
        sign_checkpoint(by=by, at=at)
        checkpoint = Checkpoint.objects.order_by("-pk").first()
        tree.refresh_from_db()
        if checkpoint is None or checkpoint.size != tree.size:
            raise RuntimeError(f"no checkpoint of {tree.size} leaves")
        told = _told() | {"size": checkpoint.size, "at": instant(at)}
        Claimed.objects.update_or_create(
            only=True, defaults={"size": checkpoint.size, "at": at, "told": as_json(told)}
        )
    return Claims(checkpoint, told)


def as_json(told: dict[str, Any]) -> str:  # Any: JSON values
    """Claims as they are published."""
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n"


def _told() -> dict[str, Any]:  # Any: JSON values
    """All claims. Of cases from elsewhere only the count: their history is not in the log."""
    told: dict[str, Any] = {name: list(rows()) for name, rows in all_claims().items()}
    cases = told.get("cases", [])
    elsewhere = {one["case"] for one in cases if one.get("archived")}
    for one in cases:
        if one["case"] in elsewhere:
            one.pop("totals", None)
    deadlines = told.get("deadlines", [])
    return told | {
        "cases": {str(one["case"]): _without_case(one) for one in cases},
        "deadlines": [one for one in deadlines if one["case"] not in elsewhere],
    }


def _without_case(row: dict[str, Any]) -> dict[str, Any]:  # Any: JSON values
    return {name: value for name, value in row.items() if name != "case"}
