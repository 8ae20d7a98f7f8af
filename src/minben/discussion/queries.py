"""Reads of discussions."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils.functional import Promise

from minben.discussion.labels import ground_label
from minben.discussion.models import Comment, Report, StoredFile
from minben.discussion.rules import Side


@dataclass(frozen=True, slots=True)
class CommentLine:
    """A comment as everybody may see it. A hidden one has ground and reason, and no text.

    One of an erased account has no author; one that its author removed has no text either.
    """

    pk: int
    side: Side
    author: str
    at: datetime
    body: str
    ground: str | Promise
    reason: str
    removed: bool = False

    @property
    def hidden(self) -> bool:
        """Its text is withheld."""
        return bool(self.ground)


@dataclass(frozen=True, slots=True)
class Columns:
    """The newest comments of a thread in two columns, with the totals."""

    pro: Sequence[CommentLine]
    con: Sequence[CommentLine]
    pro_total: int
    con_total: int


def line_of(row: Comment) -> CommentLine:
    """What of a comment is public."""
    hidden = row.hidden_at is not None
    return CommentLine(
        pk=row.pk,
        side=Side(row.side),
        author=row.author_name,
        at=row.at,
        body="" if hidden else row.body,
        ground=ground_label(row.hide_ground) if hidden else "",
        reason=row.hide_reason if hidden else "",
        removed=row.removed_at is not None,
    )


def columns(thread_id: int, limit: int = 10) -> Columns:
    """Newest `limit` comments of each side, and how many there are. One query."""
    newest = Window(RowNumber(), partition_by="side", order_by=("-at", "-pk"))
    rows = (
        Comment.objects.filter(thread_id=thread_id, side__in=(Side.PRO, Side.CON))
        .annotate(place=newest, total=Window(Count("pk"), partition_by="side"))
        .filter(place__lte=limit)
        .order_by("-at", "-pk")
    )
    totals = {row.side: row.total for row in rows}
    lines = [line_of(row) for row in rows]
    return Columns(
        [line for line in lines if line.side is Side.PRO],
        [line for line in lines if line.side is Side.CON],
        totals.get(Side.PRO, 0),
        totals.get(Side.CON, 0),
    )


def comments_of(thread_id: int, side: Side | None = None) -> QuerySet[Comment]:
    """All comments of a thread, newest first, for the full list."""
    rows = Comment.objects.filter(thread_id=thread_id).order_by("-at", "-id")
    return rows.filter(side=side) if side else rows


def standing_comments(at: datetime) -> QuerySet[Comment]:
    """Comments written by `at` whose text stands, anywhere; callers filter.

    Who was moderated away, or took back what they said, is no part of the discussion any more.
    """
    return Comment.objects.filter(at__lte=at, hidden_at=None, removed_at=None)


def reported_comments() -> QuerySet[Comment]:
    """Comments with open reports, most reported first."""
    return (
        Comment.objects.annotate(open_reports=Count("reports", filter=Q(reports__settled_at=None)))
        .filter(open_reports__gt=0, hidden_at=None, removed_at=None)
        .order_by("-open_reports", "at")
    )


def newest_comments(*, hidden: bool = False) -> QuerySet[Comment]:
    """Comments anywhere, newest first, for moderators; or only the hidden ones."""
    rows = Comment.objects.filter(removed_at=None).order_by("-at", "-id")
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
