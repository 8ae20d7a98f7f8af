"""The ledger as memory of the time (時間下限): no process acts before what was signed last.

A clock that was set back while a process runs is held by the process itself; one that starts
afterwards, or on a machine whose clock is wrong from the beginning, knows of nothing. So every
process asks now and then when the newest checkpoint was signed, and its clock tells no earlier
time. What is behind by little waits until the time has caught up. What is behind by hours writes
nothing: either that clock is wrong or the one before was, and only somebody who looks can say.
"""

import time
from datetime import timedelta

from django.conf import settings

from minben.base.lending import places
from minben.kernel import clock
from minben.ledger.guarding import LedgerStands
from minben.ledger.queries import latest_checkpoint

EVERY = 10.0  # seconds, for as long as verifiers allow minutes
_asked: float | None = None


class ClockBehind(LedgerStands):
    """The machine's clock is so far behind what was signed that nothing may be written."""


def look(*, again: bool = False) -> None:
    """Tell the clock when the newest checkpoint was signed. One query, every ten seconds at most.

    Args:
        again: however soon.
    """
    global _asked
    if settings.SANDBOX:  # its times are played, and go back
        return
    now = time.monotonic()
    if not again and _asked is not None and now - _asked < EVERY:
        return
    if _asked is not None:
        _asked = now  # others go on with what is known meanwhile; who comes first of all asks too
    with places().taken():
        newest = latest_checkpoint()
    _asked = now
    if newest is not None:
        clock.not_before(newest.at)


def refuse_behind(*, again: bool = False) -> None:
    """Refuse to write with a clock that is hours behind.

    Raises:
        ClockBehind: with what is to be done.
    """
    look(again=again)
    if is_too_far():
        raise ClockBehind(
            f"this machine's clock is {_told(clock.behind())} behind the newest checkpoint; "
            "nothing is written (docs/operations/faults.md)"
        )


def is_too_far() -> bool:
    """Say whether the clock is so far behind that nothing may be written. Asks nobody."""
    return clock.behind() >= clock.HELD


def _told(by: timedelta) -> str:
    return f"{by.total_seconds() / 3600:.1f} h"
