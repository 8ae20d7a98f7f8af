"""Words for codes, in the reader's language."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from minben.findings.rules import Severity, Standing

SEVERITIES: Final[Mapping[str, str | Promise]] = {
    Severity.BLOCKS: _("Blocks: people can't go on"),
    Severity.HESITATES: _("Hesitates: people stop and guess"),
}
SEVERITY_SHORT: Final[Mapping[str, str | Promise]] = {
    Severity.BLOCKS: pgettext_lazy("finding", "Blocks"),
    Severity.HESITATES: pgettext_lazy("finding", "Hesitates"),
}
STANDINGS: Final[Mapping[str, str | Promise]] = {
    Standing.OPEN: pgettext_lazy("finding", "Not changed yet"),
    Standing.FIXED: pgettext_lazy("finding", "Changed, not tested again"),
    Standing.STILL: pgettext_lazy("finding", "Tested again: still happens"),
    Standing.SOLVED: pgettext_lazy("finding", "Tested again: gone"),
}
