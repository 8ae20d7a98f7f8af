"""Reads of demands, for this module's pages and for the modules above."""

from minben.demands.queries.published import (
    PublishedDemand,
    PublishedDisposition,
    PublishedSplit,
    published,
    versions_of,
)
from minben.demands.queries.standing import (
    Summary,
    blocking,
    hindrance,
    rolled_up,
    summary,
)

__all__ = [
    "PublishedDemand",
    "PublishedDisposition",
    "PublishedSplit",
    "Summary",
    "blocking",
    "hindrance",
    "published",
    "rolled_up",
    "summary",
    "versions_of",
]
