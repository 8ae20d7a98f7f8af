from django.utils.translation import pgettext_lazy

from minben.base.staff import Entry, register
from minben.phrases.permissions import KEEPING

register(Entry("phrases_desk:list", pgettext_lazy("desk", "Templates"), "pencil", KEEPING, 125))
