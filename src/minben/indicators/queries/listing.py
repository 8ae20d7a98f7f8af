"""The list of indicators (指標清單): words and facets. One statement for the list, one for facets."""

from collections import Counter
from dataclasses import dataclass
from typing import Final

from django.db.models import Q, QuerySet

from minben.indicators.models import Indicator
from minben.indicators.queries.pages import registered, with_relation

FACETS: Final = ("domain", "dimension", "relation", "source")


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to; empty texts narrow nothing."""

    q: str = ""
    domain: str = ""
    dimension: str = ""
    relation: str = ""
    source: str = ""

    @property
    def narrow(self) -> bool:
        """Whether anything is asked for."""
        return any((self.q, self.domain, self.dimension, self.relation, self.source))


def found(filters: Filters) -> QuerySet[Indicator]:
    """The indicators with all words in their code, titles or definitions, and of these facets."""
    rows = registered()
    for word in filters.q.split():
        rows = rows.filter(
            Q(code__icontains=word)
            | Q(title_zh__icontains=word)
            | Q(title_en__icontains=word)
            | Q(definition_zh__icontains=word)
            | Q(definition_en__icontains=word)
        )
    if filters.domain:
        rows = rows.filter(domain=filters.domain)
    if filters.dimension:
        rows = rows.filter(dimension_zh=filters.dimension)
    if filters.source:
        rows = rows.filter(source__code=filters.source)
    if filters.relation:
        rows = with_relation(rows, filters.relation)
    return rows


@dataclass(frozen=True, slots=True)
class Option:
    """A value of a facet, by its code and its two names, and how many indicators have it."""

    code: str
    zh: str
    en: str
    n: int


def options(filters: Filters) -> dict[str, list[Option]]:
    """The values of each facet that some indicator has, of all indicators."""
    counts: dict[str, Counter[tuple[str, str, str]]] = {name: Counter() for name in FACETS}
    for domain, zh, en, relations, source, title_zh, title_en in registered().values_list(
        "domain",
        "dimension_zh",
        "dimension_en",
        "relations",
        "source__code",
        "source__title_zh",
        "source__title_en",
    ):
        counts["domain"][domain, domain, domain] += 1
        if zh:
            counts["dimension"][zh, zh, en or zh] += 1
        counts["source"][source, title_zh, title_en] += 1
        for one in relations:
            counts["relation"][one, one, one] += 1
    return {
        name: [Option(*key, n) for key, n in sorted(counter.items())]
        for name, counter in counts.items()
    }
