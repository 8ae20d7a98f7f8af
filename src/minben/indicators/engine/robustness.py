"""How much of a ranking is the method (穩健性): leaving out, other choices, thousands of draws."""

from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.random import PCG64, Generator

from minben.indicators.engine.exploring import rank_shift
from minben.indicators.engine.faults import Faulty
from minben.indicators.engine.many import Tree, of_period, rows_of
from minben.indicators.engine.ranking import ranks
from minben.indicators.engine.reading import read
from minben.indicators.engine.recipe import Recipe
from minben.indicators.engine.running import Run, run
from minben.indicators.engine.scenarios import OWN, Choices, Scenario, possible
from minben.indicators.engine.table import Mask, Table, Values

Progress = Callable[[int, int], None]
# Numbers held at once while drawing (rows × members × draws): as many as caches hold, but not so
# few draws at once that calling takes longer than computing, and never more than memory holds.
CELLS, LEAST, MOST = 200_000, 32, 20_000_000


def without(recipe: Recipe, code: str) -> Recipe:
    """The recipe without an indicator or a group and all below it.

    A group that loses its last member goes too. Raises Faulty if nothing is left.
    """
    document: dict[str, Any] = deepcopy(dict(recipe.document))  # Any: JSON values
    gone = {code}
    for group in reversed(recipe.upward):
        if group.parent in gone:
            gone.add(group.code)
    gone |= {one.code for one in recipe.indicators if one.parent in gone}
    for group in recipe.upward:
        if all(one.code in gone for one in recipe.children[group.code]):
            gone.add(group.code)
    for name in ("groups", "indicators", "overrides"):
        document[name] = [one for one in document.get(name, ()) if one["code"] not in gone]
    return read(document)


def remove_one(recipe: Recipe, data: Table, codes: Sequence[str], result: str) -> dict[str, float]:
    """The mean absolute change of rank in `result` when one element is left out, for each.

    What cannot be left out, being all there is, is not told; NaN where what is left cannot be
    computed, such as members whose weights are all zero.
    """
    whole = run(recipe, data)
    out = {}
    for code in codes:
        if code == result:
            continue
        try:
            less = without(recipe, code)
            if result in less.results:
                out[code] = _shift(whole, run(less, data), result)
        except Faulty:
            out[code] = float("nan")
    return out


def _shift(one: Run, other: Run, result: str) -> float:
    """Mean absolute change of rank, each period by itself; over rows that are in both."""
    place = {
        key: n for n, key in enumerate(zip(other.table.units, other.table.periods, strict=True))
    }
    keys = list(zip(one.table.units, one.table.periods, strict=True))
    after = np.array([other.scores[result][place[key]] if key in place else np.nan for key in keys])
    moved = [
        np.full(int(mask.sum()), rank_shift(one.scores[result][mask], after[mask]))
        for mask in one.table.by_period.values()
        if np.any(~np.isnan(one.scores[result][mask]) & ~np.isnan(after[mask]))
    ]
    return float(np.mean(np.concatenate(moved))) if moved else float("nan")


@dataclass(frozen=True, slots=True)
class Uncertain:
    """Ranks over many draws.

    Args:
        low, middle, high: for every row of the run the 5th, 50th and 95th percentile.
        first: share of the draws in which a row is first.
        draws: how many.
        refused: choices that could not be made, and why.
    """

    low: Values
    middle: Values
    high: Values
    first: Values
    draws: int
    refused: tuple[str, ...] = ()

    def of(self, rows: Mask) -> "Uncertain":
        """The same of some rows."""
        low, middle, high = self.low[rows], self.middle[rows], self.high[rows]
        return replace(self, low=low, middle=middle, high=high, first=self.first[rows])


def rank_intervals(
    recipe: Recipe,
    data: Table,
    result: str,
    *,
    draws: int = 1000,
    seed: int = 1,
    spread: float = 0.25,
) -> Uncertain:
    """Rank intervals when every weight of the recipe moves by up to `spread` of itself.

    Drawn from PCG64 with the given seed: the same seed gives the same intervals.
    """
    return intervals(run(recipe, data), data, result, draws=draws, seed=seed, spread=spread)


def intervals(
    made: Run,
    data: Table,
    result: str,
    *,
    draws: int = 1000,
    seed: int = 1,
    spread: float = 0.25,
    choices: Choices | None = None,
    period: str | None = None,
    progress: Progress = lambda done, total: None,
) -> Uncertain:
    """Rank intervals over weights and, if asked for, over ways of doing it.

    Args:
        made: the run; intervals are those of its rows, or of the rows of a `period`.
        data: what it was made from, to do it otherwise.
        spread: of every weight, up and down, as a share of itself; uniform.
        choices: normalisations, aggregations and imputations of which each draw takes one of
            each, all alike likely. What is impossible is left out and told.
    """
    random = Generator(PCG64(seed))
    ways, refused = possible(made, data, choices or Choices())
    if period is not None:
        ways = [(scenario, of_period(one, period, result)) for scenario, one in ways]
    drawn = ways[0][1]
    trees = [Tree(one, result) for _, one in ways]
    factors = 1 + spread * (2 * random.random((draws, len(trees[0].members))) - 1)
    taken = random.integers(len(trees), size=draws)
    tally = _Tally(drawn)
    step = at_once(drawn)
    done = 0
    for number, tree in enumerate(trees):
        mine = np.flatnonzero(taken == number)
        for start in range(0, len(mine), step):
            part = mine[start : start + step]
            tally.add(tree.published(tree.score(factors[part])))
            done += len(part)
            progress(done, draws)
    told = tally.told(draws, tuple(f"{one.told}: {why}" for one, why in refused))
    if period is None or len(drawn.table) < len(made.table):
        return told
    return told.of(rows_of(made, period))


def at_once(made: Run) -> int:
    """How many draws are taken together."""
    widest = max(len(members) for members in made.recipe.children.values())
    size = max(1, len(made.table) * widest)
    return max(1, min(max(CELLS // size, LEAST), MOST // size))


def ranked_in(made: Run, scores: Values) -> Values:
    """Draws × rows of ranks, each period by itself, ties as the recipe has them."""
    out = np.full(scores.shape, np.nan)
    for mask in made.table.by_period.values():
        out[:, mask] = ranks(scores[:, mask], made.recipe.ties)
    return out


class _Tally:
    """How often each row had each rank; ranks in halves, for ties may share a middle."""

    def __init__(self, made: Run) -> None:
        self.made = made
        most = max((int(mask.sum()) for mask in made.table.by_period.values()), default=0)
        self.width = 2 * most + 1
        self.counts = np.zeros((len(made.table), self.width), dtype=np.int64)

    def add(self, scores: Values) -> None:
        place = ranked_in(self.made, scores)
        there = ~np.isnan(place)
        rows = np.broadcast_to(np.arange(place.shape[1]), place.shape)[there]
        at = rows * self.width + np.rint(2 * place[there]).astype(np.int64)
        self.counts += np.bincount(at, minlength=self.counts.size).reshape(self.counts.shape)

    def told(self, draws: int, refused: tuple[str, ...]) -> Uncertain:
        total = self.counts.sum(axis=1)
        upto = np.cumsum(self.counts, axis=1)

        def least(share: float) -> Values:
            """The least rank that this share of the draws does not exceed."""
            place = np.argmax(upto >= share * total[:, None] - 1e-9, axis=1) / 2
            return np.where(total > 0, place, np.nan)

        first = self.counts[:, 2] / np.maximum(total, 1)
        return Uncertain(least(0.05), least(0.5), least(0.95), first, draws, refused)


@dataclass(frozen=True, slots=True)
class Choice:
    """One way of doing it, and what came of it.

    Args:
        scores, rank: of every row of the run; None where it cannot be done.
        moved: how many ranks differ from the run's.
        shift: mean absolute difference.
        refused: why it cannot be done.
    """

    scenario: Scenario
    scores: Values | None = None
    rank: Values | None = None
    moved: int = 0
    shift: float = float("nan")
    refused: str = ""


def grid(made: Run, data: Table, result: str, choices: Choices | None = None) -> tuple[Choice, ...]:
    """Every combination of the choices; what a choice makes impossible says so."""
    every = choices or Choices(
        normalisations=(OWN, "minmax", "zscore", "percentile"),
        weighings=(OWN, "given", "equal"),
        aggregations=(OWN, "arithmetic", "geometric"),
    )
    ways, refused = possible(made, data, every)
    before = made.rank[result]
    out = []
    for scenario, one in ways:
        rank = one.rank[result]
        apart = np.abs(rank - before)
        moved, shift = int(np.nansum(apart > 0)), float("nan")
        if np.any(~np.isnan(apart)):
            shift = float(np.nanmean(apart))
        out.append(Choice(scenario, one.scores[result], rank, moved, shift))
    return (*out, *(Choice(scenario, refused=why) for scenario, why in refused))
