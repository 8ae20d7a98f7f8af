"""Words for codes, and names in the reader's language."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.functional import Promise

from minben.base.presentation import is_chinese
from minben.demands import words

register = template.Library()


@register.simple_tag
def demand_state(code: str) -> str | Promise:
    """How a demand stands."""
    return words.STATES[code]


@register.simple_tag
def correction_kind(code: str) -> str | Promise:
    """What a correction wants."""
    return words.KINDS[code]


@register.simple_tag
def clearance_step(code: str) -> str | Promise:
    """Whose step it is."""
    return words.STEPS[code]


@register.simple_tag
def clearance_outcome(code: str) -> str | Promise:
    """How a step went."""
    return words.OUTCOMES[code]


@register.filter
def agency_name(agency: Any) -> str:  # Any: a row of an agency, or its names as published
    """An agency's name in the reader's language; nothing for none."""
    if agency is None:
        return ""
    if isinstance(agency, Mapping):
        zh, en = str(agency["zh"]), str(agency.get("en", ""))
    else:
        zh, en = str(agency.name_zh), str(agency.name_en)
    return zh if is_chinese() or not en else en
