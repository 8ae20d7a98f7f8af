"""The data a method is computed on, as a file (計算所用之資料).

The file is made from the registry alone and in one order, so the same observations are the same
bytes, and their hash names the vintage.
"""

import csv
import io
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from minben.indicators.engine.recipe import Recipe
from minben.indicators.engine.table import Table
from minben.indicators.keeping import csv_of
from minben.indicators.models import Membership, Unit
from minben.indicators.queries.current import observed
from minben.indicators.rules import UnitKind

FILE = "observations.csv"


@dataclass(frozen=True)
class Vintage:
    """Data files by name, and the imports they rest on."""

    files: dict[str, bytes]
    intakes: tuple[int, ...]


def vintage(recipe: Recipe) -> Vintage:
    """All a recipe needs that was observed, one line per unit and period; none: no files.

    Aggregates are no units among units: a region would be ranked with its own countries.
    """
    left_out = set(
        Unit.objects.filter(kind=UnitKind.AGGREGATE).values_list("code", flat=True).order_by("code")
    )
    lines: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    intakes = set()
    for seen in observed(indicators=recipe.columns):
        if seen.value is None or seen.unit in left_out:
            continue
        lines[seen.period, seen.unit][seen.indicator] = seen.value
        intakes.add(seen.intake_id)
    if not lines:
        return Vintage({}, ())
    groups = _groups(recipe.labels, {unit for _, unit in lines})
    header = ("unit", "period", *recipe.labels, *recipe.columns)
    rows = (
        (
            unit,
            period,
            *(_group(groups, family, unit, period) for family in recipe.labels),
            *(_told(values.get(code)) for code in recipe.columns),
        )
        for (period, unit), values in sorted(lines.items())
    )
    return Vintage({FILE: csv_of(header, rows)}, tuple(sorted(intakes)))


def table_of(files: Mapping[str, bytes], recipe: Recipe) -> Table:
    """What `vintage` wrote, as the reader of any file would read it (a test compares).

    It was checked when it was computed on, so nothing is looked for here: not other forms, not
    misspelt units, which takes ten times as long.
    """
    header, *rows = csv.reader(io.StringIO(files[FILE].decode(), newline=""))
    told = dict(zip(header, zip(*rows, strict=True), strict=True))
    return Table(
        units=told["unit"],
        periods=told["period"],
        columns={
            code: np.array([float(value or "nan") for value in told[code]])
            for code in recipe.columns
        },
        labels={family: told[family] for family in recipe.labels},
    )


def _told(value: float | None) -> str:
    """As many digits as the number has: what is read back is the same number."""
    return "" if value is None else repr(value)


Spans = list[tuple[date, date, str]]


def _groups(families: Collection[str], units: Collection[str]) -> dict[tuple[str, str], Spans]:
    """When each unit was in which group, by family and unit."""
    out: dict[tuple[str, str], Spans] = defaultdict(list)
    if not families:
        return out
    rows = Membership.objects.filter(group__family__in=families, unit__code__in=units)
    for family, unit, code, start, end in rows.order_by("valid_from", "id").values_list(
        "group__family", "unit__code", "group__code", "valid_from", "valid_until"
    ):
        out[family, unit].append((start or date.min, end or date.max, code))
    return out


def _group(groups: dict[tuple[str, str], Spans], family: str, unit: str, period: str) -> str:
    """The group a unit was in on the first day of the year of a period; later joins win."""
    day = date(int(period[:4]), 1, 1)
    standing = [code for start, end, code in groups[family, unit] if start <= day < end]
    return standing[-1] if standing else ""
