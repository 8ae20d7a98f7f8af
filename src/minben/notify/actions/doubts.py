"""Letters of which nobody here knows whether they left (存疑郵件): never sent again on a guess."""

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet

from minben.kernel.actor import Actor
from minben.kernel.refusal import Refusal
from minben.notify.actions.sending import settle
from minben.notify.letters import message_id
from minben.notify.mail_log import MailLog, read_log
from minben.notify.models import Notice
from minben.notify.queries import doubtful


def _in_doubt() -> QuerySet[Notice]:
    """Letters in doubt."""
    return Notice.objects.filter(doubtful(), sent_at=None, dropped_at=None)


def resolve_doubts(*, log: MailLog, by: Actor, at: datetime) -> tuple[int, int]:
    """Ask the mail server's log of every doubt; returns how many it took, and how many go again.

    What the log does not reach stays in doubt.
    """
    wait = timedelta(seconds=settings.MAIL_DOUBT_SECONDS)
    # By what stands before the @: the platform's address may have changed, or be told otherwise here.
    accepted = {name.partition("@")[0] for name in log.accepted}
    taken = again = 0
    for notice in list(_in_doubt().order_by("pk")):
        if message_id(notice.key).partition("@")[0] in accepted:
            taken += _answer_doubt(notice, accepted=True, at=at)
        elif notice.handed_at and log.covers(notice.handed_at, wait):
            again += _answer_doubt(notice, accepted=False, at=at)
    return taken, again


def resolve_from_file(*, by: Actor, at: datetime) -> int:
    """Settle doubts by the log the host named, if there are any; returns how many."""
    if not settings.MAIL_LOG or not _in_doubt().exists():
        return 0
    with Path(settings.MAIL_LOG).open(encoding="utf-8", errors="replace") as lines:
        return sum(resolve_doubts(log=read_log(lines), by=by, at=at))


def settle_doubt(*, notice_id: int, accepted: bool, by: Actor, at: datetime) -> None:
    """Say for one letter what somebody found out at the mail server.

    Raises:
        Refusal: ``not_doubtful``.
    """
    notice = _in_doubt().filter(pk=notice_id).first()
    if notice is None or not _answer_doubt(notice, accepted=accepted, at=at):
        raise Refusal("not_doubtful")


def _answer_doubt(notice: Notice, *, accepted: bool, at: datetime) -> int:
    row = _in_doubt().filter(pk=notice.pk, handed_at=notice.handed_at, lease=notice.lease)
    if not row.exists():  # settled by somebody else meanwhile
        return 0
    if accepted:
        settle(row, notice, at, sent_at=at, last_error="")
    else:
        settle(row, notice, at, handed_at=None, not_before=at, last_error="")
    return 1
