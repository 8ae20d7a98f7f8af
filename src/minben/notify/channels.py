"""How SMS leave: through a documented port.

The port is one HTTP request: ``POST {SMS_URL}`` with JSON ``{"to": "+8869…", "text": "…"}``
and the header ``Authorization: Bearer {SMS_TOKEN}``; any 2xx status is success
(docs/operations/sms.md). A demo installation keeps them in its database instead.
"""

import json
import urllib.request

from django.conf import settings

from minben.kernel import clock
from minben.kernel.actor import SYSTEM
from minben.notify.actions import keep_in_sandbox
from minben.notify.models import Channel

TIMEOUT_SECONDS = 10


def send_sms(to: str, text: str) -> None:
    """Send one SMS. Raises OSError when the port does not accept it."""
    if settings.SANDBOX:
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
