"""Due work of indicators."""

from datetime import datetime

from minben.indicators.actions.conduct import take_conduct
from minben.kernel.actor import SYSTEM


def due(at: datetime) -> dict[str, int]:
    """Take finished months of the platform's own conduct; returns counts by name."""
    return {"conduct_months": take_conduct(by=SYSTEM, at=at)}
