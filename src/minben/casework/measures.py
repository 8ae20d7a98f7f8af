"""Measures of how duties are kept (辦理情形指標)."""

from django.utils.translation import gettext_lazy as _

from minben.base.measuring import By, Measure, Scale, register
from minben.casework.queries import conduct

register(
    Measure(
        code="answers-in-time",
        title=_("Answers in time"),
        definition=_(
            "Of the formal responses whose last day fell in the month, extensions included, the"
            " share published before it had passed. Responses of an archive whose date proves"
            " nothing are left out."
        ),
        unit=_("% of responses due"),
        scale=Scale.PERCENT,
        direction=1,
        by=By.AGENCY,
        take=conduct.answers_in_time,
        since=conduct.since,
        order=10,
    ),
    Measure(
        code="days-to-answer",
        title=_("Days to an answer"),
        definition=_(
            "The median of the days from the day a case reached its threshold to its formal"
            " response, of the responses published in the month."
        ),
        unit=_("days"),
        scale=Scale.DAYS,
        direction=-1,
        by=By.AGENCY,
        take=conduct.days_to_answer,
        since=conduct.since,
        order=20,
    ),
    Measure(
        code="duties-missed",
        title=_("Duties missed"),
        definition=_(
            "Duties with a lawful date, such as plan, first contact and response, whose last day"
            " passed in the month without their being done. Done later, they stay counted."
        ),
        unit=_("duties"),
        scale=Scale.COUNT,
        direction=-1,
        by=By.AGENCY,
        take=conduct.duties_missed,
        since=conduct.since,
        order=30,
    ),
    Measure(
        code="extensions",
        title=_("Extensions"),
        definition=_("Responses that were given more time in the month, with a published reason."),
        unit=_("extensions"),
        scale=Scale.COUNT,
        direction=-1,
        by=By.AGENCY,
        take=conduct.extensions,
        since=conduct.since,
        order=40,
    ),
    Measure(
        code="cases-filed",
        title=_("Cases filed"),
        definition=_("Cases filed in the month, by people or by an agency."),
        unit=_("cases"),
        scale=Scale.COUNT,
        direction=0,
        by=None,
        take=conduct.cases_filed,
        since=conduct.since,
        order=50,
    ),
)
