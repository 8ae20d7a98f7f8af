"""What a case is about (案由): each origin of cases says it of its own.

Cases of proposals are described by `proposals`, those of agencies by casework itself. Modules
that know only the case learn here its subject, its page, and whether everybody may see it.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from minben.casework.models import Case
from minben.casework.rules import CaseOrigin


@dataclass(frozen=True, slots=True)
class About:
    """A case in a line.

    Args:
        number: of the case.
        subject: as its author wrote it.
        public: everybody may read it; what is not public is told to staff and its author only.
        path: address of its own page without language, such as ``/proposals/2026-000123/``.
        petitioner_id: the account of the citizen who brought it; None if an agency did, or it
            came from an archive.
    """

    number: str
    subject: str
    public: bool
    path: str
    petitioner_id: int | None = None


Describe = Callable[[Collection[int]], Mapping[int, About]]
_describers: dict[CaseOrigin, Describe] = {}


def register(origin: CaseOrigin, describe: Describe) -> None:
    """Declare who describes cases of `origin`; twice is a programming error."""
    if _describers.setdefault(origin, describe) is not describe:
        raise ValueError(f"cases of {origin} are described already")


def about(case_ids: Collection[int]) -> dict[int, About]:
    """What each of the cases is about; unknown ones are left out. One query per origin."""
    found: dict[int, About] = {}
    for describe in _describers.values():
        found |= describe(case_ids)
    return found


def about_one(case_id: int) -> About:
    """What one case is about. Raises KeyError for an unknown one. One query per origin."""
    return about([case_id])[case_id]


def _of_agencies(case_ids: Collection[int]) -> dict[int, About]:
    rows = Case.objects.filter(pk__in=case_ids, origin=CaseOrigin.AGENCY)
    return {row.pk: About(row.number, row.subject, True, f"/cases/{row.number}/") for row in rows}


register(CaseOrigin.AGENCY, _of_agencies)
