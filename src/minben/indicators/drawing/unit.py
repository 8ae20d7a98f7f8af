"""Pictures of one unit (單位之圖): its wheel, and its strengths and weaknesses."""

from dataclasses import dataclass

import numpy as np

from minben.indicators.drawing.common import (
    FEW,
    NO_NAMES,
    RISKS,
    Names,
    Position,
    comparators_of,
    member_title,
    period_mask,
    position,
    raw_of,
    row_of,
    shape_of,
)
from minben.indicators.engine.recipe import Indicator
from minben.indicators.engine.running import Run
from minben.indicators.engine.table import Mask
from minben.indicators.figures import profile, wheel
from minben.indicators.figures.svg import Figure, Language
from minben.indicators.figures.words import WORDS


def wheel_of(
    run: Run,
    unit: str,
    period: str,
    language: Language,
    *,
    narrow: bool = False,
    names: Names = NO_NAMES,
    comparators: str = "",
    note: str = "",
    among: Run | None = None,
    ids: str = "wheel",
) -> Figure:
    """The wheel of a unit among the units of its period. Raises Faulty for an unknown one.

    Args:
        note: a line below the title.
        among: the run whose units are the comparators, where the unit is none of them: an own
            estimate (自行估算), of which the picture then says that it is one.
        names: of units, by code, in the reader's language; a code without one stands itself.
        comparators: what the units of the period are called; empty for “the units of …”.
        ids: what ids of the picture begin with; two in one page need two.
    """
    scene = _scene(run, unit, period, among)
    return wheel.wheel(
        [_bar(scene, one, language) for one in _ordered(run)],
        unit=names.get(unit, unit),
        period=period,
        comparators=comparators_of(scene.among, comparators, language),
        count=int(scene.mask.sum()),
        note=_note(scene, note, language),
        language=language,
        shape=shape_of(narrow=narrow),
        ids=ids,
    )


def profile_of(
    run: Run,
    unit: str,
    period: str,
    language: Language,
    *,
    narrow: bool = False,
    names: Names = NO_NAMES,
    comparators: str = "",
    note: str = "",
    among: Run | None = None,
    ids: str = "profile",
) -> Figure:
    """Strengths and weaknesses of a unit among the units of its period, likewise."""
    scene = _scene(run, unit, period, among)
    return profile.profile(
        [_standing(scene, one, language) for one in _ordered(run)],
        unit=names.get(unit, unit),
        period=period,
        comparators=comparators_of(scene.among, comparators, language),
        count=int(scene.mask.sum()),
        note=_note(scene, note, language),
        language=language,
        shape=shape_of(narrow=narrow),
        ids=ids,
    )


def standings_of(
    run: Run, unit: str, period: str, language: Language, among: Run | None = None
) -> list[profile.Standing]:
    """How a unit stands on each indicator, as its profile tells. Raises Faulty likewise."""
    scene = _scene(run, unit, period, among)
    return [_standing(scene, one, language) for one in _ordered(run)]


@dataclass(frozen=True, slots=True)
class _Scene:
    """A unit's row of its run, and the rows of its comparators."""

    run: Run
    row: int
    among: Run
    mask: Mask

    def position(self, one: Indicator) -> Position:
        """Where the unit stands on an indicator."""
        mine = float(self.run.scores[one.code][self.row])
        others = self.among.scores[one.code][self.mask]
        return position(mine, others, outside=self.among is not self.run)


def _scene(run: Run, unit: str, period: str, among: Run | None) -> _Scene:
    """Raises Faulty if the unit, or the period of the comparators, is not there."""
    others = among or run
    mask = period_mask(others, period)
    return _Scene(run, row_of(run, unit, period), others, mask)


def _note(scene: _Scene, note: str, language: Language) -> str:
    """The note, and of a unit that is none of the comparators that it is an own estimate."""
    words = WORDS[language]
    own = words["own_estimate"] if scene.among is not scene.run else ""
    return words["stop"].join(part for part in (own, note) if part)


def _ordered(run: Run) -> list[Indicator]:
    """The indicators by dimension, dimensions in the order of the recipe."""
    order = list(run.recipe.document.get("dimensions", {}))

    def place(one: Indicator) -> tuple[int, str]:
        name = one.dimension
        return (order.index(name) if name in order else len(order), name or one.parent)

    return sorted(run.recipe.indicators, key=place)


def _dimension(run: Run, one: Indicator, language: Language) -> str:
    """The name of an indicator's dimension; the group it counts in stands in for one."""
    if not one.dimension:
        groups = {group.code: group for group in run.recipe.groups}
        return member_title(groups[one.parent], language) if one.parent in groups else one.parent
    named = run.recipe.document.get("dimensions", {}).get(one.dimension, {})
    return named.get(language) or one.dimension


def _bar(scene: _Scene, one: Indicator, language: Language) -> wheel.Bar:
    where = scene.position(one)
    return wheel.Bar(
        title=member_title(one, language),
        dimension=_dimension(scene.run, one, language),
        risk=one.parent == RISKS,
        value=where.value,
        median=float(np.median(where.seen)) if len(where.seen) >= FEW else None,
        raw=raw_of(scene.run, one, scene.row, language),
    )


def _standing(scene: _Scene, one: Indicator, language: Language) -> profile.Standing:
    where = scene.position(one)
    risk = one.parent == RISKS
    quarters = None
    if len(where.seen) >= profile.FEWEST:
        low, middle, high = (float(value) for value in np.quantile(where.seen, (0.25, 0.5, 0.75)))
        quarters = (low, middle, high)
    ahead = where.worse if risk else where.better
    return profile.Standing(
        title=member_title(one, language),
        risk=risk,
        value=where.value,
        quarters=quarters,
        rank=None if where.value is None else 1 + ahead,
        of=where.of,
        raw=raw_of(scene.run, one, scene.row, language),
        dimension=_dimension(scene.run, one, language),
    )
