"""Units the publisher left out (影子評分、自行估算), scored by the measure of a run.

Scales, goalposts, weights, middles, caps and the frontier are those of the run; nobody of it
moves. What comes out is an own estimate: the rank the unit would have, beside how far that rank
moves with other weights, and with what the unit's own inputs leave open: the digits they were
rounded to, and their standard errors where these are known.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

import numpy as np

from minben.indicators.engine.choosing import chosen
from minben.indicators.engine.faults import Fault, Faulty
from minben.indicators.engine.many import Rows, Tree, periods_of
from minben.indicators.engine.ranking import ranks
from minben.indicators.engine.running import Run, rounded, run
from minben.indicators.engine.sameness import identity
from minben.indicators.engine.table import Cell, Mask, Table, Values

Source = Literal["weights", "inputs", "both"]
FEW, FINEST = 200, 12  # draws of inputs where each needs a linear programme; digits looked at


@dataclass(frozen=True, slots=True)
class Range:
    """5th and 95th percentile of a rank over draws; NaN where nothing was drawn."""

    low: float = float("nan")
    high: float = float("nan")


@dataclass(frozen=True)
class Estimate:
    """One composite of one unit that is not in the run.

    Args:
        score: unrounded; `published`: as the recipe rounds it.
        rank: that it would have; `of`: among how many, itself included.
        coverage: share of what the composite is made of that was observed, by weight.
        missing: indicators below it that have no value, also after imputation.
        withheld: whether the coverage rule leaves it without a score.
        ranges: of the rank, by what was drawn; for results only.
    """

    unit: str
    period: str
    code: str
    score: float
    published: float
    rank: float
    of: int
    coverage: float
    missing: tuple[str, ...]
    withheld: bool
    ranges: Mapping[Source, Range] = field(default_factory=dict)


@dataclass(frozen=True)
class Shadow:
    """Own estimates, and what was done to come by them.

    Args:
        estimates: of every group, unit by unit.
        later: the new rows as a run by the measure of the other.
        decimals: digits after the point that each column was taken to be rounded to.
        notes: what was not drawn, and why.
    """

    estimates: tuple[Estimate, ...]
    later: Run
    decimals: Mapping[str, int]
    draws: int
    seed: int
    notes: tuple[str, ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        """What of the new units is not what was observed."""
        return self.later.cells


def decimals_of(tables: Sequence[Table]) -> dict[str, int]:
    """Most digits after the point that any value of a column has.

    A column of whole numbers may be a count: it has no entry and is taken to be exact.
    """
    found: dict[str, int] = {}
    for table in tables:
        for name, values in table.columns.items():
            seen = values[np.isfinite(values)]
            digits = [
                -int(Decimal(repr(float(one))).normalize().as_tuple().exponent) for one in seen
            ]
            most = max(digits, default=0)
            if most > 0:
                found[name] = min(max(found.get(name, 0), most), FINEST)
    return found


def shadow(
    made: Run,
    data: Table,
    new: Table,
    *,
    errors: Table | None = None,
    draws: int = 1000,
    seed: int = 1,
    spread: float = 0.25,
) -> Shadow:
    """Score units that are not in a run.

    Args:
        data: what the run was made from; with `new` it shows to how many digits columns are told.
        new: rows of units that are not in the run, of periods that are.
        errors: standard errors, in the columns and rows of `new`; missing ones are none.
        spread: of every weight, as in `robustness.intervals`.

    Raises:
        Faulty: a unit is in the run, a period is not, or a step cannot be done.
    """
    _refuse(made, new)
    later = run(made.recipe, new, made)
    decimals = decimals_of([data, new])
    notes: list[str] = []
    drawing = _Drawing(made, new, errors, decimals, draws, seed, spread)
    estimates: list[Estimate] = []
    ranges = {code: drawing.ranges(later, code, notes) for code in made.recipe.results}
    for row in range(len(later.table)):
        estimates += [
            _estimate(made, later, row, group.code, ranges) for group in made.recipe.groups
        ]
    return Shadow(tuple(estimates), later, decimals, draws, seed, tuple(dict.fromkeys(notes)))


def _refuse(made: Run, new: Table) -> None:
    there = set(_known(made.table))
    faults = [
        Fault(f"unit {name}", "unit_there", "is in the run: it has its score there")
        for name, key in zip(new.named, _known(new), strict=True)
        if key in there
    ]
    if made.recipe.period.rule == "each":
        faults += [
            Fault(f"period {period}", "no_period", f"is not in the run; {periods_of(made)}")
            for period in new.by_period
            if period not in made.table.by_period
        ]
    if not len(new):
        faults.append(Fault("data", "nobody", "holds no unit"))
    if faults:
        raise Faulty(faults)


def _known(table: Table) -> list[tuple[str, str]]:
    """Unit and period of each row; a unit under another name is the same one."""
    codes = {unit: identity(unit) for unit in set(table.units)}
    return [(codes[unit], at) for unit, at in zip(table.units, table.periods, strict=True)]


def _estimate(
    made: Run, later: Run, row: int, code: str, ranges: Mapping[str, list[dict[Source, Range]]]
) -> Estimate:
    period = later.table.periods[row]
    published = made.published[code][made.table.by_period[period]]
    own = later.published[code][row]
    rank = ranks(np.append(published, own), made.recipe.ties)[-1]
    under = {group.code for group in made.recipe.under(code)}
    leaves = [one.code for one in made.recipe.indicators if one.parent in under]
    return Estimate(
        unit=later.table.units[row],
        period=period,
        code=code,
        score=float(later.scores[code][row]),
        published=float(own),
        rank=float(rank),
        of=int(np.sum(~np.isnan(published))) + int(not np.isnan(own)),
        coverage=float(later.coverage[code][row]),
        missing=tuple(leaf for leaf in leaves if np.isnan(later.scores[leaf][row])),
        withheld=row in later.withheld[code],
        ranges=ranges[code][row] if code in ranges else {},
    )


class _Drawing:
    """Draws of weights and of a unit's inputs, the same for all results."""

    def __init__(
        self,
        made: Run,
        new: Table,
        errors: Table | None,
        decimals: Mapping[str, int],
        draws: int,
        seed: int,
        spread: float,
    ) -> None:
        self.made, self.draws = made, draws
        # One row of each unit, of the period it is scored at, before it is denominated.
        self.new, _ = chosen(made.recipe, new, made.table)
        self.decimals, self.errors = decimals, _beside(self.new, errors)
        self.random = np.random.Generator(np.random.PCG64(seed))
        count = len(made.recipe.indicators) + len(made.recipe.groups)
        self.factors = 1 + spread * (2 * self.random.random((draws, count)) - 1)
        self.drawn: dict[str, Run] = {}

    def ranges(self, later: Run, code: str, notes: list[str]) -> list[dict[Source, Range]]:
        """Ranges of the rank in a result, for each row of `later`."""
        try:
            tree: Tree | None = Tree(self.made, code)
        except Faulty as error:
            notes.append(f"{error.faults[0]}")
            tree = None
        base = tree.published(tree.score(self.factors)) if tree else None
        out: list[dict[Source, Range]] = []
        for row, unit in enumerate(later.table.units):
            period = later.table.periods[row]
            mask = self.made.table.by_period[period]
            found: dict[Source, Range] = {}
            drawn = self.possible(unit, period, len(self.factors) if tree else FEW, notes)
            if drawn:
                fixed = self.made.published[code][mask]
                found["inputs"] = self.among(fixed, drawn.published[code])
            if tree and base is not None:
                found["weights"] = self.together(tree, base[:, mask], _rows(later, row))
                if drawn:
                    found["both"] = self.together(tree, base[:, mask], _rows(drawn, None))
            out.append(found)
        return out

    def together(self, tree: Tree, others: Values, rows: Rows) -> Range:
        """The range when everybody's weights are drawn, and `rows` are one row of each draw."""
        scores = tree.score(self.factors, rows)[:, 0]
        return self.among(others, rounded(scores, self.made.recipe.decimals))

    def among(self, others: Values, own: Values) -> Range:
        """The range of a unit's rank; `others` are one row of scores, or one of each draw."""
        if np.all(np.isnan(own)):
            return Range()
        together = np.column_stack([np.broadcast_to(others, (len(own), others.shape[-1])), own])
        place = ranks(together, self.made.recipe.ties)[:, -1]
        place = place[~np.isnan(place)]
        low, high = np.percentile(place, (5, 95), method="inverted_cdf")
        return Range(float(low), float(high))

    def possible(self, unit: str, period: str, count: int, notes: list[str]) -> Run | None:
        """`inputs`, or None with a note where some of them cannot be scored.

        Beside a value at the end of a scale there are others beyond it, of which a geometric mean
        may not exist. The score itself does.
        """
        try:
            return self.inputs(unit, period, count)
        except Faulty as error:
            why = re.sub(r"#\d{6}", "", str(error.faults[0]))
            notes.append(f"inputs of {unit} are not drawn: with some of them {why}")
            return None

    def inputs(self, unit: str, period: str, count: int) -> Run:
        """A unit many times over, each time with other inputs, by the measure of the run."""
        key = f"{unit}\n{period}\n{count}"
        if key not in self.drawn:
            row = next(
                n
                for n, one in enumerate(zip(self.new.units, self.new.periods, strict=True))
                if one == (unit, period)
            )
            one = self.new.rows([row] * count)
            columns = {name: self.moved(name, row, one) for name in one.columns}
            units = tuple(f"{unit}#{n:06}" for n in range(count))
            many = Table(units, one.periods, columns, one.labels)
            self.drawn[key] = run(self.made.recipe, many, self.made)
        return self.drawn[key]

    def moved(self, name: str, row: int, many: Table) -> Values:
        """A column's value as it may have been before it was rounded and measured.

        What is above zero stays so: a logarithm or a fraction may follow.
        """
        value = float(self.new.columns[name][row])
        out = many.columns[name].copy()
        if name in self.decimals:
            out += (self.random.random(len(many)) - 0.5) * 10.0 ** -self.decimals[name]
        error = float(self.errors[name][row])
        if error > 0:
            out += error * self.random.standard_normal(len(many))
        return np.maximum(out, value / 1000) if value > 0 else out


def _rows(later: Run, row: int | None) -> Rows:
    """One row as it is, or all rows of a run as one row that differs from draw to draw."""
    at: slice | Mask = slice(row, row + 1) if row is not None else slice(None)
    codes = [one.code for one in later.recipe.indicators]
    leaves = {code: later.scores[code][at] for code in codes}
    observed = {code: later.coverage[code][at][:1] for code in codes}
    if row is None:
        leaves = {code: values[:, None] for code, values in leaves.items()}
    period = later.table.periods[row or 0]
    return Rows(leaves, observed, {period: np.ones(1, dtype=bool)})


def _beside(new: Table, errors: Table | None) -> dict[str, Values]:
    """Standard errors in the rows of `new`; 0 where none is known. Raises Faulty for negative."""
    out = {name: np.zeros(len(new)) for name in new.columns}
    if errors is None:
        return out
    place = {key: n for n, key in enumerate(zip(errors.units, errors.periods, strict=True))}
    there = set(zip(new.units, new.periods, strict=True))
    if strange := [errors.named[n] for key, n in place.items() if key not in there]:
        text = "has standard errors, and is not among the units to be scored"
        raise Faulty(Fault(f"unit {name}", "unit_missing", text) for name in strange)
    for row, key in enumerate(zip(new.units, new.periods, strict=True)):
        if key not in place:
            continue
        for name, values in errors.columns.items():
            value = float(values[place[key]])
            if value < 0:
                text = f"a standard error cannot be {value:g}"
                raise Faulty([Fault(f"{name}, unit {new.named[row]}", "error_negative", text)])
            if not np.isnan(value):
                out[name][row] = value
    return out
