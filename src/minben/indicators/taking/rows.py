"""One observation before it is written (觀測值)."""

from typing import NamedTuple


class Row(NamedTuple):
    """One observation as it would be written; codes of indicator and unit."""

    indicator: str
    unit: str
    period: str
    value: float | None
    n: int | None
    se: float | None
    status: str
    file: str
    place: str
