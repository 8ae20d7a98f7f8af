"""Due work of indicators (到期工作)."""

from datetime import datetime

from minben.indicators.actions.conduct import take_conduct
from minben.indicators.actions.staging import drop_staged
from minben.kernel.actor import SYSTEM


def due(at: datetime) -> dict[str, int]:
    """Take finished months of the platform's own conduct, drop uploads nobody imported; counts."""
    return {
        "conduct_months": take_conduct(by=SYSTEM, at=at),
        "uploads_dropped": drop_staged(by=SYSTEM, at=at),
    }
