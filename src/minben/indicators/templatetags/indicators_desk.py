"""How the desk tells indicators (後臺顯示): words of the rules, spans, numbers."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from minben.base.presentation import is_chinese
from minben.indicators.rules import Direction, Scale, UnitKind

register = template.Library()

SCALES: Final[Mapping[str, Promise]] = {
    Scale.PERCENT: _("per cent"),
    Scale.RATIO: _("ratio, 0 to 1"),
    Scale.COUNT: pgettext_lazy("scale", "count"),
    Scale.DAYS: pgettext_lazy("scale", "days"),
    Scale.MONEY: pgettext_lazy("scale", "money"),
    Scale.INDEX: pgettext_lazy("scale", "index"),
    Scale.NUMBER: pgettext_lazy("scale", "number"),
}
DIRECTIONS: Final[Mapping[int, Promise]] = {
    Direction.LESS_IS_BETTER: _("less is better"),
    Direction.NEITHER: pgettext_lazy("direction", "neither"),
    Direction.MORE_IS_BETTER: _("more is better"),
}
KINDS: Final[Mapping[str, Promise]] = {
    UnitKind.COUNTRY: pgettext_lazy("unit", "country"),
    UnitKind.COUNTY: pgettext_lazy("unit", "county"),
    UnitKind.AGENCY: pgettext_lazy("unit", "agency"),
    UnitKind.AGGREGATE: pgettext_lazy("unit", "region or group"),
    UnitKind.PLATFORM: pgettext_lazy("unit", "this platform"),
    UnitKind.SERVICE: pgettext_lazy("unit", "public service"),
    UnitKind.PRACTICE: pgettext_lazy("unit", "practice unit"),
}


@register.filter
def scale_word(scale: str) -> str:
    """What kind of number it is."""
    return str(SCALES[scale])


@register.filter
def direction_word(direction: int) -> str:
    """Whether more is better."""
    return str(DIRECTIONS[direction])


@register.filter
def kind_word(kind: str) -> str:
    """What is observed."""
    return str(KINDS[kind])


def _said(thing: Any, name: str) -> str:  # Any: whatever has name_zh and name_en
    own, other = ("_zh", "_en") if is_chinese() else ("_en", "_zh")
    return str(getattr(thing, name + own) or getattr(thing, name + other))


@register.filter
def dimension(indicator: Any) -> str:  # Any: an indicator
    """What it is part of."""
    return _said(indicator, "dimension")


@register.filter
def base(indicator: Any) -> str:  # Any: an indicator
    """Who was asked or counted."""
    return _said(indicator, "base")


@register.filter
def notes(source: Any) -> str:  # Any: a source
    """What is to be known of a source."""
    return _said(source, "notes")


@register.filter
def note(one: Any) -> str:  # Any: a break
    """What changed."""
    return _said(one, "note")


@register.filter
def in_language(told: Mapping[str, str]) -> str:
    """A text by language, ``zh`` and ``en``."""
    own, other = ("zh", "en") if is_chinese() else ("en", "zh")
    return told.get(own) or told.get(other, "")


@register.filter
def value(number: float | None) -> str:
    """A number with the digits it has; a dash for none."""
    return "–" if number is None else f"{number:,.12g}"


@register.filter
def span(indicator: Any) -> str:  # Any: an indicator
    """What is plausible."""
    if indicator.low is None and indicator.high is None:
        return "–"
    return f"{value(indicator.low)} … {value(indicator.high)}"


@register.filter
def between(periods: Sequence[str]) -> str:
    """First and last period, or the only one."""
    return " … ".join(dict.fromkeys(periods))


@register.filter
def held(thing: Any) -> str:  # Any: an alias or a membership
    """From when until when, the last day not in it."""
    start: date | None = thing.valid_from
    end: date | None = thing.valid_until
    if start and end:
        told = gettext("from %(start)s until before %(end)s")
    elif start:
        told = gettext("from %(start)s")
    elif end:
        told = gettext("until before %(end)s")
    else:
        return gettext(
            "always",
        )
    return told % {"start": start, "end": end}
