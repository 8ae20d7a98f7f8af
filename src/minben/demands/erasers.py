from datetime import datetime

from minben.base.erasing import Eraser, Erasing, register
from minben.demands.actions import forget_person
from minben.kernel.actor import Actor


def _erase(erasing: Erasing, by: Actor, at: datetime) -> None:
    forget_person(person=erasing.person, by=by, at=at)


register(Eraser("demands", _erase))
