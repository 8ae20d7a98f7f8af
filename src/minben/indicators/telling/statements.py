"""Statements of a survey as data (說法之資料): each with its verdict, for the file and the API."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from minben.indicators.exporting.tables import csv_bytes
from minben.indicators.queries.waves import Said
from minben.indicators.surveys.claims import METHODS, Figure, Finding, Words, judged
from minben.kernel.text import formula_safe

HEADER = (
    "says", "indicator", "unit", "period_from", "period_to", "figure", "words_zh", "words_en",
    "said_by", "said_in", "said_on", "address", "noted_at", "verdict", "reason_zh", "reason_en",
    "verdict_supposed", "suppositions_zh", "suppositions_en", "n_from", "n_to", "method_zh",
    "method_en", "withdrawn_at", "withdrawn_why",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Judged:
    """A statement, what the rules find of it, and the sizes that rests on.

    Args:
        finding: None of what was withdrawn, which is judged no more.
        n_from, n_to: answers in the two periods; None where not published.
    """

    said: Said
    finding: Finding | None
    n_from: int | None
    n_to: int | None

    @property
    def told(self) -> Finding | None:
        """What of it may be passed on: of a source without open terms the verdict, and no figure.

        Reasons quote figures, which such a source lets be shown and not handed on.
        """
        if self.finding is None or self.said.claim.source.open_terms:
            return self.finding
        return replace(self.finding, reason=Words("", ""), suppositions=())

    @property
    def by(self) -> str:
        """Who says it: the publisher, if nobody else is named."""
        return self.said.claim.said_by or self.said.claim.source.publisher

    @property
    def method(self) -> Words:
        """By which rule it is judged."""
        return METHODS[self.said.statement.says]


def all_judged(said: Sequence[Said], figures: Mapping[str, Sequence[Figure]]) -> list[Judged]:
    """Every statement of a survey in its order, of all units and periods; `figures` by unit."""
    return [_judged(one, figures.get(one.unit, ())) for one in said]


def _judged(one: Said, figures: Sequence[Figure]) -> Judged:
    sizes = {each.period: each.n for each in figures if each.series == one.statement.series}
    finding = None if one.claim.withdrawn_at else judged(one.statement, figures)
    return Judged(one, finding, sizes.get(one.statement.earlier), sizes.get(one.statement.period))


def statements_csv(rows: Sequence[Judged]) -> bytes:
    """The statements as a file; what somebody wrote does not run as a formula."""
    return csv_bytes(HEADER, [_line(one) for one in rows])


def _line(one: Judged) -> list[str]:
    statement, claim = one.said.statement, one.said.claim
    figure = "" if statement.figure is None else f"{statement.figure:.{statement.decimals}f}"
    where = (one.by, claim.said_in, claim.said_on, claim.address)
    return [
        statement.says.value,
        statement.series,
        one.said.unit,
        statement.earlier,
        statement.period,
        figure,
        *(formula_safe(text) for text in (one.said.words.zh, one.said.words.en)),
        *(formula_safe(_told(each)) for each in where),
        claim.at.isoformat() if claim.at else "",
        *_found(one.told),
        _told(one.n_from),
        _told(one.n_to),
        one.method.zh,
        one.method.en,
        claim.withdrawn_at.isoformat() if claim.withdrawn_at else "",
        formula_safe(claim.withdrawn_why),
    ]


def _found(one: Finding | None) -> tuple[str, ...]:
    """Verdict, reason, and what would hold if what is not known were as supposed."""
    if one is None:
        return ("",) * 6
    lines = one.suppositions
    return (
        one.verdict.value,
        formula_safe(one.reason.zh),
        formula_safe(one.reason.en),
        one.supposed.value if one.supposed else "",
        " ".join(each.zh for each in lines),
        " ".join(each.en for each in lines),
    )


def _told(value: object) -> str:
    return "" if value is None else str(value)
