"""How messages leave: mail through Django's configured backend, SMS through a documented port.

The SMS port is one HTTP request: ``POST {SMS_URL}`` with JSON ``{"to": "+8869…", "text": "…"}``
and the header ``Authorization: Bearer {SMS_TOKEN}``; any 2xx status is success
(docs/operations/sms.md). A demo installation keeps both in its database instead.
"""

import json
import urllib.request
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation

from minben.kernel import clock
from minben.kernel.actor import SYSTEM

if TYPE_CHECKING:
    from minben.notify.models import Notice
    from minben.notify.registry import NoticeKind

TIMEOUT_SECONDS = 10


def send_mail(kind: "NoticeKind", notice: "Notice", at: datetime) -> None:
    """Render a notice in its reader's language and hand it to the mail backend."""
    with translation.override(notice.language):
        context = {**notice.context, "at": at, "site_url": settings.SITE_URL}
        message = EmailMessage(
            subject=" ".join(str(kind.subject % notice.context).split()),
            body=render_to_string(kind.template, context),
            to=[notice.address],
            headers={"Auto-Submitted": "auto-generated"},
        )
    message.send()


def send_sms(to: str, text: str) -> None:
    """Send one SMS. Raises OSError when the port does not accept it."""
    if settings.SANDBOX:
        from minben.notify.actions import keep_in_sandbox
        from minben.notify.models import Channel

        keep_in_sandbox(
            channel=Channel.SMS, to=to, subject="", body=text, by=SYSTEM, at=clock.now()
        )
        return
    request = urllib.request.Request(  # noqa: S310  the address is the host's own setting
        settings.SMS_URL,
        data=json.dumps({"to": to, "text": text}).encode(),
        headers={
            "Content-Type": "application/json",
            "Authorization": f"Bearer {settings.SMS_TOKEN}",
        },
        method="POST",
    )
    with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS):  # noqa: S310
        pass
