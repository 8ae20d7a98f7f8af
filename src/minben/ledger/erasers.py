from datetime import datetime

from minben.base.erasing import Eraser, Erasing, register
from minben.kernel.actor import Actor
from minben.ledger.actions import destroy_openings


def _erase(erasing: Erasing, by: Actor, at: datetime) -> None:
    destroy_openings(person=erasing.person, by=by, at=at)


register(Eraser("ledger", _erase))
