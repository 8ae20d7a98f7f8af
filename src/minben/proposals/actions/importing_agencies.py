"""Finding the agencies an archive names, or adding those the platform does not know (機關對照)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from minben.kernel.actor import Actor
from minben.people import actions as people_actions
from minben.people import queries as people
from minben.proposals.archive.agencies import agency_named, known_agencies

if TYPE_CHECKING:
    from minben.people.models import Agency


GOVERNMENT = "ey"  # 行政院: whose JOIN the archive is of


class AgencyBook:
    """Agencies by the name they had on a day. Asks the database once, and adds what is missing."""

    def __init__(self, *, by: Actor, at: datetime) -> None:
        self._by, self._at = by, at
        self._agencies = people.agencies_ever(GOVERNMENT)
        self._by_name = {agency.name_zh: agency for agency in self._agencies}

    def ids(self, names: Iterable[str], day: date) -> tuple[int, ...]:
        """The ids of the agencies named, without repetition."""
        return tuple(dict.fromkeys(self.named(name, day).pk for name in names))

    def named(self, name: str, day: date) -> Agency:
        """The agency of that name; an alias counts only for an agency that existed on `day`."""
        found = self._by_name.get(name)
        if found is None and name not in known_agencies():
            found = _alias_of(self._agencies, name, day)
        if found is None:
            found = self._add(name)
        self._by_name.setdefault(found.name_zh, found)
        return found

    def _add(self, name: str) -> Agency:
        known = agency_named(name)
        return people_actions.add_agency(
            code=known.code,
            jurisdiction_code=GOVERNMENT,
            name_zh=name,
            name_en=known.name_en,
            by=self._by,
            at=self._at,
            aliases=known.aliases,
            topics=(known.topic,),
            valid_from=known.valid_from,
            valid_until=known.valid_until,
        )[0]


def _alias_of(agencies: Sequence[Agency], name: str, day: date) -> Agency | None:
    for agency in agencies:
        begun = agency.valid_from is None or agency.valid_from <= day
        ended = agency.valid_until is not None and agency.valid_until <= day
        if name in agency.aliases and begun and not ended:
            return agency
    return None
