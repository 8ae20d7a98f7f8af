"""Values by unit, period and column (資料表). Missing is NaN, and nothing else is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Table:
    """Rows are unit × period; each column has one value per row.

    Args:
        units: code of the unit of each row.
        periods: period of each row, such as ``2018``; empty where data has none.
        columns: numbers by column.
        labels: texts by column, such as the group a unit belongs to.
    """

    units: tuple[str, ...]
    periods: tuple[str, ...]
    columns: Mapping[str, Values]
    labels: Mapping[str, tuple[str, ...]]

    def __len__(self) -> int:
        return len(self.units)

    @cached_property
    def by_period(self) -> dict[str, Mask]:
        """The rows of each period, in the order of the periods."""
        told = np.array(self.periods, dtype=object)
        return {period: told == period for period in sorted(set(self.periods))}

    @cached_property
    def named(self) -> tuple[str, ...]:
        """Each row in words: its unit, and its period where there is one."""
        pairs = zip(self.units, self.periods, strict=True)
        return tuple(f"{unit} {period}".strip() for unit, period in pairs)

    def with_columns(self, columns: Mapping[str, Values]) -> "Table":
        """The same rows with other numbers."""
        return replace(self, columns=columns)

    def rows(self, keep: Sequence[int]) -> "Table":
        """Some of the rows, in the given order."""
        chosen = list(keep)
        return Table(
            units=tuple(self.units[row] for row in chosen),
            periods=tuple(self.periods[row] for row in chosen),
            columns={name: values[chosen] for name, values in self.columns.items()},
            labels={
                name: tuple(texts[row] for row in chosen) for name, texts in self.labels.items()
            },
        )


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that is not what was observed.

    Args:
        unit, period, column: which.
        what: ``carried``, ``screened``, ``imputed``, ``winsorised``, ``transformed`` or
            ``override``; of ``screened`` the column is empty, for the whole row is left out.
        before: NaN if nothing was there.
        after: what the run goes on with.
        why: the rule that did it, or the reason given.
    """

    unit: str
    period: str
    column: str
    what: str
    before: float
    after: float
    why: str


def changed(
    table: Table, column: str, what: str, before: Values, after: Values, why: str
) -> list[Cell]:
    """A `Cell` for every row in which the two differ."""
    same = (before == after) | (np.isnan(before) & np.isnan(after))
    return [
        Cell(
            table.units[row],
            table.periods[row],
            column,
            what,
            float(before[row]),
            float(after[row]),
            why,
        )
        for row in np.flatnonzero(~same)
    ]
