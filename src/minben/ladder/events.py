from django.utils.translation import gettext_lazy as _

from minben.audit.registry import EventKind, register

register(
    EventKind(
        "ladder.stated",
        _("How far participation went was stated"),
        timeline=True,
        official=True,
        template="ladder/events/stated.html",
        ledger=("process", "version", "rung", "facts", "agency"),
    )
)
