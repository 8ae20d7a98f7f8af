"""Endorsing (附議): one statement that only inserts, and nobody waits for anybody.

The condition under which one may endorse is part of the statement, so nothing is asked before;
the unique constraint refuses the second one. Only when nothing was inserted is it asked why.
Number, count and crossing come from the order of the public ledger, in `folding`.
"""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.db import connection, transaction

from minben.audit.actions import record
from minben.base.immediate import fetch_one
from minben.base.metrics import counting_endorsements
from minben.base.models import simulated_mark
from minben.casework import actions as casework_actions
from minben.casework import queries as casework
from minben.casework.rules import DeadlineKind
from minben.kernel.actor import SYSTEM, Actor
from minben.kernel.periods import last_day, local_day
from minben.kernel.refusal import Refusal
from minben.ledger import actions as ledger
from minben.ledger import entries
from minben.ledger.keys import seal
from minben.operations.rules import Service
from minben.operations.switches import refuse_if_stopped
from minben.people import queries as people
from minben.proposals.models import Endorsement, Proposal
from minben.proposals.notify_people import tell_agency, tell_proposer
from minben.proposals.queries.places import Place, place_of
from minben.proposals.rules import ENDORSABLE_STATES, LIFE, Act, State, endorse_fault

KIND = "proposals.endorsed"


@dataclass(frozen=True, slots=True)
class Given:
    """An endorsement that stands, and is not counted yet.

    Args:
        entry: what the public ledger will say.
        sealed: what the entry commits to, with `salt`.
    """

    pk: int
    at: datetime
    entry: bytes
    sealed: dict[str, Any]  # Any: JSON values
    salt: bytes


@counting_endorsements
def endorse(
    *,
    proposal_id: int,
    by: Actor,
    at: datetime,
    reason: str = "",
    network: bytes | None = None,
) -> Given:
    """Endorse a proposal, for good. One statement; it waits for nobody.

    `network` is the mark of where the request came from (`queries.networks.mark_of`).

    Raises:
        Refusal: ``verification_required``, ``not_endorsable``, ``endorse_too_early``,
            ``endorse_too_late``, ``endorse_paused``, ``endorsed_already``,
            ``endorse_reason_too_long``, ``signing_stopped``, ``read_only``.
        Proposal.DoesNotExist: there is none with that id.
    """
    if not by.verified or by.person_id is None:
        raise Refusal("verification_required")
    refuse_if_stopped(Service.SIGNING)
    reason = reason.strip()
    if reason:
        _refuse_long(proposal_id, reason)
    place = place_of(proposal_id)
    person = people.user_of(by)
    sealed = sealed_part(person.pk, person.nickname, person.county, person.township, reason)
    salt = secrets.token_bytes(entries.SALT_BYTES)
    raw = entry_of(place.case_id, at, sealed, salt, person.ledger_secret)
    row = {
        "proposal_id": place.proposal_id,
        "person_id": person.pk,
        "at": at,
        "nickname": person.nickname,
        "county": person.county,
        "township": person.township,
        "reason": reason,
        "salt": salt,
        "network": network,
        "simulated": simulated_mark(),
    }
    pk = _insert(row, place, raw)
    if pk is None:
        raise _refusal(proposal_id, person.pk, at)
    return Given(pk, at, raw, sealed, salt)


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


_COLUMNS = (
    "proposal_id", "person_id", "at", "nickname", "county", "township", "reason", "salt",
    "network", "simulated",
)  # fmt: skip
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


def _insert(row: dict[str, Any], place: Place, raw: bytes) -> int | None:  # Any: values of columns
    """Insert endorsement and intake together; the new row's id, or None when nothing was.

    Not through the model: building and compiling it costs more than the insertion.
    """
    condition, stand_ins = _open_condition(connection.vendor)
    instant = connection.ops.adapt_datetimefield_value(row["at"])
    stood_for: dict[object, object] = {
        _AN_ID: place.proposal_id,
        connection.ops.adapt_datetimefield_value(_AN_INSTANT): instant,
    }
    values = [instant if name == "at" else row[name] for name in _COLUMNS]
    asked = [stood_for.get(value, value) for value in stand_ins]
    marks = ", ".join(["%s"] * len(_COLUMNS))
    insert = (
        f"INSERT INTO {Endorsement._meta.db_table} ({', '.join(_COLUMNS)}) "
        f"SELECT {marks} WHERE EXISTS ({condition}) "
        "ON CONFLICT (proposal_id, person_id) DO NOTHING RETURNING id"
    )
    handed = [KIND, place.case_id, raw, seal(raw), instant]
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


def _refuse_long(proposal_id: int, reason: str) -> None:
    proposal = Proposal.objects.select_related("case__rule_set").get(pk=proposal_id)
    limit = proposal.case.rule_set.rules.limits["endorse_reason"]
    if len(reason) > limit:
        raise Refusal("endorse_reason_too_long", field="reason", limit=limit)


def _refusal(proposal_id: int, person_id: int, at: datetime) -> Refusal:
    """Why nothing was inserted."""
    proposal = Proposal.objects.select_related("case__rule_set").get(pk=proposal_id)
    basis = proposal.case.rule_set.rules.endorse.basis
    code = endorse_fault(
        State(proposal.state),
        at,
        opens_at=proposal.opens_at,
        closes_at=proposal.closes_at,
        paused=casework.pause_at(proposal.case.jurisdiction_id, at) is not None,
    )
    if not code and Endorsement.objects.filter(proposal=proposal, person_id=person_id).exists():
        code = "endorsed_already"
    return Refusal(
        code or "not_endorsable",
        basis=basis,
        opens=local_day(proposal.opens_at).isoformat() if proposal.opens_at else "",
        closed=last_day(proposal.closes_at).isoformat() if proposal.closes_at else "",
    )


def reach(proposal: Proposal, at: datetime) -> None:
    """The threshold is reached at the instant of the crossing endorsement; the clock starts."""
    rules = proposal.case.rule_set.rules
    proposal.state = LIFE.next(State(proposal.state), Act.REACH)
    proposal.reached_at = at
    deadline = casework_actions.start_deadline(
        case=proposal.case,
        kind=DeadlineKind.RESPONSE,
        term=rules.response,
        starts_at=at,
        by=SYSTEM,
        at=at,
    )
    proposal.case.lead_id = deadline.agency_id
    proposal.response_due_at = deadline.due_at
    proposal.save(update_fields=["state", "reached_at", "response_due_at"])
    record(
        "proposals.reached",
        by=SYSTEM,
        at=at,
        subject=f"proposal:{proposal.pk}",
        case_id=proposal.case_id,
        data={"number": proposal.threshold, "due_at": deadline.due_at.isoformat()},
    )
    tell_proposer("reached", proposal, by=SYSTEM, at=at)
    tell_agency("reached_agency", proposal, by=SYSTEM, at=at)
