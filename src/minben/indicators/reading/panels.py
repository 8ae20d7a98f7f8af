"""Observations as columns of numbers (追蹤資料): a row is a unit in a period."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from minben.indicators.engine.table import Mask, Values
from minben.indicators.reading.stated import Content, Stated

Places = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Panel:
    """Every column of numbers of a content.

    Args:
        units, periods: of each row; rows are ordered by period, then by unit.
        columns: numbers by indicator, one per row, NaN where missing or not stated.
        places: by indicator, the number of each row's observation in `stated`; -1 for none.
        labels: texts by column of labels, empty where not stated.
    """

    stated: Sequence[Stated]
    units: tuple[str, ...]
    periods: tuple[str, ...]
    columns: Mapping[str, Values]
    places: Mapping[str, Places]
    labels: Mapping[str, tuple[str, ...]]

    def __len__(self) -> int:
        return len(self.units)

    def where(self, code: str, row: int) -> str:
        """Where the observation of a row stands."""
        place = int(self.places[code][row])
        return self.stated[place].where if place >= 0 else code

    def named(self, row: int) -> str:
        """Unit and period of a row, in words."""
        return " ".join(filter(None, (self.units[row], self.periods[row])))

    @cached_property
    def by_period(self) -> dict[str, Mask]:
        """The rows of each period, in the order of the periods."""
        told = np.array(self.periods, dtype=object)
        return {period: told == period for period in dict.fromkeys(self.periods)}

    @cached_property
    def by_unit(self) -> tuple[Places, ...]:
        """The numbers of the rows of each unit, in the order of the periods."""
        rows: dict[str, list[int]] = {}
        for number, unit in enumerate(self.units):
            rows.setdefault(unit, []).append(number)
        return tuple(np.array(numbers, dtype=np.int64) for numbers in rows.values())


def panel_of(content: Content, wanted: Collection[str] = ()) -> Panel:
    """The columns of a content.

    Args:
        wanted: columns to make even if nothing is stated of them.
    """
    stated = content.stated
    keys = sorted({(one.period, one.unit) for one in stated})
    row = {key: number for number, key in enumerate(keys)}
    codes = [code for code, one in content.variables.items() if one.kind == "number"]
    codes += [code for code in wanted if code not in content.variables]
    columns = {code: np.full(len(keys), np.nan) for code in codes}
    places = {code: np.full(len(keys), -1, dtype=np.int64) for code in codes}
    labels = {
        code: [""] * len(keys) for code, one in content.variables.items() if one.kind == "label"
    }
    for number, one in enumerate(stated):
        at = row[one.period, one.unit]
        if one.text is None:
            columns[one.indicator][at] = one.value
            places[one.indicator][at] = number
        else:
            labels[one.indicator][at] = one.text
    return Panel(
        stated,
        tuple(unit for _, unit in keys),
        tuple(period for period, _ in keys),
        columns,
        places,
        {code: tuple(texts) for code, texts in labels.items()},
    )
