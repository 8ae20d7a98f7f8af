from datetime import datetime

from minben.base.erasing import Eraser, Erasing, register
from minben.discussion.actions import forget_person
from minben.kernel.actor import Actor


def _erase(erasing: Erasing, by: Actor, at: datetime) -> None:
    forget_person(person_id=erasing.person_id, keep_comments=erasing.keep_comments, by=by, at=at)


register(Eraser("discussion", _erase))
