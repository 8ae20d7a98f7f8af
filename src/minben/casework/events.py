from django.utils.translation import gettext_lazy as _

from minben.audit.registry import EventKind, register

register(
    EventKind(
        "casework.rule_set_added",
        _("A rule set came into being"),
        ledger=("code", "digest", "jurisdiction", "in_force_from", "in_force_until", "parameters"),
    ),
    EventKind("casework.filed", _("Filed as a case"), ledger=("number", "rule_set")),
    EventKind(
        "casework.deadline_started",
        _("A deadline began"),
        ledger=("kind", "starts_at", "due_at", "basis"),
    ),
    EventKind(
        "casework.deadline_moved",
        _("A deadline was moved by a pause"),
        timeline=True,
        template="casework/events/deadline_moved.html",
        ledger=("kind", "from", "to", "basis"),
    ),
    EventKind(
        "casework.deadline_extended",
        _("The time for the answer was extended"),
        timeline=True,
        official=True,
        template="casework/events/deadline_extended.html",
        ledger=("kind", "from", "to", "latest", "basis", "agency"),
    ),
    EventKind("casework.deadline_ended", _("A deadline ended"), ledger=("kind", "outcome")),
    EventKind(
        "casework.deadline_missed",
        _("A deadline passed unmet"),
        timeline=True,
        template="casework/events/deadline_missed.html",
        ledger=("kind", "due_at", "basis", "agency"),
    ),
    EventKind(
        "casework.agencies_assigned",
        _("Responsible agencies named"),
        timeline=True,
        template="casework/events/agencies_assigned.html",
        ledger=("agencies",),
    ),
    EventKind(
        "casework.pause_declared",
        _("A pause was declared"),
        ledger=("jurisdiction", "starts_at", "ends_at", "reason", "source"),
    ),
    EventKind(
        "casework.pause_cancelled", _("A pause was cancelled"), ledger=("jurisdiction", "ends_at")
    ),
    EventKind("casework.response_drafted", _("A response was drafted")),
    EventKind(
        "casework.response_published",
        _("Formal response published"),
        timeline=True,
        official=True,
        template="casework/events/response_published.html",
        ledger=("response", "adoption", "agency"),
    ),
    EventKind(
        "casework.progress_reported",
        _("The agency reported"),
        timeline=True,
        template="casework/events/progress_reported.html",
        ledger=("response", "agency"),
    ),
)
