"""Due work of the outbox."""

from datetime import datetime

from minben.kernel.actor import SYSTEM
from minben.notify import actions


def due(at: datetime) -> dict[str, int]:
    """Write the notices of mailings, settle doubts, send what waits; returns counts by name."""
    actions.expand_mailings(by=SYSTEM, at=at)
    actions.resolve_from_file(by=SYSTEM, at=at)
    return {"notices_sent": actions.send_due(by=SYSTEM, at=at)}
