"""What waits for officers of proposals: checks, appeals, and the answer after reaching."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from minben.base.inbox import Item, Waits, register
from minben.base.presentation import is_chinese
from minben.kernel.actor import Actor, Role
from minben.kernel.periods import TAIPEI
from minben.proposals.queries import waiting


def _checks(actor: Actor, at: datetime) -> Sequence[Item]:
    """One query."""
    if not actor.has(Role.CHECKER):
        return ()
    return [_check(row, actor, at) for row in waiting.checks()]


def _check(row: Any, actor: Actor, at: datetime) -> Item:  # Any: a proposal with `due_at`
    check, waits, why = row.check_record, Waits.ME, _("Nobody holds it yet.")
    if row.proposer_id == actor.person_id:
        waits, why = Waits.OTHERS, _("It is your own proposal; somebody else checks it.")
    elif check.locked_by_id and check.locked_until > at:
        until = f"{check.locked_until.astimezone(TAIPEI):%H:%M}"
        if check.locked_by_id == actor.person_id:
            why = format_lazy(_("You hold it until {until}."), until=until)
        else:
            waits = Waits.OTHERS
            name = check.locked_by.nickname or f"#{check.locked_by_id}"
            why = format_lazy(_("{name} holds it until {until}."), name=name, until=until)
    url = reverse("desk:check", args=[row.case.number])
    task = pgettext_lazy("task", "Check the proposal")
    return Item(row.case_id, task, waits, url, row.due_at, why, f"check:{row.pk}")


def _appeals(actor: Actor, at: datetime) -> Sequence[Item]:
    """One query."""
    if not actor.has(Role.CHECKER):
        return ()
    return [_appeal(row, actor) for row in waiting.appeals()]


def _appeal(row: Any, actor: Actor) -> Item:  # Any: an appeal with `due_at`
    proposal = row.proposal
    hid = row.hidden_by == actor.id
    own = proposal.proposer_id == actor.person_id
    return Item(
        proposal.case_id,
        pgettext_lazy("task", "Decide the appeal"),
        Waits.OTHERS if hid or own else Waits.ME,
        reverse("desk:appeal", args=[proposal.case.number]),
        row.due_at,
        _("You hid this; somebody else decides.") if hid else "",
    )


def _answers(actor: Actor, at: datetime) -> Sequence[Item]:
    """One query for officers and leads, one for administrators."""
    items: list[Item] = []
    mine = actor.agency_ids
    if mine:
        items += [
            Item(
                row.case_id,
                pgettext_lazy("task", "Answer the proposal"),
                Waits.ME,
                reverse("desk:response", args=[row.case.number]),
                row.response_due_at,
                _("A draft is saved.") if row.drafted_at else _("Not begun"),
            )
            for row in waiting.answers(mine)
        ]
    if actor.has(Role.ADMINISTRATOR):
        items += [
            _late(row)
            for row in waiting.answers_overdue(at)
            if row.case.lead_id is None or row.case.lead_id not in mine
        ]
    return items


def _late(row: Any) -> Item:  # Any: a proposal with its case's lead
    lead = row.case.lead
    url = reverse("desk:case", args=[row.case.number])
    task = pgettext_lazy("task", "An answer is overdue")
    if lead is None:
        why = _("No agency is named.")
        return Item(row.case_id, task, Waits.BLOCKED, url, row.response_due_at, why)
    name = lead.name_zh if is_chinese() or not lead.name_en else lead.name_en
    return Item(row.case_id, task, Waits.OTHERS, url, row.response_due_at, name)


register("proposals.checks", _checks)
register("proposals.appeals", _appeals)
register("proposals.answers", _answers)
