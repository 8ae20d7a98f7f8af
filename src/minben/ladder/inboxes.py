"""What waits for officers: a statement the record has outgrown."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from minben.base.inbox import Item, Waits, register
from minben.kernel.actor import Actor
from minben.ladder.queries import outgrown_by


def _waiting(actor: Actor, at: datetime) -> Sequence[Item]:
    """Two queries."""
    if not actor.agency_ids:
        return ()
    return [
        Item(
            case_id=row.process.case_id,
            task=_("State anew how far participation went"),
            waits=Waits.ME,
            url=reverse("ladder_desk:restate", args=[row.process_id]),
            hindrance=row.process.title,
        )
        for row, _now in outgrown_by(actor.agency_ids)
    ]


register("ladder", _waiting)
