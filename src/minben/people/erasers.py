from datetime import datetime

from minben.base.erasing import Eraser, Erasing, register
from minben.kernel.actor import Actor
from minben.people.actions import forget_person


def _erase(erasing: Erasing, by: Actor, at: datetime) -> None:
    forget_person(user_id=erasing.person_id, by=by, at=at)


register(Eraser("people", _erase))
