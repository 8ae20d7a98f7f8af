"""Whom and when (納入單位、期間選取): the rows a recipe counts, before anything is computed.

Who and what is left out or comes from another period is told cell by cell.
"""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from minben.indicators.engine.faults import Fault, Faulty
from minben.indicators.engine.recipe import Period, Recipe, Screen, Units
from minben.indicators.engine.sameness import rows_named
from minben.indicators.engine.table import Cell, Table, Values

YEAR = 4  # digits


def counted(table: Table, rule: Units) -> Table:
    """The rows of the units a recipe counts.

    Raises:
        Faulty: a listed unit has no row, or nobody is left.
    """
    if rule.only:
        listed = {unit: rows_named(table.units, unit) for unit in rule.only}
        lacking = [unit for unit, rows in listed.items() if not rows.any()]
        if lacking:
            raise Faulty(
                Fault(f"unit {unit}", "unit_missing", "the recipe counts it and the data has none")
                for unit in lacking
            )
        return table.rows(np.flatnonzero(np.logical_or.reduce(list(listed.values()))).tolist())
    if rule.label:
        said = table.labels[rule.label]
        keep = [row for row, text in enumerate(said) if text == rule.equals]
        if not keep:
            text = f"no unit says {rule.equals!r}: nobody would be counted"
            raise Faulty([Fault(f"column {rule.label}", "nobody", text)])
        return table.rows(keep)
    return table


def ages(periods: Iterable[str], target: str) -> dict[str, int]:
    """How old each period is at the target: in years where all are years, else in places."""
    order = sorted({*periods, target})
    if all(len(one) == YEAR and one.isdecimal() for one in order):
        return {one: int(target) - int(one) for one in order}
    return {one: order.index(target) - n for n, one in enumerate(order)}


def latest(table: Table, rule: Period) -> tuple[Table, list[Cell]]:
    """One row per unit, of the target period, with the latest value of each column.

    Returns the table and a ``carried`` cell for every value of an earlier period. A unit with
    nothing recent enough has no row, and a ``screened`` cell.
    """
    if rule.rule == "each" or not len(table):
        return table, []
    target = rule.target or max(table.periods)
    age = ages(table.periods, target)
    rows: dict[str, list[int]] = {}
    for row in sorted(range(len(table)), key=lambda row: age[table.periods[row]]):
        if 0 <= age[table.periods[row]] <= rule.most_back:
            rows.setdefault(table.units[row], []).append(row)
    if not rows:
        known = ", ".join(sorted(set(table.periods))[-8:])
        others = f"there is {known}" if known else "the data names no periods"
        text = f"nothing is at most {rule.most_back} older than {target}; {others}"
        raise Faulty([Fault("period", "no_period", text)])
    units = sorted(rows)
    why = f"nothing is at most {rule.most_back} older than {target}"
    cells = [
        Cell(unit, target, "", "screened", np.nan, np.nan, why)
        for unit in sorted(set(table.units) - set(units))
    ]
    columns = {}
    for name, values in table.columns.items():
        columns[name] = np.full(len(units), np.nan)
        for place, unit in enumerate(units):
            there = next((row for row in rows[unit] if not np.isnan(values[row])), None)
            if there is None:
                continue
            columns[name][place] = values[there]
            if (period := table.periods[there]) != target:
                value, source = float(values[there]), f"latest, from {period}"
                cells.append(Cell(unit, target, name, "carried", np.nan, value, source))
    labels = {
        name: tuple(next((texts[row] for row in rows[unit] if texts[row]), "") for unit in units)
        for name, texts in table.labels.items()
    }
    return Table(tuple(units), (target,) * len(units), columns, labels), cells


def screened(table: Table, rule: Screen, codes: list[str]) -> tuple[Table, list[Cell]]:
    """The rows of which enough is known, and a ``screened`` cell for each of the others.

    Raises:
        Faulty: nobody is left.
    """
    if rule == Screen() or not len(table):
        return table, []
    values = np.column_stack([table.columns[code] for code in codes])
    there = ~np.isnan(values)
    share = there.mean(axis=1)
    zeros = (values == 0).sum(axis=1) / np.maximum(there.sum(axis=1), 1)
    short, empty = share < rule.available - 1e-9, zeros > rule.zeros + 1e-9
    cells = [
        _left_out(table, int(row), rule, share, zeros) for row in np.flatnonzero(short | empty)
    ]
    keep = [int(row) for row in np.flatnonzero(~(short | empty))]
    if not keep:
        raise Faulty(
            Fault(
                f"unit {cell.unit} {cell.period}".strip(), "screened", f"nobody is left: {cell.why}"
            )
            for cell in cells
        )
    return table.rows(keep), cells


def _left_out(table: Table, row: int, rule: Screen, share: Values, zeros: Values) -> Cell:
    if share[row] < rule.available - 1e-9:
        why = f"{share[row]:.3g} of the indicators have a value, {rule.available:g} must"
    else:
        why = f"{zeros[row]:.3g} of its values are zero, {rule.zeros:g} may be"
    return Cell(table.units[row], table.periods[row], "", "screened", np.nan, np.nan, why)


def chosen(recipe: Recipe, table: Table, like: Table | None) -> tuple[Table, list[Cell]]:
    """The rows before denominating.

    Args:
        like: the rows of the run that is followed, if one is; then the list of units does not
            count, and the latest values are those at that run's period.
    """
    if like is None:
        return latest(counted(table, recipe.units), recipe.period)
    return latest(table, replace(recipe.period, target=max(like.periods, default="")))
