"""What each file of a source is (資料來源履歷): the facts by which it is known again.

After the pattern of one sheet per source with a table of its variables, so that whoever has the
file can see by hash and figures that it is the same, and who has not can see what was in it.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from math import isnan

from minben.indicators.reading.stated import Content, Stated


@dataclass(frozen=True)
class VariableSheet:
    """A column of a file.

    Args:
        n: observations with a value, or with a text in a column of labels.
        missing: observations without.
        low, high: least and greatest value; None where there is none.
        decimals: most digits behind the decimal mark of any value.
    """

    code: str
    kind: str
    name: str
    measure: str
    n: int
    missing: int
    low: float | None
    high: float | None
    decimals: int


@dataclass(frozen=True)
class SourceSheet:
    """A file.

    Args:
        file: its name.
        sha256: of its bytes, in hexadecimal digits.
        size: bytes.
        format: as in `Content.formats`.
        units: how many different ones are named.
        periods: in order; empty if the file has none.
        rows: units × periods that are stated.
        variables: its columns.
    """

    file: str
    sha256: str
    size: int
    format: str
    units: int
    periods: tuple[str, ...]
    rows: int
    variables: tuple[VariableSheet, ...]


def sheets(files: Mapping[str, bytes], content: Content) -> tuple[SourceSheet, ...]:
    """A sheet per file, in the order of the files; those that state nothing have empty ones."""
    by_file: dict[str, list[Stated]] = {name: [] for name in files}
    for one in content.stated:
        by_file[one.file].append(one)
    return tuple(_sheet(name, files[name], told, content) for name, told in by_file.items())


def _sheet(name: str, content: bytes, stated: list[Stated], whole: Content) -> SourceSheet:
    by_code: dict[str, list[Stated]] = {}
    for one in stated:
        by_code.setdefault(one.indicator, []).append(one)
    return SourceSheet(
        file=name,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        format=whole.formats.get(name, ""),
        units=len({one.unit for one in stated}),
        periods=tuple(sorted({one.period for one in stated} - {""})),
        rows=len({(one.unit, one.period) for one in stated}),
        variables=tuple(_variable(code, told, whole) for code, told in by_code.items()),
    )


def _variable(code: str, stated: list[Stated], whole: Content) -> VariableSheet:
    about = whole.variables[code]
    values = [one.value for one in stated if not isnan(one.value)]
    n = len(values) if about.kind == "number" else sum(bool(one.text) for one in stated)
    return VariableSheet(
        code=code,
        kind=about.kind,
        name=about.name,
        measure=about.measure,
        n=n,
        missing=len(stated) - n,
        low=min(values, default=None),
        high=max(values, default=None),
        decimals=max(map(decimals, values), default=0),
    )


def decimals(value: float) -> int:
    """Digits behind the decimal mark that tell a number from every other: 2 for 0.25."""
    digits, _, power = f"{value!r}".partition("e")
    behind = len(digits.partition(".")[2].rstrip("0"))
    return max(0, behind - int(power or 0))
