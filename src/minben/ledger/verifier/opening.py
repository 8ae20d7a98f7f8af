"""Opening balances (期初餘額): what was counted before there was a log, stated once and for good. Pure.

What it states cannot be recounted, so it counts only where nobody could have put it later: before
anything else of its case, of a case older than all that were filed in this log, and of a time
before the log began.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from minben.ledger.verifier.deadlines import Deadline
from minben.ledger.verifier.differences import Difference
from minben.ledger.verifier.fields import NUMBER_MAX, Entry, parse_instant

if TYPE_CHECKING:
    from minben.ledger.verifier.recounting import Case

OPENING = "proposals.opening_balance"


@dataclass(frozen=True, slots=True)
class Opening:
    """What an entry states of its case as it stood when the log began.

    Args:
        count: endorsements counted until then.
        last: when the last of them was given, if that is known.
        archived: the case began elsewhere, even before this platform.
        deadlines: its deadlines, by the subject that later entries name.
    """

    at: datetime
    number: str
    threshold: int
    count: int
    last: datetime | None
    reached: datetime | None
    archived: bool
    deadlines: tuple[tuple[str, Deadline], ...]


def read_opening(entry: Entry) -> Opening:
    """The statement of an entry. Raises Difference: ``field``."""
    return Opening(
        entry.at,
        entry.text("number"),
        _whole(entry, "threshold", least=1),
        _whole(entry, "count", least=0),
        _maybe(entry, "last"),
        _maybe(entry, "reached_at"),
        entry.data.get("archived") is True,
        tuple(_deadlines(entry)),
    )


def check_opening(entry: Entry, told: Opening, case: "Case", began: datetime, first: int) -> None:
    """Refuse a statement that could have been made up later.

    Args:
        case: what is known of its case before this entry.
        began: the time of the log's first entry.
        first: the lowest number of a case that was filed in this log, or 0.

    Raises:
        Difference: ``opening_twice``, ``opening_late``.
    """
    if case.opening is not None:
        raise Difference("opening_twice", entry.place, found=told.count)
    if case.places:
        found = f"leaf {case.places[0]}"
        raise Difference("opening_late", entry.place, expected=f"before {found}", found=told.count)
    if case.number or case.archived:
        raise Difference("opening_late", entry.place, found="a case that began in this log")
    if first and entry.case > first:
        raise Difference("opening_late", entry.place, expected=f"a case before {first}")
    for when in (told.last, told.reached):
        if when is not None and when > began:
            raise Difference(
                "opening_late",
                entry.place,
                expected=f"≤ {began.isoformat()}",
                found=when.isoformat(),
            )


def check_import(entry: Entry, case: "Case") -> None:
    """Refuse that a case with a history in the log comes from elsewhere, where nobody could recount.

    Raises Difference: ``taken_over_late``.
    """
    if not case.archived and (case.places or case.opening):
        raise Difference("taken_over_late", entry.place)


def _whole(entry: Entry, name: str, *, least: int) -> int:
    found = entry.data.get(name)
    if type(found) is not int or not least <= found <= NUMBER_MAX:
        raise Difference("field", entry.place, expected=f"data.{name}: a number", found=found)
    return found


def _maybe(entry: Entry, name: str) -> datetime | None:
    return entry.instant(name) if entry.data.get(name) is not None else None


def _deadlines(entry: Entry) -> Iterator[tuple[str, Deadline]]:
    listed: Any = entry.data.get("deadlines", [])  # whatever the log says
    for one in listed if isinstance(listed, list) else [None]:
        if not isinstance(one, dict):
            raise Difference("field", entry.place, expected="data.deadlines: objects")

        def at(name: str, told: dict[str, Any] = one) -> datetime:
            return parse_instant(told.get(name), f"{entry.place}, data.deadlines.{name}")

        starts, due = at("starts_at"), at("due_at")
        ended, missed = (
            at(name) if one.get(name) is not None else None for name in ("outcome_at", "missed_at")
        )
        yield (
            str(one.get("subject")),
            Deadline(
                entry.case,
                str(one.get("kind")),
                starts,
                starts,
                due,
                str(one.get("outcome")),
                ended,
                missed,
            ),
        )
