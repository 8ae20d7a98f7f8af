from datetime import datetime

from minben.base.erasing import Eraser, Erasing, register
from minben.kernel.actor import Actor
from minben.proceedings.actions import forget_person


def _erase(erasing: Erasing, by: Actor, at: datetime) -> None:
    forget_person(person_id=erasing.person_id, by=by, at=at)


register(Eraser("proceedings", _erase))
