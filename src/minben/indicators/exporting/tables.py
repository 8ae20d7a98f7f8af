"""Numbers as CSV (逗號分隔檔): one line a number, in UTF-8, with a point as decimal mark.

Source: RFC 4180; SDMX-CSV 1.0 (SDMX Technical Working Group) for the second form.
"""

from collections.abc import Iterable, Sequence

from minben.indicators.exporting.dataset import Dataset, Line, Place, told
from minben.indicators.keeping import csv_of

LINES = ("indicator", "unit", "period", "value", "n", "se", "status")
PLACES = ("indicator", "unit", "period", "value", "rank", "of", "coverage", "withheld")
SDMX = ("DATAFLOW", "INDICATOR", "REF_AREA", "TIME_PERIOD", "OBS_VALUE", "OBS_STATUS")
MISSING = "M"


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A table as a file for a spreadsheet, with the line ends of RFC 4180.

    Cells stand as they are: text that anybody may write is made `formula_safe` by whoever hands
    it over, for numbers below zero begin like formulas too.
    """
    return csv_of(header, rows, ends="\r\n")


def observations_csv(dataset: Dataset) -> bytes:
    """Observations, long: indicator, unit, period, value, n, se, status."""
    return csv_bytes(LINES, (_line(one) for one in dataset.lines))


def places_csv(dataset: Dataset) -> bytes:
    """Composites, long as well, with rank, among how many, and coverage."""
    return csv_bytes(PLACES, (_place(one) for one in dataset.places))


def sdmx_csv(dataset: Dataset) -> bytes:
    """SDMX-CSV of observations, and of composites as indicators of their own.

    The flow is named after the dataset; a number that is missing has the status M.
    """
    flow = f"MINBEN:{dataset.code.upper().replace('.', '_')}(1.0)"
    rows = [
        (flow, one.indicator, one.unit, one.period, told(one.value), _status(one.value, one.status))
        for one in dataset.lines
    ]
    rows += [
        (flow, one.code, one.unit, one.period, told(one.score), _status(one.score, ""))
        for one in dataset.places
    ]
    return csv_bytes(SDMX, rows)


def _status(value: float | None, status: str) -> str:
    return status or ("A" if value is not None else MISSING)


def _line(one: Line) -> tuple[str, ...]:
    n = "" if one.n is None else str(one.n)
    return (one.indicator, one.unit, one.period, told(one.value), n, told(one.se), one.status)


def _place(one: Place) -> tuple[str, ...]:
    return (
        one.code,
        one.unit,
        one.period,
        told(one.score),
        told(one.rank),
        str(one.of),
        told(one.coverage),
        "true" if one.withheld else "false",
    )
