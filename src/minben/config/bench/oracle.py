"""Does what was acknowledged agree with what is there (對帳)."""

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from time import monotonic, sleep
from typing import Any

from django.db import connection

from minben.ledger.merkle import Frontier, leaf_hash

SETTLE_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Account:
    """What stands in the database for one proposal after a run.

    Args:
        acknowledged: endorsements that were answered with the confirmation.
        in_flight: requests the load cut off at its end; each may have become a row.
        rows, people: endorsements, and the different people in them.
        counted, shown: the last number given, and the count everybody sees.
        leaves: entries of the ledger for that case's endorsements.
    """

    acknowledged: int
    in_flight: int
    rows: int
    people: int
    counted: int
    shown: int
    leaves: int
    settled_seconds: float

    @property
    def good(self) -> bool:
        """Every acknowledged one is one row, none is there twice, all are counted once."""
        return (
            self.acknowledged <= self.rows <= self.acknowledged + self.in_flight
            and self.rows == self.people == self.counted == self.shown == self.leaves
        )

    @property
    def told(self) -> dict[str, Any]:  # Any: JSON values
        """As JSON."""
        return asdict(self) | {"good": self.good}


def settle(within: float = SETTLE_SECONDS) -> float:
    """Wait until the sequencer has entered everything; returns seconds, or `within` if it has not."""
    began = monotonic()
    while monotonic() - began < within:
        if not value("SELECT count(*) FROM (SELECT 1 FROM ledger_intake LIMIT 1) AS waiting"):
            break
        sleep(0.2)
    return round(monotonic() - began, 1)


def account(number: str, acknowledged: int, in_flight: int) -> Account:
    """Reckon one proposal, after the ledger has settled."""
    settled = settle()
    proposal, case, counted, shown = _row(
        "SELECT p.id, c.id, p.numbered, p.endorsed FROM proposals_proposal p"
        " JOIN casework_case c ON c.id = p.case_id WHERE c.number = %s",
        number,
    )
    rows, people = _row(
        "SELECT count(*), count(DISTINCT person_id) FROM proposals_endorsement"
        " WHERE proposal_id = %s",
        proposal,
    )
    leaves = value(
        "SELECT count(*) FROM ledger_leaf WHERE case_id = %s AND kind = 'proposals.endorsed'", case
    )
    return Account(acknowledged, in_flight, rows, people, counted, shown, leaves, settled)


def ledger() -> dict[str, Any]:  # Any: JSON values
    """Make the root of the whole log anew from its entries and compare it with the tree's."""
    frontier = Frontier()
    with connection.chunked_cursor() as cursor:
        cursor.execute('SELECT "index", entry FROM ledger_leaf ORDER BY "index"')
        for index, entry in iter(cursor.fetchone, None):
            if index != frontier.size:
                return {"good": False, "fault": f"leaf {frontier.size} is missing"}
            frontier.append(leaf_hash(bytes(entry)))
    size, peaks = _row("SELECT size, peaks FROM ledger_tree")[:2]
    peaks = json.loads(peaks) if isinstance(peaks, str) else peaks or []
    kept = Frontier(size, [bytes.fromhex(peak) for peak in peaks])
    doubled = value(
        "SELECT count(*) FROM (SELECT person_id FROM proposals_endorsement"
        " GROUP BY proposal_id, person_id HAVING count(*) > 1) AS twice"
    )
    return {
        "leaves": frontier.size,
        "root": frontier.root().hex(),
        "people_twice": doubled,
        "checkpoints": value("SELECT count(*) FROM ledger_checkpoint"),
        "good": size == frontier.size and kept.root() == frontier.root() and not doubled,
    }


def value(statement: str, *parameters: Any) -> int:  # Any: of the statement
    """The whole number a statement asks for."""
    return int(_row(statement, *parameters)[0])


def _row(statement: str, *parameters: Any) -> tuple[Any, ...]:  # Any: of columns
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        found = cursor.fetchone()
        return tuple(found) if found else (0,) * 8


def pair(statement: str, *parameters: Any) -> tuple[int, int]:  # Any: of the statement
    """Two whole numbers."""
    first, second = _row(statement, *parameters)[:2]
    return int(first), int(second)


def change(statement: str, *parameters: Any) -> None:  # Any: of the statement
    """Change the scratch database by hand."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def restart_ids(table: str) -> None:
    """Let new rows of a table go on after those written with ids of their own."""
    if connection.vendor == "postgresql":
        change(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"  # noqa: S608
        )


def tidy() -> None:
    """What the database would do by itself in the quiet after a bulk load."""
    if connection.vendor == "postgresql":
        change("VACUUM ANALYZE")
        change("CHECKPOINT")


def lengthen(proposal: int, until: datetime) -> None:
    """Let a window last at least until then."""
    at = connection.ops.adapt_datetimefield_value(until)
    change(
        "UPDATE proposals_proposal SET closes_at = %s WHERE id = %s AND closes_at < %s",
        at,
        proposal,
        at,
    )


def instant(stored: Any) -> datetime:  # Any: a time, or SQLite's text of one
    """A stored instant, in UTC."""
    found = stored if isinstance(stored, datetime) else datetime.fromisoformat(str(stored))
    return found if found.tzinfo else found.replace(tzinfo=UTC)
