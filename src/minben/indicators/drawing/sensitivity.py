"""Pictures of what moves the ranks (敏感度之圖), from Sobol indices that were computed elsewhere."""

from collections.abc import Sequence

import numpy as np

from minben.indicators.drawing.common import comparators_of, member_title, period_mask, shape_of
from minben.indicators.engine.running import Run
from minben.indicators.engine.sensitivity import Index
from minben.indicators.figures import sensitivity
from minben.indicators.figures.svg import Figure, Language
from minben.indicators.figures.words import WORDS

OF_GROUP = "weights of "  # how the engine names the weights of a group, before its code


def sensitivity_of(
    run: Run,
    result: str,
    found: Sequence[Index],
    period: str,
    language: Language,
    *,
    draws: sensitivity.Draws,
    narrow: bool = False,
    comparators: str = "",
    ids: str = "sobol",
) -> Figure:
    """How much of the movement of a result's ranks each choice makes.

    Args:
        found: of one output, such as the mean shift of all ranks.

    Raises:
        Faulty: the period is not there.
    """
    ranked = period_mask(run, period) & ~np.isnan(run.rank[result])
    named = next(one for one in run.recipe.groups if one.code == result)
    factors = [
        sensitivity.Factor(
            factor_title(run, one.factor, language),
            sensitivity.Share(one.first, one.first_low, one.first_high),
            sensitivity.Share(one.total, one.total_low, one.total_high),
        )
        for one in found
    ]
    return sensitivity.sensitivity(
        factors,
        title=WORDS[language]["sobol_title"].format(title=member_title(named, language)),
        comparators=comparators_of(run, comparators, language),
        units=int(ranked.sum()),
        draws=draws,
        period=period,
        language=language,
        shape=shape_of(narrow=narrow),
        ids=ids,
    )


def factor_title(run: Run, factor: str, language: Language) -> str:
    """A choice of the method in words."""
    words = WORDS[language]
    if not factor.startswith(OF_GROUP):
        return words[f"factor_{factor}"]
    code = factor.removeprefix(OF_GROUP)
    title = next((member_title(one, language) for one in run.recipe.groups if one.code == code), "")
    return words["factor_weights"].format(title=title or code)
