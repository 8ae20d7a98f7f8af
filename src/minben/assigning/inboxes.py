"""What waits for an officer or an administrator about who is responsible. One query."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from minben.assigning.models import Offer
from minben.assigning.permissions import agencies_spoken_for, may_decide
from minben.assigning.queries.offers import waiting_for
from minben.assigning.rules.offers import Answer
from minben.base.inbox import Item, Waits, register
from minben.kernel.actor import Actor


def _items(actor: Actor, at: datetime) -> Sequence[Item]:
    if not agencies_spoken_for(actor) and not may_decide(actor):
        return ()
    return [_item(row, actor) for row in waiting_for(actor)]


def _item(row: Offer, actor: Actor) -> Item:
    url = reverse("assigning_desk:offer", args=[row.pk])
    if row.escalated_at is not None:
        mine = may_decide(actor)
        task = _("Decide which agency is responsible") if mine else _("Responsibility is disputed")
        hindrance = "" if mine else _("The platform decides.")
        return Item(row.case_id, task, Waits.ME if mine else Waits.OTHERS, url, hindrance=hindrance)
    if row.answer == Answer.OPEN:
        task = _("Accept or dispute the assignment")
        return Item(row.case_id, task, Waits.ME, url, key=f"offer:{row.pk}")
    return Item(
        row.case_id,
        _("Responsibility is disputed"),
        Waits.OTHERS,
        url,
        hindrance=_("Another agency has been asked."),
    )


register("assigning", _items)
