"""Due work of proposals."""

from datetime import datetime

from minben.kernel.actor import SYSTEM
from minben.proposals import actions


def due(at: datetime) -> dict[str, int]:
    """Close endorsing windows that ended; returns counts by name."""
    return {"windows_closed": actions.close_due(by=SYSTEM, at=at)}
