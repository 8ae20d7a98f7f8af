"""The tag that shows a section of a case: ``{% load case_sections %}{% case_section section data %}``."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString, mark_safe

from minben.base.sections import Section

register = template.Library()


@register.simple_tag(takes_context=True)
def case_section(context: Context, section: Section, data: Mapping[str, Any]) -> SafeString:
    """The section's own partial, with what it loaded; the page's context stays underneath.

    Any: template context.
    """
    partial: Any = context.template.engine.get_template(section.template)  # type: ignore[union-attr]
    with context.push(**{**data, "case": context["seen"]}):
        shown: str = partial.render(context)  # escaped by the engine
    return mark_safe(shown)
