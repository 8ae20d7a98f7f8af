"""The same index done otherwise (情境): other normalisations, weights, means, imputations."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

from minben.indicators.engine.faults import Faulty
from minben.indicators.engine.reading import read
from minben.indicators.engine.recipe import Recipe
from minben.indicators.engine.running import Run, run
from minben.indicators.engine.table import Table

OWN = "own"  # as the recipe has it
# Above zero, so that every mean exists.
SCALES: dict[str, dict[str, Any]] = {"minmax": {"method": "minmax", "low_to": 1, "high_to": 100}}


@dataclass(frozen=True, slots=True)
class Scenario:
    """One way of doing it; `OWN` leaves what the recipe has."""

    normalisation: str = OWN
    weighing: str = OWN
    aggregation: str = OWN
    imputation: str = OWN

    @property
    def told(self) -> str:
        """In words."""
        return f"{self.normalisation}/{self.weighing}/{self.aggregation}/{self.imputation}"


@dataclass(frozen=True, slots=True)
class Choices:
    """What is chosen from, of each.

    Args:
        normalisations: as in a recipe, of all indicators, in place of their own.
        weighings, aggregations: likewise, of all groups.
        imputations: ``none``, ``mean`` or ``median``, of the recipe's groups if it has some.
    """

    normalisations: Sequence[str] = (OWN,)
    weighings: Sequence[str] = (OWN,)
    aggregations: Sequence[str] = (OWN,)
    imputations: Sequence[str] = (OWN,)

    def every(self) -> tuple[Scenario, ...]:
        """Every combination."""
        return tuple(
            Scenario(*one)
            for one in product(
                self.normalisations, self.weighings, self.aggregations, self.imputations
            )
        )


def altered(recipe: Recipe, scenario: Scenario) -> Recipe:
    """The recipe done so. Raises Faulty for what cannot go together.

    On another scale nothing is rounded and the publisher's exceptions do not stand: both belong
    to the scale that was published.
    """
    if scenario == Scenario():
        return recipe
    document: dict[str, Any] = deepcopy(dict(recipe.document))  # Any: JSON values
    if scenario.normalisation != OWN:
        document["normalise"] = SCALES.get(
            scenario.normalisation, {"method": scenario.normalisation}
        )
        _drop(document["indicators"], "normalise")
        document["overrides"], document["decimals"] = [], None
    for name, choice in (("weights", scenario.weighing), ("aggregate", scenario.aggregation)):
        if choice != OWN:
            document[name] = choice
            _drop(document["groups"], name)
    if scenario.imputation == "none":
        document["impute"] = {"method": "none"}
    elif scenario.imputation != OWN:
        group = recipe.imputation.group
        document["impute"] = {"method": "middle", "middle": scenario.imputation, "group": group}
    return read(document)


def _drop(parts: list[dict[str, Any]], name: str) -> None:
    for part in parts:
        part.pop(name, None)


def possible(
    made: Run, data: Table, choices: Choices
) -> tuple[list[tuple[Scenario, Run]], list[tuple[Scenario, str]]]:
    """What comes of each scenario, and which cannot be done, with the reason.

    Two names for one way are done once; the run itself is not made again.

    Raises:
        Faulty: none can be done.
    """
    done: list[tuple[Scenario, Run]] = []
    refused: list[tuple[Scenario, str]] = []
    last: Faulty | None = None
    seen: list[Recipe] = []
    for scenario in choices.every():
        try:
            recipe = altered(made.recipe, scenario)
            bare = replace(recipe, document={})
            if bare in seen:
                continue
            seen.append(bare)
            same = bare == replace(made.recipe, document={})
            done.append((scenario, made if same else run(recipe, data)))
        except Faulty as error:
            refused.append((scenario, str(error.faults[0])))
            last = error
    if not done and last:
        raise last
    return done, refused
