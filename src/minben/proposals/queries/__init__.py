"""Reads of proposals (提議之查詢); they return rows or frozen dataclasses and write nothing."""

from minben.proposals.queries.similar import similar_reached, similar_to

__all__ = ["similar_reached", "similar_to"]
