from django.utils.translation import gettext_lazy as _

from minben.base.staff import Entry, register
from minben.meetings.views.showing import STAFF
from minben.meetings.views.voting import VOTING

register(
    Entry("meetings_desk:list", _("Meetings"), "people", STAFF, 56),
    Entry("meetings_desk:actions", _("Agreed actions"), "check-circle", STAFF, 57),
    Entry("meetings_desk:rounds", _("Topics of meetings"), "scales", VOTING, 58),
)
