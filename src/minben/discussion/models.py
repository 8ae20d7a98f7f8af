from django.db import models
from django.db.models import Q

from minben.base.models import Recorded
from minben.discussion.rules import HideGround, Side


class Thread(models.Model):
    """A place for comments: one per proposal and one per co-drafting."""

    closed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"thread {self.pk}"


class Comment(Recorded):
    """One comment. Hiding withholds the text and shows ground and reason instead.

    When its author is erased the name goes, and the text too unless they chose to leave it.
    """

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="comments")
    side = models.CharField(max_length=10, choices=[(s.value, s.value) for s in Side])
    author = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    author_name = models.CharField(max_length=60)
    body = models.CharField(max_length=1000)
    at = models.DateTimeField()
    hidden_at = models.DateTimeField(null=True)
    hidden_by = models.CharField(max_length=80, blank=True)
    hide_ground = models.CharField(
        max_length=16, blank=True, choices=[(g.value, g.value) for g in HideGround]
    )
    hide_reason = models.CharField(max_length=500, blank=True)
    removed_at = models.DateTimeField(null=True)  # by its author

    class Meta:
        ordering = ("at", "id")
        indexes = (models.Index(fields=("thread", "side", "at"), name="discussion_thread_side_at"),)
        constraints = (
            models.CheckConstraint(condition=Q(side__in=list(Side)), name="discussion_side"),
            models.CheckConstraint(
                condition=Q(hidden_at=None, hidden_by="", hide_ground="", hide_reason="")
                | Q(
                    ~Q(hidden_by=""),
                    ~Q(hide_reason=""),
                    hide_ground__in=list(HideGround),
                    hidden_at__isnull=False,
                ),
                name="discussion_hidden_whole",
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None) | Q(body="", author_name=""),
                name="discussion_removed_is_gone",
            ),
        )

    def __str__(self) -> str:
        return f"{self.side} {self.author_name}"


class Report(Recorded):
    """Somebody asks a moderator to look at a comment (檢舉); once per person and comment."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="reports")
    reporter = models.ForeignKey("people.User", models.CASCADE, related_name="+")
    reason = models.CharField(max_length=300)
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("comment", "reporter"), name="discussion_report_once"),
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by="")
                | Q(~Q(settled_by=""), settled_at__isnull=False),
                name="discussion_report_settled_pair",
            ),
        )

    def __str__(self) -> str:
        return f"report on {self.comment_id}"


class StoredFile(Recorded):
    """An uploaded file, checked, re-encoded if a picture, and stored under its own hash."""

    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    owner = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("owner", "sha256"), name="discussion_file_once"),
        )

    def __str__(self) -> str:
        return self.name
