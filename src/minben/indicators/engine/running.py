"""A run (計算): data and a recipe give scores at every level, and tell all that was changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from minben.indicators.engine.averaging import mean, weights
from minben.indicators.engine.choosing import chosen, screened
from minben.indicators.engine.faults import Fault, Faulty
from minben.indicators.engine.frontier import favoured
from minben.indicators.engine.imputing import Fills, impute
from minben.indicators.engine.ranking import ranks_by_period
from minben.indicators.engine.recipe import Group, Normalisation, Override, Recipe
from minben.indicators.engine.sameness import rows_named
from minben.indicators.engine.scaling import Fitted, fit, pools, refuse_no_log
from minben.indicators.engine.table import Cell, Mask, Table, Values, changed
from minben.indicators.engine.treating import Key, Tamed, treat

ENGINE = "2"  # grows when the same recipe and data would give other numbers

WHOLE = 2.0**53  # from here on numbers have no decimals
LARGEST = 1e100  # powers and products of larger numbers would be beyond what can be told

Scales = dict[tuple[str, str], Fitted]


@dataclass(frozen=True)
class Run:
    """What came of it.

    Args:
        table: the rows that are compared, with the columns as they were normalised from.
        scores: unrounded, by code of indicator (normalised) or group; one per row.
        published: rounded as the recipe says, for the groups.
        coverage: share of what each group is made of that was observed, by weight.
        rank, ranked: place of a row among those of its period, and how many those are.
        cells: all that was carried, screened, imputed, treated or overridden.
        withheld: rows (by number) below the coverage rule, by group.
        scales: what was fitted, by code and period.
        weights: of the members of each group; missing (NaN) where they differ by unit.
        own_weights: rows × members, of the groups where they differ by unit (``bod``).
        fills, tamed: what missing values and outliers were treated with.
    """

    recipe: Recipe
    table: Table
    scores: Mapping[str, Values]
    published: Mapping[str, Values]
    coverage: Mapping[str, Values]
    rank: Mapping[str, Values]
    ranked: Mapping[str, Values]
    cells: tuple[Cell, ...]
    withheld: Mapping[str, tuple[int, ...]]
    scales: Scales
    weights: Mapping[str, Values]
    own_weights: Mapping[str, Values] = field(default_factory=dict)
    fills: Fills = field(default_factory=dict)
    tamed: Mapping[Key, Tamed] = field(default_factory=dict)


def run(recipe: Recipe, data: Table, like: Run | None = None) -> Run:
    """Compute a recipe on data.

    Args:
        like: another run of the recipe, to score by its measure: its scales, weights, middles,
            caps and frontier are used, nothing is fitted, and nobody of it moves. The recipe's
            list of units does not count then. Ranks are those among the rows of `data` alone.

    Raises:
        Faulty: a column is missing, or a step cannot be done; nothing is computed then.
    """
    _refuse_missing(recipe, data)
    _refuse_large(recipe, data)
    codes = [one.code for one in recipe.indicators]
    data, cells = chosen(recipe, data, like.table if like else None)
    table, left_out = screened(_denominated(recipe, data), recipe.screen, codes)
    observed = {code: ~np.isnan(table.columns[code]) for code in codes}
    fills, tamed = (like.fills, dict(like.tamed)) if like else (None, None)
    table, filled, fills = impute(table, recipe.imputation, codes, fills)
    table, treated, tamed = treat(table, recipe.treatment, codes, tamed)
    cells += left_out + filled + treated
    made = _Made(recipe, table, like)
    for one in recipe.indicators:
        rule = one.normalisation or recipe.normalisation
        made.scores[one.code] = made.scaled(one.code, table.columns[one.code], rule, one.direction)
        made.coverage[one.code] = observed[one.code].astype(np.float64)
    for group in recipe.upward:
        made.add(group)
    cells += made.override()
    return made.run(cells, fills, tamed)


class _Made:
    """A run while it is being made."""

    def __init__(self, recipe: Recipe, table: Table, like: Run | None) -> None:
        self.recipe, self.table, self.like = recipe, table, like
        self.scales: Scales = dict(like.scales) if like else {}
        self.scores: dict[str, Values] = {}
        self.coverage: dict[str, Values] = {}
        self.weights: dict[str, Values] = {}
        self.own_weights: dict[str, Values] = {}
        self.withheld: dict[str, tuple[int, ...]] = {}

    def scaled(self, code: str, values: Values, rule: Normalisation, direction: int) -> Values:
        """`values` on the scale of the rule, fitted now or long ago."""
        refuse_no_log(self.table, code, values, rule)
        out = np.full(len(values), np.nan)
        for period, mask in pools(self.table, rule).items():
            key = (code, period)
            if not self.like:
                self.scales[key] = fit(code, values[mask], rule, direction, period)
            elif key not in self.scales:
                text = "no scale was fitted for this period"
                raise Faulty([Fault(f"{code} {period}".strip(), "no_scale", text)])
            out[mask] = self.scales[key].apply(values[mask])
        return out

    def add(self, group: Group) -> None:
        """The scores of one group, from those of its members."""
        recipe = self.recipe
        members = recipe.children[group.code]
        aggregation, weighing, missing = recipe.rules(group)
        scores = np.column_stack([self.scores[one.code] for one in members])
        given = np.array([one.weight for one in members], dtype=np.float64)
        if self.like and weighing != "bod":
            weight = self.like.weights[group.code]
        else:
            weight = weights(group.code, weighing, given, scores)
        if weighing == "bod":
            out = self.favour(group, scores)
        else:
            out = mean(group.code, aggregation, scores, weight, self.table.named)
        lacking = np.isnan(scores).any(axis=1)
        if missing != "skip":
            out = np.where(lacking & ~np.isnan(out), np.nan if missing == "withhold" else 0.0, out)
        covered = np.column_stack([self.coverage[one.code] for one in members]) @ weight
        short = covered < recipe.coverage - 1e-9
        self.withheld[group.code] = tuple(int(row) for row in np.flatnonzero(short))
        out = np.where(short, np.nan, out)
        if group.normalisation:
            out = self.scaled(group.code, out, group.normalisation, 1)
        self.scores[group.code], self.coverage[group.code] = out, covered
        # One line of weights would be untrue where each unit has its own.
        self.weights[group.code] = np.full(len(members), np.nan) if weighing == "bod" else weight

    def favour(self, group: Group, scores: Values) -> Values:
        """Benefit-of-the-doubt scores, among the rows of each period."""
        members = self.recipe.children[group.code]
        shares = [one.share or self.recipe.share for one in members]
        out, own = np.full(len(scores), np.nan), np.full(scores.shape, np.nan)
        peers, periods = scores, self.table.by_period
        if self.like:
            peers = np.column_stack([self.like.scores[one.code] for one in members])
            periods = self.like.table.by_period
        for period, mask in self.table.by_period.items():
            named = [self.table.named[row] for row in np.flatnonzero(mask)]
            found = favoured(group.code, scores[mask], peers[periods[period]], shares, named)
            out[mask], own[mask] = found.scores, found.weights
        self.own_weights[group.code] = own
        return out

    def override(self) -> list[Cell]:
        """Put the publisher's exceptions in; each is a cell of the log."""
        cells: list[Cell] = []
        for one in self.recipe.overrides:
            mask = overridden(self.table, one)
            before = self.scores[one.code]
            after = np.where(mask, np.nan if one.value is None else one.value, before)
            cells += changed(self.table, one.code, "override", before, after, one.reason)
            self.scores[one.code] = after
        return cells

    def run(self, cells: list[Cell], fills: Fills, tamed: dict[Key, Tamed]) -> Run:
        """Round, rank, and close."""
        published, rank, ranked = {}, {}, {}
        for group in self.recipe.groups:
            published[group.code] = rounded(self.scores[group.code], self.recipe.decimals)
            rank[group.code], ranked[group.code] = ranks_by_period(
                self.table, published[group.code], self.recipe.ties
            )
        return Run(
            recipe=self.recipe,
            table=self.table,
            scores=self.scores,
            published=published,
            coverage=self.coverage,
            rank=rank,
            ranked=ranked,
            cells=tuple(cells),
            withheld=self.withheld,
            scales=self.scales,
            weights=self.weights,
            own_weights=self.own_weights,
            fills=fills,
            tamed=tamed,
        )


def overridden(table: Table, one: Override) -> Mask:
    """The rows an exception is about."""
    rows: Mask = rows_named(table.units, one.unit)
    if one.period:
        rows = rows & (np.array(table.periods) == one.period)
    return rows


def rounded(values: Values, decimals: int | None) -> Values:
    """Half away from zero, after a whisker for what binary fractions lose; None rounds nothing.

    Numbers too large to have so many decimals stay as they are, and nothing becomes minus zero.
    """
    if decimals is None:
        return values
    scale = 10.0**decimals
    with np.errstate(over="ignore"):
        whole = np.floor(np.abs(values) * scale + 0.5 + 1e-9)
    out: Values = np.where(whole < WHOLE, np.copysign(whole, values) / scale + 0.0, values)
    return out


def _refuse_missing(recipe: Recipe, data: Table) -> None:
    faults = [
        Fault(f"column {name}", "column_missing", "the recipe needs it and the data has none")
        for name in recipe.columns
        if name not in data.columns
    ]
    faults += [
        Fault(f"column {name}", "column_missing", "the recipe needs it as text")
        for name in recipe.labels
        if name not in data.labels
    ]
    if faults:
        raise Faulty(faults)


def _refuse_large(recipe: Recipe, data: Table) -> None:
    faults = [
        Fault(
            f"{name}, unit {data.named[row]}",
            "number_too_large",
            f"{data.columns[name][row]:g} is too large to compute with",
        )
        for name in recipe.columns
        for row in np.flatnonzero(np.abs(data.columns[name]) > LARGEST)
    ]
    if faults:
        raise Faulty(faults)


def _denominated(recipe: Recipe, data: Table) -> Table:
    """The indicators, each over its denominator; over nothing or zero it is missing."""
    columns = {}
    for one in recipe.indicators:
        values = data.columns[one.code]
        if one.denominator:
            under = data.columns[one.denominator]
            with np.errstate(divide="ignore", invalid="ignore"):
                values = np.where(under == 0, np.nan, values / under)
        columns[one.code] = values
    return data.with_columns(columns)
