from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from minben.meetings.queries import meeting
from minben.meetings.rules import MeetingState
from minben.notify.registry import Haste, NoticeKind, always, register


def _still_coming(context: Mapping[str, Any], at: datetime) -> bool:  # Any: JSON values
    """Nobody is called to a meeting that was called off or has begun."""
    row = meeting(str(context["meeting"]))
    if row is None or row.state != MeetingState.ANNOUNCED:
        return False
    return row.starts_at is not None and at < row.starts_at


_COMING = {
    "announced": _("A meeting about your proposal: %(title)s"),
    "endorsers_invited": _("Five who endorsed can take part: %(title)s"),
    "seated": _("You have a place: %(title)s"),
    "waiting": _("You are on the waiting list: %(title)s"),
    "moved_up": _("A place became free for you: %(title)s"),
    "moved": _("Time or place changed: %(title)s"),
}
_FACTS = {
    "cancelled": _("The meeting was called off: %(title)s"),
    "reported": _("What came of the meeting: %(title)s"),
    "action_agreed": _("Your agency has something to do: %(title)s"),
    "action_late": _("An agreed action is late: %(title)s"),
}

# Places go to who comes first, and who is on the way must know in time.
_PRESSING = frozenset({"endorsers_invited", "moved_up", "moved", "cancelled"})

for _subjects, _true in ((_COMING, _still_coming), (_FACTS, always)):
    register(
        *(
            NoticeKind(
                f"meetings.{code}",
                subject,
                f"meetings/notices/{code}.txt",
                _true,
                haste=Haste.SINGLE if code in _PRESSING else Haste.COLLECTED,
            )
            for code, subject in _subjects.items()
        )
    )
