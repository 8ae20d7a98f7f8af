"""Declaring and cancelling a pause, with the windows of proposals following at once."""

from datetime import datetime

from django.db import transaction

from minben.casework import actions as casework_actions
from minben.casework.models import Pause
from minben.kernel.actor import Actor
from minben.proposals.actions.ending import follow_moved_windows


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
) -> Pause:
    """Declare a pause; every open window gets its time back."""
    pause = casework_actions.declare_pause(
        jurisdiction_id=jurisdiction_id,
        starts_at=starts_at,
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
def cancel_pause(*, pause_id: int, by: Actor, at: datetime) -> Pause:
    """Cancel a pause; what it gave is taken back for the days that did not pass."""
    pause = casework_actions.cancel_pause(pause_id=pause_id, by=by, at=at)
    follow_moved_windows(jurisdiction_id=pause.jurisdiction_id, by=by, at=at)
    return pause
