from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from minben.assigning.queries.offers import still_asked, still_undecided
from minben.notify.registry import NoticeKind, register


def _asked(context: Mapping[str, Any], at: datetime) -> bool:  # Any: JSON values
    return still_asked(context["offer"])


def _undecided(context: Mapping[str, Any], at: datetime) -> bool:  # Any: JSON values
    return still_undecided(context["offer"])


register(
    NoticeKind(
        "assigning.offered",
        _("Is your agency responsible? %(subject)s"),
        "assigning/notices/offered.txt",
        still_true=_asked,
    ),
    NoticeKind(
        "assigning.escalated",
        _("Who is responsible waits for your decision: %(subject)s"),
        "assigning/notices/escalated.txt",
        still_true=_undecided,
    ),
    NoticeKind(
        "assigning.settled",
        _("Who is responsible is settled: %(subject)s"),
        "assigning/notices/settled.txt",
    ),
)
