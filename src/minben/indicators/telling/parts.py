"""The parts of an index's page (分頁): which there are, and what each shows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from minben.indicators.engine.faults import Faulty
from minben.indicators.queries import pages, runs
from minben.indicators.telling import words
from minben.indicators.telling.basis import DRAWS
from minben.indicators.telling.pictures import Pair, has_map
from minben.indicators.telling.ranking import ranking
from minben.indicators.telling.scene import Scene
from minben.indicators.telling.shadows import estimated
from minben.indicators.telling.sides import side_of
from minben.indicators.telling.standing import quarters, stand
from minben.indicators.telling.sturdy import left_out, otherwise

Context = dict[str, Any]  # Any: template context
Query = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the page, by the word in its address."""

    slug: str
    title: str | Promise


TITLES: Mapping[str, str | Promise] = {
    "unit": _("One unit"),
    "ranking": pgettext_lazy("index", "Ranking"),
    "quadrant": _("Opportunities and risks"),
    "map": pgettext_lazy("index", "Map"),
    "trend": _("Over time"),
    "shifts": _("Shifts of ranks"),
    "weights": _("Weights and what decides"),
    "robustness": _("How sturdy it is"),
    "estimates": _("Own estimates"),
}


def parts_of(scene: Scene) -> list[Part]:
    """The parts this index has, in their order."""
    there = {
        "quadrant": scene.quadrant,
        "map": has_map(scene.whole.run),
        "trend": len(scene.whole.run.table.by_period) > 1,
    }
    return [Part(slug, title) for slug, title in TITLES.items() if there.get(slug, True)]


def context_of(scene: Scene, show: str, query: Query) -> Context:
    """What a part's template needs. Raises KeyError for no part."""
    return SHOWN[show](scene, query)


def _unit(scene: Scene, query: Query) -> Context:
    """The wheel or the profile of a unit, with its scores, strengths and weaknesses."""
    choice = scene.choice
    run = choice.basis.run
    stands = [
        one
        for code in run.recipe.results
        if (one := stand(choice.basis, choice.unit, choice.period, code)) is not None
    ]
    return {
        "stands": stands,
        "n": int(run.table.by_period[choice.period].sum()),
        "rule": run.recipe.coverage,
        "decimals": scene.decimals,
        "quarters": quarters(run, choice.unit, choice.period, words.language()),
        "pair": _drawn(scene, "wheel" if scene.wheel else "profile"),
    }


def _ranking(scene: Scene, query: Query) -> Context:
    pair = _drawn(scene, "ranks") if scene.choice.result in scene.recipe.results else None
    return ranking(scene, query) | {"pair": pair}


def _quadrant(scene: Scene, query: Query) -> Context:
    return {"pair": _drawn(scene, "quadrant")}


def _map(scene: Scene, query: Query) -> Context:
    return {"pair": _drawn(scene, "map")}


def _trend(scene: Scene, query: Query) -> Context:
    """The score over time, with the breaks of the indicators it is made of."""
    breaks = pages.breaks_of(scene.recipe.columns)
    told = tuple((period, words.said(note)) for period, note in breaks)
    choice = scene.choice
    stands = [
        stand(choice.basis, choice.unit, period, choice.result, sure=False)
        for period in sorted(choice.basis.run.table.by_period, reverse=True)
    ]
    return {
        "pair": _drawn(scene, "trend", breaks=told),
        "stands": [one for one in stands if one is not None],
        "breaks": told,
        "decimals": scene.decimals,
    }


def _shifts(scene: Scene, query: Query) -> Context:
    side = side_of(scene, query)
    others = [
        (one.method.code, words.titled(one.title, one.method.code))
        for one in runs.shown()
        if one.run is not None and one.method.code != scene.recipe.code
    ]
    pair = None if side.fault else _drawn(scene, "shifts", other=side.period, by=side.by)
    before = sorted(scene.whole.run.table.by_period, reverse=True)
    return {"side": side, "others": others, "before": before, "pair": pair}


def _weights(scene: Scene, query: Query) -> Context:
    return {"pair": _drawn(scene, "importance")}


def _robustness(scene: Scene, query: Query) -> Context:
    choice = scene.choice
    top = choice.result if choice.result in scene.recipe.results else scene.recipe.results[0]
    return {
        "top": top,
        "left": left_out(choice.basis, top),
        "ways": otherwise(choice.basis, top),
        "draws": DRAWS,
        "pair": _drawn(scene, "ranks") if top == choice.result else None,
    }


def _estimates(scene: Scene, query: Query) -> Context:
    found = estimated(scene)
    names = {code: words.said(name) for code, name in (found.names or {}).items()}
    return {"found": found, "outside": names, "decimals": scene.decimals, "draws": DRAWS}


def _drawn(scene: Scene, kind: str, **more: Any) -> Pair | None:
    """A picture, or nothing where the run cannot be drawn so; the page then says so."""
    try:
        return scene.picture(kind, **more)
    except Faulty:
        return None


SHOWN: Mapping[str, Callable[[Scene, Query], Context]] = {
    "unit": _unit,
    "ranking": _ranking,
    "quadrant": _quadrant,
    "map": _map,
    "trend": _trend,
    "shifts": _shifts,
    "weights": _weights,
    "robustness": _robustness,
    "estimates": _estimates,
}
