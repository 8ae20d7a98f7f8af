from django.utils.translation import gettext_lazy as _

from minben.audit.registry import EventKind, register

register(
    # For auditors: who worked on what. No act with public effect.
    EventKind("demands.split_changed", _("The split into demands was worked on")),
    EventKind("demands.draft_worked_on", _("A draft on a demand was worked on")),
    EventKind(
        "demands.split_published",
        _("Split into demands published"),
        timeline=True,
        official=True,
        template="demands/events/split_published.html",
        ledger=("version", "count"),
    ),
    EventKind(
        "demands.split_agreed",
        _("The proposer agrees with the split"),
        timeline=True,
        template="demands/events/split_agreed.html",
        ledger=("version",),
    ),
    EventKind(
        "demands.correction_proposed",
        _("The proposer corrects the split"),
        timeline=True,
        template="demands/events/correction.html",
        ledger=("correction", "version", "kind", "demand"),
    ),
    EventKind(
        "demands.correction_answered",
        _("A correction of the split was answered"),
        timeline=True,
        template="demands/events/correction.html",
        ledger=("correction", "version", "kind", "demand", "taken"),
    ),
    EventKind(
        "demands.dispositions_published",
        _("Dispositions of the demands published"),
        timeline=True,
        official=True,
        template="demands/events/dispositions_published.html",
        ledger=("dispositions",),
    ),
    EventKind(
        "demands.disposition_corrected",
        _("A disposition was corrected"),
        timeline=True,
        official=True,
        template="demands/events/disposition_corrected.html",
        ledger=("demand", "disposition", "adoption", "agency", "from"),
    ),
)
