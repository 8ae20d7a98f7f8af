"""What meetings hold about one person (個人資料): their registrations."""

from typing import Any

from minben.meetings.models import Registration


def held_about(person_id: int) -> dict[str, Any]:  # Any: rows of JSON-ready values
    """Where somebody registered, under which name, and what became of it. One query."""
    rows = Registration.objects.filter(person=person_id).order_by("at", "id")
    fields = ("at", "kind", "name", "state", "queue", "table", "attendance", "changed_at")
    return {"registrations": list(rows.values("meeting__number", "meeting__title", *fields))}
