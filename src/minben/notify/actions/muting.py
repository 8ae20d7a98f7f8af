"""Wishing for no more letters about a case (停止通知), and wishing for them again."""

from datetime import datetime

from minben.kernel.actor import Actor
from minben.notify.models import Mute


def mute_case(*, recipient: str, case_id: int, number: str, by: Actor, at: datetime) -> None:
    """Send somebody nothing more about a case; what waits in the outbox is not sent either."""
    Mute.objects.bulk_create(
        [Mute(recipient=recipient, case_id=case_id, number=number, at=at)], ignore_conflicts=True
    )


def unmute_case(*, recipient: str, case_id: int, by: Actor, at: datetime) -> None:
    """Send somebody letters about a case again."""
    Mute.objects.filter(recipient=recipient, case_id=case_id).delete()
