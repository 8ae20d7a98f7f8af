from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from minben.notify.registry import Haste, NoticeKind, register


def _window_runs(context: Mapping[str, Any], at: datetime) -> bool:  # Any: JSON values
    """An invitation is not sent any more when the window is over."""
    return at < datetime.fromisoformat(str(context["due_at"]))


register(
    NoticeKind(
        "proceedings.window_opened",
        _("Please check your words: transcript of %(title)s"),
        "proceedings/notices/window_opened.txt",
        still_true=_window_runs,
        haste=Haste.SINGLE,  # days in which to correct begin with it
    ),
    NoticeKind(
        "proceedings.redaction_decided",
        _("Your request for redaction was decided: %(title)s"),
        "proceedings/notices/redaction_decided.txt",
    ),
)
