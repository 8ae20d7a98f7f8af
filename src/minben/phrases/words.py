"""Words for what is stored as a code."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from minben.phrases.rules import Kind

KINDS: Final[dict[str, str | Promise]] = {
    Kind.ANSWER: _("Formal response"),
    Kind.PLAN: _("Handling plan"),
    Kind.EXTENSION: pgettext_lazy("template", "Reason of an extension"),
    Kind.REPORT: pgettext_lazy("template", "Report"),
    Kind.DEMAND: pgettext_lazy("template", "Draft on a demand"),
}
