from django.utils.translation import gettext_lazy as _

from minben.audit.registry import EventKind, register

PARTIAL = "findings/events/told.html"

register(
    EventKind("findings.begun", _("A usability test was begun")),
    EventKind("findings.saved", _("A usability test was saved")),
    EventKind("findings.added", _("A finding was added")),
    EventKind("findings.changed", _("A finding was changed in the draft")),
    EventKind("findings.removed", _("A finding was taken out of the draft")),
    EventKind(
        "findings.published",
        _("Findings of a usability test published"),
        timeline=True,
        official=True,
        template=PARTIAL,
        ledger=(
            "study",
            "tested_on",
            "participants",
            "steps",
            "blocks",
            "hesitates",
            "agency",
        ),
    ),
    EventKind(
        "findings.corrected",
        _("A finding was corrected"),
        timeline=True,
        official=True,
        template=PARTIAL,
        ledger=("study", "finding", "of", "agency"),
    ),
    EventKind(
        "findings.fixed",
        _("The service was changed because of a finding"),
        timeline=True,
        official=True,
        template=PARTIAL,
        ledger=("study", "finding", "changed_on", "agency"),
    ),
    EventKind(
        "findings.retested",
        _("The service was tested again"),
        timeline=True,
        official=True,
        template=PARTIAL,
        ledger=("study", "tested_on", "participants", "findings", "solved", "agency"),
    ),
)
