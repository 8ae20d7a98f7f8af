"""The days of a period (期間起訖): a name is looked up as it was borne then."""

from datetime import date, timedelta


def span_of(period: str) -> tuple[date, date]:
    """First day, and the first day after it: 2019, 2019-07, 2019-Q3, 2019-H1, 2019-S1, 2019-W05.

    The period is one by `rules.period_fault`.
    """
    year, part = int(period[:4]), period[5:]
    if not part:
        return date(year, 1, 1), date(year + 1, 1, 1)
    if part[0] == "W":
        first = date(year, 1, 4)  # always in the first week (ISO 8601)
        monday = first - timedelta(days=first.weekday()) + timedelta(weeks=int(part[1:]) - 1)
        return monday, monday + timedelta(days=7)
    months = {"Q": 3, "H": 6, "S": 6}.get(part[0], 1)
    number = int(part[1:]) if months > 1 else int(part)
    return _month(year, (number - 1) * months), _month(year, number * months)


def _month(year: int, months: int) -> date:
    """The first day of the month that many months after January."""
    return date(year + months // 12, months % 12 + 1, 1)
