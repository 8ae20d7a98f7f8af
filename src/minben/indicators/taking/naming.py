"""Which unit a name in a file means (單位對照): by code, by a registered name, by the catalogue.

A name that ended before a period does not mean the unit then: that is told, with until when it held.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from minben.indicators import catalogue
from minben.indicators.rules import folded
from minben.indicators.taking.noted import Noted, Params, noted
from minben.indicators.taking.spans import span_of

NEAR = 0.6  # share of letters in common; of three Chinese ones, one may differ
Meant = str | tuple[str, str, Params]  # a code, or what a `Noted` says


@dataclass(frozen=True, slots=True)
class Known:
    """A registered unit: its code, its names, and its aliases with when they held."""

    code: str
    names: tuple[str, ...]
    aliases: tuple[tuple[str, date | None, date | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who bears a name, from when on and until when."""

    code: str
    start: date = date.min
    end: date = date.max

    def bears(self, span: tuple[date, date]) -> bool:
        """Whether the name meant the unit on any day of the span."""
        return self.start < span[1] and span[0] < self.end


class Names:
    """All names of registered units, and of the catalogue behind them."""

    def __init__(self, units: Iterable[Known]) -> None:
        self._codes: dict[str, str] = {}
        self._bearers: dict[str, list[Bearer]] = defaultdict(list)
        self._written: dict[str, str] = {}
        self._found: dict[tuple[str, str], Meant] = {}
        for unit in units:
            self._codes[folded(unit.code)] = unit.code
            for name in unit.names:
                self._add(name, Bearer(unit.code))
            for name, start, end in unit.aliases:
                self._add(name, Bearer(unit.code, start or date.min, end or date.max))

    def _add(self, name: str, bearer: Bearer) -> None:
        self._bearers[folded(name)].append(bearer)
        self._written[folded(name)] = name

    def find(self, written: str, period: str, where: str) -> str | Noted:
        """The code of the unit a name means in a period; or why it means none."""
        key = (written, period)
        if key not in self._found:
            self._found[key] = self._looked_up(written, period)
        found = self._found[key]
        return found if isinstance(found, str) else Noted(where, *found)

    def _looked_up(self, written: str, period: str) -> Meant:
        name = folded(written)
        if name in self._codes:
            return self._codes[name]
        bearers = self._bearers.get(name, [])
        span = span_of(period)
        standing = {one.code for one in bearers if one.bears(span)}
        if len(standing) == 1:
            return standing.pop()
        if standing:
            return noted("unit_ambiguous", name=written, units=", ".join(sorted(standing)))
        if unit := catalogue.resolve(written, at=period):
            return unit.code
        once = catalogue.resolve(written)
        if bearers or once:
            code = bearers[0].code if bearers else once.code if once else ""
            return noted("unit_not_then", name=written, unit=code, period=period)
        if nearest := self._nearest(written, name):
            return noted("unit_unknown_near", name=written, nearest=nearest)
        return noted("unit_unknown", name=written)

    def _nearest(self, written: str, name: str) -> str:
        registered = get_close_matches(name, self._written, n=1, cutoff=NEAR)
        if registered:
            return self._written[registered[0]]
        return catalogue.nearest(written) or ""
