from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from minben.casework.queries.duties import is_owed
from minben.notify.registry import NoticeKind, register

_SUBJECTS = {
    "due_ahead": _("Due on %(due)s: %(subject)s"),
    "due_today": _("Due today: %(subject)s"),
    "overdue": _("Overdue since %(due)s: %(subject)s"),
}


def _still_owed(context: Mapping[str, Any], at: datetime) -> bool:  # Any: JSON values
    """A letter about a duty that was done, or whose date was moved, must not go out."""
    due_at = datetime.fromisoformat(str(context["due_at"]))
    return is_owed(int(context["deadline"]), due_at)


register(
    *(
        NoticeKind(
            f"casework.{code}", subject, f"casework/notices/{code}.txt", still_true=_still_owed
        )
        for code, subject in _SUBJECTS.items()
    )
)
