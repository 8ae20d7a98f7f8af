"""A unit that is compared (比較單位), and the names it has or had."""

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from minben.indicators.catalogue.spelling import variants

UnitKind = Literal["country", "county", "aggregate"]
KINDS: tuple[UnitKind, ...] = ("country", "county", "aggregate")
PERIOD = re.compile(r"(\d{4})(?:-(?:Q([1-4])|S([12])|(\d{2})(?:-(\d{2}))?))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Name:
    """A spelling.

    Args:
        text: as it is written.
        since: first day it held, as ISO date; empty if not known or always.
        until: first day it no longer held, likewise.
    """

    text: str
    since: str = ""
    until: str = ""

    def held(self, at: str) -> bool:
        """Whether it held on some day of a period such as ``2018`` or ``2018-Q2``."""
        first, last = days(at)
        return not first or (self.since <= last and not (self.until and self.until <= first))


@dataclass(frozen=True)
class Unit:
    """A unit.

    Args:
        code: ISO 3166 alpha-3 of a country, three letters of a county, a word of a group.
        zh, en: what the platform calls it.
        other_codes: such as alpha-2, without time.
        spelt: names as our sources tell them, `zh` and `en` among them.
        until: first day it no longer was; empty if it still is.
    """

    code: str
    kind: UnitKind
    zh: str
    en: str
    other_codes: tuple[str, ...]
    spelt: tuple[Name, ...]
    until: str = ""

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """Every spelling known: codes, names, and the usual ways of writing each."""
        codes = (self.code, *self.other_codes)
        found = {code: Name(code, "", self.until) for code in codes}
        # Names with a time come first: the same spelling without one says less.
        for one in sorted(self.spelt, key=lambda name: not (name.since or name.until)):
            for text in variants(one.text):
                found.setdefault(text, replace(one, text=text, until=one.until or self.until))
        return tuple(found.values())

    @cached_property
    def dated(self) -> tuple[Name, ...]:
        """The spellings that have a time."""
        if not self.until and not any(one.since or one.until for one in self.spelt):
            return ()
        return tuple(one for one in self.names if one.since or one.until)


def days(period: str) -> tuple[str, str]:
    """First and last day of a period, as ISO dates; both empty if it cannot be told."""
    found = PERIOD.fullmatch(period)
    if not found:
        return "", ""
    year, quarter, half, month, day = found.groups()
    if quarter:
        return f"{year}-{int(quarter) * 3 - 2:02}-01", f"{year}-{int(quarter) * 3:02}-31"
    if half:
        return f"{year}-{int(half) * 6 - 5:02}-01", f"{year}-{int(half) * 6:02}-31"
    return f"{year}-{month or '01'}-{day or '01'}", f"{year}-{month or '12'}-{day or '31'}"
