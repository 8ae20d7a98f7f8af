"""Published shares of several waves in CSV (歷次調查結果), compared wave by wave.

A header ``series,base,period,share`` and, where known, ``n`` and ``deff``; one line per figure.
"""

import re
from dataclasses import dataclass
from itertools import pairwise
from math import isnan

from minben.indicators.engine.faults import Fault, Faulty
from minben.indicators.surveys.microdata import Microdata, microdata_of
from minben.indicators.surveys.waves import Change, Wave, compare, holm

NEEDED, MAY_BE = ("series", "base", "period", "share"), ("n", "deff")
HEADER = (
    "series", "base", "from", "to", "share_from", "share_to", "points", "growth", "growth_low",
    "growth_high", "se", "low", "high", "n_from", "n_to", "deff_from", "deff_to", "label",
    "stands_after_holm",
)  # fmt: skip
PERIOD = re.compile(r"(1[89]|20|21)\d\d(-(\d\d|Q[1-4]|[HS][12]|W\d\d))?")


@dataclass(frozen=True, slots=True)
class Step:
    """From one wave of a series to the next; `stands` after correcting for many tests."""

    series: str
    earlier: str
    period: str
    before: Wave
    after: Wave
    change: Change
    stands: bool | None


def steps_of(name: str, content: bytes, *, matters: float = 2.0, level: float = 0.95) -> list[Step]:
    """Every step of every series in a file, in the order of the file.

    Raises:
        Faulty: a column is missing or unknown, a figure twice, a cell that is no number, a share
            outside 0 to 100, or a series whose base changes.
    """
    data = microdata_of(name, content)
    waves = _waves(data)
    steps: list[tuple[str, str, str, Wave, Wave, Change]] = []
    faults: list[Fault] = []
    for series, told in waves.items():
        periods = sorted(told)
        for earlier, period in pairwise(periods):
            row, before = told[earlier]
            row, after = told[period]
            try:
                change = compare(before, after, matters=matters, level=level)
            except Faulty as error:
                faults += [
                    Fault(data.where(row, _column(one)), one.code, one.text) for one in error.faults
                ]
                continue
            steps.append((series, earlier, period, before, after, change))
    if faults:
        raise Faulty(faults)
    if not steps:
        raise Faulty([Fault(name, "one_wave", "no series has two periods to compare")])
    stands = holm([step[-1] for step in steps], level)
    return [Step(*step, one) for step, one in zip(steps, stands, strict=True)]


def _column(fault: Fault) -> str:
    return fault.where if fault.where == "base" else "share"


def _waves(data: Microdata) -> dict[str, dict[str, tuple[int, Wave]]]:
    """Row and wave of every series and period."""
    unknown = [one for one in data.header if one not in (*NEEDED, *MAY_BE)]
    faults = [
        Fault(f"{data.name}, line 1", "unknown_column", f"{one!r} is not known here")
        for one in unknown
    ]
    faults += [
        Fault(f"{data.name}, line 1", "column_missing", f"has no column {one!r}")
        for one in NEEDED
        if one not in data.header
    ]
    if faults:
        raise Faulty(faults)
    columns = {one: data.labels(one) for one in NEEDED}
    share = data.numbers("share", ())
    sizes = data.numbers("n", ()) if "n" in data.header else share * float("nan")
    deffs = data.numbers("deff", ()) if "deff" in data.header else share * float("nan")
    out: dict[str, dict[str, tuple[int, Wave]]] = {}
    for row, (series, period) in enumerate(zip(columns["series"], columns["period"], strict=True)):
        wave = Wave(
            float(share[row]),
            None if isnan(sizes[row]) else int(sizes[row]),
            columns["base"][row],
            1.0 if isnan(deffs[row]) else float(deffs[row]),
            _decimals(columns["share"][row]),
        )
        faults += _faults(data, row, wave, period, float(sizes[row]))
        if period in out.setdefault(series, {}):
            first = data.lines[out[series][period][0]]
            text = f"{series} has a figure for {period} already in line {first}"
            faults.append(Fault(data.where(row, "period"), "duplicate", text))
        out[series][period] = (row, wave)
    if faults:
        raise Faulty(faults)
    return out


def _faults(data: Microdata, row: int, wave: Wave, period: str, n: float) -> list[Fault]:
    out = []
    if not PERIOD.fullmatch(period):
        text = f"{period!r} is no period such as 2019, 2019-Q3 or 2019-07"
        out.append(Fault(data.where(row, "period"), "period", text))
    if not 0 <= wave.share <= 100:
        text = "must be a share between 0 and 100 per cent"
        out.append(Fault(data.where(row, "share"), "share", text))
    if wave.n is not None and (wave.n < 1 or n != wave.n):
        out.append(Fault(data.where(row, "n"), "n", "must be a whole number above zero"))
    if not wave.deff > 0:
        out.append(Fault(data.where(row, "deff"), "deff", "must be above zero"))
    return out


def _decimals(written: str) -> int:
    return len(written.partition(".")[2])


def rows_of(steps: list[Step]) -> list[tuple[str, ...]]:
    """The steps as text, in the columns of `HEADER`."""

    def told(value: float | None) -> str:
        return "" if value is None else f"{value:.6g}"

    return [
        (
            step.series, step.before.base, step.earlier, step.period,
            told(step.before.share), told(step.after.share), told(step.change.points),
            told(step.change.growth), told(step.change.growth_low), told(step.change.growth_high),
            told(step.change.se), told(step.change.low), told(step.change.high),
            str(step.before.n or ""), str(step.after.n or ""),
            told(step.before.deff), told(step.after.deff), step.change.label.value,
            {True: "yes", False: "no", None: ""}[step.stands],
        )
        for step in steps
    ]  # fmt: skip
