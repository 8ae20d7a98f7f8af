"""Measures of meetings (會議指標)."""

from django.utils.translation import gettext_lazy as _

from minben.base.measuring import By, Measure, Scale, register
from minben.meetings.queries import conduct

register(
    Measure(
        code="meetings-held",
        title=_("Meetings held"),
        definition=_("Collaboration meetings and workshops of the month that were held."),
        unit=_("meetings"),
        scale=Scale.COUNT,
        direction=0,
        by=By.AGENCY,
        take=conduct.held,
        since=conduct.since,
        order=210,
    ),
    Measure(
        code="attendance",
        title=_("Attendance at meetings"),
        definition=_(
            "Of those with a place at a meeting of the month whose coming or staying away was"
            " written down, the share that came."
        ),
        unit=_("% of places"),
        scale=Scale.PERCENT,
        direction=1,
        by=By.AGENCY,
        take=conduct.attendance,
        since=conduct.since,
        order=220,
    ),
)
