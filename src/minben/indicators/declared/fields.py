"""One field of a declaration after the other (欄位檢核): its value, or the fault it is noted with.

A value from a table is a text; one from JSON may be a number or a boolean. Both mean the same.
"""

import math
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any, TypeVar

from minben.indicators.engine.faults import Fault
from minben.indicators.rules import CODE_MAX, NAME_MAX, code_fault, period_fault

Choice = TypeVar("Choice", bound=Enum)
UNSTORED = frozenset({"Cc", "Cs"})  # categories of Unicode that no database keeps as text
TRUE, FALSE = frozenset({"true", "yes", "1", "是"}), frozenset({"", "false", "no", "0", "否"})


@dataclass
class Entry:
    """One declared thing: its fields by name, and where each of them stands.

    Args:
        values: by name of the field. Any: JSON values.
        place: the place of a field in the document or table.
        faults: grows instead of stopping at the first.
    """

    values: Mapping[str, Any]
    place: Callable[[str], str]
    faults: list[Fault] = field(default_factory=list)

    def fault(self, name: str, code: str, text: str) -> None:
        """Note what is wrong with a field."""
        self.faults.append(Fault(self.place(name), code, text))

    def refuse_others(self, known: frozenset[str]) -> None:
        """A misspelt field would be lost without a word."""
        for name in self.values:
            if name not in known:
                self.fault(name, "field_unknown", f"'{name}' is no field of this")

    def text(self, name: str, most: int = NAME_MAX, *, needed: bool = False) -> str:
        """A text, trimmed."""
        value = self.values.get(name)
        if isinstance(value, bool) or not isinstance(value, str | int | float | None):
            self.fault(name, "no_text", "is no text")
            return ""
        told = "" if value is None else str(value).strip()
        if any(unicodedata.category(letter) in UNSTORED for letter in told if letter not in "\n\t"):
            self.fault(name, "no_text", "holds a control character or half a letter")
            return ""
        if needed and not told:
            self.fault(name, "field_missing", "is needed")
        if len(told) > most:
            self.fault(name, "too_long", f"has {len(told)} characters; {most} are the most")
        return told[:most]

    def code(self, name: str, *, needed: bool = True) -> str:
        """A code: letters, digits, full stop, hyphen, underscore."""
        told = self.text(name, CODE_MAX, needed=needed)
        if told and code_fault(told):
            text = f"'{told}' is no code: letters, digits, full stop, hyphen and underscore only"
            self.fault(name, "no_code", text)
        return told

    def choice(self, name: str, kind: type[Choice], default: Choice | None = None) -> str:
        """One of the words of a list."""
        told = self.text(name, needed=default is None).casefold()
        words = {str(one.value).casefold(): str(one.value) for one in kind}
        if not told:
            return str(default.value) if default is not None else ""
        if told not in words:
            self.fault(name, "no_choice", f"'{told}' is none of {', '.join(words.values())}")
            return ""
        return words[told]

    def truth(self, name: str) -> bool:
        """Yes or no."""
        value = self.values.get(name)
        told = str(value).strip().casefold() if value is not None else ""
        if told not in TRUE | FALSE:
            self.fault(name, "no_truth", f"'{told[:40]}' is neither yes nor no")
        return told in TRUE

    def number(self, name: str) -> float | None:
        """A finite number; nothing if nothing is there."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        try:
            told = float(value) if not isinstance(value, bool) else math.nan
        except (TypeError, ValueError):
            told = math.nan
        if not math.isfinite(told):
            self.fault(name, "text_in_number", f"'{str(value)[:40]}' is no number")
            return None
        return told

    def whole(self, name: str, low: int, high: int) -> int | None:
        """A whole number of a span."""
        told = self.number(name)
        if told is None:
            return None
        if not told.is_integer() or not low <= told <= high:
            text = f"'{self.values[name]}' is no whole number from {low} to {high}"
            self.fault(name, "no_whole_number", text)
            return None
        return int(told)

    def day(self, name: str) -> date | None:
        """A day such as 2019-04-18."""
        value = self.values.get(name)
        if isinstance(value, date):
            return value
        told = self.text(name)
        if not told:
            return None
        try:
            return date.fromisoformat(told)
        except ValueError:
            self.fault(name, "no_day", f"'{told[:40]}' is no day: write it as 2019-04-18")
            return None

    def period(self, name: str, *, needed: bool = True) -> str:
        """A period such as 2019, 2019-Q3 or 2019-07."""
        told = self.text(name, needed=needed)
        if told and period_fault(told):
            text = f"'{told[:40]}' is no period: write 2019, 2019-Q3 or 2019-07"
            self.fault(name, "no_period", text)
        return told[:10]

    def span(self, start: str, end: str) -> tuple[date | None, date | None]:
        """Two days, the second after the first."""
        first, last = self.day(start), self.day(end)
        if first and last and last <= first:
            self.fault(end, "ends_before", "is not after the day it begins")
        return first, last
