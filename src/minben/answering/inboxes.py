"""What waits for an officer about plans, contacts and reports. Two queries."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from minben.answering.models import Plan
from minben.base.inbox import Item, Waits, register
from minben.casework import queries as casework
from minben.casework.rules import DeadlineKind
from minben.kernel.actor import Actor

TASKS: dict[str, tuple[str | Promise, str]] = {
    DeadlineKind.HANDLING_PLAN: (_("Publish the handling plan"), "answering_desk:plan"),
    DeadlineKind.CONTACT: (_("Contact the proposer"), "answering_desk:contacts"),
    DeadlineKind.STUDY_RETURN: (_("Report on what is under study"), "answering_desk:posts"),
}


def _items(actor: Actor, at: datetime) -> Sequence[Item]:
    if not actor.agency_ids:
        return ()
    mine = casework.cases_led_by(actor.agency_ids)
    drafts = dict(
        Plan.objects.filter(case__in=mine, published_at=None, case__closed_at=None).values_list(
            "case_id", "case__number"
        )
    )
    items = []
    for row in casework.open_deadlines().filter(kind__in=list(TASKS), case__in=mine):
        task, name = TASKS[row.kind]
        hint: str | Promise = ""
        if row.kind == DeadlineKind.HANDLING_PLAN and drafts.pop(row.case_id, ""):
            hint = _("A draft is saved.")
        url = reverse(name, args=[row.case.number])
        items.append(Item(row.case_id, task, Waits.ME, url, row.due_at, hint))
    # A draft of a later version has no date, and must not be forgotten.
    for case_id, number in drafts.items():
        url = reverse("answering_desk:plan", args=[number])
        items.append(Item(case_id, _("Publish the drafted version of the plan"), Waits.ME, url))
    return items


register("answering", _items)
