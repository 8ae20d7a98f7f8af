"""Words for what is stored as a code."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from minben.assigning.rules.offers import Answer
from minben.base.presentation import is_chinese
from minben.casework.rules import AgencyRole

ROLES: Final[dict[str, str | Promise]] = {
    AgencyRole.LEAD: _("Lead agency"),
    AgencyRole.ASSIST: _("Assisting agency"),
}
ANSWERS: Final[dict[str, str | Promise]] = {
    Answer.OPEN: pgettext_lazy("offer", "Not answered yet"),
    Answer.ACCEPTED: pgettext_lazy("offer", "Accepted"),
    Answer.DISPUTED: pgettext_lazy("offer", "Disputed"),
    Answer.WITHDRAWN: pgettext_lazy("offer", "Withdrawn: named anew"),
    Answer.DECIDED: pgettext_lazy("offer", "Decided by the platform"),
}


def agency_word(told: Any) -> str:  # Any: JSON of an event, or an agency
    """An agency's name in the reader's language, as an event tells it or as it is called now."""
    if isinstance(told, str):
        return told
    if isinstance(told, Mapping):
        zh, en = str(told.get("zh", "")), str(told.get("en", ""))
    else:
        zh, en = told.name_zh, told.name_en
    return zh if is_chinese() or not en else en
