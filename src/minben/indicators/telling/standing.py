"""Where units stand (名次與分數): never a rank without N, never a score without its coverage."""

from dataclasses import dataclass

import numpy as np

from minben.indicators.drawing.unit import standings_of
from minben.indicators.engine.recipe import Recipe
from minben.indicators.engine.running import Run
from minben.indicators.exporting.dataset import Place
from minben.indicators.figures.profile import Kind, Standing, kind_of
from minben.indicators.figures.svg import Language
from minben.indicators.telling.basis import Basis, Interval, rank_intervals


@dataclass(frozen=True, slots=True)
class Stand:
    """One unit in one composite.

    Args:
        score: as it is published; None if withheld or unknown.
        rank, of: the place among `of` units with a score.
        coverage: share of what it is made of that was observed, 0 to 1.
        interval: of the rank; None if none was drawn.
        withheld: below the coverage rule of the recipe.
        missing: codes of indicators without a value.
    """

    unit: str
    period: str
    code: str
    score: float | None
    rank: float | None
    of: int
    coverage: float
    interval: Interval | None
    withheld: bool
    missing: tuple[str, ...]

    @property
    def surely_first(self) -> bool:
        """Whether no draw of the weights takes the first place away."""
        return self.interval is not None and self.interval.high == 1


def row_at(run: Run, unit: str, period: str) -> int | None:
    """The row of a unit in a period; None if there is none."""
    for row, key in enumerate(zip(run.table.units, run.table.periods, strict=True)):
        if key == (unit, period):
            return row
    return None


def stand(basis: Basis, unit: str, period: str, code: str, *, sure: bool = True) -> Stand | None:
    """How a unit stands in a composite. `sure`: with the interval of its rank."""
    row = row_at(basis.run, unit, period)
    if row is None:
        return None
    drawn = rank_intervals(basis, period, code) if sure and code in basis.run.recipe.results else {}
    return _stand(basis.run, row, code, drawn.get(unit))


def standings(basis: Basis, period: str, code: str, *, sure: bool = True) -> list[Stand]:
    """All units of a period, the best first, those without a score last."""
    mask = basis.run.table.by_period.get(period)
    if mask is None:
        return []
    drawn = rank_intervals(basis, period, code) if sure else {}
    units = basis.run.table.units
    found = [
        _stand(basis.run, int(row), code, drawn.get(units[int(row)]))
        for row in np.flatnonzero(mask)
    ]
    return sorted(found, key=lambda one: (one.rank is None, one.rank or 0.0, one.unit))


def stands_of(run: Run, code: str) -> list[Stand]:
    """All rows of a run in a composite, in the run's order, without intervals."""
    return [_stand(run, row, code, None) for row in range(len(run.table))]


def _stand(run: Run, row: int, code: str, interval: Interval | None) -> Stand:
    below = indicators_of(run.recipe, code)
    rank, score = run.rank[code][row], run.published[code][row]
    return Stand(
        unit=run.table.units[row],
        period=run.table.periods[row],
        code=code,
        score=None if np.isnan(score) else float(score),
        rank=None if np.isnan(rank) else float(rank),
        of=int(run.ranked[code][row]),
        coverage=float(run.coverage[code][row]),
        interval=None if np.isnan(rank) else interval,
        withheld=row in run.withheld.get(code, ()),
        missing=tuple(one for one in below if not run.coverage[one][row]),
    )


def indicators_of(recipe: Recipe, code: str) -> tuple[str, ...]:
    """The indicators below a group, all the way down."""
    wanted: list[str] = [code]
    found: list[str] = []
    leaves = {one.code for one in recipe.indicators}
    while wanted:
        for one in recipe.children.get(wanted.pop(), ()):
            (found if one.code in leaves else wanted).append(one.code)
    return tuple(found)


def place(one: Stand) -> Place:
    """As it is handed out."""
    return Place(
        one.code,
        one.unit,
        one.period,
        one.score,
        one.rank,
        one.of,
        None if np.isnan(one.coverage) else round(one.coverage, 6),
        one.withheld,
    )


@dataclass(frozen=True, slots=True)
class Quarters:
    """A unit's indicators by where they stand among the comparators, the best first."""

    strengths: tuple[Standing, ...]
    weaknesses: tuple[Standing, ...]
    missing: tuple[Standing, ...]
    of: int


def quarters(
    run: Run, unit: str, period: str, language: Language, among: Run | None = None
) -> Quarters:
    """Strengths and weaknesses of a unit, by the rule of the profile.

    Args:
        among: the run of the comparators, where the unit is none of them.

    Raises:
        Faulty: the unit or the period is not there.
    """
    found = standings_of(run, unit, period, language, among)

    def those(kind: Kind) -> tuple[Standing, ...]:
        kept = [one for one in found if kind_of(one) is kind]
        return tuple(sorted(kept, key=lambda one: (one.rank or 0, one.title)))

    return Quarters(
        those(Kind.STRENGTH), those(Kind.WEAKNESS)[::-1], those(Kind.MISSING), len(found)
    )
