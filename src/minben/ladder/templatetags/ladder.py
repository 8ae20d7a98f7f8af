"""Words and the drawn ladder: ``{% load ladder %}``."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django import template
from django.utils.functional import Promise

from minben.ladder import words
from minben.ladder.queries import Stated
from minben.ladder.rules import NEEDS, QUESTION_OF, Band, Fact, Kind, Question, Rung, band_of

register = template.Library()


@dataclass(frozen=True, slots=True)
class Criterion:
    """A fact with where it comes from: ``stated``, ``proven`` (with `since`), or empty."""

    fact: Fact
    origin: str
    since: datetime | None


@register.filter
def rungs_drawn(rung: int) -> Sequence[tuple[Rung, bool, bool]]:
    """The rungs from the top with whether the process climbed them, and whether it stands there."""
    return [(one, one <= rung, one == rung) for one in reversed(Rung)]


@register.filter
def opens_band(rung: Rung) -> bool:
    """Whether a rung is the topmost of its band, where the band is named."""
    return rung is Rung.CITIZEN_CONTROL or band_of(Rung(rung + 1)) is not band_of(rung)


@register.filter
def criteria(stated: Stated) -> Sequence[tuple[Question, Sequence[Criterion]]]:
    """Every fact by question, from the lowest rung up, with who says that it holds."""
    known = {Fact(code) for code in stated.statement.known}
    found: dict[Question, list[Criterion]] = {question: [] for question in Question}
    for needs in NEEDS.values():
        for fact in needs:
            proven = fact in known
            origin = "proven" if proven else "stated" if fact in stated.facts else ""
            since = stated.proven.get(fact) if proven else None
            found[QUESTION_OF[fact]].append(Criterion(fact, origin, since))
    return list(found.items())


@register.filter
def said(stated: Stated, question: str) -> str:
    """What the agency says in its own words to one question."""
    return str(getattr(stated.statement, Question(question).value))


@register.filter
def rung_words(rung: int) -> str | Promise:
    """The name of a rung."""
    return words.RUNGS[Rung(rung)]


@register.filter
def rung_means(rung: int) -> str | Promise:
    """A rung in a sentence."""
    return words.MEANINGS[Rung(rung)]


@register.filter
def band_words(rung: int) -> str | Promise:
    """The name of the part of the ladder a rung belongs to."""
    return words.BANDS[Band(band_of(Rung(rung)))]


@register.filter
def fact_words(fact: str) -> str | Promise:
    """A criterion in a sentence."""
    return words.FACTS[Fact(fact)]


@register.filter
def question_words(question: str) -> str | Promise:
    """What people could influence, who decided, what came of it."""
    return words.QUESTIONS[Question(question)]


@register.filter
def kind_words(kind: str) -> str | Promise:
    """What kind of process it was."""
    return words.KINDS[Kind(kind)]
