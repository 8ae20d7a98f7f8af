"""What the outbox holds about one person (個人資料)."""

from typing import Any

from minben.notify.models import Mute, Notice, ReturnedAddress, Wish


def held_about(recipient: str) -> dict[str, Any]:  # Any: rows of JSON-ready values
    """Messages to a person and what they want none about, oldest first, and how they want them.

    Five queries.
    """
    rows = Notice.objects.filter(recipient=recipient).order_by("created_at", "id")
    fields = ("kind", "address", "language", "context", "created_at", "sent_at", "dropped_at")
    stopped = Mute.objects.filter(recipient=recipient).order_by("at", "id")
    wished = Wish.objects.filter(recipient=recipient)
    addresses = {str(address).casefold() for address in rows.values_list("address", flat=True)}
    back = ReturnedAddress.objects.filter(address__in=addresses)
    return {
        "messages": list(rows.values(*fields)),
        "stopped_cases": list(stopped.values("number", "at")),
        "letters_wished": list(wished.values("daily", "quiet_from", "quiet_until", "at")),
        "letters_returned": list(
            back.values("address", "permanent_days", "temporary", "status", "at", "stopped_at")
        ),
    }
