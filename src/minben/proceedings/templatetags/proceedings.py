"""Filters of the pages of proceedings: ``{% load proceedings %}``."""

from django import template
from django.utils.functional import Promise

from minben.proceedings.labels import WORDS
from minben.proceedings.rules.transcripts import Piece, pieces

register = template.Library()


@register.filter
def called(code: str, what: str) -> str | Promise:
    """The words for a code: ``{{ node.kind|called:"node" }}``."""
    return WORDS[what].get(str(code), str(code))


@register.filter
def in_pieces(text: str) -> tuple[Piece, ...]:
    """A turn as pieces of text and redactions."""
    return pieces(text)


@register.filter
def of_mark(redactions: dict[int, str], mark: int) -> str:
    """The ground of the redaction with that mark."""
    return redactions.get(mark, "")
