"""Due work of meetings."""

from datetime import datetime

from minben.kernel.actor import SYSTEM
from minben.meetings import actions


def due(at: datetime) -> dict[str, int]:
    """Count rounds whose time is up, mark late actions, delete old names; counts by name."""
    return {
        "topic_rounds_counted": actions.count_rounds(by=SYSTEM, at=at),
        "meeting_actions_late": actions.mark_late(by=SYSTEM, at=at),
        "meeting_names_deleted": actions.forget_names(by=SYSTEM, at=at),
    }
