"""Tags of the account pages: ``{% load people %}``."""

from typing import Any

from django import template

from minben.base.presentation import is_chinese
from minben.people import phones

register = template.Library()


@register.filter
def mobile(number: str) -> str:
    """+886912345678 → ``0912 345 678``."""
    return phones.shown(number) if number else ""


@register.filter
def name_of(thing: Any) -> str:  # Any: whatever has name_zh and name_en
    """An agency's or government's name in the reader's language."""
    return str(thing.name_zh if is_chinese() or not thing.name_en else thing.name_en)


# The first that is found counts: most browsers also claim to be the ones after them.
_BROWSERS = {
    "Edg": "Edge",
    "OPR": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
_SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS": "macOS",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}


@register.filter
def device(user_agent: str) -> str:
    """What a browser says about itself, in two words: ``Chrome · Android``."""
    found = (
        next((name for mark, name in names.items() if mark in user_agent), "")
        for names in (_BROWSERS, _SYSTEMS)
    )
    return " · ".join(filter(None, found)) or user_agent[:40]
