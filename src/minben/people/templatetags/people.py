"""Tags of the account pages: ``{% load people %}``."""

from django import template

from minben.people import phones

register = template.Library()


@register.filter
def mobile(number: str) -> str:
    """+886912345678 → ``0912 345 678``."""
    return phones.shown(number) if number else ""
