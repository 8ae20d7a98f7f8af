"""Acts on the topics participation officers choose: a round, nominations, ballots, the count."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from minben.kernel.actor import Actor
from minben.meetings import actions as meetings
from minben.meetings.actions import RoundTerms
from minben.meetings.rules.topics import Criterion
from minben.people import queries as people
from minben.simulation.demo.scenes.stage import Document, Stage, act

if TYPE_CHECKING:
    from minben.meetings.models import Topic, TopicRound


@act("round")
def open_round(stage: Stage, told: Document, by: Actor, at: datetime) -> TopicRound:
    """Open nominations; votes come after them."""
    government = next(one for one in people.jurisdictions() if one.code == told["jurisdiction"])
    terms = RoundTerms(
        title=told["title"],
        votes_from=stage.instant(told["votes_from"]),
        closes_at=stage.instant(told["closes"]),
        votes_each=told["votes_each"],
        winners=told["winners"],
        secret=told["secret"],
    )
    return meetings.open_round(jurisdiction_id=government.pk, terms=terms, by=by, at=at)


@act("nominate")
def nominate(stage: Stage, told: Document, by: Actor, at: datetime) -> Topic:
    """An agency nominates a proposal, with what speaks for it."""
    return meetings.nominate(
        round_id=stage.kept[told["round"]].pk,
        case_id=stage.filed[told["proposal"]].case_id,
        agency_id=stage.agency(told["agency"]),
        criteria=[Criterion(code) for code in told["criteria"]],
        reason=told["reason"],
        by=by,
        at=at,
    )


@act("vote")
def vote(stage: Stage, told: Document, by: Actor, at: datetime) -> None:
    """An agency casts its ballot."""
    meetings.vote(
        round_id=stage.kept[told["round"]].pk,
        agency_id=stage.agency(told["agency"]),
        topic_ids=[stage.kept[name].pk for name in told["topics"]],
        by=by,
        at=at,
    )


@act("count")
def count(stage: Stage, told: Document, by: Actor, at: datetime) -> None:
    """Count every round whose time is up, as the tick does."""
    meetings.count_rounds(by=by, at=at)
