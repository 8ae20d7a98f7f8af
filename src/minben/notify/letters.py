"""A notice as a letter (通知信): rendered in its reader's language."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from minben.notify.models import Notice
from minben.notify.registry import NoticeKind
from minben.notify.stopping import stop_token


def message_id(key: str) -> str:
    """The name of a letter, the same at every try: the mail server's log is searched for it."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return f"n.{sha256(key.encode()).hexdigest()[:32]}@{host}"


def letter_of(kind: NoticeKind, notice: Notice, at: datetime) -> EmailMessage:
    """Render a notice. Raises whatever is wrong with its kind, its text or its address."""
    with translation.override(notice.language):
        return _letter(notice, *rendered(kind, notice, at))


def digest_letter(
    kind: NoticeKind, notice: Notice, told: Sequence[tuple[str, str]], at: datetime
) -> EmailMessage:
    """The letter of a day, from the subjects and texts of what it tells, in its language."""
    with translation.override(notice.language):
        context = {"told": told, "at": at, "site_url": settings.SITE_URL}
        body = render_to_string(kind.template, context)
        return _letter(notice, _subject(kind, notice), body, "")


def rendered(kind: NoticeKind, notice: Notice, at: datetime) -> tuple[str, str, str]:
    """Subject and text of a notice in the active language, and where such letters are stopped.

    The link stands in the text as well; it is the same one, for it tells when it was made.
    """
    context = {**notice.context, "at": at, "site_url": settings.SITE_URL}
    body = render_to_string(kind.template, context)
    if stop_url := _stop_url(notice):
        body += render_to_string("notify/notices/stop.txt", {"url": stop_url})
    return _subject(kind, notice), body, stop_url


def _subject(kind: NoticeKind, notice: Notice) -> str:
    return " ".join(str(kind.subject % notice.context).split())


def _letter(notice: Notice, subject: str, body: str, stop_url: str) -> EmailMessage:
    return EmailMessage(
        subject=subject,
        body=body,
        to=[notice.address],
        headers={
            "Auto-Submitted": "auto-generated",
            "Message-ID": f"<{message_id(notice.key)}>",
            **_stopping(stop_url),
        },
    )


def _stop_url(notice: Notice) -> str:
    """Where letters about its case are stopped; nothing for one that is not about a case."""
    if notice.case_id is None:
        return ""
    token = stop_token(notice.recipient, notice.case_id, str(notice.context.get("number", "")))
    return f"{settings.SITE_URL}{reverse('notify:stop', args=[token])}"


def _stopping(url: str) -> dict[str, str]:
    """What lets a mail program offer one button for it. Basis: RFC 2369, RFC 8058."""
    if not url:
        return {}
    return {"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
