"""Reading the fields of an entry, none of which is believed (欄位)."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import Any

from minben.ledger.entries import read, read_instant
from minben.ledger.verifier.differences import Difference

NUMBER_MAX = 2**63 - 1
_HEX = {"commit": re.compile(r"[0-9a-f]{64}"), "who": re.compile(r"[0-9a-f]{32}")}
_FIELDS = {"v", "kind", "at", "case", "subject", "by", "data", "commit", "who"}
ENDORSED = "proposals.endorsed"
# The one spelling of an endorsement, of which a log has millions: read at a glance.
_PLAIN = re.compile(
    rb'\{"at":"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6})Z",'
    rb'"case":([1-9][0-9]{0,17}),"commit":"[0-9a-f]{64}",'
    rb'"kind":"proposals\.endorsed","v":1,"who":"([0-9a-f]{32})"\}'
)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry at its place, with its fields in order.

    Args:
        case: number of the case, or 0.
        who: 16 bytes that are the same for the same person on the same case, or none.
    """

    index: int
    kind: str
    at: datetime
    case: int
    subject: str
    data: Mapping[str, Any]  # Any: JSON values
    who: bytes

    @property
    def place(self) -> str:
        """Where it stands, for whoever has to look it up."""
        return f"leaf {self.index}" + (f", case {self.case}" if self.case else "")

    def text(self, name: str) -> str:
        """A text of `data`. Raises Difference."""
        found = self.data.get(name)
        if not isinstance(found, str):
            raise Difference("field", self.place, expected=f"data.{name}: text", found=found)
        return found

    def instant(self, name: str) -> datetime:
        """An instant of `data`, as the record spells it. Raises Difference."""
        return parse_instant(self.text(name), f"{self.place}, data.{name}")

    def leaves(self) -> list[tuple[int, int]]:
        """What ``data.leaves`` lists: places, or [first, last] of several in a row.

        Raises Difference.
        """
        listed: Any = self.data.get("leaves")
        found = []
        for one in listed if isinstance(listed, list) else [None]:
            pair: list[Any] = one if isinstance(one, list) and len(one) == 2 else [one, one]
            if any(type(n) is not int for n in pair):
                raise Difference("field", self.place, expected="data.leaves: places")
            first, last = pair
            if not 0 <= first <= last <= self.index:
                raise Difference("field", self.place, expected="data.leaves: places before it")
            found.append((first, last))
        return found


def parse_instant(text: object, where: str) -> datetime:
    """An aware instant in ISO 8601, in UTC. Raises Difference."""
    try:
        found = datetime.fromisoformat(str(text))
    except ValueError:
        found = None
    if found is None or found.utcoffset() is None:
        raise Difference("field", where, expected="an instant", found=text)
    return found.astimezone(UTC)


@cache
def known_kinds() -> frozenset[str]:
    """The kinds of entry this verifier knows, from the schema it ships with."""
    text = (files("minben.ledger") / "schema.json").read_text(encoding="utf-8")
    return frozenset(json.loads(text)["kinds"])


def read_entry(index: int, raw: bytes) -> Entry:
    """The entry of a leaf. Raises Difference: ``spelling``, ``kind``, ``field``."""
    found = _PLAIN.fullmatch(raw)
    if found is not None:
        return _endorsement(index, found)
    where = f"leaf {index}"
    try:
        told = read(raw)
    except ValueError as error:
        raise Difference("spelling", where, found=error) from error
    if told["kind"] not in known_kinds():
        raise Difference("kind", where, found=told["kind"])
    if unknown := sorted(told.keys() - _FIELDS):
        raise Difference("field", where, found=unknown[0])
    try:
        at = read_instant(told["at"])
    except ValueError as error:
        raise Difference("field", where, expected="at: an instant", found=told["at"]) from error
    case, data = told.get("case", 0), told.get("data", {})
    if type(case) is not int or not 0 <= case <= NUMBER_MAX or (case == 0 and "case" in told):
        raise Difference("field", where, expected="case: a number", found=case)
    for name in ("subject", "by"):
        if not isinstance(told.get(name, ""), str):
            raise Difference("field", where, expected=f"{name}: text")
    if not isinstance(data, dict):
        raise Difference("field", where, expected="data: an object")
    needed = _HEX if told["kind"] == ENDORSED else _HEX.keys() & told.keys()
    for name in needed:
        value = told.get(name)
        if not isinstance(value, str) or not _HEX[name].fullmatch(value):
            raise Difference("field", where, expected=f"{name}: hex", found=value)
    return Entry(
        index,
        told["kind"],
        at,
        case,
        told.get("subject", ""),
        data,
        bytes.fromhex(told.get("who", "")),
    )


def _endorsement(index: int, found: re.Match[bytes]) -> Entry:
    try:
        at = datetime.fromisoformat(found[1].decode()).replace(tzinfo=UTC)
    except ValueError as error:
        where = f"leaf {index}"
        raise Difference("field", where, expected="at: an instant", found=found[1]) from error
    return Entry(index, ENDORSED, at, int(found[2]), "", {}, bytes.fromhex(found[3].decode()))
