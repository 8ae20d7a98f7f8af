from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from minben.casework.queries.duties import any_owed
from minben.notify.registry import Haste, NoticeKind, register

_SUBJECTS = {
    "due_ahead": _("Due on %(due)s: %(subject)s"),
    "due_today": _("Due today: %(subject)s"),
    "overdue": _("Overdue since %(due)s: %(subject)s"),
}


def _still_owed(context: Mapping[str, Any], at: datetime) -> bool:  # Any: JSON values
    """A letter whose duties were all done, or moved to another day, must not go out."""
    return any_owed(
        {(one["deadline"], datetime.fromisoformat(one["due_at"])) for one in context["items"]}
    )


register(
    *(
        NoticeKind(
            f"casework.{code}",
            subject,
            f"casework/notices/{code}.txt",
            still_true=_still_owed,
            # “Today” can't wait for tomorrow's letter.
            haste=Haste.COLLECTED if code == "due_ahead" else Haste.SINGLE,
        )
        for code, subject in _SUBJECTS.items()
    )
)
