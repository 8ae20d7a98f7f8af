"""Due work of casework."""

from datetime import datetime

from minben.casework import actions
from minben.kernel.actor import SYSTEM


def due(at: datetime) -> dict[str, int]:
    """Mark the government's deadlines that passed unmet; returns counts by name."""
    return {"deadlines_missed": actions.mark_missed(by=SYSTEM, at=at)}
