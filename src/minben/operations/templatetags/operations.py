"""Filters that put a stopped service into words."""

from django import template

from minben.operations.queries import Stop
from minben.operations.words import ADVICE, TITLES

register = template.Library()


@register.filter
def stop_title(stop: Stop) -> str:
    """What is stopped, as a sentence."""
    return str(TITLES[stop.service])


@register.filter
def stop_advice(stop: Stop) -> str:
    """What a visitor can still do."""
    return str(ADVICE[stop.service])
