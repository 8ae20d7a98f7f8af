from django.utils.translation import gettext_lazy as _

from minben.audit.registry import EventKind, register

register(
    EventKind(
        "operations.switched",
        _("A service stopped or resumed"),
        official=True,
        ledger=("switch", "on", "reason", "reason_en"),
    ),
)
