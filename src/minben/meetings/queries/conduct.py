"""Meetings held and who came, month by month (會議召開與出席). No persons."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, Min, Q

from minben.base.measuring import PLATFORM, Taken, share
from minben.meetings.models import Meeting, Registration
from minben.meetings.rules import MeetingState
from minben.meetings.rules.places import Attendance, PlaceState

HELD = (MeetingState.HELD, MeetingState.REPORTED)


def since() -> datetime | None:
    """When the first meeting began."""
    found: datetime | None = Meeting.objects.aggregate(first=Min("starts_at"))["first"]
    return found


def held(begins: datetime, ends: datetime) -> Iterable[Taken]:
    """Meetings of the span that were held, by their host agency."""
    rows = Meeting.objects.filter(state__in=HELD, starts_at__gte=begins, starts_at__lt=ends)
    found: defaultdict[str, int] = defaultdict(int, {PLATFORM: 0})
    for agency in rows.order_by("pk").values_list("agency__code", flat=True):
        found[PLATFORM] += 1
        found[agency] += 1
    return [Taken(unit, float(many), many) for unit, many in found.items()]


def attendance(begins: datetime, ends: datetime) -> Iterable[Taken]:
    """Of those with a place whose coming was written down, how many came."""
    rows = (
        Registration.objects.filter(
            meeting__state__in=HELD,
            meeting__starts_at__gte=begins,
            meeting__starts_at__lt=ends,
            state=PlaceState.SEATED,
            attendance__in=list(Attendance),
        )
        .order_by()
        .values_list("meeting__agency__code")
        .annotate(n=Count("pk"), came=Count("pk", filter=Q(attendance=Attendance.PRESENT)))
    )
    told = {agency: (n, came) for agency, n, came in rows}
    n, came = (sum(one[at] for one in told.values()) for at in (0, 1))
    yield Taken(PLATFORM, share(came, n), n)
    for agency, (n, came) in told.items():
        yield Taken(agency, share(came, n), n)
