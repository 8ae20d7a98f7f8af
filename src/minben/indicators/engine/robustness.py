"""How much of a ranking is the method (穩健性): leaving out, other choices, thousands of them."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from minben.indicators.engine.averaging import mean
from minben.indicators.engine.exploring import rank_shift
from minben.indicators.engine.faults import Faulty
from minben.indicators.engine.ranking import ranks
from minben.indicators.engine.reading import read
from minben.indicators.engine.recipe import Mean, Method, Recipe, Weighing
from minben.indicators.engine.running import run
from minben.indicators.engine.table import Table, Values


def without(recipe: Recipe, code: str) -> Recipe:
    """The recipe without an indicator or a group and all below it. Raises Faulty if none is left."""
    document: dict[str, Any] = deepcopy(dict(recipe.document))  # Any: JSON values
    gone = {code}
    for group in reversed(recipe.upward):
        if group.parent in gone:
            gone.add(group.code)
    for name in ("groups", "indicators"):
        document[name] = [
            one
            for one in document[name]
            if one["code"] not in gone and one.get("parent", "") not in gone
        ]
    return read(document)


def remove_one(recipe: Recipe, data: Table, codes: Sequence[str], result: str) -> dict[str, float]:
    """The mean absolute change of rank in `result` when one element is left out, for each."""
    whole = run(recipe, data).scores[result]
    return {
        code: rank_shift(whole, run(without(recipe, code), data).scores[result]) for code in codes
    }


@dataclass(frozen=True, slots=True)
class Choice:
    """One way of doing it: its name, and the score of every row, or why it cannot be done."""

    normalisation: Method
    weighing: Weighing
    aggregation: Mean
    scores: Values | None
    refused: str = ""


def grid(
    recipe: Recipe,
    data: Table,
    result: str,
    *,
    normalisations: Sequence[Method] = ("minmax", "zscore", "percentile"),
    weighings: Sequence[Weighing] = ("given", "equal"),
    aggregations: Sequence[Mean] = ("arithmetic", "geometric"),
) -> tuple[Choice, ...]:
    """Every combination of the choices; what a choice makes impossible says so."""
    out = []
    for how, weighing, aggregation in product(normalisations, weighings, aggregations):
        document = deepcopy(dict(recipe.document))
        scale: dict[str, Any] = {"method": how}
        if how == "minmax":
            scale |= {"low_to": 1, "high_to": 100}  # above zero, so that every mean exists
        document |= {"normalise": scale, "weights": weighing, "aggregate": aggregation}
        try:
            scores = run(read(document), data).scores[result]
            out.append(Choice(how, weighing, aggregation, scores))
        except Faulty as error:
            out.append(Choice(how, weighing, aggregation, None, str(error.faults[0])))
    return tuple(out)


@dataclass(frozen=True)
class Uncertain:
    """Ranks over many draws: for every row the 5th, 50th and 95th percentile, and its share in
    which it is first. `draws` is how many."""

    low: Values
    middle: Values
    high: Values
    first: Values
    draws: int


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

    Drawn from PCG64 with the given seed: the same seed gives the same intervals. What is imputed,
    treated and normalised does not change with weights and is done once.
    """
    made = run(recipe, data)
    random = np.random.Generator(np.random.PCG64(seed))
    tree = _Tree(recipe, {one.code: made.scores[one.code] for one in recipe.indicators})
    seen = np.empty((draws, len(data)))
    for draw in range(draws):
        factors = 1 + spread * (2 * random.random(len(tree.members)) - 1)
        seen[draw] = ranks(tree.score(factors, result))
    low, middle, high = np.nanpercentile(seen, (5, 50, 95), axis=0, method="nearest")
    return Uncertain(low, middle, high, np.asarray((seen == 1).mean(axis=0)), draws)


class _Tree:
    """The means of a recipe, ready to be taken again with other weights."""

    def __init__(self, recipe: Recipe, leaves: Mapping[str, Values]) -> None:
        self.leaves = dict(leaves)
        self.members = [*(i.code for i in recipe.indicators), *(g.code for g in recipe.groups)]
        self.place = {code: n for n, code in enumerate(self.members)}
        self.blocks = [
            (group, recipe.children[group.code], group.aggregation or recipe.aggregation)
            for group in recipe.upward
        ]

    def score(self, factors: Values, result: str) -> Values:
        """The scores of `result` with every given weight times its factor."""
        scores = dict(self.leaves)
        for group, members, rule in self.blocks:
            weight = np.array([one.weight * factors[self.place[one.code]] for one in members])
            columns = np.column_stack([scores[one.code] for one in members])
            scores[group.code] = mean(group.code, rule, columns, weight / weight.sum())
        return scores[result]
