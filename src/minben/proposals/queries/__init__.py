"""Reads of proposals (提議之查詢); they return rows or frozen dataclasses and write nothing."""

from minben.proposals.queries.drafts import (
    became,
    codraft,
    codrafts,
    draft_of,
    drafts_of,
    filed_from,
)
from minben.proposals.queries.similar import similar_reached, similar_to

__all__ = [
    "became",
    "codraft",
    "codrafts",
    "draft_of",
    "drafts_of",
    "filed_from",
    "similar_reached",
    "similar_to",
]
