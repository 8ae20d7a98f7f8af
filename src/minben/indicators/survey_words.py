"""Words of the pages on surveys and conduct (調查與平臺指標之用語): a symbol and a word, never colour alone."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from minben.indicators.surveys.claims import Says, Verdict
from minben.indicators.surveys.waves import Label

Look = tuple[str, str | Promise, str]  # symbol, word, colour of the tag

LABELS: Final[Mapping[Label, Look]] = {
    Label.CHANGED: ("▲", pgettext_lazy("waves", "Changed"), "info"),
    Label.SMALL: ("△", pgettext_lazy("waves", "Small change"), "info"),
    Label.FLAT: ("＝", pgettext_lazy("waves", "Flat"), "neutral"),
    Label.UNTESTED: ("？", pgettext_lazy("waves", "Cannot be tested"), "warning"),
}
VERDICTS: Final[Mapping[Verdict, Look]] = {
    Verdict.HOLDS: ("✓", pgettext_lazy("verdict", "Holds"), "success"),
    Verdict.FAILS: ("✗", pgettext_lazy("verdict", "Does not hold"), "danger"),
    Verdict.UNTESTED: ("？", pgettext_lazy("verdict", "Cannot be tested"), "warning"),
    Verdict.BASES: ("≠", pgettext_lazy("verdict", "Compares different bases"), "warning"),
    Verdict.REMARK: ("！", pgettext_lazy("verdict", "To be asked about"), "warning"),
}
SAYS: Final[Mapping[Says, str | Promise]] = {
    Says.FLAT: _("It is flat: no difference between two periods"),
    Says.POINTS: _("It rose or fell by so many percentage points"),
    Says.GROWTH: _("It grew or shrank by so many per cent"),
    Says.ABOUT: _("It is about so many per cent"),
    Says.HIGHEST: _("It is the highest of all items"),
}
SUPPOSED: Final[Mapping[Verdict, str | Promise]] = {
    Verdict.HOLDS: _("At the size supposed, what is said would hold."),
    Verdict.FAILS: _("At the size supposed, what is said would not hold."),
}
