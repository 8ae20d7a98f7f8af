"""Python loads this first in every process of a site whose clock steps: see tests/faults/machine.py.

The platform's one clock then reads the system's time plus the seconds that stand in a file.
"""

import os
from datetime import datetime, timedelta, tzinfo

from minben.kernel import clock


class SteppedTime(datetime):
    """The system's time, as somebody has set it."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        with open(os.environ["MINBEN_FAULTS_CLOCK"]) as file:
            by = timedelta(seconds=float(file.read() or 0))
        return datetime.now(tz) + by  # noqa: TID251  what the one clock asks


clock.datetime = SteppedTime  # type: ignore[misc]
