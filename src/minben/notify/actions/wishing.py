"""How somebody wants letters (通知方式)."""

from datetime import datetime

from django.db import transaction

from minben.kernel.actor import Actor
from minben.kernel.refusal import Refusal
from minben.notify.actions.digests import release_held
from minben.notify.models import Wish


@transaction.atomic
def wish_for_letters(
    *,
    recipient: str,
    daily: bool,
    quiet_from: int | None,
    quiet_until: int | None,
    by: Actor,
    at: datetime,
) -> Wish:
    """Letters at once or one a day, and none between two hours in Taiwan.

    What waits for a letter of the day leaves at once when its reader wants letters at once again.

    Raises:
        Refusal: ``quiet_hours``: two different hours from 0 to 23, or none.
    """
    hours = (quiet_from, quiet_until)
    if hours != (None, None) and (
        None in hours or quiet_from == quiet_until or any(not 0 <= (h or 0) <= 23 for h in hours)
    ):
        raise Refusal("quiet_hours", field="quiet_until")
    wish, _ = Wish.objects.update_or_create(
        recipient=recipient,
        defaults={
            "daily": daily,
            "quiet_from": quiet_from,
            "quiet_until": quiet_until,
            "at": at,
        },
    )
    if not daily:
        release_held(recipient, at)
    return wish
