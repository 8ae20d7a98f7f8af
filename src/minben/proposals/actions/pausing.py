"""Declaring and cancelling a pause, with the windows of proposals following at once."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from minben.casework import actions as casework_actions
from minben.casework import queries as casework
from minben.kernel.actor import SYSTEM, Actor
from minben.people import queries as people
from minben.proposals.actions.ending import follow_moved_windows
from minben.proposals.actions.folding import settle
from minben.proposals.models import Endorsement, Proposal

if TYPE_CHECKING:
    from minben.casework.models import Pause

INSTANT = timedelta(microseconds=1)


@transaction.atomic
def declare_pause(
    *,
    jurisdiction_id: int,
    starts_at: datetime,
    ends_at: datetime,
    reason_zh: str,
    reason_en: str,
    source: str,
    by: Actor,
    at: datetime,
) -> "Pause":
    """Declare a pause; every open window gets its time back.

    A pause can't begin before an endorsement that was counted while it was being declared: it
    begins right after the last one.
    """
    open_ids = _hold_open_windows(jurisdiction_id, at)
    last = Endorsement.objects.filter(
        proposal__in=open_ids, at__gte=max(starts_at, at), at__lt=ends_at
    ).aggregate(at=Max("at"))["at"]
    pause = casework_actions.declare_pause(
        jurisdiction_id=jurisdiction_id,
        starts_at=last + INSTANT if last else starts_at,
        ends_at=ends_at,
        reason_zh=reason_zh,
        reason_en=reason_en,
        source=source,
        by=by,
        at=at,
    )
    follow_moved_windows(jurisdiction_id=jurisdiction_id, by=by, at=at)
    return pause


@transaction.atomic
def cancel_pause(*, pause_id: int, by: Actor, at: datetime) -> "Pause":
    """Cancel a pause; what it gave is taken back for the days that did not pass."""
    _hold_open_windows(casework.pause(pause_id).jurisdiction_id, at)
    pause = casework_actions.cancel_pause(pause_id=pause_id, by=by, at=at)
    follow_moved_windows(jurisdiction_id=pause.jurisdiction_id, by=by, at=at)
    return pause


def _hold_open_windows(jurisdiction_id: int, at: datetime) -> list[int]:
    """Settle what was acknowledged, then lock the government and its open proposals in order."""
    settle(by=SYSTEM, at=at)
    people.hold_government(jurisdiction_id)
    rows = Proposal.objects.select_for_update(of=("self",), no_key=True).filter(
        case__jurisdiction_id=jurisdiction_id, closes_at__gt=at
    )
    return [row.pk for row in rows.only("pk").order_by("pk")]
