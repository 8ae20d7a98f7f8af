"""What shifts of ranks are counted from (名次變動之對照): another period, or another index."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from minben.indicators.engine.faults import Faulty
from minben.indicators.exporting.dataset import NOTHING, Words
from minben.indicators.queries import pages, runs
from minben.indicators.telling import words
from minben.indicators.telling.basis import Basis, among, whole
from minben.indicators.telling.scene import Scene


@dataclass(frozen=True)
class Side:
    """The other side of a picture of shifts.

    Args:
        by: the other index's run; None for another period of the same.
        fault: why there is none; the rest says nothing then.
    """

    period: str = ""
    by: Basis | None = None
    code: str = ""
    title: Words = NOTHING
    fault: str = ""


def side_of(scene: Scene, query: Mapping[str, str]) -> Side:
    """The side asked for; unasked, the period before."""
    code = query.get("by", "").strip()
    if code and code != scene.recipe.code:
        return _index(scene, code, query.get("other", "").strip())
    periods = sorted(scene.whole.run.table.by_period)
    asked = query.get("other", "").strip()
    if asked:
        if asked in periods:
            return Side(period=asked)
        return Side(fault=_("There are no figures for “{asked}”.").format(asked=asked[:60]))
    earlier = [one for one in periods if one < scene.choice.period]
    if not earlier:
        return Side(fault=_("There is no earlier period to compare with; choose another index."))
    return Side(period=earlier[-1])


def _index(scene: Scene, code: str, asked: str) -> Side:
    stored = runs.newest(code)
    if stored is None:
        return Side(
            fault=_("There is no index “{asked}” that was computed.").format(asked=code[:60])
        )
    basis = whole(stored)
    if scene.choice.compared.key != pages.ALL:
        try:
            basis = among(basis, scene.choice.compared.units | {scene.choice.unit})
        except Faulty as error:
            return Side(fault=str(error.faults[0]))
    periods = sorted(basis.run.table.by_period)
    wanted = asked or scene.choice.period
    period = wanted if wanted in periods else (periods[-1] if periods else "")
    return Side(period, basis, code, words.recipe_title(basis.run.recipe))
