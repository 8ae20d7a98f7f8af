"""The desk's own entries of the staff navigation."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from minben.base.staff import ANY_STAFF, Entry, lends, register
from minben.desk.views.pages import CHECKING, HAVING_CASES, RESPONDING
from minben.kernel.actor import AGENCY_ROLES, Role
from minben.people import queries as people

register(
    Entry("desk:home", pgettext_lazy("desk", "Today"), "calendar", ANY_STAFF, 10),
    Entry("desk:checks", pgettext_lazy("desk", "Checks"), "search", CHECKING, 20),
    Entry("desk:appeals", _("Appeals"), "scales", CHECKING, 30),
    Entry("desk:comments", pgettext_lazy("desk", "Comments"), "comment", CHECKING, 40),
    Entry("desk:responses", pgettext_lazy("desk", "Responses"), "seal", RESPONDING, 50),
    Entry("desk:cases", _("Cases"), "file", HAVING_CASES, 60),
    Entry("desk:campaigns", _("Endorsements looked into"), "endorse", (Role.ADMINISTRATOR,), 70),
    Entry("desk:campaign_appeals", _("Endorsers' appeals"), "scales", (Role.CHECKER,), 80),
    Entry("desk:pauses", _("Pauses"), "pause", (Role.ADMINISTRATOR,), 90),
    Entry("desk:agency_list", _("List of agencies"), "agency", (Role.ADMINISTRATOR,), 100),
    Entry("desk:roles", _("Staff roles"), "people", (Role.ADMINISTRATOR,), 110),
    Entry("desk:switches", pgettext_lazy("desk", "Switches"), "lock", (Role.ADMINISTRATOR,), 120),
    Entry("desk:delegations", _("Deputies"), "people", tuple(sorted(AGENCY_ROLES)), 130),
    Entry("people:counter", pgettext_lazy("desk", "Counter"), "person", (Role.CLERK,), 140),
    Entry("desk:rules", _("Rule sets"), "info", ANY_STAFF, 150),
)

lends("represented", lambda request: people.represented_by(request.actor, request.at))
