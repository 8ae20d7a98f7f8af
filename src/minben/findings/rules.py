"""What a finding says and what the strip of a study counts (使用者測試發現). Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

BASIS: Final = (
    "服務設計：使用者測試之發現以步驟與輕重記錄（行政院公共數位創新空間小組紀錄，2018-06-15）"
)

STEPS_MAX: Final = 30
GROUPS_MAX: Final = 12
FINDINGS_MAX: Final = 120  # of one study
PEOPLE_MAX: Final = 10_000  # in one group
NAME_MAX: Final = 60
SERVICE_MAX: Final = 120
METHOD_MAX: Final = 1000
BOUNDS_MAX: Final = 1000
SOURCE_MAX: Final = 300
WHAT_MAX: Final = 500
QUOTE_MAX: Final = 300
ALT_MAX: Final = 200
REASON_MAX: Final = 300
TEXT_MIN: Final = 4


class Severity(StrEnum):
    """How much a finding hinders."""

    BLOCKS = "blocks"  # 卡關：做不下去
    HESITATES = "hesitates"  # 遲疑：做得下去，但停下來猜


class Standing(StrEnum):
    """Where a finding stands after what was told of it."""

    OPEN = "open"  # 尚未修改
    FIXED = "fixed"  # 已修改，未複測
    STILL = "still"  # 複測仍發生
    SOLVED = "solved"  # 複測未再發生


@dataclass(frozen=True, slots=True)
class Group:
    """A kind of participant, without names, and how many."""

    kind: str
    n: int


def standing_of(fixed: bool, still: int | None) -> Standing:
    """Where a finding stands.

    Args:
        fixed: a change was told of it.
        still: how many stumbled over it at the latest re-test; None without one.
    """
    if still is not None:
        return Standing.STILL if still else Standing.SOLVED
    return Standing.FIXED if fixed else Standing.OPEN


@dataclass(frozen=True, slots=True)
class Row:
    """One step of the strip: its findings as (severity, standing), the heavier first."""

    step: str
    marks: tuple[tuple[Severity, Standing], ...]

    def before(self, severity: Severity) -> int:
        """How many findings of that severity the study had at this step."""
        return sum(one is severity for one, _ in self.marks)

    def after(self, severity: Severity) -> int:
        """How many of them no re-test has shown to be gone."""
        return sum(
            one is severity and standing is not Standing.SOLVED for one, standing in self.marks
        )


_WEIGHT: Final = {Severity.BLOCKS: 0, Severity.HESITATES: 1}
_PLACE: Final = {Standing.OPEN: 0, Standing.FIXED: 1, Standing.STILL: 2, Standing.SOLVED: 3}


def strip_of(
    steps: Sequence[str], findings: Iterable[tuple[str, Severity, Standing]]
) -> tuple[Row, ...]:
    """The strip: every step in order, those without a finding too."""
    held: dict[str, list[tuple[Severity, Standing]]] = {step: [] for step in steps}
    for step, severity, standing in findings:
        held[step].append((severity, standing))
    return tuple(
        Row(step, tuple(sorted(marks, key=lambda one: (_WEIGHT[one[0]], _PLACE[one[1]]))))
        for step, marks in held.items()
    )


def lines_of(text: str) -> tuple[str, ...]:
    """What was typed line by line, without empty lines and the numbers people put before them."""
    lines = (re.sub(r"^\s*(\d{1,2}[.、)]|[-•*])\s*", "", line).strip() for line in text.split("\n"))
    return tuple(line for line in lines if line)


_GROUP: Final = re.compile(r"^(?P<kind>.*?\S)[\s,，:：x×]+(?P<n>[0-9]{1,6})\s*[人位名]?$")


def groups_of(text: str) -> tuple[Group, ...] | None:
    """Kinds of participants typed as ``上班族 4``, one a line; None if a line has no number."""
    found = []
    for line in lines_of(text):
        told = _GROUP.match(line)
        if told is None:
            return None
        found.append(Group(told["kind"], int(told["n"])))
    return tuple(found)


def text_fault(text: str, most: int, least: int = TEXT_MIN) -> bool:
    """Whether a text is too short or too long."""
    return not least <= len(text.strip()) <= most


def steps_fault(steps: Sequence[str]) -> str:
    """Why the steps are refused (a code), or nothing."""
    if len(steps) > STEPS_MAX:
        return "findings_too_many"
    if any(len(step) > NAME_MAX for step in steps):
        return "findings_name_too_long"
    return "findings_name_twice" if len(set(steps)) < len(steps) else ""


def groups_fault(groups: Sequence[Group]) -> str:
    """Why the kinds of participants are refused (a code), or nothing."""
    if len(groups) > GROUPS_MAX:
        return "findings_too_many"
    if any(len(one.kind) > NAME_MAX for one in groups):
        return "findings_name_too_long"
    if len({one.kind for one in groups}) < len(groups):
        return "findings_name_twice"
    return "" if all(1 <= one.n <= PEOPLE_MAX for one in groups) else "findings_groups"


def days_in_order(earlier: date, later: date, today: date) -> bool:
    """Whether the later day is not before the earlier one, and not still to come."""
    return earlier <= later <= today
