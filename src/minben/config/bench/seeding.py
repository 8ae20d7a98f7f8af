"""A million endorsements that are already there (既有附議), with the ledger that belongs to them.

They go the way of all endorsements: a row, an entry in the intake with the platform's seal, and
the sequencer, which numbers and counts them. Only the web is left out.
"""

import secrets
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from time import monotonic
from typing import Any

from minben.config.bench import crowd, oracle
from minben.kernel.actor import SYSTEM
from minben.ledger import actions as ledger
from minben.ledger.entries import SALT_BYTES
from minben.ledger.keys import seal
from minben.proposals.actions import inserting

AT_ONCE = 100_000
_ENDORSEMENT = (
    "id", "proposal_id", "person_id", "at", "nickname", "county", "township", "reason", "salt",
    "simulated",
)  # fmt: skip
_INTAKE = ("kind", "case_id", "ref", "entry", "seal", "at")


def seed(number: str, ids: Sequence[int], at: datetime) -> float:
    """Let these people have endorsed the proposal with that case number before `at`.

    Returns the seconds the sequencer took for them.
    """
    took = 0.0
    proposal, case = oracle.pair(
        "SELECT p.id, c.id FROM proposals_proposal p JOIN casework_case c ON c.id = p.case_id"
        " WHERE c.number = %s",
        number,
    )
    first = oracle.value("SELECT coalesce(max(id), 0) FROM proposals_endorsement") + 1
    people = iter(ids)
    while batch := list(islice(people, AT_ONCE)):
        endorsements, intake = [], []
        for row, entry in _rows(batch, first, proposal, case, at - timedelta(hours=1)):
            endorsements.append(row)
            intake.append(entry)
        crowd.write_rows("proposals_endorsement", _ENDORSEMENT, endorsements)
        crowd.write_rows("ledger_intake", _INTAKE, intake)
        first += len(batch)
        began = monotonic()
        ledger.sequence_all(by=SYSTEM, at=at)
        took += monotonic() - began
    oracle.restart_ids("proposals_endorsement")
    # The mails of those who endorsed long ago are long sent.
    oracle.change("UPDATE proposals_proposal SET confirmed = numbered WHERE id = %s", proposal)
    oracle.tidy()
    return took


def _rows(
    ids: Sequence[int], first: int, proposal: int, case: int, at: datetime
) -> Iterator[tuple[tuple[Any, ...], tuple[Any, ...]]]:
    for pk, person in enumerate(ids, start=first):
        salt = secrets.token_bytes(SALT_BYTES)
        sealed = inserting.sealed_part(person, "量測", "臺北市", "中正區", "")
        raw = inserting.entry_of(case, at, sealed, salt, b"")
        row = (pk, proposal, person, at, "量測", "臺北市", "中正區", "", salt, False)
        yield row, (inserting.KIND, case, pk, raw, seal(raw), at)
