"""The parts of an index's page (分頁): which there are, and what each shows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from minben.indicators.drawing import factor_title
from minben.indicators.engine.faults import Faulty
from minben.indicators.engine.sensitivity import Index
from minben.indicators.queries import runs
from minben.indicators.telling import words
from minben.indicators.telling.basis import DRAWS
from minben.indicators.telling.estimating import drawn_estimates
from minben.indicators.telling.pictures import Pair, drawn, has_map
from minben.indicators.telling.ranking import ranking
from minben.indicators.telling.scene import Scene
from minben.indicators.telling.shadows import Estimated, estimated, view_of
from minben.indicators.telling.sides import side_of
from minben.indicators.telling.standing import quarters, stand
from minben.indicators.telling.sturdy import leading, left_out, moving, otherwise, together, top_of

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
    choice = scene.choice
    stands = [
        stand(choice.basis, choice.unit, period, choice.result, sure=False)
        for period in sorted(choice.basis.run.table.by_period, reverse=True)
    ]
    return {
        "pair": _drawn(scene, "trend", breaks=scene.breaks),
        "stands": [one for one in stands if one is not None],
        "breaks": scene.breaks,
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
    top = top_of(scene.recipe, choice.result)
    moved = moving(choice.basis, choice.period, top)
    return {
        "top": top,
        "moved": moved,
        "leaders": _choices(scene, leading(moved.indices)),
        "own_leaders": _choices(scene, leading(moved.units.get(choice.unit, ()))),
        "own": choice.unit in moved.units,
        "moving": _drawn(scene, "sobol"),
        "left": left_out(choice.basis, top),
        "ways": otherwise(choice.basis, top),
        "together": together(choice.basis, choice.period, top),
        "draws": DRAWS,
        "pair": _drawn(scene, "ranks") if top == choice.result else None,
    }


def _choices(scene: Scene, found: Sequence[Index]) -> list[tuple[str, Index]]:
    """Choices of the method in words, with their indices."""
    run = scene.choice.basis.run
    return [(factor_title(run, one.factor, words.language()), one) for one in found]


def _estimates(scene: Scene, query: Query) -> Context:
    found = estimated(scene, query.get("unit", ""))
    return {
        "found": found,
        "outside": found.called,
        "decimals": scene.decimals,
        "draws": DRAWS,
        "units": sorted((found.called.get(one, one), one) for one in found.names),
        "chosen_unit": found.unit,
        "unit_name": found.called.get(found.unit, found.unit),
        "missing": found.missing,
    } | (_whole(scene, found) if found.own else {})


def _whole(scene: Scene, found: Estimated) -> Context:
    """All that is shown of one estimate: its pictures, its strengths and weaknesses."""
    run, view = scene.choice.basis.run, view_of(scene, found)
    later = drawn_estimates(view.basis, found.own).later if found.own else run
    choice = scene.choice
    named = {"unit": found.unit, "period": choice.period, "with": choice.compared.key}
    return {
        "files_query": urlencode({name: told for name, told in named.items() if told}),
        "pair": drawn("estimate-wheel" if scene.wheel else "estimate-profile", view),
        "placed": drawn("estimate-ranks", view),
        "quarters": quarters(later, found.unit, view.period, view.language, among=run),
    }


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
