"""Playing endorsements made by a program, and what was done about them (附議查核之演出)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from minben.kernel.actor import SYSTEM, Actor
from minben.kernel.periods import local_day, start_of
from minben.ledger import actions as ledger
from minben.proposals import actions
from minben.proposals.conditions import Conditions
from minben.proposals.queries.networks import mark_of
from minben.simulation.demo.people import Cast, stranger

if TYPE_CHECKING:
    from minben.proposals.models import Proposal

Document = dict[str, Any]  # Any: JSON


def begins(story: Document, at: datetime) -> datetime:
    """When the program begins, in a demo loaded at `at`."""
    return start_of(local_day(at - timedelta(days=story["days_ago"]))) + timedelta(
        hours=story["begins"]["hour"], minutes=story["begins"]["minute"]
    )


def endorse_at_night(
    story: Document, cast: Cast, proposal: Proposal, begun: datetime
) -> list[Actor]:
    """The program endorses, and people who are awake; returns them, in order, counted."""
    endorsers = sorted(_endorsers(story, cast, begun), key=lambda one: one[0])
    for at, by, told in endorsers:
        actions.endorse(
            proposal_id=proposal.pk,
            by=by,
            at=at,
            reason=told["reason"],
            network=mark_of(proposal.pk, told["address"]),
        )
    ledger.sequence_all(by=SYSTEM, at=endorsers[-1][0])
    return [by for _, by, _ in endorsers]


def look_into(story: Document, cast: Cast, proposal: Proposal, begun: datetime) -> None:
    """Two administrators take what was found off the count; some of it is appealed against."""

    def after(name: str, told: Document = story) -> datetime:
        return begun + timedelta(hours=told[f"{name}_after_hours"])

    first, second = cast.staff[story["proposed_by"]], cast.staff[story["approved_by"]]
    campaign = actions.propose_campaign(
        proposal_id=proposal.pk,
        conditions=Conditions(
            county=story["county"],
            since=begun,
            until=begun + timedelta(minutes=story["lasts_minutes"]),
        ),
        reason=story["reason"],
        explanation_zh=story["explanation"]["zh"],
        explanation_en=story["explanation"]["en"],
        by=first,
        at=after("proposed"),
    )
    actions.count_campaign(campaign_id=campaign.pk, by=first, at=after("counted"))
    actions.approve_campaign(campaign_id=campaign.pk, by=second, at=after("approved"))
    actions.run_campaign(campaign_id=campaign.pk, by=second, at=after("run"))
    for told in story["appeals"]:
        filed = actions.appeal_invalidation(
            proposal_id=proposal.pk,
            text=told["text"]["zh"],
            by=cast.citizens[told["by"]],
            at=after("filed", told),
        )
        if told["upheld"] is None:
            continue
        actions.decide_campaign_appeal(
            appeal_id=filed.pk,
            upheld=told["upheld"],
            reason=told["decision_reason"]["zh"],
            by=cast.staff[told["decided_by"]],
            at=after("decided", told),
        )


def _endorsers(
    story: Document, cast: Cast, begun: datetime
) -> Iterator[tuple[datetime, Actor, Document]]:
    machine = story["machine"]
    place = {"county": story["county"], "township": machine["township"]}
    for n in range(machine["accounts"]):
        profile = place | {"nickname": f"{machine['nickname']}{n + 1:02}"}
        at = begun + timedelta(seconds=n * machine["seconds_apart"])
        yield at, stranger(n, profile, begun - timedelta(days=1)), machine
    for told in story["people"]:
        at = begun + timedelta(seconds=told["after_seconds"])
        yield at, cast.citizens[told["by"]], told
