"""What the discussions hold about one person (個人資料): comments, reports, files."""

from typing import Any

from minben.discussion.models import Comment, Report, StoredFile


def held_about(person_id: int) -> dict[str, Any]:  # Any: rows of JSON-ready values
    """Everything somebody wrote, reported or uploaded, oldest first. Three queries."""
    comments = Comment.objects.filter(author_id=person_id).order_by("at", "id")
    reports = Report.objects.filter(reporter_id=person_id).order_by("at", "id")
    files = StoredFile.objects.filter(owner_id=person_id).order_by("at", "id")
    return {
        "comments": list(
            comments.values(
                "at",
                "side",
                "body",
                "author_name",
                "hidden_at",
                "hide_ground",
                "hide_reason",
                "removed_at",
            )
        ),
        "reports": list(reports.values("at", "reason", "settled_at", "comment__body")),
        "files": list(files.values("at", "name", "media_type", "size", "sha256")),
    }
