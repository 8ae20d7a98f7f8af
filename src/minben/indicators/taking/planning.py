"""What an import would bring (匯入規劃): rows, faults, remarks and the provenance sheet. Pure."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from math import isnan
from typing import Any, Final

from minben.indicators.declared.drafts import IndicatorDraft, Layout
from minben.indicators.engine.faults import Fault
from minben.indicators.reading import Content, Options, Stated, read_folder
from minben.indicators.reading.stated import Kind
from minben.indicators.rules import Status, folded, period_fault
from minben.indicators.taking.naming import Names
from minben.indicators.taking.noted import Noted, Params, noted
from minben.indicators.taking.noticing import noticed
from minben.indicators.taking.rows import Row

MOST_ROWS: Final = 500_000
PLACE_MAX: Final = 80
# Codes of SDMX that say the same as one of ours.
SAME_STATUS: Final = {"L": "M", "H": "M", "O": "M", "V": "P", "C": "Q"}
EMPTY: Final = (Status.MISSING, Status.SUPPRESSED)


@dataclass(frozen=True)
class Plan:
    """What an import would bring.

    Args:
        rows: none if there is a fault.
        faults: why it cannot be imported.
        remarks: what whoever imports it must have seen.
        sheet: the provenance sheet: per file what is in it, as JSON values.
        left_out: columns that are not taken.
    """

    rows: tuple[Row, ...]
    faults: tuple[Fault, ...]
    remarks: tuple[Noted, ...] = ()
    sheet: tuple[dict[str, Any], ...] = ()  # Any: JSON values
    left_out: tuple[str, ...] = ()

    @property
    def seal(self) -> str:
        """What is confirmed: the remarks as they stand, word by word; empty if there is none."""
        if not self.remarks:
            return ""
        told = json.dumps([remark_as_json(one) for one in self.remarks], ensure_ascii=False)
        return hashlib.sha256(told.encode()).hexdigest()


def remark_as_json(one: Noted) -> dict[str, Any]:  # Any: JSON values
    """A remark as it is kept with the import; databases keep no NUL."""
    params = {name: told.replace("\0", " ") for name, told in one.params}
    where, text = (told.replace("\0", " ") for told in (one.where, one.text))
    return {"where": where, "code": one.code, "text": text, "params": params}


@dataclass
class _Work:
    """What is known while rows are made."""

    names: Names
    columns: Mapping[str, str]
    default_period: str
    faults: list[Fault] = field(default_factory=list)
    stood: dict[tuple[str, str, str], str] = field(default_factory=dict)
    told: set[tuple[str, str]] = field(default_factory=set)

    def note(self, where: str, code: str, **params: str) -> None:
        """Note a fault."""
        self.faults.append(Noted(where, *noted(code, **params)))

    def note_row(self, fault: Noted) -> None:
        """Note what is wrong with a whole row, once and not for each of its columns."""
        row = fault.where.split(", column ")[0]
        if (row, fault.text) not in self.told:
            self.told.add((row, fault.text))
            self.faults.append(replace(fault, where=row))


def planned(
    files: Mapping[str, bytes],
    layout: Layout,
    names: Names,
    indicators: Mapping[str, IndicatorDraft],
) -> Plan:
    """Read files and say what they would bring; nothing is raised.

    Args:
        indicators: those of the source, by code.
    """
    codes = _by_title(indicators)
    content = _read(files, layout, codes)
    columns, faults, left_out = _columns(content, layout, codes)
    work = _Work(names, columns, layout.default_period)
    rows = tuple(_rows(content, work))
    found = (*content.faults, *faults, *work.faults)
    if not found and not rows:
        found = (Noted(", ".join(files), *noted("nothing_stated")),)
    if len(rows) > MOST_ROWS:
        found = (*found, Noted("", *noted("too_many_rows", most=str(MOST_ROWS))))
    if found:
        return Plan((), found, sheet=tuple(_sheet(files, content, rows)), left_out=left_out)
    remarks = (
        *(Noted(one, *noted("left_out", name=one)) for one in left_out),
        *_says_otherwise(content, columns, indicators),
        *noticed(rows, indicators),
    )
    return Plan(rows, (), remarks, tuple(_sheet(files, content, rows)), left_out)


def _read(files: Mapping[str, bytes], layout: Layout, codes: Mapping[str, str]) -> Content:
    """What files state; columns of indicators hold numbers, whatever else may stand in them."""
    options = Options(
        unit=layout.unit,
        period=layout.period,
        indicator=layout.indicator,
        value=layout.value,
        decimal=layout.decimal,
    )
    content = read_folder(files, options)
    names = content.variables.keys()
    kinds: dict[str, Kind] = {
        name: "number" for name in names if _code_of(name, layout, codes) is not None
    }
    if layout.leave_out & names or any(content.variables[one].kind == "label" for one in kinds):
        # Read again: what is left out may have faults, and none of them counts.
        taken = frozenset(names) - layout.leave_out
        content = read_folder(files, replace(options, only=taken, kinds=kinds))
    return content


def _code_of(name: str, layout: Layout, codes: Mapping[str, str]) -> str | None:
    """The indicator a column is, if it is one."""
    told = {column: code for code, column in layout.columns.items()}.get(name)
    return codes.get(folded(told or name))


def _columns(
    content: Content, layout: Layout, codes: Mapping[str, str]
) -> tuple[dict[str, str], list[Fault], tuple[str, ...]]:
    """Which column is which indicator; faults; columns of text that are none."""
    columns: dict[str, str] = {}
    faults: list[Fault] = []
    left_out = []
    for name, variable in content.variables.items():
        code = _code_of(name, layout, codes)
        if code is not None:
            columns[name] = code
        elif variable.kind == "label":
            left_out.append(name)
        else:
            faults.append(Noted(_where(content, name), *_unknown(name, codes)))
    faults += [
        Noted("", *noted("column_absent", name=column, indicator=code))
        for code, column in layout.columns.items()
        if column not in content.variables
    ]
    return columns, faults, tuple(left_out)


def _by_title(indicators: Mapping[str, IndicatorDraft]) -> dict[str, str]:
    """Codes, and titles that only one indicator bears."""
    bearers: dict[str, set[str]] = {}
    for code, one in indicators.items():
        for title in (one.title_zh, one.title_en):
            bearers.setdefault(folded(title), set()).add(code)
    found = {title: min(codes) for title, codes in bearers.items() if len(codes) == 1}
    return found | {folded(code): code for code in indicators}


def _where(content: Content, name: str) -> str:
    return next((one.file for one in content.stated if one.indicator == name), "")


def _unknown(name: str, codes: Mapping[str, str]) -> tuple[str, str, Params]:
    nearest = get_close_matches(folded(name), codes, n=1, cutoff=0.6)
    if nearest:
        return noted("indicator_unknown_near", name=name, nearest=codes[nearest[0]])
    return noted("indicator_unknown", name=name)


def _rows(content: Content, work: _Work) -> Iterator[Row]:
    for one in content.stated:
        indicator = work.columns.get(one.indicator)
        if indicator is None:
            continue
        period = one.period or work.default_period
        if not period:
            work.note_row(Noted(one.where, *noted("period_missing")))
            continue
        if period_fault(period):
            work.note_row(Noted(one.where, *noted("no_period", period=period[:40])))
            continue
        unit = work.names.find(one.unit, period, one.where)
        if isinstance(unit, Noted):
            work.note_row(unit)
            continue
        key = (indicator, unit, period)
        if key in work.stood:
            told = {"unit": unit, "period": period, "indicator": indicator}
            work.note(one.where, "observed_twice", other=work.stood[key], **told)
            continue
        work.stood[key] = one.where
        value = None if isnan(one.value) else one.value
        status = _status(one, value, work)
        place = one.where.removeprefix(one.file).lstrip(", ")[:PLACE_MAX] or one.file[:PLACE_MAX]
        yield Row(indicator, unit, period, value, one.n, one.se, status, one.file, place)


def _status(one: Stated, value: float | None, work: _Work) -> str:
    told = one.status.strip().upper()
    told = SAME_STATUS.get(told, told) or Status.NORMAL
    if told not in set(Status):
        work.note(one.where, "status_unknown", status=one.status[:40])
    elif value is not None and told in EMPTY:
        work.note(one.where, "status_against_value", status=one.status)
    return told if value is not None or told in EMPTY else Status.MISSING


def _sheet(
    files: Mapping[str, bytes], content: Content, rows: Iterable[Row]
) -> Iterator[dict[str, Any]]:  # Any: JSON values
    """Per file: format, hash, rows, units, periods; per indicator how many, and from where to where."""
    by_file: dict[str, list[Row]] = {name: [] for name in files}
    for row in rows:
        by_file[row.file].append(row)
    for name, found in by_file.items():
        periods = sorted({row.period for row in found})
        yield {
            "file": name,
            "format": content.formats.get(name, ""),
            "sha256": hashlib.sha256(files[name]).hexdigest(),
            "size": len(files[name]),
            "observations": len(found),
            "units": len({row.unit for row in found}),
            "periods": [periods[0], periods[-1]] if periods else [],
            "indicators": list(_variables(found)),
        }


def _variables(rows: Iterable[Row]) -> Iterator[dict[str, Any]]:  # Any: JSON values
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        grouped.setdefault(row.indicator, []).append(row)
    for code, found in grouped.items():
        values = [row.value for row in found if row.value is not None]
        yield {
            "code": code,
            "n": len(values),
            "missing": len(found) - len(values),
            "min": min(values, default=None),
            "max": max(values, default=None),
        }


def _says_otherwise(
    content: Content, columns: Mapping[str, str], indicators: Mapping[str, IndicatorDraft]
) -> Iterator[Noted]:
    """What the files say of a variable against what is declared of it."""
    for name, code in columns.items():
        said, declared = content.variables[name], indicators[code]
        if said.direction * declared.direction < 0:
            words = {1: "more is better", -1: "less is better"}
            told = {"file": words[said.direction], "registry": words[declared.direction]}
            yield Noted(code, *noted("direction_differs", name=code, **told))
