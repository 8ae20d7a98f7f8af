"""Due work of casework."""

from datetime import datetime

from minben.casework import actions
from minben.casework.actions.reminding import remind_due
from minben.kernel.actor import SYSTEM


def due(at: datetime) -> dict[str, int]:
    """Mark the government's deadlines that passed unmet, and tell agencies what they owe.

    Returns counts by name.
    """
    return {
        "deadlines_missed": actions.mark_missed(by=SYSTEM, at=at),
        "reminders": remind_due(by=SYSTEM, at=at),
    }
