"""The one tick (排程): all due work of all modules, safe twice, late, or at the same time."""

from datetime import datetime

from minben.casework import jobs as casework
from minben.notify import jobs as notify
from minben.proposals import jobs as proposals

# Windows close before missed deadlines are marked, and notices go out last, so that one tick
# tells people what it did.
_JOBS = (proposals.due, casework.due, notify.due)


def tick(at: datetime) -> dict[str, int]:
    """Do everything due at `at`; returns counts by name."""
    done: dict[str, int] = {}
    for due in _JOBS:
        done |= due(at)
    return done
