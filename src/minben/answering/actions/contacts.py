"""The log of contacts with the proposer (聯繫紀錄), and the proposer's word on the minutes."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from minben.answering.actions.holding import held_case, signed
from minben.answering.models import Contact
from minben.answering.rules import (
    CONTACT_ANSWER,
    CONTACT_BASIS,
    MINUTES_MAX,
    OFFICE_MAX,
    STATEMENT_MAX,
    Channel,
    Verdict,
    contact_fault,
    office_fault,
    verdict_fault,
)
from minben.answering.telling import tell_petitioner
from minben.audit.actions import record
from minben.casework import actions as casework
from minben.casework import queries
from minben.casework.about import About, about_one
from minben.casework.rules import DeadlineKind, Outcome
from minben.kernel.actor import Actor
from minben.kernel.periods import last_day
from minben.kernel.refusal import Refusal

if TYPE_CHECKING:
    from minben.casework.models import Case


@transaction.atomic
def log_contact(
    *,
    case_id: int,
    channel: Channel,
    held_at: datetime,
    reached: bool,
    discussed: str,
    agreed: str,
    office: str,
    by: Actor,
    at: datetime,
) -> Contact:
    """Log a contact, or an attempt in vain. The first one that reached the proposer ends the clock.

    It counts from when it is logged: what is not written down can't be looked at by anybody. The
    proposer is sent the minutes and asked to confirm them.

    Raises:
        Refusal: ``not_lead_agency``, ``case_not_reached``, ``contact_nobody``, or what
            `contact_fault` and `office_fault` say.
    """
    case = held_case(case_id, by, at)
    about = about_one(case_id)
    if about.petitioner_id is None:
        raise Refusal("contact_nobody", basis=CONTACT_BASIS)
    if code := office_fault(office):
        raise Refusal(code, field="office", most=OFFICE_MAX)
    code, field = contact_fault(
        reached=reached,
        discussed=discussed,
        agreed=agreed,
        held_at=held_at,
        filed_at=case.filed_at,
        at=at,
    )
    if code:
        raise Refusal(code, field=field, most=MINUTES_MAX)
    contact = Contact.objects.create(
        case=case,
        agency_id=case.lead_id or 0,
        petitioner_id=about.petitioner_id,
        channel=Channel(channel),
        held_at=held_at,
        reached=reached,
        discussed=discussed.strip(),
        agreed=agreed.strip(),
        office=office.strip(),
        logged_by=by.id,
        logged_at=at,
        answer_until=queries.due_of(CONTACT_ANSWER, at) if reached else None,
    )
    _follow(contact, case, about, by, at)
    return contact


def _follow(contact: Contact, case: "Case", about: About, by: Actor, at: datetime) -> None:
    """The clock, the record, and the letter that asks the proposer for their word."""
    if contact.reached:
        casework.end_deadline(
            case_id=case.pk, kind=DeadlineKind.CONTACT, outcome=Outcome.MET, by=by, at=at
        )
    record(
        "answering.contacted",
        by=by,
        at=at,
        subject=f"contact:{contact.pk}",
        case_id=case.pk,
        label=case.lead.name_zh if case.lead else "",
        data={"channel": contact.channel, "reached": contact.reached} | signed(case),
    )
    if contact.answer_until is not None:
        tell_petitioner(
            "contact_logged",
            case,
            about,
            fact=f"contact:{contact.pk}",
            by=by,
            at=at,
            contact=contact.pk,
            until=last_day(contact.answer_until).isoformat(),
        )


@transaction.atomic
def answer_contact(
    *, contact_id: int, verdict: str, statement: str, by: Actor, at: datetime
) -> Contact:
    """Confirm the minutes, correct them in one's own words, or object to their publication.

    Raises:
        Refusal: ``contact_not_yours``, or what `verdict_fault` says.
    """
    contact = Contact.objects.select_for_update(of=("self",)).filter(pk=contact_id).first()
    if contact is None or contact.answer_until is None or contact.petitioner_id != by.person_id:
        raise Refusal("contact_not_yours")
    code, field = verdict_fault(
        verdict=verdict, statement=statement, answer_until=contact.answer_until, at=at
    )
    if code:
        raise Refusal(code, basis=CONTACT_ANSWER.basis, field=field, most=STATEMENT_MAX)
    contact.verdict, contact.answered_at = verdict, at
    contact.statement = "" if verdict == Verdict.CONFIRMED else statement.strip()
    contact.save(update_fields=["verdict", "answered_at", "statement"])
    record(
        "answering.contact_answered",
        by=by,
        at=at,
        subject=f"contact:{contact.pk}",
        case_id=contact.case_id,
        private={"verdict": verdict},
    )
    return contact
