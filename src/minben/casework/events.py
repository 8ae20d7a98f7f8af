from django.utils.translation import gettext_lazy as _

from minben.audit.registry import EventKind, register

register(
    EventKind("casework.rule_set_added", _("A rule set came into being")),
    EventKind("casework.filed", _("Filed as a case")),
    EventKind("casework.deadline_started", _("A deadline began")),
    EventKind(
        "casework.deadline_moved",
        _("A deadline was moved by a pause"),
        timeline=True,
        template="casework/events/deadline_moved.html",
    ),
    EventKind("casework.deadline_ended", _("A deadline ended")),
    EventKind(
        "casework.deadline_missed",
        _("A deadline passed unmet"),
        timeline=True,
        template="casework/events/deadline_missed.html",
    ),
    EventKind(
        "casework.agencies_assigned",
        _("Responsible agencies named"),
        timeline=True,
        template="casework/events/agencies_assigned.html",
    ),
    EventKind("casework.pause_declared", _("A pause was declared")),
    EventKind("casework.pause_cancelled", _("A pause was cancelled")),
    EventKind("casework.response_drafted", _("A response was drafted")),
    EventKind(
        "casework.response_published",
        _("Formal response published"),
        timeline=True,
        official=True,
        template="casework/events/response_published.html",
    ),
    EventKind(
        "casework.progress_reported",
        _("The agency reported"),
        timeline=True,
        template="casework/events/progress_reported.html",
    ),
)
