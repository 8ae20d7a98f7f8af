"""How much of a ranking is the method (穩健性): leaving out, doing it otherwise, what moves ranks
most, what goes together. Remembered."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from minben.indicators.engine import robustness
from minben.indicators.engine.exploring import columns_of, correlations, cronbach, first_component
from minben.indicators.engine.faults import Faulty
from minben.indicators.engine.recipe import Recipe
from minben.indicators.engine.scenarios import OWN, Choices
from minben.indicators.engine.sensitivity import SHIFT, Index, what_moves_ranks
from minben.indicators.figures.sensitivity import Draws
from minben.indicators.telling.basis import Basis

SEED = 1
SAMPLES = (512, 256, 128, 64)  # of each set, for Sobol indices on a page
RANKS_MOST = 350_000  # ranks that are computed for one picture, if fewer samples can do
WAYS = Choices(
    normalisations=(OWN, "minmax", "zscore", "percentile"), aggregations=(OWN, "geometric")
)


@dataclass(frozen=True, slots=True)
class Left:
    """An element left out, and by how many places ranks then move in the mean."""

    code: str
    shift: float


@lru_cache(maxsize=32)
def left_out(basis: Basis, result: str) -> tuple[Left, ...]:
    """Every indicator and every part left out in turn, what moves most first."""
    recipe = basis.run.recipe
    codes = list(_below(recipe, result))
    try:
        found = robustness.remove_one(recipe, basis.data, codes, result)
    except Faulty:
        return ()
    told = [Left(code, shift) for code, shift in found.items() if shift == shift]
    return tuple(sorted(told, key=lambda one: (-one.shift, one.code)))


@lru_cache(maxsize=32)
def otherwise(basis: Basis, result: str) -> tuple[robustness.Choice, ...]:
    """The same index by other choices; what cannot be done says why."""
    try:
        return robustness.grid(basis.run, basis.data, result)
    except Faulty:
        return ()


def _below(recipe: Recipe, code: str) -> Iterator[str]:
    """What a result is made of; the risks do not move the opportunities."""
    for one in recipe.children.get(code, ()):
        yield one.code
        yield from _below(recipe, one.code)


@dataclass(frozen=True)
class Moving:
    """What moves the ranks of a result in a period.

    Args:
        indices: of the mean shift of all ranks; empty if there are none.
        units: of the rank of each unit, by code.
        draws: how they were found out; None where nothing was.
        refused: choices left out because they cannot go with the others.
        why: there are no indices, in the engine's words.
    """

    indices: tuple[Index, ...] = ()
    units: Mapping[str, tuple[Index, ...]] = field(default_factory=dict)
    draws: Draws | None = None
    refused: int = 0
    why: str = ""


@lru_cache(maxsize=32)
def moving(basis: Basis, period: str, result: str) -> Moving:
    """Sobol indices of the ranks: the weights of each group, the normalisation and the mean.

    The choices are those of `minben indicators robust`. The sample is as large as it can be
    without making a reader wait.
    """
    made = basis.run
    rows = int(made.table.by_period[period].sum()) if period in made.table.by_period else 0
    sets = len(made.recipe.under(result)) + 4
    samples = next((n for n in SAMPLES if rows * sets * n <= RANKS_MOST), SAMPLES[-1])
    try:
        found = what_moves_ranks(
            made, basis.data, result, period=period, samples=samples, seed=SEED, choices=WAYS
        )
    except Faulty as error:
        return Moving(why="; ".join(str(one) for one in error.faults[:3]))
    outputs: dict[str, list[Index]] = {}
    for one in found.indices:
        outputs.setdefault(one.output, []).append(one)
    shift = tuple(outputs.pop(SHIFT))
    return Moving(
        shift,
        {unit: tuple(told) for unit, told in outputs.items()},
        Draws(samples * (len(shift) + 2), samples, SEED),
        len(found.refused),
    )


def leading(found: Sequence[Index]) -> tuple[Index, ...]:
    """The choices that may move most, the largest first: those whose interval of the total reaches
    that of the largest. None if nothing moves."""
    known = sorted((one for one in found if one.total > 0), key=lambda one: -one.total)
    return tuple(one for one in known if one.total_high >= known[0].total_low)


@dataclass(frozen=True, slots=True)
class Together:
    """How far the members of a group go together; NaN where it cannot be told.

    Args:
        alpha: Cronbach's.
        share: of the variance that the first principal component has.
        least: correlation of the two that go together least, `pair`.
    """

    code: str
    members: int
    alpha: float
    share: float
    least: float
    pair: tuple[str, str]


@lru_cache(maxsize=32)
def together(basis: Basis, period: str, result: str) -> tuple[Together, ...]:
    """The groups of a result with two members or more, from the top down."""
    run, out = basis.run, []
    mask = run.table.by_period[period]
    for group in run.recipe.under(result):
        codes = [one.code for one in run.recipe.children[group.code]]
        if len(codes) < 2:
            continue
        columns = columns_of(run, group.code, mask)[:, :-1]
        with np.errstate(divide="ignore", invalid="ignore"):  # one unit correlates with nothing
            found = correlations(columns)
        if np.any(np.isnan(found)):
            nan = float("nan")
            out.append(Together(group.code, len(codes), nan, nan, nan, ("", "")))
            continue
        pairs = [(float(found[a, b]), a, b) for a in range(len(codes)) for b in range(a)]
        least, a, b = min(pairs)
        share = first_component(columns)[1]
        alpha = cronbach(columns)
        out.append(Together(group.code, len(codes), alpha, share, least, (codes[b], codes[a])))
    return tuple(out[::-1])


def top_of(recipe: Recipe, result: str) -> str:
    """The result that is looked into: the one asked for, or of a part of the index the first."""
    return result if result in recipe.results else recipe.results[0]
