"""Reads of meetings."""

from minben.meetings.permissions import acts_for, may_run
from minben.meetings.queries.course import agenda_of, tasks_of
from minben.meetings.queries.meetings import announced, coming, hosted, meeting, meetings_of, past
from minben.meetings.queries.places import (
    Numbers,
    is_taking_part,
    my_place,
    numbers_of,
    participants,
)
from minben.meetings.queries.results import (
    actions_for,
    actions_of,
    late_actions,
    reports_of,
)
from minben.meetings.queries.topics import (
    RoundSeen,
    agencies_that_voted,
    entitled_agencies,
    open_rounds,
    round_seen,
    rounds,
)

__all__ = [
    "Numbers",
    "RoundSeen",
    "actions_for",
    "actions_of",
    "acts_for",
    "agencies_that_voted",
    "agenda_of",
    "announced",
    "coming",
    "entitled_agencies",
    "hosted",
    "is_taking_part",
    "late_actions",
    "may_run",
    "meeting",
    "meetings_of",
    "my_place",
    "numbers_of",
    "open_rounds",
    "participants",
    "past",
    "reports_of",
    "round_seen",
    "rounds",
    "tasks_of",
]
