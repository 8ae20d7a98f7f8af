"""Reads of meetings."""

from minben.meetings.permissions import may_run
from minben.meetings.queries.meetings import (
    coming,
    is_taking_part,
    meeting,
    meetings_of,
    past,
)

__all__ = ["coming", "is_taking_part", "may_run", "meeting", "meetings_of", "past"]
