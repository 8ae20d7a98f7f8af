"""This module's entries of the staff navigation."""

from django.utils.translation import pgettext_lazy

from minben.answering.views.surveys import CHECKING
from minben.base.staff import Entry, register

register(
    Entry(
        "answering_desk:words", pgettext_lazy("desk", "Words of surveys"), "comment", CHECKING, 45
    )
)
