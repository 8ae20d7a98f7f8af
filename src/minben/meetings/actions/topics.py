"""Nominating topics and voting on them (議題提名與票選)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from minben.audit.actions import record
from minben.casework import queries as casework
from minben.casework.about import about
from minben.kernel.actor import Actor, Role
from minben.kernel.refusal import Refusal
from minben.meetings.actions.held import bounded, names
from minben.meetings.actions.opening import Settings, open_meeting
from minben.meetings.models import Ballot, Choice, Topic, TopicRound
from minben.meetings.permissions import officer_for
from minben.meetings.queries.topics import entitled_agencies
from minben.meetings.rules import PURPOSE_MAX, TITLE_MAX, TITLE_MIN, Aim, MeetingKind
from minben.meetings.rules.topics import (
    REASON_MAX,
    REASON_MIN,
    VOTE_BASIS,
    VOTES_MAX,
    WINNERS_MAX,
    Criterion,
    Standing,
    ballot_fault,
    winners,
)
from minben.people import queries as people

_SECONDS = "round_closed", "voting_not_open"


@dataclass(frozen=True, slots=True)
class RoundTerms:
    """How a round goes: half-open times, votes of each agency, meetings to be won."""

    title: str
    votes_from: datetime
    closes_at: datetime
    votes_each: int
    winners: int
    secret: bool


@transaction.atomic
def open_round(*, jurisdiction_id: int, terms: RoundTerms, by: Actor, at: datetime) -> TopicRound:
    """Open a round of nominations and votes; one at a time in each government.

    Raises:
        Refusal: ``not_participation_officer``, ``meeting_text``, ``round_times``,
            ``round_numbers``, ``round_open_already``.
    """
    people.hold_government(jurisdiction_id)
    own = people.agencies_by_id(sorted(by.participates_for), jurisdiction_id)
    if not own and not by.has(Role.ADMINISTRATOR):
        raise Refusal("not_participation_officer", basis=VOTE_BASIS, rule=VOTE_BASIS)
    title = bounded(terms.title, TITLE_MIN, 80, "title")
    if not at < terms.votes_from < terms.closes_at:
        raise Refusal("round_times", field="votes_from")
    if not (1 <= terms.votes_each <= VOTES_MAX and 1 <= terms.winners <= WINNERS_MAX):
        raise Refusal(
            "round_numbers",
            basis=VOTE_BASIS,
            field="votes_each",
            votes=VOTES_MAX,
            winners=WINNERS_MAX,
        )
    if TopicRound.objects.filter(jurisdiction=jurisdiction_id, counted_at=None).exists():
        raise Refusal("round_open_already")
    made = TopicRound.objects.create(
        jurisdiction_id=jurisdiction_id,
        title=title,
        opens_at=at,
        votes_from=terms.votes_from,
        closes_at=terms.closes_at,
        votes_each=terms.votes_each,
        winners=terms.winners,
        secret=terms.secret,
        opened_by=by.id,
    )
    data = {
        "round": made.pk,
        "title": made.title,
        "votes_from": made.votes_from.isoformat(),
        "closes_at": made.closes_at.isoformat(),
        "votes_each": made.votes_each,
        "winners": made.winners,
        "secret": made.secret,
    }
    record("meetings.round_opened", by=by, at=at, subject=f"round:{made.pk}", data=data)
    return made


def _round(round_id: int) -> TopicRound:
    return TopicRound.objects.select_for_update(no_key=True).get(pk=round_id)


def _require_officer(by: Actor, agency_id: int, held: TopicRound) -> None:
    """Only the participation officer of that agency, of the round's government."""
    if not officer_for(by, agency_id) or agency_id not in people.agencies_by_id(
        [agency_id], held.jurisdiction_id
    ):
        raise Refusal("not_participation_officer", basis=VOTE_BASIS, rule=VOTE_BASIS)


@transaction.atomic
def nominate(
    *,
    round_id: int,
    case_id: int,
    agency_id: int,
    criteria: Sequence[Criterion],
    reason: str,
    by: Actor,
    at: datetime,
) -> Topic:
    """Nominate a public case, a proposal's or an agency's own, whether it reached or not.

    Raises:
        Refusal: ``not_participation_officer``, ``nominations_closed``, ``nominee_unknown``,
            ``meeting_text``, ``nominated_already``.
    """
    held = _round(round_id)
    _require_officer(by, agency_id, held)
    if at >= held.votes_from:
        raise Refusal("nominations_closed", basis=VOTE_BASIS)
    told = about([case_id]).get(case_id)
    case = casework.case(case_id) if told is not None and told.public else None
    if case is None or case.jurisdiction_id != held.jurisdiction_id:
        raise Refusal("nominee_unknown", field="case")
    text = bounded(reason, REASON_MIN, REASON_MAX, "reason")
    if Topic.objects.filter(round=held, case=case_id).exists():
        raise Refusal("nominated_already", field="case")
    topic = Topic.objects.create(
        round=held,
        case=case,
        agency_id=agency_id,
        criteria=[one.value for one in dict.fromkeys(criteria)],
        reason=text,
        at=at,
        by=by.id,
    )
    data = {
        "round": held.pk,
        "topic": topic.pk,
        "case": case.number,
        "agency": names(topic.agency),
        "criteria": topic.criteria,
        "reason": topic.reason,
    }
    record(
        "meetings.nominated",
        by=by,
        at=at,
        subject=f"round:{held.pk}",
        case_id=case_id,
        label=topic.agency.name_zh,
        data=data,
    )
    return topic


@transaction.atomic
def vote(
    *, round_id: int, agency_id: int, topic_ids: Sequence[int], by: Actor, at: datetime
) -> Ballot:
    """Cast an agency's ballot, once: up to `votes_each` topics, one vote each.

    In a secret round only the counts grow; nothing ties a vote to an agency.

    Raises:
        Refusal: ``not_participation_officer``, ``voted_already``, ``voting_not_open``,
            ``round_closed``, ``ballot_empty``, ``ballot_unknown_topic``, ``ballot_too_many``.
    """
    held = _round(round_id)
    _require_officer(by, agency_id, held)
    if Ballot.objects.filter(round=held, agency=agency_id).exists():
        raise Refusal("voted_already", basis=VOTE_BASIS)
    known = list(Topic.objects.filter(round=held).values_list("pk", flat=True))
    if fault := ballot_fault(
        topic_ids,
        topics=known,
        most=held.votes_each,
        opens_at=held.votes_from,
        closes_at=held.closes_at,
        at=at,
    ):
        field = None if fault in _SECONDS else "topics"
        raise Refusal(fault, basis=VOTE_BASIS, field=field, most=held.votes_each)
    ballot = Ballot.objects.create(round=held, agency_id=agency_id, at=at, by=by.id)
    if not held.secret:
        Choice.objects.bulk_create(Choice(ballot=ballot, topic_id=pk) for pk in topic_ids)
    Topic.objects.filter(pk__in=topic_ids).update(votes=F("votes") + 1)
    record(
        "meetings.voted",
        by=by,
        at=at,
        subject=f"round:{held.pk}",
        label=ballot.agency.name_zh,
        data={
            "round": held.pk,
            "agency": names(ballot.agency),
            **({} if held.secret else {"topics": sorted(topic_ids)}),
        },
    )
    return ballot


def count_rounds(*, by: Actor, at: datetime) -> int:
    """Count every round whose time is up; returns how many."""
    due = TopicRound.objects.filter(counted_at=None, closes_at__lte=at)
    return sum(_count(pk, by, at) for pk in due.values_list("pk", flat=True))


@transaction.atomic
def _count(round_id: int, by: Actor, at: datetime) -> int:
    """Publish the result; what won becomes a meeting in preparation."""
    held = _round(round_id)
    if held.counted_at is not None:
        return 0
    topics = list(Topic.objects.filter(round=held).select_related("case", "agency"))
    won = winners([Standing(one.pk, one.votes, one.pk) for one in topics], held.winners)
    held.counted_at = at
    held.entitled = len(entitled_agencies(held.jurisdiction_id, held.closes_at))
    held.save(update_fields=["counted_at", "entitled"])
    for topic in topics:
        if topic.pk in won:
            _prepare(topic, by, at)
    cast = Ballot.objects.filter(round=held).count()
    record(
        "meetings.round_counted",
        by=by,
        at=at,
        subject=f"round:{held.pk}",
        data={
            "round": held.pk,
            "entitled": held.entitled,
            "ballots": cast,
            "topics": [
                {"case": one.case.number, "votes": one.votes, "won": one.pk in won}
                for one in topics
            ],
        },
    )
    return 1


def _prepare(topic: Topic, by: Actor, at: datetime) -> None:
    subject = about([topic.case_id])[topic.case_id].subject
    host = topic.case.lead_id or topic.agency_id
    topic.meeting = open_meeting(
        case_id=topic.case_id,
        agency_id=host,
        kind=MeetingKind.COLLABORATION,
        settings=Settings(
            title=subject[:TITLE_MAX], purpose=topic.reason[:PURPOSE_MAX], aim=Aim.CLARIFY
        ),
        by=by,
        at=at,
        voted=True,
    )
    topic.won = True
    topic.save(update_fields=["meeting", "won"])


__all__ = ["RoundTerms", "count_rounds", "nominate", "open_round", "vote"]
