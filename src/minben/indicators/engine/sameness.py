"""Which rows are of a unit that is named (同一單位): also under another name it is known by."""

from collections.abc import Sequence

import numpy as np

from minben.indicators.catalogue import resolve
from minben.indicators.engine.table import Mask


def identity(name: str) -> str:
    """What a name stands for: the code of a country or county, else the name itself."""
    unit = resolve(name)
    return unit.code if unit else name


def rows_named(units: Sequence[str], name: str) -> Mask:
    """The rows of a unit: a recipe that says LBY means Libya as well."""
    wanted = identity(name)
    same = {unit for unit in set(units) if unit == name or identity(unit) == wanted}
    return np.array([unit in same for unit in units], dtype=bool)
