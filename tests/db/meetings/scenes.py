"""Meetings at each point of their course, made through the module's own actions."""

from datetime import timedelta
from typing import Any

from minben.kernel.actor import Actor, Role
from minben.meetings import actions
from minben.meetings.models import Meeting, Registration, TopicRound
from minben.meetings.rules import Aim, MeetingKind
from minben.meetings.rules.places import ParticipantKind
from minben.people.models import Agency, User
from minben.proposals.models import Proposal
from tests.factories import (
    DAY,
    DAY0,
    accept_one,
    actor,
    endorse,
    file_one,
    make_agency,
    make_person,
    make_staff,
)

OPEN = DAY0 + 3 * DAY
WHEN = DAY0 + 30 * DAY
HOUR = timedelta(hours=1)
PURPOSE = "釐清各方對路口改善的想法，找出能先做的事。"


def settings(**changes: Any) -> actions.Settings:
    whole: dict[str, Any] = {
        "title": "路口庇護島協作會議",
        "purpose": PURPOSE,
        "aim": Aim.CLARIFY,
        "starts_at": WHEN,
        "ends_at": WHEN + 5 * HOUR,
        "place": "中央聯合辦公大樓 18 樓",
    }
    return actions.Settings(**whole | changes)


def host() -> Actor:
    """An officer of the agency that holds the meetings here."""
    return make_staff(Role.OFFICER, make_agency())


def petition(proposer: User | None = None) -> Proposal:
    """A public proposal that endorsing is open for."""
    return accept_one(file_one(proposer, agencies=(make_agency(),)))


def planned(
    by: Actor | None = None,
    *,
    proposal: Proposal | None = None,
    kind: MeetingKind = MeetingKind.COLLABORATION,
    **changes: Any,
) -> Meeting:
    return actions.open_meeting(
        case_id=(proposal or petition()).case_id,
        agency_id=make_agency().pk,
        kind=kind,
        settings=settings(**changes),
        by=by or host(),
        at=OPEN,
    )


def announced(by: Actor | None = None, **changes: Any) -> Meeting:
    by = by or host()
    meeting = planned(by, **changes)
    return actions.announce(meeting_id=meeting.pk, by=by, at=OPEN)


def held(by: Actor | None = None, **changes: Any) -> Meeting:
    by = by or host()
    meeting = announced(by, **changes)
    return actions.mark_held(meeting_id=meeting.pk, by=by, at=WHEN)


def reported(by: Actor | None = None, **changes: Any) -> Meeting:
    by = by or host()
    meeting = held(by, **changes)
    draft(meeting, by)
    publish(meeting, by, 1)
    meeting.refresh_from_db()
    return meeting


def draft(meeting: Meeting, by: Actor, **changes: Any) -> Any:
    whole: dict[str, Any] = {
        "agreed": "先在三處路口試辦庇護島，並延長秒數，三個月後檢討成效。",
        "open_points": "經費來源尚待協調。",
        "correction": "",
        "revision": 0,
        "at": WHEN + DAY,
    }
    return actions.draft_report(meeting_id=meeting.pk, by=by, **whole | changes)


def publish(meeting: Meeting, by: Actor, revision: int) -> Any:
    return actions.publish_report(meeting_id=meeting.pk, revision=revision, by=by, at=WHEN + DAY)


def agreed(meeting: Meeting, by: Actor, **changes: Any) -> Any:
    whole: dict[str, Any] = {
        "text": "於三處路口試辦庇護島",
        "agency_id": make_agency().pk,
        "due": (WHEN + 60 * DAY).date(),
        "at": WHEN + DAY,
    }
    return actions.agree_action(meeting_id=meeting.pk, by=by, **whole | changes)


def endorser(meeting: Meeting) -> Actor:
    """Somebody who endorsed the proposal the meeting is about."""
    by = actor(make_person())
    proposal = Proposal.objects.get(case=meeting.case_id)
    assert proposal.opens_at
    endorse(proposal_id=proposal.pk, by=by, at=proposal.opens_at)
    return by


def invited(by: Actor | None = None, **changes: Any) -> Meeting:
    """An announced meeting whose endorsers got their letter."""
    by = by or host()
    meeting = announced(by, **changes)
    return actions.invite_endorsers(meeting_id=meeting.pk, by=by, at=OPEN)


def register(
    meeting: Meeting, by: Actor, kind: ParticipantKind = ParticipantKind.ENDORSER, **changes: Any
) -> Registration:
    whole: dict[str, Any] = {"name": "王小明", "at": OPEN}
    return actions.register(meeting_id=meeting.pk, kind=kind, by=by, **whole | changes)


def named(
    meeting: Meeting,
    by: Actor,
    kind: ParticipantKind = ParticipantKind.OFFICIAL,
    agency: Agency | None = None,
    **changes: Any,
) -> Registration:
    whole: dict[str, Any] = {"name": "承辦人", "organisation": "", "at": OPEN}
    return actions.name_participant(
        meeting_id=meeting.pk,
        kind=kind,
        agency_id=(agency or make_agency()).pk,
        by=by,
        **whole | changes,
    )


def officer(code: str = "mof", name: str = "財政部") -> Actor:
    """The participation officer of an agency."""
    return make_staff(Role.PARTICIPATION, make_agency(name, code))


def agency_of(by: Actor) -> int:
    [agency_id] = by.participates_for
    return agency_id


def a_round(by: Actor | None = None, **changes: Any) -> TopicRound:
    whole: dict[str, Any] = {
        "title": "三月議題票選",
        "votes_from": OPEN + 7 * DAY,
        "closes_at": OPEN + 14 * DAY,
        "votes_each": 2,
        "winners": 1,
        "secret": False,
    }
    agency = make_agency()
    return actions.open_round(
        jurisdiction_id=agency.jurisdiction_id,
        terms=actions.RoundTerms(**whole | changes),
        by=by or officer(),
        at=OPEN,
    )


def nominated(held_round: TopicRound, by: Actor, **changes: Any) -> Any:
    whole: dict[str, Any] = {
        "case_id": None,
        "agency_id": agency_of(by),
        "criteria": [],
        "reason": "牽涉交通、警政與地方政府，各方看法差異大。",
        "at": OPEN + DAY,
    }
    whole |= changes
    whole["case_id"] = whole["case_id"] or petition().case_id
    return actions.nominate(round_id=held_round.pk, by=by, **whole)


def vote(held_round: TopicRound, by: Actor, *topics: Any, **changes: Any) -> Any:
    whole: dict[str, Any] = {"agency_id": next(iter(by.participates_for), 0), "at": OPEN + 8 * DAY}
    whole |= changes
    return actions.vote(
        round_id=held_round.pk, topic_ids=[one.pk for one in topics], by=by, **whole
    )
