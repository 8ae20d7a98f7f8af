from django.utils.translation import pgettext_lazy

from minben.base.staff import Entry, register
from minben.indicators.permissions import KEEPING

register(
    Entry("indicators_desk:sources", pgettext_lazy("desk", "Indicators"), "scales", KEEPING, 130)
)
