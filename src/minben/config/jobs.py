"""The one tick (排程): all due work of all modules, safe twice, late, or at the same time."""

from collections.abc import Callable
from datetime import datetime

from minben.base.each import each
from minben.casework import jobs as casework
from minben.indicators import jobs as indicators
from minben.ledger import jobs as ledger
from minben.ledger import publishing
from minben.meetings import jobs as meetings
from minben.notify import jobs as notify
from minben.people import jobs as people
from minben.proposals import jobs as proposals

# What was acknowledged is counted before windows close, and what the tick did enters the ledger
# with it. Windows close before missed deadlines are marked, and notices go out last, so that one tick
# tells people what it did.
_JOBS = (
    ledger.due,
    proposals.due,
    casework.due,
    people.due,
    meetings.due,
    notify.due,
    indicators.due,
    ledger.due,
    publishing.due,
)


def tick(at: datetime) -> dict[str, int]:
    """Do everything due at `at`; returns counts by name.

    A job that fails is told in the log and leaves its counts out; the others are done.
    """
    done: dict[str, int] = {}

    def run(job: Callable[[datetime], dict[str, int]]) -> int:
        nonlocal done
        done |= job(at)
        return 1

    each(_JOBS, run)
    return done
