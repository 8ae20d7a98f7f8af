"""Refusals of switches, and of acts whose service is stopped."""

from minben.discussion import actions as discussion
from minben.discussion.rules import Side
from minben.operations import actions, switches
from minben.operations.queries import Stop
from minben.operations.rules import REASON_MAX, Service
from minben.proposals import actions as proposals
from tests.db.refused import admin, answered, citizen, open_one
from tests.factories import DAY0


def stopped(service: Service) -> None:
    """The service is stopped as far as this process knows."""
    switches.know({service: Stop(service, DAY0, "維修", "")}, seconds=3600)


def switch(*, stop: bool = True, reason: str = "維修") -> object:
    return actions.set_switch(
        service=Service.SIGNING, stop=stop, reason_zh=reason, reason_en="", by=admin(), at=DAY0
    )


@answered(503)
def signing_stopped() -> object:
    proposal = open_one()
    stopped(Service.SIGNING)
    return proposals.endorse(proposal_id=proposal.pk, by=citizen(), at=proposal.opens_at or DAY0)


@answered(503)
def creating_stopped() -> object:
    thread = open_one().thread_id
    stopped(Service.CREATING)
    return discussion.comment(thread_id=thread, side=Side.PRO, body="好", by=citizen(), at=DAY0)


@answered(503)
def read_only() -> object:
    by = citizen()
    stopped(Service.EVERYTHING)
    return proposals.begin_draft(jurisdiction_code="ey", by=by, at=DAY0)


@answered(409)
def switch_already() -> object:
    return switch(stop=False)


@answered(422, field="reason_zh")
def switch_reason_missing() -> object:
    return switch(reason=" ")


@answered(422, field="reason_zh")
def switch_reason_too_long() -> object:
    return switch(reason="字" * (REASON_MAX + 1))
