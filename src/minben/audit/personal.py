"""What the record holds about one person (個人資料): what they did, never what others did."""

from typing import Any

from minben.audit.models import Event


def held_about(actor_id: str) -> dict[str, Any]:  # Any: rows of JSON-ready values
    """Acts recorded under an actor's id, oldest first. One query."""
    rows = Event.objects.filter(actor=actor_id)
    return {"acts": list(rows.values("kind", "at", "subject", "data", "private"))}
