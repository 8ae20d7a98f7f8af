"""Labels and verdicts of surveys, numbers with their sign: ``{% load surveys %}``."""

import re

from django import template
from django.utils.functional import Promise
from django.utils.html import format_html

from minben.base.presentation import is_chinese
from minben.indicators.models import Claim
from minben.indicators.survey_words import LABELS, SAYS, SUPPOSED, VERDICTS, Look
from minben.indicators.surveys.claims import Says, Verdict, Words
from minben.indicators.surveys.waves import Label
from minben.indicators.telling.wave_pages import said

register = template.Library()
CHINESE, LATIN = re.compile("[\u3400-\u9fff]"), re.compile("[A-Za-z]{2}")


@register.filter
def label_look(label: Label) -> Look:
    """Symbol, word and colour of a label."""
    return LABELS[label]


@register.filter
def verdict_look(verdict: Verdict) -> Look:
    """Symbol, word and colour of a verdict."""
    return VERDICTS[verdict]


@register.filter
def supposed_words(verdict: Verdict | None) -> str | Promise:
    """What would hold; nothing if that is not known either."""
    return SUPPOSED.get(verdict, "") if verdict else ""


@register.filter
def spoken(one: Words) -> str:
    """The text in the reader's language."""
    return said(one)


@register.filter
def says_words(says: str) -> str | Promise:
    """What kind of statement it is."""
    return SAYS[Says(says)]


@register.simple_tag
def words_said(one: Words) -> str:
    """What is said, in the reader's language; else in Chinese, which then says so for voices."""
    if is_chinese() or one.en:
        return said(one)
    return format_html('<span lang="zh-Hant">{}</span>', one.zh)


@register.simple_tag
def as_written(text: str) -> str:
    """A name or title as it was written; in another language than the page's it says so."""
    chinese = bool(CHINESE.search(text))
    if chinese is is_chinese() or not (chinese or LATIN.search(text)):
        return text
    return format_html('<span lang="{}">{}</span>', "zh-Hant" if chinese else "en", text)


@register.simple_tag
def words_of(claim: Claim) -> str:
    """What a statement says, as `words_said`."""
    return words_said(Words(claim.words_zh, claim.words_en))


@register.filter
def signed(value: float | None, decimals: int = 1) -> str:
    """A difference with its sign, with a true minus; nothing is a dash."""
    return "–" if value is None else f"{value:+.{decimals}f}".replace("-", "−")


@register.filter
def per_cent(value: float | None, decimals: int = 1) -> str:
    """A share in per cent; nothing is a dash."""
    return "–" if value is None else f"{value:.{decimals}f}%"
