"""Words and times of meetings."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from minben.base.presentation import is_chinese
from minben.kernel.periods import TAIPEI
from minben.meetings import labels
from minben.meetings.blocks import Block

register = template.Library()


@register.filter
def word(code: str, table: str) -> str:
    """``{{ meeting.kind|word:"kind" }}``; an unknown code shows itself."""
    return str(labels.TABLES[table].get(code, code))


@register.filter
def agency_name(agency: Any) -> str:  # Any: an agency; its model is private to people
    """An agency's name in the reader's language."""
    return str(agency.name_zh if is_chinese() or not agency.name_en else agency.name_en)


@register.simple_tag
def agency_in(name_zh: str, name_en: str) -> str:
    """The one of two names that is in the reader's language."""
    return name_zh if is_chinese() or not name_en else name_en


@register.simple_tag
def hour(at: datetime | None) -> SafeString:
    """Hour and minute in Taiwan: 10:30."""
    if at is None:
        return SafeString("")
    local = at.astimezone(TAIPEI)
    return format_html(
        '<time datetime="{}">{}</time>', local.isoformat(timespec="minutes"), f"{local:%H:%M}"
    )


@register.simple_tag(takes_context=True)
def meeting_block(context: template.Context, block: Block, data: Mapping[str, Any]) -> SafeString:
    """A block's own partial with what it loaded; the page's context stays underneath."""
    partial: Any = context.template.engine.get_template(block.template)  # type: ignore[union-attr]
    with context.push(**data):
        shown: str = partial.render(context)  # escaped by the engine
    return mark_safe(shown)
