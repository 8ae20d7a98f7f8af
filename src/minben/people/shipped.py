"""Lists of agencies (機關清單): the one that ships with the platform, or a host's own.

The shipped list holds the Executive Yuan's ministries and commissions as of 2026 with their former
names and those that ended with their successors, and bureaus of Taipei and Kaohsiung. English names
and days of founding are unofficial; official codes are left to the host.
"""

import json
from collections.abc import Sequence
from datetime import date, datetime
from importlib.resources import files
from typing import Any

from minben.kernel.actor import Actor
from minben.kernel.refusal import Refusal
from minben.people import actions
from minben.people.rules import AgencyKind

Row = dict[str, Any]  # Any: JSON
NEEDED = ("code", "jurisdiction", "name_zh")


def shipped_agencies() -> list[Row]:
    """The list that ships with the platform, parents first."""
    text = files("minben.people").joinpath("data/agencies.json").read_text(encoding="utf-8")
    return list(json.loads(text))


def add_agencies(*, rows: Sequence[Row], by: Actor, at: datetime) -> int:
    """Add those not there yet, in the order given; returns how many were new.

    Raises:
        Refusal: ``agency_row``, naming the row and what it lacks.
    """
    return sum(_add(position, row, by, at) for position, row in enumerate(rows, start=1))


def _add(position: int, row: Row, by: Actor, at: datetime) -> bool:
    missing = [name for name in NEEDED if not row.get(name)]
    if missing:
        raise Refusal("agency_row", row=position, missing=", ".join(missing))
    _, fresh = actions.add_agency(
        code=row["code"],
        jurisdiction_code=row["jurisdiction"],
        name_zh=row["name_zh"],
        name_en=row.get("name_en", ""),
        parent_code=row.get("parent"),
        aliases=row.get("aliases", ()),
        topics=row.get("topics", ()),
        valid_from=_day(row.get("valid_from")),
        valid_until=_day(row.get("valid_until")),
        successor_code=row.get("successor"),
        official_code=row.get("official_code", ""),
        mailbox=row.get("mailbox", ""),
        kind=row.get("kind", AgencyKind.AGENCY),
        by=by,
        at=at,
    )
    return fresh


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
