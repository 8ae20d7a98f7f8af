"""Tables of meetings."""

from minben.meetings.models.course import AgendaItem, KickoffTask
from minben.meetings.models.meeting import Meeting
from minben.meetings.models.places import Registration
from minben.meetings.models.results import ActionUpdate, Report, TrackedAction
from minben.meetings.models.topics import Ballot, Choice, Topic, TopicRound

__all__ = [
    "ActionUpdate",
    "AgendaItem",
    "Ballot",
    "Choice",
    "KickoffTask",
    "Meeting",
    "Registration",
    "Report",
    "Topic",
    "TopicRound",
    "TrackedAction",
]
