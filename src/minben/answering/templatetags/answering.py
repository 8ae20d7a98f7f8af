"""Words for codes, and names in the reader's language."""

from datetime import date
from typing import Any

from django import template
from django.utils.functional import Promise

from minben.answering import words
from minben.base.presentation import is_chinese

register = template.Library()


@register.filter
def channel_word(code: str) -> str | Promise:
    """How somebody was contacted."""
    return words.CHANNELS.get(code, code)


@register.filter
def contact_word(code: str) -> str | Promise:
    """What may be seen of a contact."""
    return words.STATES.get(code, code)


@register.filter
def post_word(code: str) -> str | Promise:
    """What a report is."""
    return words.POSTS.get(code, code)


@register.filter
def block_word(code: str) -> str | Promise:
    """A part of a response."""
    return words.BLOCKS.get(code, code)


@register.filter
def question_word(code: str) -> str | Promise:
    """A question of the survey."""
    return words.QUESTIONS.get(code, code)


@register.filter
def office_name(agency: Any) -> str:  # Any: whatever has name_zh and name_en
    """An agency's name in the reader's language."""
    return str(agency.name_zh if is_chinese() or not agency.name_en else agency.name_en)


@register.filter
def as_day(text: str) -> date:
    """An ISO day as stored with the steps of a plan."""
    return date.fromisoformat(text)


@register.filter
def hundredths(mean: int) -> str:
    """A mean kept in hundredths: 437 → ``4.37``."""
    return f"{mean // 100}.{mean % 100:02d}"
