"""What will hold for a proposal that is submitted now (送出後之時程). Pure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from minben.casework.rules import RuleParameters
from minben.kernel.calendar import CalendarRangeError, load_calendar
from minben.kernel.periods import last_day

ONE_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Timetable:
    """Days of Taiwan for a proposal submitted at one instant, if the check takes all its time.

    Args:
        checked_by: last day of the check.
        opens: first day of endorsing, if it passes on that day.
        closes: last day of endorsing, then.
    """

    checked_by: date
    opens: date
    closes: date


def timetable(rules: RuleParameters, at: datetime) -> Timetable | None:
    """Return the days for a proposal submitted at `at`; None beyond the published calendar."""
    calendar = load_calendar()
    try:
        checked = rules.check.due(at, calendar)
        # The check is done at the last moment of its last day.
        closes = rules.endorse.due(checked - ONE_MOMENT, calendar)
    except CalendarRangeError:
        return None
    return Timetable(
        last_day(checked), rules.endorse.starts_on(checked - ONE_MOMENT), last_day(closes)
    )
