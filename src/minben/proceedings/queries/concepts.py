"""Concept sheets of a meeting."""

from collections.abc import Sequence

from minben.proceedings.models import Concept


def concepts_of(meeting_id: int, *, public: bool) -> Sequence[Concept]:
    """The sheets of a meeting by group; only published ones if `public`. One query."""
    rows = Concept.objects.filter(meeting=meeting_id)
    return list(rows.exclude(published_at=None) if public else rows)


def concept(meeting_id: int, concept_id: int) -> Concept | None:
    """One sheet. One query."""
    return Concept.objects.filter(meeting=meeting_id, pk=concept_id).first()
