"""The ranking of an index (排名表): sortable, a page at a time, the withheld with their reason."""

from collections.abc import Mapping
from typing import Any, Final

from django.core.paginator import Paginator

from minben.indicators.telling.scene import Scene
from minben.indicators.telling.standing import Stand, standings

SORTS: Final = ("rank", "name", "coverage")
PER_PAGE = 50


def ranking(scene: Scene, query: Mapping[str, str]) -> dict[str, Any]:
    """The table of the chosen result. Any: template context.

    A page number that is none shows the first, one beyond the end the last.
    """
    choice = scene.choice
    code = choice.result
    found = standings(choice.basis, choice.period, code)
    sort = query.get("sort", "rank")
    sort = sort if sort in SORTS else "rank"
    ranked = [one for one in found if one.score is not None]
    if sort == "name":
        ranked.sort(key=lambda one: scene.called.get(one.unit, one.unit))
    elif sort == "coverage":
        ranked.sort(key=lambda one: (one.coverage, one.rank or 0))
    page = Paginator(ranked, PER_PAGE).get_page(query.get("page"))
    return {
        "page": page,
        "sort": sort,
        "sorts": SORTS,
        "ranked": len(ranked),
        "without": [one for one in found if one.score is None],
        "n": len(found),
        "rule": scene.recipe.coverage,
        "decimals": scene.decimals,
        "draws": _draws(ranked),
    }


def _draws(found: list[Stand]) -> bool:
    """Whether ranks have intervals here."""
    return any(one.interval is not None for one in found)
