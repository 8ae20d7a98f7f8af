from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from minben.audit.registry import EventKind, register


def _handover(code: str, label: str | Promise, ledger: tuple[str, ...]) -> EventKind:
    """A hand-over: everybody sees it. Its reason stays out of the ledger, which forgets nothing."""
    return EventKind(
        f"assigning.{code}",
        label,
        timeline=True,
        official=True,
        template=f"assigning/events/{code}.html",
        ledger=ledger,
    )


register(
    # For auditors: what somebody who decides was shown. No act with public effect.
    EventKind("assigning.suggested", _("Agencies were suggested from past cases")),
    # The naming itself is on the timeline.
    EventKind("assigning.offered", _("Agencies were asked"), ledger=("agencies",)),
    _handover("accepted", _("An agency accepted"), ("agency", "role", "from")),
    _handover(
        "disputed", _("An agency says it is not responsible"), ("agency", "role", "step", "to")
    ),
    _handover("joint", _("Two agencies lead jointly"), ("agencies", "basis")),
    _handover("escalated", _("The platform is asked to decide who is responsible"), ("agency",)),
    _handover("decided", _("The platform decided who is responsible"), ("agencies", "role")),
    _handover("forced", _("The assignment was forced"), ("agencies", "number", "basis")),
)
