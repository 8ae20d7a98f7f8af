"""Words for the codes of discussion (討論用語)."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from minben.discussion.rules import HideGround, Side

GROUND_LABELS: Final[dict[HideGround, str | Promise]] = {
    HideGround.ABUSE: _("Insults or personal attacks"),
    HideGround.PERSONAL_DATA: _("Discloses personal data"),
    HideGround.ADVERTISING: _("Advertising"),
    HideGround.OFF_TOPIC: _("Floods the discussion with what is off the topic"),
    HideGround.ILLEGAL: _("Contrary to law"),
}

SIDE_LABELS: Final[dict[Side, str | Promise]] = {
    Side.PRO: pgettext_lazy("comments", "For"),
    Side.CON: pgettext_lazy("comments", "Against"),
    Side.SUGGESTION: pgettext_lazy("comments", "Suggestion"),
}


def ground_label(code: str) -> str | Promise:
    """The wording of a ground for hiding a comment; an unknown code shows itself."""
    return GROUND_LABELS[HideGround(code)] if code in set(HideGround) else code
