"""What the outbox holds about one person (個人資料)."""

from typing import Any

from minben.notify.models import Mute, Notice


def held_about(recipient: str) -> dict[str, Any]:  # Any: rows of JSON-ready values
    """Messages to a person and what they want none about, oldest first. Two queries."""
    rows = Notice.objects.filter(recipient=recipient).order_by("created_at", "id")
    fields = ("kind", "address", "language", "context", "created_at", "sent_at", "dropped_at")
    stopped = Mute.objects.filter(recipient=recipient).order_by("at", "id")
    return {
        "messages": list(rows.values(*fields)),
        "stopped_cases": list(stopped.values("number", "at")),
    }
