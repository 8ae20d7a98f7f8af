"""Acts on the case itself: opening, agencies, plan, contact, more time, a deputy."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from minben.answering import actions as answering
from minben.answering.rules import Channel
from minben.assigning import actions as assigning
from minben.assigning.queries.offers import unsettled_of
from minben.casework import actions as casework
from minben.kernel.actor import Actor, Role
from minben.kernel.periods import start_of
from minben.people import actions as people_actions
from minben.people import queries as people
from minben.people.rules import DelegationKind
from minben.proposals import actions as proposals
from minben.simulation.demo.scenes.stage import Document, Stage, act

if TYPE_CHECKING:
    from minben.casework.models import Case


@act("open")
def open_case(stage: Stage, told: Document, by: Actor, at: datetime) -> Case:
    """An agency brings a case itself, and asks those that assist."""
    case = casework.open_agency_case(
        agency_id=stage.agency(told["agency"]),
        jurisdiction_code=told["jurisdiction"],
        subject=told["subject"],
        by=by,
        at=at,
    )
    stage.case = case
    return case


@act("assign")
def assign(stage: Stage, told: Document, by: Actor, at: datetime) -> None:
    """Name the agencies, lead first; each is asked for its part."""
    ids = [stage.agency(code) for code in told["agencies"]]
    assigning.assign_and_offer(case=stage.case, agency_ids=ids, by=by, at=at)


@act("accept")
def accept(stage: Stage, told: Document, by: Actor, at: datetime) -> None:
    """The agency of whoever acts accepts the part it was asked to take."""
    assigning.accept_offer(offer_id=_asked(stage, by), by=by, at=at)


@act("dispute")
def dispute(stage: Stage, told: Document, by: Actor, at: datetime) -> None:
    """That agency disputes its part, and may point to another."""
    assigning.dispute_offer(
        offer_id=_asked(stage, by),
        reason=told["reason"],
        proposed=told.get("proposed", ""),
        by=by,
        at=at,
    )


def _asked(stage: Stage, by: Actor) -> int:
    """The key of what the agency of the actor was asked."""
    [agency_id] = by.agency_ids
    return unsettled_of(stage.case.pk)[agency_id].pk


@act("plan")
def plan(stage: Stage, told: Document, by: Actor, at: datetime) -> None:
    """Publish how and by when the case is handled."""
    draft = answering.draft_plan(
        case_id=stage.case.pk,
        summary=told["summary"],
        steps=[
            {"what": step["what"], "until": stage.day(step["until"]).isoformat()}
            for step in told["steps"]
        ],
        office=told["office"],
        revision=0,
        by=by,
        at=at,
    )
    answering.publish_plan(case_id=stage.case.pk, revision=draft.revision, by=by, at=at)


@act("contact")
def contact(stage: Stage, told: Document, by: Actor, at: datetime) -> object:
    """Log that the proposer was reached."""
    return answering.log_contact(
        case_id=stage.case.pk,
        channel=Channel(told["channel"]),
        held_at=at - timedelta(hours=1),
        reached=True,
        discussed=told["discussed"],
        agreed=told["agreed"],
        office=told["office"],
        by=by,
        at=at,
    )


@act("minutes")
def minutes(stage: Stage, told: Document, by: Actor, at: datetime) -> None:
    """The proposer's word on the minutes."""
    answering.answer_contact(
        contact_id=stage.kept[told["contact"]].pk,
        verdict=told["verdict"],
        statement=told.get("statement", ""),
        by=by,
        at=at,
    )


@act("deputy")
def deputy(stage: Stage, told: Document, by: Actor, at: datetime) -> None:
    """Whoever goes on leave names who stands in; the deputy acts as such from now on."""
    stands_in = stage.actor(told["deputy"])
    [grant] = [
        one
        for one in people.grants_to_cover(by, at)
        if one.user_id == by.person_id and one.role == Role.OFFICER
    ]
    people_actions.delegate_role(
        grant_id=grant.pk,
        delegate_id=stands_in.person_id or 0,
        kind=DelegationKind(told["kind"]),
        since=start_of(stage.day(told["since"])),
        until=start_of(stage.day(told["until"])),
        by=by,
        at=at,
    )


@act("extend")
def extend(stage: Stage, told: Document, by: Actor, at: datetime) -> None:
    """More time for the answer, for a published reason; a deputy acts with the role they cover."""
    acting = people.actor_of(people.user_of(by), at, strong=True)
    proposals.extend_response(
        proposal_id=stage.proposal.pk,
        until=stage.day(told["until"]),
        reason=told["reason"],
        by=acting,
        at=at,
    )
