"""What demands give up of somebody who is erased (個人資料之刪除)."""

from datetime import datetime

from django.db import transaction

from minben.demands.models import Correction
from minben.kernel.actor import Actor


@transaction.atomic
def forget_person(*, person: str, by: Actor, at: datetime) -> None:
    """Empty the words of their corrections; that there were some, and the answers, stay.

    A demand reworded by one is the agency's text.
    """
    Correction.objects.filter(by=person).update(text="", why="")
