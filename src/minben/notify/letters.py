"""A notice as a letter (通知信): rendered in its reader's language, sent by Django's mail backend."""

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation

from minben.notify.models import Notice
from minben.notify.registry import NoticeKind


def send_mail(kind: NoticeKind, notice: Notice, at: datetime) -> None:
    """Render a notice and hand it to the mail backend, which raises what goes wrong."""
    with translation.override(notice.language):
        context = {**notice.context, "at": at, "site_url": settings.SITE_URL}
        message = EmailMessage(
            subject=" ".join(str(kind.subject % notice.context).split()),
            body=render_to_string(kind.template, context),
            to=[notice.address],
            headers={"Auto-Submitted": "auto-generated"},
        )
    message.send()
