"""A table of estimates from answers and a document (估計表): each with error, n, effect of design.

A row that did not answer stays in the design and out of the estimate; how many there were is told.
"""

from dataclasses import dataclass
from math import nan

import numpy as np

from minben.indicators.engine.faults import Fault, Faulty
from minben.indicators.engine.table import Mask, Values
from minben.indicators.surveys.beta import t_quantile
from minben.indicators.surveys.design import Design, sampled
from minben.indicators.surveys.document import BETWEEN, Asked, Document, Fit
from minben.indicators.surveys.estimating import Estimate, mean, total
from minben.indicators.surveys.intervals import share_interval
from minben.indicators.surveys.microdata import Microdata, checked
from minben.indicators.surveys.raking import Convergence, poststratify, rake

FEW = 30  # answers: below, a table says that there are few
HEADER = (
    "column", "what", "answers", "among", "domain", "estimate", "se", "low", "high", "interval",
    "level", "n", "not_answered", "deff", "n_effective", "degrees", "remark",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One estimate of a table.

    Args:
        domain: value of the column the table is split by; empty: all.
        low, high: interval, by the method `interval` names; NaN where it has none.
        not_answered: rows that were asked and did not answer.
        remark: ``few`` for less than 30 answers, ``not_converged`` where no weights fit the totals.
    """

    asked: Asked
    domain: str
    found: Estimate
    low: float
    high: float
    interval: str
    level: float
    not_answered: int
    remark: str


@dataclass(frozen=True, slots=True)
class Estimates:
    """A whole table; `fitting` is None where weights were left as they are."""

    lines: tuple[Line, ...]
    design: Design
    fitting: Convergence | None


def estimates(document: Document, data: Microdata, by: str = "") -> Estimates:
    """Everything a document asks for, of all and of every value of the column `by`.

    Raises:
        Faulty: with line and column of every fault.
    """
    design = checked(lambda: _drawn(document, data), data)
    design, fitting = _fitted(document, data, design)
    domains: list[tuple[str, Mask]] = [("", np.ones(len(data), dtype=bool))]
    if by:
        told = np.array(data.labels(by))
        domains += [(str(label), told == label) for label in sorted(set(told.tolist()))]
    converged = fitting is None or fitting.converged
    lines = [
        _line(document, data, design, asked, domain, inside, converged=converged)
        for asked in document.asked
        for domain, inside in domains
    ]
    return Estimates(tuple(lines), design, fitting)


def _drawn(document: Document, data: Microdata) -> Design:
    return sampled(
        len(data),
        weights=data.positive(document.weight) if document.weight else None,
        strata=data.labels(document.strata) if document.strata else None,
        clusters=[data.labels(column) for column in document.clusters],
        populations=[data.positive(column) for column in document.populations],
        lonely=document.lonely,
    )


def _fitted(
    document: Document, data: Microdata, design: Design
) -> tuple[Design, Convergence | None]:
    if not document.fits:
        return design, None
    margins = [(_cells(fit, data), fit.totals) for fit in document.fits]
    if len(margins) == 1:
        return poststratify(design, *margins[0], limit=document.trim)
    return rake(design, margins, limit=document.trim)


def _cells(fit: Fit, data: Microdata) -> list[str]:
    """The cell of every row; a row without a total is a fault with its line."""
    columns = [data.labels(column) for column in fit.columns]
    cells = [BETWEEN.join(parts) for parts in zip(*columns, strict=True)]
    faults = [
        Fault(data.where(row, fit.columns[0]), "no_total", f"{cell!r} has no total in the document")
        for row, cell in enumerate(cells)
        if cell not in fit.totals
    ]
    if faults:
        raise Faulty(faults)
    return cells


def _line(
    document: Document,
    data: Microdata,
    design: Design,
    asked: Asked,
    domain: str,
    inside: Mask,
    *,
    converged: bool,
) -> Line:
    if asked.among is not None:
        column, values = asked.among
        inside = inside & np.isin(np.array(data.text(column)), values)
    answered = data.answered(asked.column, document.nonresponse)
    kept = inside & answered
    if not kept.any():
        where = f"{data.name}, column {asked.column}" + (f", {domain}" if domain else "")
        raise Faulty([Fault(where, "nobody", "nobody answered: there is nothing to estimate")])
    found = _estimate(document, data, design, asked, kept)
    low, high, how = _interval(document, asked, found)
    left_out = int((inside & ~answered).sum())
    remarks = ("few" if found.n < FEW else "", "" if converged else "not_converged")
    remark = " ".join(filter(None, remarks))
    return Line(asked, domain, found, low, high, how, document.level, left_out, remark)


def _estimate(
    document: Document, data: Microdata, design: Design, asked: Asked, kept: Mask
) -> Estimate:
    if asked.what == "share":
        told = np.array(data.text(asked.column))
        _refuse_answers(data, asked, set(told[kept].tolist()))
        return mean(design, np.isin(told, asked.answers).astype(np.float64), kept)
    values: Values = data.numbers(asked.column, document.nonresponse)
    return mean(design, values, kept) if asked.what == "mean" else total(design, values, kept)


def _refuse_answers(data: Microdata, asked: Asked, given: set[str]) -> None:
    """An answer that nobody in the file gave is more likely misspelt than without anybody."""
    everything = set(data.text(asked.column))
    faults = [
        Fault(f"{data.name}, column {asked.column}", "no_such_answer", f"nobody answered {one!r}")
        for one in asked.answers
        if one not in everything
    ]
    if faults and given:
        raise Faulty(faults)


def _interval(document: Document, asked: Asked, found: Estimate) -> tuple[float, float, str]:
    if asked.what == "share":
        ends = share_interval(found, document.interval, document.level)
        return ends.low, ends.high, ends.how
    if found.degrees < 1:
        return nan, nan, "t"
    reach = t_quantile(0.5 + document.level / 2, found.degrees) * found.se
    return found.value - reach, found.value + reach, "t"


def rows_of(table: Estimates) -> list[tuple[str, ...]]:
    """The table as text, a row for every line, in the columns of `HEADER`."""

    def told(value: float) -> str:
        return "" if np.isnan(value) else f"{value:.10g}"

    return [
        (
            line.asked.column,
            line.asked.what,
            BETWEEN.join(line.asked.answers),
            "" if line.asked.among is None else "=".join(_among(line.asked.among)),
            line.domain,
            told(line.found.value),
            told(line.found.se),
            told(line.low),
            told(line.high),
            line.interval,
            told(line.level),
            str(line.found.n),
            str(line.not_answered),
            told(line.found.deff),
            told(line.found.n_effective),
            str(line.found.degrees),
            line.remark,
        )
        for line in table.lines
    ]


def _among(among: tuple[str, tuple[str, ...]]) -> tuple[str, str]:
    return among[0], BETWEEN.join(among[1])
