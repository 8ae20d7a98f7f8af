"""All that a page of an index stands on (頁面情境): the run, what was chosen, names and sources.

Whoever makes one asks the database five times, however many units there are.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from minben.indicators.engine.recipe import Recipe
from minben.indicators.exporting.dataset import Words
from minben.indicators.models import Method, StoredRun
from minben.indicators.queries import pages, runs
from minben.indicators.telling import words
from minben.indicators.telling.basis import Basis, whole
from minben.indicators.telling.choice import Choice, choose, everyone_of
from minben.indicators.telling.pictures import Pair, View, drawn, has_quadrant, has_wheel

ESTIMATES = "estimates"  # the part of the page whose unit is none of the index
LARGE = 10  # a scale of 0 to 100 needs fewer decimals than one of 0 to 1


@dataclass(frozen=True)
class Scene:
    """An index as somebody looks at it.

    Args:
        method: the version the run was computed by.
        whole: of all units; `choice.basis` is of the comparator set.
    """

    method: Method
    stored: StoredRun
    whole: Basis
    names: Mapping[str, Words]
    sets: tuple[pages.ComparatorSet, ...]
    everyone: pages.ComparatorSet
    sources: tuple[pages.Brought, ...]
    choice: Choice

    @property
    def recipe(self) -> Recipe:
        """The recipe of the run."""
        return self.whole.run.recipe

    @property
    def open_terms(self) -> bool:
        """Whether every source lets its values be passed on."""
        return all(one.source.open_terms for one in self.sources)

    @cached_property
    def called(self) -> dict[str, str]:
        """Names of units in the reader's language."""
        return {code: words.said(name) for code, name in self.names.items()}

    @cached_property
    def wheel(self) -> bool:
        """Whether the index is shown as a wheel."""
        return has_wheel(self.recipe)

    @cached_property
    def quadrant(self) -> bool:
        """Whether it has both sides of a quadrant."""
        return has_quadrant(self.recipe)

    @cached_property
    def decimals(self) -> int:
        """With how many decimals scores are shown: those of the recipe, or enough to tell them."""
        if self.recipe.decimals is not None:
            return self.recipe.decimals
        scores = [np.nanmax(np.abs(one), initial=0) for one in self.whole.run.published.values()]
        return 3 if max(scores, default=0) < LARGE else 1

    @cached_property
    def comparators(self) -> str:
        """What the comparator set is called in pictures: empty for all units."""
        if self.choice.compared.key == pages.ALL:
            return ""
        return words.said(self.choice.compared.name)

    @cached_property
    def breaks(self) -> tuple[tuple[str, str], ...]:
        """Periods from which an indicator is measured otherwise, with a note each. One statement."""
        found = pages.breaks_of(self.recipe.columns)
        return tuple((period, words.said(note)) for period, note in found)

    def view(self, **more: Any) -> View:
        """What a picture of this scene shows; `more` as in `View`. Any: its fields."""
        shown = {
            "unit": self.choice.unit,
            "result": self.choice.result,
            "names": tuple(sorted(self.called.items())),
        }
        return View(
            basis=self.choice.basis,
            period=self.choice.period,
            language=words.language(),
            comparators=self.comparators,
            **(shown | more),
        )

    def picture(self, kind: str, **more: Any) -> Pair:
        """A picture of this scene. Raises Faulty and KeyError."""
        return drawn(kind, self.view(**more))


def scene_of(code: str, asked: Mapping[str, str]) -> Scene | None:
    """The newest run of an index, seen as asked; None if there is none."""
    stored = runs.newest(code)
    if stored is None:
        return None
    basis = whole(stored)
    everyone = everyone_of(basis)
    period = asked.get("period") or max(basis.run.table.by_period, default="")
    sets = pages.comparator_sets(everyone.units, period)
    return Scene(
        method=stored.method,
        stored=stored,
        whole=basis,
        names=pages.names_of(everyone.units),
        sets=tuple(sets),
        everyone=everyone,
        sources=tuple(pages.sources_of(stored.pk)),
        choice=choose(asked, basis, sets, everyone, outside=asked.get("show") == ESTIMATES),
    )
