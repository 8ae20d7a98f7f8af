"""Whether units are called by names that are known (單位名稱檢核).

Where most units of the data are countries, or counties, one that is not known is a mistake in its
name: without this, it would drop out of every comparison unseen. Where most are not, such as
agencies or A, B and C, any code goes; and so does, in any company, what is plainly somebody's own
code.
"""

import re
from collections.abc import Iterator, Sequence

from minben.indicators.catalogue import Name, Unit, UnitKind, nearest, resolve
from minben.indicators.catalogue.spelling import folded
from minben.indicators.reading.remarks import Remark, refusal, warning
from minben.indicators.reading.stated import Content

# What nobody would take for the name of a country: agency.moe, P25, unit_7.
OWN_CODE = re.compile(r"[A-Za-z]+[._]?[0-9]+|[a-z0-9]+([._][a-z0-9-]+)+")
KIND_WORDS = {"country": "country", "county": "county"}
First = dict[str, dict[str, str]]  # where by unit and period


def unit_remarks(content: Content) -> list[Remark]:
    """What is to be said of the names of units, in their order."""
    first: First = {}
    for one in content.stated:
        by_period = first.setdefault(one.unit, {})
        if one.period not in by_period:
            by_period[one.period] = content.named.get((one.unit, one.period), one.where)
    known, kind = _known(first)
    if kind is None:
        return list(_alike(first))
    found = list(_unknown(first, known, kind))
    found += _twice(first, known)
    return [*found, *_warnings(first, known, kind)]


def _known(first: First) -> tuple[dict[str, Unit], UnitKind | None]:
    """Units by spelling, and of what kind most are; None if most are of none."""
    kinds: tuple[UnitKind, ...] = ("country", "county")
    best: dict[str, Unit] = {}
    kind: UnitKind | None = None
    for one in kinds:
        found = {name: resolve(name, kind=one) for name in first}
        told = {name: unit for name, unit in found.items() if unit is not None}
        if len(told) > len(best):
            best, kind = told, one
    if kind is None:
        return {}, None
    for name in first:
        group = None if name in best else _group(name)
        if group is not None:
            best[name] = group
    return (best, kind) if len(best) * 2 > len(first) else ({}, None)


def _group(name: str) -> Unit | None:
    """What stands beside units as a sum of them: a group of countries, or all of Taiwan."""
    return resolve(name, kind="aggregate") or (resolve(name, kind="country"))


def _unknown(first: First, known: dict[str, Unit], kind: UnitKind) -> Iterator[Remark]:
    for name, periods in first.items():
        if name in known or OWN_CODE.fullmatch(name):
            continue
        where = next(iter(periods.values()))
        close = nearest(name, kind)
        if close:
            yield refusal(
                where, "unit_unknown_near", name=name, kind=KIND_WORDS[kind], nearest=close
            )
        else:
            yield refusal(where, "unit_unknown", name=name, kind=KIND_WORDS[kind])


def _twice(first: First, known: dict[str, Unit]) -> Iterator[Remark]:
    """The same unit under two spellings in one period; told once for two spellings."""
    stood: dict[tuple[str, str], tuple[str, str]] = {}
    told: set[tuple[str, str]] = set()
    for name, periods in first.items():
        if name not in known:
            continue
        unit = known[name]
        for period, where in periods.items():
            other, before = stood.setdefault((unit.code, period), (name, where))
            if other != name and (other, name) not in told:
                told.add((other, name))
                words = {"period": period or "the data", "known": unit.code, "place": before}
                yield refusal(where, "unit_spelt_twice", name=name, other=other, **words)


def _warnings(first: First, known: dict[str, Unit], kind: UnitKind) -> Iterator[Remark]:
    spellings: dict[str, list[str]] = {}
    for name, periods in first.items():
        unit = known.get(name)
        if unit is None:
            continue
        spellings.setdefault(unit.code, []).append(name)
        if unit.kind != kind:
            yield warning(next(iter(periods.values())), "aggregate_among_units", name=name)
        dated = [one for one in unit.dated if one.text == name.strip()]
        gone = [period for period in periods if _ended(dated, period)]
        if gone:
            told = {"name": name, "known": unit.code, "period": gone[0]}
            yield warning(periods[gone[0]], "unit_not_then", **told)
    for code, names in spellings.items():
        if len(names) > 1:
            where = next(iter(first[names[1]].values()))
            yield warning(where, "unit_spelt_otherwise", known=code, names=", ".join(names))


def _ended(names: Sequence[Name], period: str) -> bool:
    """Whether a name had ended before a period; new names for old times are usual."""
    return bool(names) and not any(one.held(period) or one.since > period for one in names)


def _alike(first: First) -> Iterator[Remark]:
    """Codes that nobody knows, but that look like one code written twice."""
    stood: dict[str, str] = {}
    for name, periods in first.items():
        other = stood.setdefault(folded(name) or name, name)
        if other != name:
            where = next(iter(periods.values()))
            yield warning(where, "units_alike", name=name, other=other)
