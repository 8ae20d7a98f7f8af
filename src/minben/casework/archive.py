"""Cases as an archive tells them (檔案案件): dates that have been, not dates that are set. Pure.

A case of another platform brings its own number, dates and outcomes; only the rule set is
pinned here, as the one in force when it was filed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from minben.casework.rules import DeadlineKind, Outcome


@dataclass(frozen=True, slots=True)
class ArchivedDeadline:
    """A deadline with what came of it. Instants are aware; `due_at` is exclusive.

    Args:
        missed_at: the due instant, if it passed before the duty was done.
    """

    kind: DeadlineKind
    starts_at: datetime
    due_at: datetime
    basis: str
    outcome: Outcome
    outcome_at: datetime | None
    missed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ArchivedResponse:
    """A post of an agency. The archive holds no coded disposition, so none is stored.

    Args:
        blocks: the four texts by name, as in Response.
    """

    at: datetime
    agency_id: int
    interim: bool
    blocks: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ArchivedCase:
    """A case with everything that belongs to it.

    Args:
        leads, assists: agency ids; several may lead (併列主辦), and the first is the case's lead.
        agency_names: the names as shown, leads first.
    """

    number: str
    rule_set_id: int
    jurisdiction_id: int
    filed_at: datetime
    closed_at: datetime | None
    leads: tuple[int, ...]
    assists: tuple[int, ...]
    agency_names: tuple[str, ...]
    deadlines: tuple[ArchivedDeadline, ...]
    responses: tuple[ArchivedResponse, ...]
