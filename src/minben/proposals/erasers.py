from datetime import datetime

from minben.base.erasing import Eraser, Erasing, register
from minben.kernel.actor import Actor
from minben.proposals.actions import forget_person
from minben.proposals.queries.erasing import hindrance, number_held_until


def _erase(erasing: Erasing, by: Actor, at: datetime) -> None:
    forget_person(person_id=erasing.person_id, by=by, at=at)


register(Eraser("proposals", _erase, hindrance, number_held_until))
