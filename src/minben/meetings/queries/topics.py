"""Rounds of topics, what was nominated, and who may vote."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from minben.casework.about import About, about
from minben.kernel.actor import Role
from minben.meetings.models import Ballot, Topic, TopicRound
from minben.meetings.rules.topics import Standing, ranked
from minben.people import queries as people


def entitled_agencies(jurisdiction_id: int, at: datetime) -> frozenset[int]:
    """Agencies of a government that have a participation officer at `at`. One query."""
    return frozenset(
        row.agency_id
        for row in people.roles_in_force(at)
        if row.role == Role.PARTICIPATION
        and row.agency is not None
        and row.agency.jurisdiction_id == jurisdiction_id
        and row.agency_id is not None
    )


@dataclass(frozen=True, slots=True)
class TopicLine:
    """A topic of a round as pages show it; `votes` and `voters` only once the round is counted."""

    topic: Topic
    about: About
    votes: int | None
    voters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoundSeen:
    """A round with its topics; those whose case is no longer public are left out."""

    round: TopicRound
    topics: tuple[TopicLine, ...]
    ballots: int

    @property
    def turnout(self) -> int:
        """Whole percent of the agencies that could vote."""
        return self.ballots * 100 // self.round.entitled if self.round.entitled else 0


def rounds() -> Sequence[TopicRound]:
    """All rounds with the number of their topics and ballots, newest first. One query."""
    rows = TopicRound.objects.select_related("jurisdiction").annotate(
        nominated=Count("topics", distinct=True), cast=Count("ballots", distinct=True)
    )
    return list(rows.order_by("-pk")[:60])


def round_seen(pk: int) -> RoundSeen | None:
    """One round as everybody may see it. At most six queries.

    Before it is counted nobody is told how many votes a topic has.
    """
    held = TopicRound.objects.select_related("jurisdiction").filter(pk=pk).first()
    if held is None:
        return None
    rows = list(
        held.topics.select_related("agency", "case", "meeting").prefetch_related(
            "choices__ballot__agency"
        )
    )
    cases = about([row.case_id for row in rows])
    counted = held.counted_at is not None
    if counted:
        order = [one.topic_id for one in ranked(Standing(r.pk, r.votes, r.pk) for r in rows)]
        rows.sort(key=lambda row: order.index(row.pk))
    lines = tuple(
        TopicLine(
            row,
            cases[row.case_id],
            row.votes if counted else None,
            tuple(one.ballot.agency.name_zh for one in row.choices.all()) if counted else (),
        )
        for row in rows
        if row.case_id in cases and cases[row.case_id].public
    )
    return RoundSeen(held, lines, Ballot.objects.filter(round=held).count())


def agencies_that_voted(round_id: int) -> frozenset[int]:
    """Agencies whose ballot is in. One query."""
    rows = Ballot.objects.filter(round=round_id)
    return frozenset(rows.values_list("agency_id", flat=True))


def open_rounds() -> Sequence[TopicRound]:
    """Rounds that are not counted yet. One query."""
    return list(TopicRound.objects.filter(counted_at=None))
