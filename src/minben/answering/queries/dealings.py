"""Plan and contacts of a case in a line each, in one statement, for the officer's screen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import BooleanField, CharField, DateTimeField, F, Value
from django.db.models.functions import Cast

from minben.answering.models import Contact, Plan
from minben.answering.rules import ContactState, contact_state


@dataclass(frozen=True, slots=True)
class Dealing:
    """A published version of the plan, or a contact.

    Args:
        version: of a plan; 0 for a contact.
        channel, state: of a contact; of a plan there is none.
    """

    at: datetime
    version: int = 0
    channel: str = ""
    state: ContactState | None = None


def dealings_of(case_id: int, at: datetime) -> Sequence[Dealing]:
    """What the agency did so far, oldest first. One query."""
    plans = Plan.objects.filter(case=case_id, published_at__isnull=False).values_list(
        F("published_at"),
        Cast("version", CharField()),
        Value("plan", CharField()),
        Value(True, BooleanField()),
        Cast(Value(None), DateTimeField()),
    )
    contacts = Contact.objects.filter(case=case_id).values_list(
        F("held_at"), Cast("channel", CharField()), F("verdict"), F("reached"), F("answer_until")
    )
    rows = plans.order_by().union(contacts.order_by(), all=True)
    return sorted((_dealing(row, at) for row in rows), key=lambda one: (one.at, one.version))


def _dealing(row: tuple[datetime, str, str, bool, datetime | None], at: datetime) -> Dealing:
    when, word, verdict, reached, until = row
    if verdict == "plan":
        return Dealing(when, version=int(word))
    state = contact_state(reached=reached, verdict=verdict, answer_until=until, at=at)
    return Dealing(when, channel=word, state=state)
