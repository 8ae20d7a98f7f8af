from datetime import datetime

from minben.base.erasing import Eraser, Erasing, register
from minben.kernel.actor import Actor
from minben.notify.actions import forget_person


def _erase(erasing: Erasing, by: Actor, at: datetime) -> None:
    # Earlier addresses stand only in what was sent to them.
    forget_person(recipient=erasing.person, addresses=erasing.addresses, by=by, at=at)


register(Eraser("notify", _erase))
