from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from minben.notify.queries import returns_mail
from minben.notify.registry import DIGEST, PROVE, Haste, NoticeKind, register


def _returned(context: Mapping[str, Any], at: datetime) -> bool:  # Any: JSON values
    return returns_mail(str(context.get("address", "")))


register(
    # Of its own kind only the frame is rendered; what it tells are other notices.
    NoticeKind(
        DIGEST, _("Your messages of %(day)s"), "notify/notices/digest.txt", haste=Haste.SINGLE
    ),
    NoticeKind(
        PROVE,
        _("Does this address still reach you?"),
        "notify/notices/prove.txt",
        still_true=_returned,
        kept=False,
        haste=Haste.AT_ONCE,
    ),
)
