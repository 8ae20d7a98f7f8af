"""Filters of the pages on who is responsible: ``{% load assigning %}``."""

from typing import Any

from django import template

from minben.assigning.words import ANSWERS, ROLES, agency_word

register = template.Library()


@register.filter
def agency_told(told: Any) -> str:  # Any: JSON of an event, or an agency
    """An agency's name in the reader's language."""
    return agency_word(told)


@register.filter
def role_word(code: str) -> str:
    """``lead`` → Lead agency."""
    return str(ROLES.get(code, code))


@register.filter
def answer_word(code: str) -> str:
    """``open`` → Not answered yet."""
    return str(ANSWERS.get(code, code))
