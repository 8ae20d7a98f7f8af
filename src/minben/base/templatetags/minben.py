"""Tags and filters of the components: dates, numbers, icons, stages, form controls.

Templates write ``{% load minben %}``. Everything here only presents; no tag asks the database.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BoundField, CheckboxInput, FileInput, Select, Textarea
from django.forms.boundfield import BoundWidget
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from minben.base import presentation
from minben.kernel.periods import TAIPEI

register = template.Library()


@register.filter
def num(value: object) -> str:
    """4871 → ``4,871``; both languages group by three."""
    return f"{value:,}" if isinstance(value, (int, float)) else str(value)


@register.filter
def bare(label: object) -> str:
    """A label without the mark it ends in, to be followed by a colon."""
    return str(label).rstrip("。？！：.?!: ")


@register.filter
def percent(count: int, goal: int) -> int:
    """Whole percent, rounded down: 4,999 of 5,000 is 99 %, for 100 % means reached."""
    return count * 100 // goal if goal else 0


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon of ``icons.svg``; decorative unless it has a label."""
    href = f"{static('minben/icons.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}"/></svg>', label, href
        )
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}"/></svg>', href
    )


@register.simple_tag
def day(value: date | None) -> SafeString:
    """A date of Taiwan inside <time>: 2026年11月22日（週日） / Sunday 22 November 2026."""
    if value is None:
        return SafeString("")
    local = presentation.local_day(value)
    return format_html(
        '<time datetime="{}">{}</time>', local.isoformat(), presentation.day_text(local)
    )


@register.simple_tag
def last_day(due: date | None) -> SafeString:
    """The last day of a deadline, whose stored instant is the midnight after it."""
    return day(None if due is None else presentation.last_day(due))


@register.simple_tag
def short_day(value: date | None) -> SafeString:
    """A date in figures inside <time>, for tables and lists: 2026-11-22."""
    if value is None:
        return SafeString("")
    iso = presentation.local_day(value).isoformat()
    return format_html('<time class="nowrap" datetime="{}">{}</time>', iso, iso)


@register.simple_tag
def moment(at: datetime | None) -> SafeString:
    """An instant with hour and minute, always in the time of Taiwan."""
    if at is None:
        return SafeString("")
    local = at.astimezone(TAIPEI)
    return format_html(
        '<time datetime="{}">{}</time>',
        local.isoformat(timespec="minutes"),
        presentation.moment_text(local),
    )


@register.simple_tag
def until(due: date, at: datetime) -> str:
    """How long a deadline has: 還有 3 天, 今天截止, 已逾期 2 天.

    `at` is ``request.at``; a `due` instant is exclusive, as deadlines are stored.
    """
    return presentation.until_text(due, at)


@register.simple_tag
def until_start(start: date, at: datetime) -> str:
    """How long until something begins: 3 天後開始, 今天開始."""
    return presentation.until_start_text(start, at)


@register.simple_tag
def urgency(due: date, at: datetime) -> str:
    """``overdue``, ``soon`` (three days or fewer) or ``later``; for data-urgency attributes."""
    return presentation.urgency(due, at)


@register.simple_tag
def calendar_leaf(value: date) -> dict[str, str]:
    """Month, day and weekday of a deadline's last day, as on a tear-off calendar."""
    return presentation.leaf(presentation.last_day(value))


@register.simple_tag
def stage(code: str) -> presentation.StageLook:
    """Word, icon and colour of a proposal's stage."""
    return presentation.stage(code)


@register.simple_tag
def adoption(code: str) -> presentation.StageLook:
    """Word, icon and colour of an adoption (參採情形)."""
    return presentation.adoption(code)


@register.simple_tag
def bar(count: int, goal: int) -> dict[str, int]:
    """Geometry of a progress bar, in thousandths: ``filled``, and ``mark`` where the goal is."""
    return presentation.bar(count, goal)


@register.filter
def seal_places(chars: str) -> list[tuple[str, int, int]]:
    """Characters of a seal with their places: columns from right to left, as seals are read."""
    return presentation.seal_places(chars)


@register.simple_tag
def local(path: str) -> str:
    """A path of the platform in the reader's language: ``/about/`` or ``/en/about/``."""
    return path if presentation.is_chinese() else f"/en{path}"


@register.simple_tag(takes_context=True)
def other_language_url(context: template.Context) -> str:
    """The same page in the other language, with its query."""
    request: HttpRequest | None = context.get("request")
    full = request.get_full_path() if request else "/"
    if presentation.is_chinese():
        return f"/en{full}"
    stripped = full.removeprefix("/en")
    return stripped if stripped.startswith("/") else f"/{stripped}"


@register.simple_tag
def html_lang() -> str:
    """Value of the lang attribute: a region tells screen readers which voice to take."""
    return "zh-Hant-TW" if presentation.is_chinese() else (get_language() or "en")


@register.simple_tag
def elided(page: Page[Any]) -> Iterator[str | int]:
    """Page numbers with gaps, for the pagination component."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)


@register.simple_tag
def control_kind_of(field: BoundField) -> str:
    """Which shape a field takes: ``check``, ``choices``, ``file``, ``select``, ``area``, ``line``."""
    widget = field.field.widget
    if isinstance(widget, CheckboxInput):
        return "check"
    if field.use_fieldset:
        return "choices"
    if isinstance(widget, FileInput):
        return "file"
    if isinstance(widget, Select):
        return "select"
    return "area" if isinstance(widget, Textarea) else "line"


def _described(field: BoundField, hint: str, limit: int = 0) -> str:
    parts = (("hint", hint or field.help_text), ("count", limit), ("error", field.errors))
    return " ".join(f"{field.auto_id}_{name}" for name, present in parts if present)


@register.simple_tag
def describedby(field: BoundField, hint: str = "") -> SafeString:
    """The aria-describedby attribute of a group of choices, if it has a hint or errors."""
    ids = _described(field, hint)
    return format_html(' aria-describedby="{}"', ids) if ids else SafeString("")


@register.simple_tag
def control(field: BoundField, hint: str = "", limit: int = 0, rows: int = 0) -> SafeString:
    """The field's widget with class, limit and everything a screen reader needs.

    The browser's own maxlength is taken off: it cuts pasted text without a word. The server
    refuses what is too long and keeps it in the form.
    """
    attrs: dict[str, Any] = {"class": "ds-input", "maxlength": False, "cols": False}
    if described := _described(field, hint, limit):
        attrs["aria-describedby"] = described
    if limit:
        attrs["data-limit"] = limit
    if rows:
        attrs["rows"] = rows
    return field.as_widget(attrs=attrs)


@register.simple_tag
def choice(option: BoundWidget) -> SafeString:
    """One radio button or checkbox of a group, without its label."""
    option.data["attrs"]["class"] = "ds-input"
    return option.tag()


@register.simple_block_tag
def alert(content: str, kind: str = "info", title: str = "", level: int = 2) -> str:
    """``{% alert "warning" title="…" %}…{% endalert %}``: c/alert.html with a body of markup."""
    return render_to_string(
        "c/alert.html", {"kind": kind, "title": title, "body": content, "level": level}
    )


@register.simple_block_tag
def timeline_item(
    content: str, title: str, at: date | None = None, kind: str = "", label: str = ""
) -> str:
    """``{% timeline_item title=… at=… kind="official" %}…{% endtimeline_item %}``."""
    return render_to_string(
        "c/timeline_item.html",
        {"title": title, "at": at, "kind": kind, "label": label, "body": content},
    )
