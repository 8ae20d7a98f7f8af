"""Comparing what was recounted with what the platform claims (比對), ``claims.json``.

cases       by case id: number, threshold, count, days, reached_at, reached_index, taken_over
deadlines   case, kind, starts_at, due_at, outcome, outcome_at, missed_at
size        the tree size the claims speak of: that of a checkpoint
at          when they were made
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from minben.ledger.verifier.deadlines import Deadline
from minben.ledger.verifier.differences import Difference
from minben.ledger.verifier.fields import NUMBER_MAX, parse_instant
from minben.ledger.verifier.recounting import Case, Recount
from minben.ledger.verifier.sources import Source

PATH = "claims.json"
_MOST = 1 << 30


@dataclass(frozen=True, slots=True)
class Claims:
    """What the platform says it counted."""

    size: int
    cases: Mapping[int, Mapping[str, Any]]  # Any: JSON values, not believed
    deadlines: tuple[Mapping[str, Any], ...]

    @property
    def thresholds(self) -> dict[int, int]:
        """The claimed thresholds by case."""
        told = ((number, case.get("threshold")) for number, case in self.cases.items())
        return {number: value for number, value in told if type(value) is int and value > 0}


def read_claims(source: Source) -> Claims:
    """The claims of a source. Raises Difference: ``missing``, ``broken_file``."""
    raw = source.read(PATH, _MOST)
    if raw is None:
        raise Difference("missing", PATH)
    try:
        told = json.loads(raw)
        cases = {_number(key): dict(value) for key, value in told["cases"].items()}
        deadlines = tuple(dict(one) for one in told["deadlines"])
        size = told["size"]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise Difference("broken_file", PATH, found=f"{type(error).__name__}: {error}") from error
    if type(size) is not int or not 0 <= size <= NUMBER_MAX:
        raise Difference("broken_file", PATH, expected="size: a number", found=size)
    return Claims(size, cases, deadlines)


def _number(key: str) -> int:
    if not (key.isascii() and key.isdigit() and len(key) < 20):
        raise ValueError(f"{key[:40]!r} is no case")
    return int(key)


def compare(claims: Claims, recount: Recount) -> int:
    """Refuse claims that the recount does not bear out, the first case first.

    Returns how many endorsements are claimed that were taken over from elsewhere, which nobody
    can recount. Raises Difference: ``claim``.
    """
    counted = {
        number: case for number, case in recount.cases.items() if case.places or case.opening
    }
    elsewhere = 0
    for number in sorted(claims.cases.keys() | counted.keys()):
        told, case = claims.cases.get(number), recount.cases.get(number) or Case()
        if told is None:
            raise Difference("claim", f"case {number}, count", expected=case.count, found="—")
        if case.archived:
            elsewhere += _compare_archived(number, told, case)
        else:
            _compare_case(number, told, case)
    _compare_deadlines(claims, recount)
    return elsewhere


def _compare_archived(number: int, told: Mapping[str, Any], case: Case) -> int:
    """At least what the log holds must have been counted; returns how many more are claimed."""
    count = told.get("count")
    if type(count) is not int or count < case.count:
        raise Difference("claim", f"case {number}, count", expected=f"≥ {case.count}", found=count)
    return count - case.count


def _compare_case(number: int, told: Mapping[str, Any], case: Case) -> None:
    where = f"case {number}"
    _same(f"{where}, count", case.count, told.get("count"))
    if case.threshold:
        _same(f"{where}, threshold", case.threshold, told.get("threshold"))
    index = case.crossing[0] if case.crossing and case.reached else None
    expected: dict[str, object] = {
        "days": case.per_day(),
        "totals": case.totals(),
        "reached_index": index,
    }
    if case.number:
        expected["number"] = case.number
    for name, value in expected.items():
        if name in told:
            _same(f"{where}, {name}", value, told[name])
    reached_at = told.get("reached_at")
    found = None if reached_at is None else parse_instant(reached_at, f"{where}, reached_at")
    _same(f"{where}, reached_at", case.reached, found)


def _same(where: str, expected: object, found: object) -> None:
    if expected != found or (type(expected) is not type(found)):
        if isinstance(expected, dict) and isinstance(found, dict):
            keys = sorted(expected.keys() | found.keys())
            day = next((key for key in keys if expected.get(key) != found.get(key)), "")
            where, expected, found = f"{where} {day}", expected.get(day, 0), found.get(day, 0)
        raise Difference("claim", where, expected=_told(expected), found=_told(found))


def _told(value: object) -> object:
    if value is None:
        return "—"
    return value.isoformat() if isinstance(value, datetime) else value


_Row = tuple[datetime, str, str, datetime | None, datetime | None]


def _compare_deadlines(claims: Claims, recount: Recount) -> None:
    """Compare row by row, by case and kind; cases from elsewhere had their dates there."""
    archived = {number for number, case in recount.cases.items() if case.archived}
    told: dict[tuple[int, str], list[_Row]] = {}
    for one in claims.deadlines:
        number, kind = one.get("case"), one.get("kind")
        if type(number) is not int or not isinstance(kind, str):
            raise Difference("broken_file", PATH, expected="deadlines: case and kind")
        if number not in archived:
            told.setdefault((number, kind), []).append(_claimed(one, f"case {number}, {kind}"))
    counted: dict[tuple[int, str], list[_Row]] = {}
    for deadline in recount.deadlines:
        if deadline.case not in archived:
            counted.setdefault((deadline.case, deadline.kind), []).append(_counted(deadline))
    for key in sorted(told.keys() | counted.keys()):
        where = f"case {key[0]}, deadline {key[1]}"
        mine, theirs = sorted(counted.get(key, ()), key=str), sorted(told.get(key, ()), key=str)
        for i in range(max(len(mine), len(theirs))):
            expected = _row(mine[i]) if i < len(mine) else "—"
            found = _row(theirs[i]) if i < len(theirs) else "—"
            if expected != found:
                raise Difference("claim", where, expected=expected, found=found)


def _claimed(one: Mapping[str, Any], where: str) -> _Row:
    def at(name: str) -> datetime | None:
        return None if one.get(name) is None else parse_instant(one[name], f"{where}, {name}")

    starts, due = (
        parse_instant(one.get(name), f"{where}, {name}") for name in ("starts_at", "due_at")
    )
    return starts, due.isoformat(), str(one.get("outcome")), at("outcome_at"), at("missed_at")


def _counted(one: Deadline) -> _Row:
    return one.starts_at, one.due_at.isoformat(), one.outcome, one.outcome_at, one.missed_at


def _row(row: _Row) -> str:
    starts, due, outcome, ended, missed = row
    told = f"{starts.isoformat()} – {due} {outcome}"
    told += f" at {ended.isoformat()}" if ended else ""
    return told + (f", missed {missed.isoformat()}" if missed else "")
