"""Two waves of a published survey (兩次調查): figures, what is said of them, and what rules find."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q

from minben.indicators.models import Claim, Indicator, Source
from minben.indicators.queries.current import observed
from minben.indicators.rules import looks_like_a_code
from minben.indicators.surveys.claims import Figure, Says, Statement, Words


@dataclass(frozen=True, slots=True)
class Said:
    """A statement with its words, the unit it is of, and who noted it when."""

    statement: Statement
    words: Words
    unit: str
    claim: Claim


def survey_of(code: str) -> Source | None:
    """The survey of that code, if it is one."""
    return (
        Source.objects.filter(code=code, survey=True).first() if looks_like_a_code(code) else None
    )


@dataclass(frozen=True, slots=True)
class Line:
    """A survey, with how many items it has shares of, how many statements stand, and its import."""

    source: Source
    items: int
    said: int
    newest: datetime | None


def surveys() -> list[Line]:
    """All surveys, by code; one statement."""
    items = Count("indicators", filter=Q(indicators__scale="percent"), distinct=True)
    said = Count("claims", filter=Q(claims__withdrawn_at=None), distinct=True)
    newest = Max("intakes__at", filter=Q(intakes__withdrawn_at=None))
    rows = Source.objects.filter(survey=True).annotate(items=items, said=said, newest=newest)
    return [Line(one, one.items, one.said, one.newest) for one in rows.order_by("code")]


def figures_of(source: Source) -> dict[str, list[Figure]]:
    """The shares of a survey by unit, in the order of its indicators and of periods."""
    rows = Indicator.objects.filter(source=source, scale="percent").order_by("order", "code")
    indicators = {one.code: one for one in rows}
    found: dict[str, list[Figure]] = {}
    for seen in observed(indicators=indicators):
        if seen.value is not None:
            one = indicators[seen.indicator]
            found.setdefault(seen.unit, []).append(_figure(one, seen.period, seen.value, seen.n))
    place = {code: at for at, code in enumerate(indicators)}
    for told in found.values():
        told.sort(key=lambda one: (place[one.series], one.period))
    return found


def _figure(one: Indicator, period: str, share: float, n: int | None) -> Figure:
    return Figure(
        one.code,
        Words(one.title_zh, one.title_en),
        Words(one.base_zh, one.base_en),
        period,
        share,
        n,
        decimals=1 if one.decimals is None else one.decimals,
    )


def said_of(source: Source) -> list[Said]:
    """What is said of its figures, in order; also what was withdrawn."""
    rows = Claim.objects.filter(source=source).select_related("indicator", "unit", "source__agency")
    return [said_in(one) for one in rows.order_by("order", "pk") if one.says in set(Says)]


def said_in(one: Claim) -> Said:
    """A statement as the rules judge it."""
    statement = Statement(
        Says(one.says),
        one.indicator.code if one.indicator else "",
        one.period,
        one.earlier,
        one.figure,
        _decimals(one),
    )
    return Said(statement, Words(one.words_zh, one.words_en), one.unit.code, one)


def _decimals(one: Claim) -> int:
    """With how many digits after the point the number is said.

    Of statements from before that was noted: “about 86” has none; of points and growth it is as
    many as the figures are published with.
    """
    if one.decimals is not None:
        return one.decimals
    if one.says == Says.ABOUT and one.figure is not None:
        return len(f"{one.figure:.6f}".rstrip("0").partition(".")[2])
    if one.indicator is not None and one.indicator.decimals is not None:
        return one.indicator.decimals
    return 1


def periods_of(figures: Sequence[Figure]) -> list[str]:
    """The periods there are, in order."""
    return sorted({one.period for one in figures})
