"""Due work of the outbox."""

from datetime import datetime

from minben.kernel.actor import SYSTEM
from minben.notify import actions


def due(at: datetime) -> dict[str, int]:
    """Send what waits; returns counts by name."""
    return {"notices_sent": actions.send_due(by=SYSTEM, at=at)}
