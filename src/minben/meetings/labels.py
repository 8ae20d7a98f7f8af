"""Words for the codes of meetings, lazy."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Words = dict[str, str | Promise]

KINDS: Final[Words] = {
    "collaboration": _("Collaboration meeting"),
    "workshop": _("Workshop"),
}
AIMS: Final[Words] = {
    "clarify": _("To clarify what is asked for and what is in dispute"),
    "respond": _("To discuss how the government can respond"),
    "inform": _("To explain how things stand"),
}
STATES: Final[Words] = {
    "planned": _("In preparation"),
    "announced": pgettext_lazy("meeting", "Announced"),
    "held": pgettext_lazy("meeting", "Held, report to come"),
    "reported": pgettext_lazy("meeting", "Report published"),
    "cancelled": pgettext_lazy("meeting", "Called off"),
}
PARTICIPANTS: Final[Words] = {
    "petitioner": pgettext_lazy("participant", "Proposer"),
    "endorser": pgettext_lazy("participant", "Endorsers"),
    "stakeholder": pgettext_lazy("participant", "Stakeholders"),
    "official": pgettext_lazy("participant", "Officials"),
    "adviser": pgettext_lazy("participant", "Youth advisers"),
    "public": pgettext_lazy("participant", "Public"),
}
PLACES: Final[Words] = {
    "suggested": _("Suggested by the proposer"),
    "seated": _("Has a place"),
    "waiting": pgettext_lazy("place", "Waits"),
    "refused": pgettext_lazy("place", "Not invited"),
    "declined": _("Does not come"),
    "cancelled": _("Gave the place up"),
}
WHY_NOT: Final[Words] = {
    "unavailable": _("The time does not suit"),
    "represented": _("Somebody of the same view is there already"),
    "not_concerned": _("Not directly concerned"),
    "format": _("Does not want to be streamed or recorded"),
    "other": _("Another reason"),
}
CRITERIA: Final[Words] = {
    "competent": _("The government is competent"),
    "stakeholders": _("Several groups are concerned"),
    "cross_agency": _("Several agencies are concerned"),
    "room": _("There is room to move"),
    "users": _("It starts from those who use the service"),
}
ACTIONS: Final[Words] = {
    "open": pgettext_lazy("action", "To do"),
    "doing": pgettext_lazy("action", "Under way"),
    "released": pgettext_lazy("action", "Done and released"),
    "dropped": pgettext_lazy("action", "Dropped"),
}
TASKS: Final[Words] = {
    "rules": _("Kick-off: rules and outline of the issue"),
    "issue_sheet": _("Issue analysis sheet"),
    "petitioner": _("Call the proposer: root cause, hoped-for solution"),
    "stakeholders": _("List stakeholders and invite them"),
    "announce": _("Announce time, place and registration"),
    "working_meeting": _("Working meeting of the agencies"),
    "venue": _("Venue, live stream, accessibility"),
    "materials": _("Handbook, slides, mind map"),
    "hosts": _("Settle the table hosts"),
    "rehearsal": _("Preparatory meeting"),
}
TABLES: Final = {
    "kind": KINDS,
    "aim": AIMS,
    "state": STATES,
    "participant": PARTICIPANTS,
    "place": PLACES,
    "why_not": WHY_NOT,
    "criterion": CRITERIA,
    "action": ACTIONS,
    "task": TASKS,
}
