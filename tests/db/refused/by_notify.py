"""Refusals of the acts on the outbox."""

from minben.kernel.actor import SYSTEM
from minben.notify import actions
from tests.db.refused import answered
from tests.factories import DAY0


@answered(409)
def not_doubtful() -> None:
    actions.settle_doubt(notice_id=1, accepted=True, by=SYSTEM, at=DAY0)


@answered(422, field="quiet_until")
def quiet_hours() -> None:
    actions.wish_for_letters(
        recipient="person:1", daily=True, quiet_from=5, quiet_until=5, by=SYSTEM, at=DAY0
    )


@answered(409)
def address_not_returned() -> None:
    actions.ask_for_proof(
        recipient="person:1", address="a@example.org", language="en", by=SYSTEM, at=DAY0
    )


@answered(404)
def proof_unknown() -> None:
    actions.prove_address(token="none", recipient="person:1", by=SYSTEM, at=DAY0)
