from django.utils.translation import gettext_lazy as _

from minben.audit.registry import EventKind, register

register(
    EventKind("answering.plan_drafted", _("A handling plan was drafted")),
    EventKind(
        "answering.plan_published",
        _("Handling plan published"),
        timeline=True,
        official=True,
        template="answering/events/plan_published.html",
        ledger=("plan", "version", "agency"),
    ),
    EventKind(
        "answering.contacted",
        _("The agency contacted the proposer"),
        timeline=True,
        template="answering/events/contacted.html",
        ledger=("channel", "reached", "agency"),
    ),
    # What the proposer says of the minutes is theirs; that they were asked is public.
    EventKind("answering.contact_answered", _("The proposer looked at the minutes")),
    EventKind(
        "answering.study_ended",
        _("The study ended"),
        timeline=True,
        official=True,
        template="answering/events/study_ended.html",
        ledger=("response", "adoption", "agency"),
    ),
    EventKind(
        "answering.corrected",
        _("The published response was corrected"),
        timeline=True,
        official=True,
        template="answering/events/corrected.html",
        ledger=("response", "block", "number", "agency"),
    ),
    EventKind(
        "answering.survey_opened",
        _("Satisfaction survey opened"),
        timeline=True,
        template="answering/events/survey_opened.html",
        ledger=("invited", "closes_at"),
    ),
    EventKind("answering.survey_answered", _("The survey was answered")),
    EventKind("answering.words_judged", _("A comment of the survey was looked at")),
)
