"""Typed reading of one archive record; every fault names its field (欄位檢查)."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from minben.kernel.periods import TAIPEI
from minben.proposals.archive.faults import ArchiveFault

NUMBER_MAX = 2_147_483_647  # what the databases' integers hold
YEARS = range(2000, 2101)  # an archive of online proposals tells of no other time
# JSON can spell what no text in UTF-8 may hold and no database stores.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class Fields:
    """One JSON object, read field by field. Raises ArchiveFault with the field's name."""

    def __init__(self, record: Mapping[str, Any], within: str = "") -> None:  # Any: parsed JSON
        self._record, self._within = record, within

    def name(self, field: str) -> str:
        """The field as faults name it, such as ``responses[0].time``."""
        return f"{self._within}{field}"

    def text(self, field: str, *, most: int, required: bool = True) -> str:
        """A text as it stands; empty where it may be missing."""
        value = self._record.get(field)
        if value is None and not required:
            return ""
        if value is None or (required and value == ""):
            raise ArchiveFault("missing_field", self.name(field))
        if not isinstance(value, str):
            raise ArchiveFault("not_text", self.name(field))
        return self._storable(value, field, most)

    def _storable(self, value: str, field: str, most: int) -> str:
        if len(value) > most:
            raise ArchiveFault("too_long", self.name(field), most=most)
        if _UNSTORABLE.search(value):
            raise ArchiveFault("not_utf8", self.name(field))
        return value

    def flag(self, field: str) -> bool:
        """True or false; false where it is missing."""
        value = self._record.get(field)
        if value is not None and not isinstance(value, bool):
            raise ArchiveFault("not_flag", self.name(field), found=value)
        return bool(value)

    def number(self, field: str, *, least: int = 0, required: bool = True) -> int:
        """A whole number, from `least` on; 0 where it may be missing."""
        value = self._record.get(field)
        if value is None:
            if required:
                raise ArchiveFault("missing_field", self.name(field))
            return 0
        return checked_number(value, self.name(field), least=least)

    def instant(self, field: str) -> datetime:
        """An instant, aware; without a zone it is local time in Taiwan."""
        found = self.instant_or_none(field)
        if found is None:
            raise ArchiveFault("missing_field", self.name(field))
        return found

    def instant_or_none(self, field: str) -> datetime | None:
        """An instant, or None where there is none."""
        value = self._record.get(field)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            raise ArchiveFault("bad_date", self.name(field), found=value)
        return parsed_instant(value, self.name(field))

    def day_or_none(self, field: str) -> date | None:
        """A day, or None where there is none."""
        value = self._record.get(field)
        return None if value in (None, "") else parsed_day(value, self.name(field))

    def items(self, field: str) -> list[Any]:  # Any: parsed JSON
        """A list; empty where it is missing."""
        value = self._record.get(field)
        if value is None:
            return []
        if not isinstance(value, list):
            raise ArchiveFault("not_list", self.name(field))
        return value

    def texts(self, field: str, *, most: int) -> list[str]:
        """A list of texts."""
        found = self.items(field)
        for value in found:
            if not isinstance(value, str):
                raise ArchiveFault("not_text", self.name(field))
            self._storable(value, field, most)
        return found


def checked_number(value: object, field: str, *, least: int = 0) -> int:
    """`value` as a whole number within bounds. Raises ArchiveFault."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise ArchiveFault("not_number", field, found=value)
    if value < least:
        raise ArchiveFault("negative", field, found=value, least=least)
    if value > NUMBER_MAX:
        raise ArchiveFault("too_large", field, found=value)
    return value


def parsed_day(value: object, field: str) -> date:
    """A day written as 2017-05-01. Raises ArchiveFault."""
    try:
        found = date.fromisoformat(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        raise ArchiveFault("bad_date", field, found=value) from None
    if found.year not in YEARS:
        raise ArchiveFault("bad_date", field, found=value)
    return found


def parsed_instant(value: str, field: str) -> datetime:
    """An instant in UTC; one without a zone is local time in Taiwan. Raises ArchiveFault."""
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        raise ArchiveFault("bad_date", field, found=value) from None
    if found.year not in YEARS:
        raise ArchiveFault("bad_date", field, found=value)
    if found.tzinfo is None:
        found = found.replace(tzinfo=TAIPEI)
    return found.astimezone(UTC)
