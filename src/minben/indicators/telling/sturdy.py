"""How much of a ranking is the method (穩健性): leaving out, doing it otherwise. Remembered."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from minben.indicators.engine import robustness
from minben.indicators.engine.faults import Faulty
from minben.indicators.engine.recipe import Recipe
from minben.indicators.telling.basis import Basis


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
