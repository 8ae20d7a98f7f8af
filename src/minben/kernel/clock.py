"""The one clock (時鐘): the only reader of system time on the platform.

Views take ``request.at``, jobs and actions are handed ``at``; both come from :func:`now`. In
the sandbox the clock is moved by an offset, so that sixty days pass in a minute; everything
written while it is moved, or while demo data is loaded, is marked as simulated.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta

HELD = timedelta(hours=2)
"""A clock set back by less than this stands still until the time has caught up. One set back by
more is taken for corrected: to stand still for days would stop every deadline."""

_latest = _recorded = datetime.min.replace(tzinfo=UTC)

_offset: ContextVar[timedelta] = ContextVar("minben_clock_offset", default=timedelta(0))
_simulating: ContextVar[bool] = ContextVar("minben_clock_simulating", default=False)


def now() -> datetime:
    """Return the current instant: aware, in UTC, moved by the sandbox's offset.

    It does not step back within a process, nor behind what is recorded already: what is entered
    into the ledger after a checkpoint would look back-dated.
    """
    global _latest
    told = _machine()
    if not told < _latest < told + HELD:
        _latest = told
    return max(_latest, _recorded) + _offset.get()


def _machine() -> datetime:
    return datetime.now(UTC)  # noqa: TID251  the one place that may ask


def not_before(recorded: datetime) -> None:
    """Remember an instant that is recorded for good; from now on no earlier one is told."""
    global _recorded
    _recorded = max(_recorded, recorded)


def behind() -> timedelta:
    """By how much the machine's clock is behind what is recorded; zero if it is not."""
    return max(_recorded - _machine(), timedelta(0))


def offset() -> timedelta:
    """Return how far the clock is moved; zero outside a moved sandbox."""
    return _offset.get()


def is_simulated() -> bool:
    """Say whether what is written now must be marked as simulated."""
    return _simulating.get() or _offset.get() != timedelta(0)


@contextmanager
def moved_by(by: timedelta) -> Iterator[None]:
    """Move the clock by `by` for the current context (a request, a job, a test)."""
    token = _offset.set(by)
    try:
        yield
    finally:
        _offset.reset(token)


@contextmanager
def simulating() -> Iterator[None]:
    """Mark everything written in this context as simulated, whatever the clock says."""
    token = _simulating.set(True)
    try:
        yield
    finally:
        _simulating.reset(token)
