"""How things look in words: dates of Taiwan (臺灣時間), stages (階段), adoption (參採情形).

Plain functions behind the template tags, so that they can be tested without a template.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from minben.kernel import periods

SOON_DAYS: Final = 3
_ZH_WEEKDAYS: Final = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class StageLook:
    """Word, icon and colour of a state; the word always stands beside the colour."""

    code: str
    word: str | Promise
    icon: str
    color: str


_STAGES: Final = {
    look.code: look
    for look in (
        StageLook("draft", _("Draft"), "pencil", "neutral"),
        StageLook("codrafting", _("In co-drafting"), "people", "info"),
        StageLook("codrafting_ended", _("Co-drafting ended"), "closed", "neutral"),
        StageLook("checking", _("Being checked"), "search", "info"),
        StageLook("hidden", pgettext_lazy("stage", "Hidden"), "hidden", "neutral"),
        StageLook("scheduled", _("Endorsing opens soon"), "clock", "info"),
        StageLook("endorsing", _("Open for endorsement"), "endorse", "accent"),
        StageLook("reached", _("Reached, awaiting response"), "flag", "success"),
        StageLook("overdue", _("Response overdue"), "late", "warning"),
        StageLook("answered", _("Answered"), "seal", "brand1"),
        StageLook("lapsed", _("Did not reach"), "closed", "neutral"),
        StageLook("withdrawn", _("Withdrawn"), "back", "neutral"),
        StageLook("paused", _("Paused for elections"), "pause", "warning"),
    )
}

_ADOPTIONS: Final = {
    look.code: look
    for look in (
        StageLook("adopted", pgettext_lazy("adoption", "Adopted"), "check-circle", "brand1"),
        StageLook("partly_adopted", _("Partly adopted"), "scales", "brand1"),
        StageLook("under_study", _("Under study"), "clock", "brand1"),
        StageLook("not_adopted", _("Not adopted"), "closed", "brand1"),
    )
}


def stage(code: str) -> StageLook:
    """Look of a stage; an unknown code shows itself rather than breaking the page."""
    return _STAGES.get(str(code)) or StageLook(str(code), str(code), "info", "neutral")


def adoption(code: str) -> StageLook:
    """Look of an adoption."""
    return _ADOPTIONS.get(str(code)) or StageLook(str(code), str(code), "seal", "brand1")


def stage_codes() -> tuple[str, ...]:
    """All stages in the order of a proposal's life, for the styleguide."""
    return tuple(_STAGES)


def adoption_codes() -> tuple[str, ...]:
    """All adoptions, most favourable first."""
    return tuple(_ADOPTIONS)


def is_chinese() -> bool:
    """Whether the reader reads Chinese, which is the default."""
    return (get_language() or "zh-hant").startswith("zh")


def local_day(value: date) -> date:
    """The day in Taiwan; a plain date is already one."""
    return periods.local_day(value) if isinstance(value, datetime) else value


def last_day(due: date) -> date:
    """The last day of a deadline. An instant is exclusive, as stored: midnight ends the day."""
    return periods.last_day(due) if isinstance(due, datetime) else due


def day_text(day: date) -> str:
    """2026年11月22日（週日） / Sunday 22 November 2026."""
    if is_chinese():
        return f"{day.year}年{day.month}月{day.day}日（週{_ZH_WEEKDAYS[day.weekday()]}）"
    return f"{day:%A} {day.day} {day:%B} {day.year}"


def moment_text(local: datetime) -> str:
    """2026年11月22日 14:05 / 22 November 2026, 14:05. `local` is in the time of Taiwan."""
    if is_chinese():
        return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"
    return f"{local.day} {local:%B} {local.year}, {local:%H:%M}"


def leaf(day: date) -> dict[str, str]:
    """Words of a tear-off calendar leaf: ``month``, ``day``, ``weekday``."""
    if is_chinese():
        weekday = f"週{_ZH_WEEKDAYS[day.weekday()]}"
        return {"month": f"{day.month}月", "day": str(day.day), "weekday": weekday}
    return {"month": f"{day:%b}", "day": str(day.day), "weekday": f"{day:%a}"}


def days_left(due: date, at: datetime) -> int:
    """Calendar days of Taiwan from `at` to `due`; negative when past."""
    return (last_day(due) - local_day(at)).days


def _past(due: date, at: datetime) -> bool:
    return due <= at if isinstance(due, datetime) else due < local_day(at)


def urgency(due: date, at: datetime) -> str:
    """``overdue``, ``soon`` or ``later``."""
    if _past(due, at):
        return "overdue"
    return "soon" if days_left(due, at) <= SOON_DAYS else "later"


def until_text(due: date, at: datetime) -> str:
    """How long a deadline still has, or for how long it has been missed."""
    left = days_left(due, at)
    if left == 0:
        return gettext("ended today") if _past(due, at) else gettext("ends today")
    if left < 0:
        return ngettext("%(n)s day overdue", "%(n)s days overdue", -left) % {"n": f"{-left:,}"}
    return ngettext("%(n)s day left", "%(n)s days left", left) % {"n": f"{left:,}"}


def until_start_text(start: date, at: datetime) -> str:
    """How long until something begins."""
    left = (local_day(start) - local_day(at)).days
    if left <= 0:
        return gettext("starts today") if left == 0 else gettext("has started")
    return ngettext("starts in %(n)s day", "starts in %(n)s days", left) % {"n": f"{left:,}"}


def bar(count: int, goal: int) -> dict[str, int]:
    """Thousandths of a bar: how much is filled, and where the goal's mark stands.

    Beyond the goal the bar grows to the count, and the mark shows where the goal was.
    """
    whole = max(count, goal, 1)
    return {"filled": max(0, count) * 1000 // whole, "mark": max(0, goal) * 1000 // whole}


def seal_places(chars: str) -> list[tuple[str, int, int]]:
    """Characters with the centre of their place in a square of 100, right column first.

    One character fills the seal, two stand above each other, four make two columns.
    """
    shown = chars[:4]
    if len(shown) == 1:
        return [(shown, 50, 50)]
    if len(shown) == 2:
        return [(shown[0], 50, 28), (shown[1], 50, 72)]
    places = ((72, 28), (72, 72), (28, 28), (28, 72))
    return [(char, x, y) for char, (x, y) in zip(shown, places, strict=False)]
