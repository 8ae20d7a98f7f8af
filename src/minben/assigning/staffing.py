"""The entry of the staff navigation."""

from django.utils.translation import pgettext_lazy

from minben.base.staff import Entry, register
from minben.kernel.actor import AGENCY_ROLES, Role

ANSWERING = (*sorted(AGENCY_ROLES), Role.ADMINISTRATOR)

register(
    Entry("assigning_desk:offers", pgettext_lazy("desk", "Assignments"), "agency", ANSWERING, 45)
)
