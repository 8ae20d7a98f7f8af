"""Statements about the figures of a survey (發布者之說法): listed, and judged before they are noted."""

import hashlib
from dataclasses import dataclass

from django.db.models import QuerySet

from minben.indicators.declared.statements import ClaimDraft
from minben.indicators.engine.faults import Fault, Faulty
from minben.indicators.models import Claim, Source
from minben.indicators.queries.waves import figures_of
from minben.indicators.surveys.claims import Figure, Finding, judged


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the rules find of a statement now.

    Args:
        claim: as it would be noted; it is in no table.
        seal: names what was said and what was found.
    """

    claim: Claim
    finding: Finding
    seal: str


def judgement(source: Source, draft: ClaimDraft) -> Judgement:
    """What the page of the survey would say of a statement.

    Raises:
        Faulty: a figure it is of is not there; `Fault.where` is the field.
    """
    by_unit = figures_of(source)
    figures = by_unit.get(draft.unit, [])
    if faults := _absent(draft, figures):
        raise Faulty(faults)
    finding = judged(draft.statement, figures)
    told = (draft.sha256, finding.verdict, finding.reason.zh, *(w.zh for w in finding.suppositions))
    seal = hashlib.sha256("\n".join(told).encode()).hexdigest()
    names = ("words_zh", "words_en", "said_by", "said_in", "said_on", "address")
    claim = Claim(source=source, **{name: getattr(draft, name) for name in names})
    return Judgement(claim, finding, seal)


def _absent(draft: ClaimDraft, figures: list[Figure]) -> list[Fault]:
    """The first of unit, indicator and periods of which there is no figure."""
    if not figures:
        return [Fault("unit", "figure_absent", f"there is no figure of '{draft.unit}'")]
    own = {one.period for one in figures if one.series == draft.indicator}
    if not own:
        return [Fault("indicator", "figure_absent", f"there is no figure of '{draft.indicator}'")]
    asked = (("period", draft.period), ("earlier", draft.earlier))
    return [
        Fault(name, "figure_absent", f"there is no figure of '{period}'")
        for name, period in asked
        if period and period not in own
    ]


def claims_of(source_id: int) -> QuerySet[Claim]:
    """All statements about a source's figures, in order; also those that were withdrawn."""
    rows = Claim.objects.filter(source=source_id).select_related("indicator", "unit")
    return rows.order_by("order", "pk")


def claim(source_id: int, pk: int) -> Claim | None:
    """One statement of a source."""
    return claims_of(source_id).filter(pk=pk).first()
