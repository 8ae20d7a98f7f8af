"""What waits for officers: findings to publish, and findings that block and nobody mended."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from minben.base.inbox import Item, Waits, register
from minben.findings.queries import lines_for
from minben.kernel.actor import Actor


def _waiting(actor: Actor, at: datetime) -> Sequence[Item]:
    """One query."""
    if not actor.agency_ids:
        return ()
    return [
        Item(
            case_id=line.case_id,
            task=_("Tell what was changed about findings that block")
            if line.published
            else _("Publish the findings of a usability test"),
            waits=Waits.ME,
            url=reverse("findings_desk:study", args=[line.pk]),
            hindrance=line.service,
        )
        for line in lines_for(actor.agency_ids)
    ]


register("findings", _waiting)
