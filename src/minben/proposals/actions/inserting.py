"""The statements that write endorsements down (附議寫入): one of them, or many of one moment.

Not through the model: building and compiling it costs more than the insertion. The condition
under which one may endorse is part of the statement.
"""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from minben.base.immediate import fetch_all, fetch_one
from minben.base.models import simulated_mark
from minben.casework import queries as casework
from minben.ledger import actions as ledger
from minben.ledger import entries
from minben.ledger.keys import seal
from minben.proposals.models import Endorsement, Proposal
from minben.proposals.queries.places import Place
from minben.proposals.rules import ENDORSABLE_STATES

if TYPE_CHECKING:
    from minben.people.models import User

KIND = "proposals.endorsed"


@dataclass(frozen=True, slots=True)
class Written:
    """An endorsement ready to be written down.

    Args:
        entry: what the public ledger will say.
        sealed: what the entry commits to, with `salt`.
    """

    person_id: int
    at: datetime
    sealed: dict[str, Any]  # Any: JSON values
    salt: bytes
    network: bytes | None
    entry: bytes


def prepare(
    place: Place, person: "User", at: datetime, reason: str, network: bytes | None
) -> Written:
    """Everything of an endorsement but its row."""
    sealed = sealed_part(person.pk, person.nickname, person.county, person.township, reason)
    salt = secrets.token_bytes(entries.SALT_BYTES)
    entry = entry_of(place.case_id, at, sealed, salt, person.ledger_secret)
    return Written(person.pk, at, sealed, salt, network, entry)


def sealed_part(
    person_id: int, nickname: str, county: str, township: str, reason: str
) -> dict[str, Any]:  # Any: JSON values
    """What an endorsement commits to, and only its owner can show."""
    return {
        "person": person_id,
        "nickname": nickname,
        "county": county,
        "township": township,
        "reason": reason,
    }


def entry_of(
    case_id: int,
    at: datetime,
    sealed: dict[str, Any],  # Any: JSON values
    salt: bytes,
    secret: bytes | memoryview | None,
) -> bytes:
    """What the ledger says of an endorsement."""
    return entries.entry(
        KIND,
        at,
        case_id=case_id,
        commit=entries.commitment(salt, sealed),
        who=entries.who_tag(bytes(secret or b""), case_id),
    )


_TOLD = ("nickname", "county", "township", "reason")
_COLUMNS = ("proposal_id", "person_id", "at", *_TOLD, "salt", "network", "simulated")
_AN_ID, _AN_INSTANT = 2**40 + 7, datetime(1971, 1, 1, tzinfo=UTC)


@cache
def _open_condition(vendor: str) -> tuple[str, tuple[object, ...]]:
    """The question whether a proposal can be endorsed, as SQL with its parameters.

    Written once by the query builder with values that stand for the real ones, so that its cost
    is not paid by each request and no table of another module is named here.
    """
    open_now = Proposal.objects.filter(
        pk=_AN_ID,
        state__in=sorted(ENDORSABLE_STATES),
        opens_at__lte=_AN_INSTANT,
        closes_at__gt=_AN_INSTANT,
    ).exclude(case__jurisdiction__in=casework.paused_jurisdictions(_AN_INSTANT))
    sql, values = open_now.order_by().values("pk").query.sql_with_params()
    return sql, tuple(values)


def _asked(place: Place, at: datetime) -> tuple[str, list[object]]:
    """Whether the proposal can be endorsed at that instant: SQL and its parameters."""
    condition, stand_ins = _open_condition(connection.vendor)
    as_column = connection.ops.adapt_datetimefield_value
    stood_for: dict[object, object] = {
        _AN_ID: place.proposal_id,
        as_column(_AN_INSTANT): as_column(at),
    }
    return condition, [stood_for.get(value, value) for value in stand_ins]


def insert_one(place: Place, written: Written) -> int | None:
    """Insert endorsement and intake together; the new row's id, or None when nothing was."""
    condition, asked = _asked(place, written.at)
    instant = connection.ops.adapt_datetimefield_value(written.at)
    told = [written.sealed[name] for name in _TOLD]
    values = [place.proposal_id, written.person_id, instant, *told]
    values += [written.salt, written.network, simulated_mark()]
    marks = ", ".join(["%s"] * len(_COLUMNS))
    insert = (
        f"INSERT INTO {Endorsement._meta.db_table} ({', '.join(_COLUMNS)}) "
        f"SELECT {marks} WHERE EXISTS ({condition}) "
        "ON CONFLICT (proposal_id, person_id) DO NOTHING RETURNING id"
    )
    handed = [KIND, place.case_id, written.entry, seal(written.entry), instant]
    if connection.vendor == "postgresql":
        both = f"WITH given AS ({insert}) {ledger.intake_from('given')} RETURNING ref"
        found = fetch_one(both, [*values, *asked, *handed])
        return None if found is None else int(found[0])
    with transaction.atomic():
        found = fetch_one(insert, [*values, *asked])
        if found is None:
            return None
        fetch_one(ledger.intake_from("(SELECT %s AS id)"), [*handed, found[0]])
        return int(found[0])


_AS_ROWS = (
    "json_to_recordset(%s::json) AS t(person_id bigint, at timestamptz, "
    + ", ".join(f"{name} text" for name in _TOLD)
    + ", salt bytea, network bytea, entry bytea, seal bytea)"
)


def insert_many(place: Place, rows: Sequence[Written]) -> set[int]:
    """Insert many of one proposal in one statement; whose were, by person. PostgreSQL.

    All or none by time: a moment in which the window opens or closes, or a pause begins, is
    left to those who ask one by one. Nobody may stand in `rows` twice.
    """
    first, last = min(row.at for row in rows), max(row.at for row in rows)
    condition, at_first = _asked(place, first)
    _, at_last = _asked(place, last)
    table, into, told_columns = Endorsement._meta.db_table, ", ".join(_COLUMNS), ", ".join(_TOLD)
    given = (
        f"INSERT INTO {table} ({into})"  # noqa: S608
        f" SELECT %s, person_id, at, {told_columns}, salt, network, %s FROM asked"
        f" WHERE EXISTS ({condition}) AND EXISTS ({condition})"
        " ON CONFLICT (proposal_id, person_id) DO NOTHING RETURNING id, person_id"
    )
    entered = ledger.intake_of_many("given JOIN asked USING (person_id)")
    sql = (
        f"WITH asked AS (SELECT * FROM {_AS_ROWS}), given AS ({given}), entered AS ({entered})"  # noqa: S608
        " SELECT person_id FROM given"
    )
    more = [place.proposal_id, simulated_mark(), *at_first, *at_last, KIND, place.case_id]
    return {int(person) for (person,) in fetch_all(sql, [_as_json(rows), *more])}


def _as_json(rows: Sequence[Written]) -> str:
    """Rows as one value: a dozen arrays take the driver three times as long to write out."""
    return json.dumps([_as_row(row) for row in rows], ensure_ascii=False)


def _as_row(row: Written) -> dict[str, Any]:  # Any: JSON values
    told = {name: row.sealed[name] for name in _TOLD}
    sent = {"salt": row.salt, "network": row.network, "entry": row.entry, "seal": seal(row.entry)}
    return {
        "person_id": row.person_id,
        "at": row.at.isoformat(),
        **told,
        **{name: None if value is None else f"\\x{value.hex()}" for name, value in sent.items()},
    }
