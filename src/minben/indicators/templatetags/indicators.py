"""Numbers, names and pictures of indicators: ``{% load indicators %}``."""

import re
from collections.abc import Mapping

from django import template
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from minben.base.presentation import is_chinese
from minben.indicators.engine.shadow import Range
from minben.indicators.exporting.dataset import Words
from minben.indicators.figures.svg import Figure
from minben.indicators.queries.listing import Option
from minben.indicators.telling import words
from minben.indicators.telling.pictures import Pair, forms_of

register = template.Library()
CHINESE = re.compile("[\u3400-\u9fff]")
LATIN = re.compile("[A-Za-z]{2}")
DIGITS = 4


@register.filter
def picture(figure: Figure) -> SafeString:
    """A picture in the page. `figures.svg` escapes whatever stands in it and writes no code."""
    return SafeString(figure.svg)


@register.filter
def said(one: Words) -> str:
    """The name in the reader's language."""
    return words.said(one)


@register.filter
def amount(value: float | None, decimals: int | None = None) -> str:
    """A value as people read it: with its decimals, or four significant digits; none is a dash."""
    if value is None or value != value:
        return "–"
    if decimals is not None:
        return f"{value:,.{decimals}f}"
    return f"{value:,.{DIGITS}g}" if abs(value) < 1000 else f"{value:,.0f}"


@register.filter
def place(rank: float | None) -> str:
    """A rank; ranks in the middle of equals may have a half."""
    return "–" if rank is None else f"{rank:g}"


@register.filter
def share(value: float | None) -> str:
    """0.934 → 93 %; down, for all means all."""
    return "–" if value is None or value != value else f"{int(value * 100 + 1e-9)}%"


@register.filter
def looked_up(found: Mapping[str, str], key: str) -> str:
    """What stands under a key; the key itself if nothing does."""
    return found.get(key) or key


@register.filter
def status_words(status: str) -> str | Promise:
    """What a status of an observation says."""
    return words.STATUSES.get(status, status)


@register.filter
def direction_words(direction: int) -> str | Promise:
    """Whether more is better."""
    return words.DIRECTIONS.get(direction, "")


@register.filter
def domain_words(domain: str) -> str | Promise:
    """Opportunity or risk."""
    return words.DOMAINS.get(domain, domain)


@register.filter
def relation_words(relation: str) -> str | Promise:
    """Whom a service is between."""
    return words.RELATIONS.get(relation, relation)


@register.simple_tag
def six(counts: Mapping[str, int]) -> list[tuple[str, str | Promise, int]]:
    """The six relations with their words and how many there are of each, 0 included."""
    return [(one, told, counts.get(one, 0)) for one, told in words.RELATIONS.items()]


@register.filter
def kind_words(kind: str) -> str | Promise:
    """What kind of unit."""
    return words.KINDS.get(kind, kind)


@register.filter
def cell_words(what: str) -> str | Promise:
    """What was done to a cell."""
    return words.CELLS.get(what, what)


@register.filter
def forms(pair: Pair, open_terms: bool) -> tuple[str, ...]:
    """What a picture can be kept as, under the terms of its sources."""
    return forms_of(pair.kind, open_terms=open_terms)


@register.filter
def portion(value: float) -> str:
    """A share that is an estimate, to the nearest hundredth; no more than all, no less than none."""
    return f"{round(100 * min(max(value, 0.0), 1.0))}%"


@register.simple_tag
def colon() -> str:
    """What stands between a label and what it labels."""
    return "：" if is_chinese() else ": "


@register.filter
def called(pair: Pair) -> str:
    """What a picture is called; its title may be that of another picture of the same thing."""
    title = pair.wide.title
    return f"{gettext('Over time')}{colon()}{title}" if pair.kind == "trend" else title


@register.simple_tag
def foreign(text: object) -> str | SafeString:
    """A text from a source; an English one says so on a Chinese page, for voices that read it."""
    told = str(text)
    if is_chinese() and LATIN.search(told) and not CHINESE.search(told):
        return format_html('<span lang="en">{}</span>', told)
    return told


def _either(thing: object, name: str) -> str:
    """A text of a row in the reader's language; Chinese where there is no English."""
    zh, en = str(getattr(thing, f"{name}_zh")), str(getattr(thing, f"{name}_en"))
    return zh if is_chinese() or not en else en


@register.filter
def title_of(thing: object) -> str:
    """The title of an indicator or a source."""
    return _either(thing, "title")


@register.filter
def definition_of(thing: object) -> str:
    """What an indicator counts."""
    return _either(thing, "definition")


@register.filter
def measure_of(thing: object) -> str:
    """What an indicator is measured in."""
    return _either(thing, "unit")


@register.filter
def base_of(thing: object) -> str:
    """Who was asked or counted."""
    return _either(thing, "base")


@register.filter
def dimension_of(thing: object) -> str:
    """The dimension an indicator belongs to."""
    return _either(thing, "dimension")


@register.filter
def note_of(thing: object) -> str:
    """The note of a break."""
    return _either(thing, "note")


@register.filter
def notes_of(thing: object) -> str:
    """The notes of a source."""
    return _either(thing, "notes")


@register.filter
def one_of(option: Option) -> str:
    """A value of a facet."""
    return option.zh if is_chinese() else option.en


@register.filter
def remark_words(remark: object) -> str:
    """A remark of the check at import, as whoever imported it saw it."""
    if isinstance(remark, dict):
        return ": ".join(str(remark[name]) for name in ("where", "text") if remark.get(name))
    return str(remark)


@register.filter
def way_words(way: str) -> str | Promise:
    """A normalisation, weighing or aggregation in a word or two."""
    return words.WAYS.get(way, way)


@register.filter
def range_of(ranges: Mapping[str, Range], source: str) -> str:
    """The interval of a rank by what was drawn; a dash where nothing was."""
    found = ranges.get(source)
    if found is None or found.low != found.low:
        return "–"
    return f"{found.low:g}–{found.high:g}"
