"""A method as its page shows it (方法說明): tables of indicators, scales, changed cells, versions."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from minben.indicators.drawing.common import RISKS
from minben.indicators.engine.recipe import Indicator, Recipe
from minben.indicators.engine.running import Run
from minben.indicators.engine.table import Cell
from minben.indicators.models import Indicator as Registered
from minben.indicators.models import Method
from minben.indicators.telling.words import AS_RISK, language, titled

MOST_CHANGES = 40  # told of a new version; more are counted


@dataclass(frozen=True, slots=True)
class Row:
    """An indicator of a recipe.

    Args:
        weight: in its group; None where weights follow from data that is not there.
        direction: key of `words.DIRECTIONS`; a risk is not turned round, and more of it is worse.
    """

    code: str
    title: str
    definition: str
    unit: str
    direction: int
    weight: float | None
    group: str
    dimension: str
    source: str
    registered: bool


def rows(recipe: Recipe, run: Run | None, known: Mapping[str, Registered]) -> list[Row]:
    """The indicators with what recipe and registry say of them; the recipe goes first."""
    weights = _weights(recipe, run)
    groups = {one.code: titled(one.title, one.code) for one in recipe.groups}
    dimensions = recipe.document.get("dimensions", {})
    return [
        Row(
            code=one.code,
            title=titled(one.title, one.code),
            definition=_definition(one, known.get(one.code)),
            unit=one.measure.get(language()) or one.unit or _unit(known.get(one.code)),
            direction=AS_RISK if one.parent == RISKS and one.direction > 0 else one.direction,
            weight=weights.get(one.code),
            group=groups.get(one.parent, one.parent),
            dimension=titled(dimensions.get(one.dimension, {}), one.dimension),
            source=one.source,
            registered=one.code in known,
        )
        for one in recipe.indicators
    ]


def _definition(one: Indicator, known: Registered | None) -> str:
    told = one.definition.get(language()) or one.definition.get("zh") or ""
    if told or known is None:
        return told
    return known.definition_zh if language() == "zh" else known.definition_en


def _unit(known: Registered | None) -> str:
    if known is None:
        return ""
    return known.unit_zh if language() == "zh" else known.unit_en


def _weights(recipe: Recipe, run: Run | None) -> dict[str, float]:
    """Weights as they were used; of a recipe without a run only the given ones are known."""
    if run is not None:
        return {
            member.code: float(weight)
            for group in recipe.groups
            for member, weight in zip(
                recipe.children[group.code], run.weights[group.code], strict=True
            )
            if not np.isnan(weight)  # weights that differ by unit have no one number
        }
    found = {}
    for group in recipe.groups:
        _, weighing, _ = recipe.rules(group)
        members = recipe.children[group.code]
        total = sum(one.weight for one in members)
        if weighing in ("given", "equal") and total > 0:
            given = weighing == "given"
            for one in members:
                found[one.code] = one.weight / total if given else 1 / len(members)
    return found


@dataclass(frozen=True, slots=True)
class ScaleRow:
    """The numbers of one scale."""

    code: str
    title: str
    period: str
    method: str
    low: float
    high: float


def scales(run: Run, period: str) -> list[ScaleRow]:
    """What was fitted for a period, and for all of them."""
    titles = {one.code: titled(one.title, one.code) for one in run.recipe.groups}
    titles |= {one.code: titled(one.title, one.code) for one in run.recipe.indicators}
    return [
        ScaleRow(code, titles.get(code, code), when, one.rule.method, one.low, one.high)
        for (code, when), one in run.scales.items()
        if when in ("", period) and one.rule.method in ("minmax", "goalposts", "zscore", "target")
    ]


def cells(run: Run) -> list[Cell]:
    """Every cell that is not what was observed, and every score that was withheld."""
    withheld = [
        Cell(
            run.table.units[row],
            run.table.periods[row],
            code,
            "withheld",
            float("nan"),
            float("nan"),
            f"{run.coverage[code][row]:.3f} < {run.recipe.coverage:g}",
        )
        for code, found in run.withheld.items()
        for row in found
    ]
    return [*run.cells, *withheld]


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a method, and what it changed: place, before, after.

    `more` counts changes that are not told.
    """

    method: Method
    changes: tuple[tuple[str, str, str], ...]
    more: int


def versions(methods: Sequence[Method]) -> list[Version]:
    """The versions of a method, newest first, each beside the one before."""
    out = []
    for n, one in enumerate(methods):
        before = methods[n + 1] if n + 1 < len(methods) else None
        found = _changes(before, one) if before else []
        out.append(Version(one, tuple(found[:MOST_CHANGES]), max(len(found) - MOST_CHANGES, 0)))
    return out


def _changes(before: Method, after: Method) -> list[tuple[str, str, str]]:
    old = dict(_leaves("", json.loads(before.content)))
    new = dict(_leaves("", json.loads(after.content)))
    return [
        (place, old.get(place, "–"), new.get(place, "–"))
        for place in sorted(old.keys() | new.keys())
        if old.get(place) != new.get(place)
    ]


def _leaves(place: str, value: Any) -> Iterator[tuple[str, str]]:
    """Every single value of a document with its place; members of lists by their code. Any: JSON."""
    if isinstance(value, dict):
        for key, inside in value.items():
            yield from _leaves(f"{place}.{key}" if place else key, inside)
    elif isinstance(value, list):
        for n, inside in enumerate(value):
            name = inside.get("code", n) if isinstance(inside, dict) else n
            yield from _leaves(f"{place}[{name}]", inside)
    else:
        yield place, json.dumps(value, ensure_ascii=False)
