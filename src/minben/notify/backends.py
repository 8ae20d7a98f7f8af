"""Mail backend of the demo: messages land on /dev/outbox."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from minben.kernel import clock
from minben.kernel.actor import SYSTEM


class SandboxBackend(BaseEmailBackend):
    """Keeps mail in the database, where the newcomer can read it."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        from minben.notify.actions import keep_in_sandbox
        from minben.notify.models import Channel

        for message in email_messages:
            keep_in_sandbox(
                channel=Channel.MAIL,
                to=", ".join(message.to),
                subject=str(message.subject),
                body=str(message.body),
                by=SYSTEM,
                at=clock.now(),
            )
        return len(email_messages)
