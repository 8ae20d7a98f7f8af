"""Measures of the discussion (討論指標)."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Min
from django.utils.translation import gettext_lazy as _

from minben.base.measuring import PLATFORM, Measure, Scale, Taken, register, share
from minben.discussion.models import Comment


def _since() -> datetime | None:
    found: datetime | None = Comment.objects.aggregate(first=Min("at"))["first"]
    return found


def _comments(begins: datetime, ends: datetime) -> Iterable[Taken]:
    many = Comment.objects.filter(at__gte=begins, at__lt=ends).count()
    return [Taken(PLATFORM, float(many), many)]


def _hidden(begins: datetime, ends: datetime) -> Iterable[Taken]:
    written = Comment.objects.filter(at__gte=begins, at__lt=ends)
    many, hidden = written.count(), written.filter(hidden_at__isnull=False).count()
    return [Taken(PLATFORM, share(hidden, many), many)]


register(
    Measure(
        code="comments",
        title=_("Comments"),
        definition=_("Comments written in the month, those hidden or removed later included."),
        unit=_("comments"),
        scale=Scale.COUNT,
        direction=0,
        by=None,
        take=_comments,
        since=_since,
        order=310,
    ),
    Measure(
        code="comments-hidden",
        title=_("Comments hidden"),
        definition=_(
            "Of the comments written in the month, the share a moderator had hidden when the month"
            " was taken, each with a published ground."
        ),
        unit=_("% of comments"),
        scale=Scale.PERCENT,
        direction=0,
        by=None,
        take=_hidden,
        since=_since,
        order=320,
    ),
)
