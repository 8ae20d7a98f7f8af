"""What participation officers keep an eye on (開放政府聯絡人): what their agency owes within a week.

Officers and leads find the same duties where they do them: each module that does one says so.
"""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from minben.base.inbox import Item, Waits, register
from minben.casework.queries.duties import open_duties_of
from minben.casework.queries.wall import SOON
from minben.casework.words import DUTIES
from minben.kernel.actor import Actor

MOST = 200


def _watched(actor: Actor, at: datetime) -> Sequence[Item]:
    """One query, none for who is no participation officer."""
    agencies = actor.participates_for - actor.agency_ids
    if not agencies:
        return ()
    return [
        Item(
            case_id=row.case_id,
            task=DUTIES.get(row.kind, row.kind),
            waits=Waits.OTHERS,
            url=reverse("desk:case", args=[row.case.number]),
            due_at=row.due_at,
            hindrance=_hindrance(row.due_at, at),
        )
        for row in open_duties_of(agencies, at + SOON, MOST)
    ]


def _hindrance(due_at: datetime, at: datetime) -> str | Promise:
    if due_at <= at:
        return _("Overdue; officers and the lead of your agency are told every week.")
    return _("Your agency's officers have to do it.")


register("casework.clocks", _watched)
