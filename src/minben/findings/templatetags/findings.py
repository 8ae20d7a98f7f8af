"""Words and the drawn strip of findings: ``{% load findings %}``."""

from dataclasses import dataclass
from typing import Final

from django import template
from django.utils.functional import Promise

from minben.findings import words
from minben.findings.queries import Whole
from minben.findings.rules import Row, Standing

register = template.Library()
PER_LINE: Final = 6
SIDE: Final = 24  # units of the drawing for one mark


@dataclass(frozen=True, slots=True)
class Mark:
    """One finding in the drawing: its corner, its severity and how it is drawn."""

    x: int
    y: int
    severity: str
    look: str


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of a step with the size of their drawing; no marks, no drawing."""

    width: int
    height: int
    marks: tuple[Mark, ...]


def _drawn(marks: list[tuple[str, str]]) -> Marks:
    placed = tuple(
        Mark(n % PER_LINE * SIDE, n // PER_LINE * SIDE, severity, look)
        for n, (severity, look) in enumerate(marks)
    )
    lines = -(-len(marks) // PER_LINE)
    return Marks(min(len(marks), PER_LINE) * SIDE, lines * SIDE, placed)


@register.filter
def marks_before(row: Row) -> Marks:
    """Every finding of the step as the first test found it."""
    return _drawn([(severity.value, "open") for severity, _standing in row.marks])


@register.filter
def marks_after(row: Row) -> Marks:
    """Every finding of the step as it stands: open, changed but untested (fixed), or gone."""
    looks = {Standing.FIXED: "fixed", Standing.SOLVED: "solved"}
    return _drawn(
        [(severity.value, looks.get(standing, "open")) for severity, standing in row.marks]
    )


@register.filter
def first_count(row: Row, severity: str) -> int:
    """How many findings of that severity the first test had at this step."""
    return sum(one.value == severity for one, _standing in row.marks)


@register.filter
def left_count(row: Row, severity: str) -> int:
    """How many of them no re-test has shown to be gone."""
    return sum(
        one.value == severity and standing is not Standing.SOLVED for one, standing in row.marks
    )


@register.filter
def found_in_all(whole: Whole, severity: str) -> int:
    """How many findings of that severity the study has."""
    return whole.total(severity)


@register.filter
def gone_in_all(whole: Whole, severity: str) -> int:
    """How many of them a re-test has shown to be gone."""
    return whole.total(severity) - whole.total(severity, after=True)


@register.filter
def severity_words(code: str) -> str | Promise:
    """Blocks, hesitates."""
    return words.SEVERITY_SHORT[code]


@register.filter
def standing_words(code: str) -> str | Promise:
    """Where a finding stands."""
    return words.STANDINGS[code]
