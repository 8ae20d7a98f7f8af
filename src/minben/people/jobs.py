"""Due work of accounts (帳號到期工作)."""

from datetime import datetime

from minben.kernel.actor import SYSTEM
from minben.people import actions


def due(at: datetime) -> dict[str, int]:
    """Erase closed accounts whose time is up, let go of numbers and sessions; counts by name."""
    return {
        "accounts_erased": actions.erase_due(by=SYSTEM, at=at),
        "numbers_released": actions.release_numbers(by=SYSTEM, at=at),
        "sessions_dropped": actions.drop_old_sessions(by=SYSTEM, at=at),
    }
