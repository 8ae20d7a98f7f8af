"""Pictures of the rank a unit would have (可得名次之圖), from own estimates (自行估算)."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from minben.indicators.drawing.common import (
    NO_NAMES,
    Names,
    comparators_of,
    member_title,
    period_mask,
    shape_of,
)
from minben.indicators.engine.running import Run
from minben.indicators.engine.shadow import Estimate, Source
from minben.indicators.figures import placed
from minben.indicators.figures.svg import Figure, Language
from minben.indicators.figures.words import WORDS

SOURCES: tuple[Source, ...] = ("weights", "inputs", "both")


def own_name(name: str, language: Language) -> str:
    """The name of a unit that is none of the index, which says that it is an estimate."""
    return WORDS[language]["own_name"].format(name=name)


def marked_own(figure: Figure, language: Language) -> Figure:
    """The same picture, of whose table every line says that it is an own estimate.

    A line may be copied out of a table; the label goes with it.
    """
    words = WORDS[language]
    rows = tuple((*row, words["own_told"]) for row in figure.rows)
    return replace(figure, header=(*figure.header, words["own_mark"]), rows=rows)


def placed_of(
    among: Run,
    estimates: Sequence[Estimate],
    language: Language,
    *,
    draws: int,
    narrow: bool = False,
    names: Names = NO_NAMES,
    comparators: str = "",
    ids: str = "placed",
) -> Figure:
    """The rank one unit would have in each result, among how many, and how surely.

    Args:
        among: the run the estimates stand beside.
        estimates: of one unit and period.

    Raises:
        Faulty: the period is not there.
        IndexError: there are no estimates.
    """
    unit, period = estimates[0].unit, estimates[0].period
    titles = {one.code: member_title(one, language) for one in among.recipe.groups}
    results = [_result(among, one, titles[one.code], names, language) for one in estimates]
    called = names.get(unit, unit)
    return placed.placed(
        results,
        title=WORDS[language]["placed_title"].format(name=own_name(called, language)),
        comparators=WORDS[language]["of"].format(
            name=comparators_of(among, comparators, language),
            n=int(period_mask(among, period).sum()),
        ),
        draws=draws,
        period=period,
        language=language,
        shape=shape_of(narrow=narrow),
        ids=ids,
    )


def _result(
    among: Run, one: Estimate, title: str, names: Names, language: Language
) -> placed.Placed:
    words = WORDS[language]
    above, below = next_to(among, one)
    spans = tuple(
        placed.Span(words[f"drawn_{source}"], one.ranges[source].low, one.ranges[source].high)
        for source in SOURCES
        if source in one.ranges
    )
    return placed.Placed(
        title, one.rank, one.of, spans, names.get(above, above), names.get(below, below)
    )


def next_to(among: Run, one: Estimate) -> tuple[str, str]:
    """Codes of who has the next higher and the next lower score; empty for nobody.

    Of several with one score the first by code; equals of the unit are neither.
    """
    if np.isnan(one.published):
        return "", ""
    scores = among.published[one.code]
    rows = np.flatnonzero(period_mask(among, one.period) & ~np.isnan(scores))
    ranked = sorted((float(scores[row]), among.table.units[row]) for row in rows)
    higher = [told for told in ranked if told[0] > one.published]
    lower = [told for told in ranked if told[0] < one.published]
    last = max((score for score, _ in lower), default=0.0)
    return (
        higher[0][1] if higher else "",
        next((unit for score, unit in lower if score == last), ""),
    )
