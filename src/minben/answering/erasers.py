from datetime import datetime

from minben.answering.actions import forget_person
from minben.base.erasing import Eraser, Erasing, register
from minben.kernel.actor import Actor


def _erase(erasing: Erasing, by: Actor, at: datetime) -> None:
    forget_person(person_id=erasing.person_id, by=by, at=at)


register(Eraser("answering", _erase))
