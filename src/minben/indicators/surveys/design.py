"""How a sample was drawn (抽樣設計): strata, clusters in stages, finite populations, weights."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import numpy.typing as npt

from minben.indicators.engine.faults import Fault, Faulty
from minben.indicators.engine.table import Values

Codes = npt.NDArray[np.int64]
# A stratum with a single unit drawn tells no error. ``refuse``: no estimate at all; ``adjust``: its
# distance from the mean of all units, which errs on the safe side; ``certainty``: nothing, as if
# it had been chosen on purpose, which makes errors too small unless it was.
Lonely = Literal["refuse", "adjust", "certainty"]


def codes_of(labels: Sequence[object]) -> Codes:
    """Small numbers for labels, equal for equal ones."""
    seen: dict[object, int] = {}
    return np.array([seen.setdefault(label, len(seen)) for label in labels], dtype=np.int64)


@dataclass(frozen=True)
class Stage:
    """One stage of drawing.

    Args:
        units: the unit drawn at this stage, of every row.
        strata: the stratum it was drawn in, of every row.
        population: how many units that stratum has, of every row; None: with replacement, or so
            many that it does not matter.
    """

    units: Codes
    strata: Codes
    population: Values | None = None


@dataclass(frozen=True)
class Margin:
    """A cut of the sample that weights were made to fit: the cell of every row."""

    cells: Codes


@dataclass(frozen=True)
class Design:
    """A sample.

    Args:
        weights: how many of the population each row stands for.
        stages: outermost first; one that draws the rows themselves has each row as a unit.
        margins: totals the weights were fitted to, if so.
        base: the weights before they were fitted; None: they were not.
        lonely: what a stratum with a single unit adds to an error.
    """

    weights: Values
    stages: tuple[Stage, ...]
    margins: tuple[Margin, ...] = ()
    base: Values | None = None
    lonely: Lonely = "refuse"

    def __len__(self) -> int:
        return len(self.weights)

    @cached_property
    def sizes(self) -> tuple[int, ...]:
        """How many cells each margin has."""
        return tuple(int(margin.cells.max()) + 1 for margin in self.margins)

    @cached_property
    def regression(self) -> Values:
        """What sums over the cells of all margins are multiplied with to give the cells' effects.

        The inverse of the counts of cells against cells, by the weights before fitting. Margins
        share their sum, so that it is a generalised one.
        """
        base = self.weights if self.base is None else self.base
        counts = [
            [
                np.bincount(one.cells * many + other.cells, base, size * many).reshape(size, many)
                for other, many in zip(self.margins, self.sizes, strict=True)
            ]
            for one, size in zip(self.margins, self.sizes, strict=True)
        ]
        return np.asarray(np.linalg.pinv(np.block(counts), rcond=1e-10, hermitian=True))

    @cached_property
    def degrees(self) -> int:
        """Degrees of freedom: outermost units less outermost strata."""
        first = self.stages[0]
        pairs = set(zip(first.strata.tolist(), first.units.tolist(), strict=True))
        return len(pairs) - len(set(first.strata.tolist()))


def sampled(
    count: int,
    *,
    weights: Sequence[float] | Values | None = None,
    strata: Sequence[object] | None = None,
    clusters: Sequence[Sequence[object]] = (),
    populations: Sequence[Sequence[float] | Values] = (),
    lonely: Lonely = "refuse",
) -> Design:
    """A design from columns.

    Args:
        count: rows.
        weights: None: the inverse of the share drawn, from `populations`; without them all 1.
        strata: of the outermost stage.
        clusters: ids of the units of each stage, outermost first; none: rows were drawn.
        populations: of each stage, how many units there are where each row was drawn.
        lonely: what to do with a stratum of which a single unit was drawn, and not all there are.

    Raises:
        Faulty: a column of another length, a weight that is not positive, a stratum with a single
            unit (unless `lonely` says otherwise), a population smaller than its sample, or one
            that is told in two ways for one stratum.
    """
    columns = [*clusters, *populations, *(one for one in (weights, strata) if one is not None)]
    if any(len(column) != count for column in columns):
        raise Faulty([Fault("design", "lengths", f"every column must have {count} rows")])
    ids = [codes_of(column) for column in clusters] or [np.arange(count)]
    within = codes_of(strata) if strata is not None else np.zeros(count, dtype=np.int64)
    stages: list[Stage] = []
    for number, units in enumerate(ids):
        size = (
            np.asarray(populations[number], dtype=np.float64) if number < len(populations) else None
        )
        stages.append(Stage(units, within, size))
        within = codes_of(list(zip(within.tolist(), units.tolist(), strict=True)))
    whole = _inverse(stages, count) if weights is None else np.asarray(weights, dtype=np.float64)
    design = Design(whole, tuple(stages), lonely=lonely)
    _refuse(design)
    return design


def _drawn(stage: Stage) -> Values:
    """How many units were drawn in the stratum of every row."""
    pairs = set(zip(stage.strata.tolist(), stage.units.tolist(), strict=True))
    many = np.bincount([stratum for stratum, _ in pairs], minlength=int(stage.strata.max()) + 1)
    return np.asarray(many[stage.strata], dtype=np.float64)


def _inverse(stages: Sequence[Stage], count: int) -> Values:
    out = np.ones(count)
    for stage in stages:
        if stage.population is not None:
            out = out * stage.population / _drawn(stage)
    return out


def _refuse(design: Design) -> None:
    if len(design.weights) == 0:
        raise Faulty([Fault("design", "empty", "has no rows")])
    if np.any(~(design.weights > 0)):
        row = int(np.argmax(~(design.weights > 0))) + 1
        raise Faulty([Fault(f"row {row}", "weight", "the weight must be above zero")])
    first = design.stages[0]
    drawn = _drawn(first)
    alone = drawn < 2
    if first.population is not None:
        alone &= first.population != 1  # all there are were drawn: no error to tell
    if design.lonely == "refuse" and np.any(alone):
        row = int(np.argmax(alone)) + 1
        raise Faulty([Fault(f"row {row}", "lonely", "its stratum has one unit: no error to tell")])
    for number, stage in enumerate(design.stages, start=1):
        _refuse_population(stage, number)


def _refuse_population(stage: Stage, number: int) -> None:
    if stage.population is None:
        return
    size, strata = stage.population, stage.strata
    if np.any(~(size >= _drawn(stage))):
        row = int(np.argmax(~(size >= _drawn(stage)))) + 1
        text = f"stage {number}: the population is smaller than the sample"
        raise Faulty([Fault(f"row {row}", "population", text)])
    first = np.full(int(strata.max()) + 1, np.nan)
    first[strata[::-1]] = size[::-1]
    if np.any(size != first[strata]):
        row = int(np.argmax(size != first[strata])) + 1
        text = f"stage {number}: the population differs from that of another row of its stratum"
        raise Faulty([Fault(f"row {row}", "population_differs", text)])
