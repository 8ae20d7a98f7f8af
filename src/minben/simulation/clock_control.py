"""Moving the sandbox's clock (時光機): forward by a step, to the next deadline, or back to now."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.module_loading import import_string

from minben.casework import queries as casework
from minben.kernel import clock
from minben.kernel.calendar import load_calendar
from minben.kernel.periods import local_day
from minben.kernel.refusal import Refusal
from minben.simulation import clock_file

# Deadlines that begin now must still lie within the calendar, or no act could promise a date.
MARGIN = timedelta(days=200)


def move(step: str, steps: Mapping[str, timedelta], *, at: datetime) -> dict[str, int]:
    """Move the clock and run the tick at the new instant; returns what the tick did.

    `step` is a key of `steps`, ``next`` (just past the next deadline) or ``reset``. Going back
    to now leaves what happened in the simulated future where it is.

    Raises:
        Refusal: ``clock_step_unknown``, ``clock_beyond_calendar``, ``clock_no_deadline``.
    """
    if step == "reset":
        clock_file.move_to(timedelta(0))
        return {}
    if step == "next":
        due = casework.next_due(at)
        if due is None:
            raise Refusal("clock_no_deadline")
        by = due - at + timedelta(minutes=1)
    elif step in steps:
        by = steps[step]
    else:
        raise Refusal("clock_step_unknown")
    if local_day(at + by + MARGIN) > load_calendar().last:
        raise Refusal("clock_beyond_calendar", last=load_calendar().last.isoformat())
    offset = clock.offset() + by
    clock_file.move_to(offset)
    tick = import_string(settings.TICK)
    with clock.moved_by(offset):
        done: dict[str, int] = tick(at + by)
    return done
