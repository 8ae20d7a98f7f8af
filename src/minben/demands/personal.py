"""What demands hold about one person (個人資料)."""

from typing import Any

from minben.demands.models import Correction


def held_about(person: str) -> dict[str, Any]:  # Any: rows of JSON-ready values
    """Corrections somebody proposed, with their answers, oldest first. One query."""
    rows = Correction.objects.filter(by=person).order_by("at", "id")
    fields = ("at", "kind", "text", "why", "taken", "answer", "answered_at")
    return {"split_corrections": list(rows.values("version__case__number", *fields))}
