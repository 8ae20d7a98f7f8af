"""Reads of the contact log: as everybody may see it, and as agency and proposer do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from minben.answering.models import Contact
from minben.answering.rules import ContactState, Verdict, contact_state

if TYPE_CHECKING:
    from minben.people.models import Agency


@dataclass(frozen=True, slots=True)
class ContactLine:
    """A contact as one reader may see it; texts that are not for them are empty.

    Args:
        statement: the proposer's own words, where they corrected the minutes.
        answer_until: exclusive; until when they may confirm or correct.
    """

    pk: int
    state: ContactState
    channel: str
    held_at: datetime
    agency: "Agency"
    office: str
    discussed: str
    agreed: str
    statement: str
    verdict: str
    answer_until: datetime | None


def contacts_of(case_id: int, at: datetime, *, whole: bool = False) -> Sequence[ContactLine]:
    """The log of a case, oldest first; with `whole` as the agency sees it. One query."""
    rows = Contact.objects.filter(case_id=case_id).select_related("agency")
    return [_line(row, at, whole) for row in rows]


def contact(pk: int, person_id: int | None) -> Contact | None:
    """A contact that reached this person, for their word on it. One query."""
    rows = Contact.objects.filter(pk=pk, answer_until__isnull=False)
    found = rows.filter(petitioner=person_id or 0)
    return found.select_related("agency", "case").first()


def _line(row: Contact, at: datetime, whole: bool) -> ContactLine:
    state = contact_state(
        reached=row.reached, verdict=row.verdict, answer_until=row.answer_until, at=at
    )
    shown = whole or state is ContactState.PUBLIC
    # Why somebody objects is for nobody but the platform.
    said = shown and row.verdict == Verdict.CORRECTED
    return ContactLine(
        pk=row.pk,
        state=state,
        channel=row.channel,
        held_at=row.held_at,
        agency=row.agency,
        office=row.office,
        discussed=row.discussed if shown else "",
        agreed=row.agreed if shown else "",
        statement=row.statement if said else "",
        verdict=row.verdict,
        answer_until=row.answer_until,
    )
