"""Public services of agencies (公共服務): words and facets, and how much is observed of each."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Final

from django.db.models import Count, Q, QuerySet

from minben.indicators.exporting.dataset import Service, Words
from minben.indicators.models import Observation, Unit
from minben.indicators.queries.listing import Option
from minben.indicators.queries.pages import with_relation
from minben.indicators.rules import Relation, UnitKind

ALL: Final = ""
NAMES: Final = ("q", "relation", "agency")


@dataclass(frozen=True, slots=True)
class ServiceFilters:
    """What the list is narrowed to; empty texts narrow nothing. `agency` is a code."""

    q: str = ""
    relation: str = ""
    agency: str = ""

    @property
    def narrow(self) -> bool:
        """Whether anything is asked for."""
        return any((self.q, self.relation, self.agency))


def services(filters: ServiceFilters = ServiceFilters()) -> QuerySet[Unit]:
    """The services with all words in their code or names, of these facets, with their agencies."""
    rows = Unit.objects.filter(kind=UnitKind.SERVICE).select_related("agency")
    for word in filters.q.split():
        rows = rows.filter(
            Q(code__icontains=word) | Q(name_zh__icontains=word) | Q(name_en__icontains=word)
        )
    if filters.relation:
        rows = with_relation(rows, filters.relation)
    if filters.agency:
        rows = rows.filter(agency__code=filters.agency)
    return rows.order_by("agency__code", "code")


def relation_counts(filters: ServiceFilters = ServiceFilters()) -> dict[str, int]:
    """How many services have each of the six, 0 included, under the other filters; one statement.

    A service with two relations counts for both. `ALL` is all of them, each once.
    """
    rows = list(services(replace(filters, relation="")).values_list("relations", flat=True))
    counts = Counter(one for relations in rows for one in relations)
    return {ALL: len(rows)} | {one.value: counts[one.value] for one in Relation}


def agency_options(filters: ServiceFilters = ServiceFilters()) -> list[Option]:
    """The agencies with how many services each has under the other filters; one statement."""
    rows = services(replace(filters, agency="")).values_list(
        "agency__code", "agency__name_zh", "agency__name_en"
    )
    counts = Counter((code, zh, en or zh) for code, zh, en in rows)
    return [Option(*key, n) for key, n in sorted(counts.items())]


def handed_out(rows: QuerySet[Unit]) -> list[Service]:
    """Services as files tell them; one statement."""
    told = rows.values_list("code", "name_zh", "name_en", "agency__code", "relations")
    return [
        Service(code, Words(zh, en), agency, tuple(relations))
        for code, zh, en, agency, relations in told
    ]


def services_among(codes: Collection[str]) -> list[Service]:
    """Those of some units that are services; one statement."""
    return handed_out(services().filter(code__in=set(codes)))


def observed_counts(ids: Collection[int]) -> Mapping[int, int]:
    """Of how many indicators something counts, by id of the unit; one statement."""
    rows = Observation.objects.filter(unit__in=ids, intake__withdrawn_at=None).order_by()
    return dict(rows.values_list("unit").annotate(n=Count("indicator", distinct=True)))
