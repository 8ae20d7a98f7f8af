"""Acts on many offers at once: an agency accepts what it was asked to do."""

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from minben.assigning import actions
from minben.assigning.permissions import agencies_spoken_for
from minben.assigning.queries.offers import waiting_for_agencies
from minben.base.bulk_acts import BulkAct, Row, register
from minben.kernel.actor import AGENCY_ROLES, Actor


def _open(pks: Collection[int], by: Actor, at: datetime) -> dict[int, Row]:
    """Those of the offers that wait for an agency the actor speaks for. One query."""
    rows = waiting_for_agencies(agencies_spoken_for(by)).filter(pk__in=pks)
    return {row.pk: Row(row.case_id, f"{row.agency_id} {row.role} {row.after_id}") for row in rows}


register(
    BulkAct(
        code="accept_offers",
        label=_("Accept assignments"),
        told=_("Your agency takes its part in each of these cases. This becomes public at once."),
        prefix="offer",
        roles=tuple(sorted(AGENCY_ROLES)),
        rows=_open,
        do=lambda pk, by, at: actions.accept_offer(offer_id=pk, by=by, at=at),
    )
)
