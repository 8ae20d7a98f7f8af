"""Reads of discussions."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from minben.discussion.models import Comment, Report, StoredFile
from minben.discussion.rules import Side


@dataclass(frozen=True, slots=True)
class Columns:
    """The newest comments of a thread in two columns, with the totals."""

    pro: Sequence[Comment]
    con: Sequence[Comment]
    pro_total: int
    con_total: int


def columns(thread_id: int, limit: int = 10) -> Columns:
    """Newest `limit` comments of each side, and how many there are. One query.

    A thread with more than 400 comments shows its newest ones; the full list has its own page.
    """
    rows = list(Comment.objects.filter(thread_id=thread_id).order_by("-at", "-id")[:400])
    pro = [row for row in rows if row.side == Side.PRO]
    con = [row for row in rows if row.side == Side.CON]
    return Columns(pro[:limit], con[:limit], len(pro), len(con))


def comments_of(thread_id: int, side: Side | None = None) -> QuerySet[Comment]:
    """All comments of a thread, newest first, for the full list."""
    rows = Comment.objects.filter(thread_id=thread_id).order_by("-at", "-id")
    return rows.filter(side=side) if side else rows


def reported_comments() -> QuerySet[Comment]:
    """Comments with open reports, most reported first."""
    return (
        Comment.objects.annotate(open_reports=Count("reports", filter=Q(reports__settled_at=None)))
        .filter(open_reports__gt=0, hidden_at=None)
        .order_by("-open_reports", "at")
    )


def newest_comments(*, hidden: bool = False) -> QuerySet[Comment]:
    """Comments anywhere, newest first, for moderators; or only the hidden ones."""
    rows = Comment.objects.order_by("-at", "-id")
    return rows.exclude(hidden_at=None) if hidden else rows


def find_comment(pk: int) -> Comment | None:
    """One comment, if it exists. One query."""
    return Comment.objects.filter(pk=pk).first()


def open_reports(comment_ids: Collection[int]) -> Sequence[Report]:
    """The reports on these comments nobody has looked at, oldest first. One query."""
    rows = Report.objects.filter(comment__in=comment_ids, settled_at=None)
    return list(rows.order_by("at", "id"))


def comment(pk: int) -> Comment:
    """One comment. Raises Comment.DoesNotExist."""
    return Comment.objects.get(pk=pk)


def files_of(sha256: str) -> Sequence[StoredFile]:
    """All rows of one stored file: everybody who uploaded the same bytes has one. One query."""
    return list(StoredFile.objects.filter(sha256=sha256))
