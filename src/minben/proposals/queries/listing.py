"""The list of proposals (提議列表): words, facets with counts, order, pages. At most five queries.

Counts of a facet are taken with every other filter on and its own off, so that each number says
how many there would be after choosing it.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from minben.proposals.models import Proposal
from minben.proposals.queries.cards import Card, cards_of, with_cases
from minben.proposals.queries.search import Found, search
from minben.proposals.queries.similar import similar_to
from minben.proposals.queries.stages import is_open, public_rows, stage_at
from minben.proposals.words import Bilingual

PER_PAGE = 20


class Facet(StrEnum):
    """What a list can be narrowed by; the value is the parameter's name in addresses."""

    STAGE = "stage"  # 階段
    GOVERNMENT = "government"  # 受理政府
    TOPIC = "topic"  # 主題
    AGENCY = "agency"  # 權責機關
    COUNTY = "county"  # 提議者縣市


class Sort(StrEnum):
    """In which order a list stands."""

    MATCH = "match"  # 最相符
    NEWEST = "newest"  # 最新
    CLOSING = "closing"  # 即將截止
    ENDORSED = "endorsed"  # 附議最多
    RECENT = "recent"  # 最近成案或回應
    REACHED = "reached"  # 最近成案


_TOTAL = "total"
_COLUMNS: Mapping[str, tuple[str, str, str]] = {
    # facet → where its code and its names in Chinese and English stand; no name: none is stored
    Facet.STAGE: ("stage", "", ""),
    Facet.GOVERNMENT: (
        "case__jurisdiction__code",
        "case__jurisdiction__name_zh",
        "case__jurisdiction__name_en",
    ),
    Facet.TOPIC: ("topic", "", ""),
    Facet.AGENCY: (
        "case__agencies__agency__code",
        "case__agencies__agency__name_zh",
        "case__agencies__agency__name_en",
    ),
    Facet.COUNTY: ("county", "", ""),
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What somebody wants to see; empty means everything."""

    words: str = ""
    stage: tuple[str, ...] = ()
    government: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    agency: tuple[str, ...] = ()
    county: tuple[str, ...] = ()
    sort: Sort = Sort.NEWEST

    def chosen(self, facet: Facet) -> tuple[str, ...]:
        """The values chosen of a facet."""
        values: tuple[str, ...] = getattr(self, facet.value)
        return values

    def without(self, facet: Facet) -> "Filters":
        """The same with nothing chosen of a facet."""
        emptied: dict[str, Any] = {facet.value: ()}  # Any: whichever field it is
        return replace(self, **emptied)


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet, and how many proposals it would show. A name may be empty."""

    code: str
    name: Bilingual
    n: int


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list.

    Args:
        page: Django's page; its rows are `Card`s.
        total: how many there are in all pages.
        facets: values that show something, by facet.
        cut: the search found more than it may; the oldest were left out.
    """

    page: Any  # Page[Card]; the stubs tie a page to a model
    cards: tuple[Card, ...]
    total: int
    facets: Mapping[Facet, tuple[FacetValue, ...]]
    cut: bool


def listing(
    filters: Filters, number: str | int | None, at: datetime, *, size: int = PER_PAGE
) -> Listing:
    """One page of what the filters leave. A page too far away gives the last one."""
    found = search(filters.words) if filters.words.strip() else None
    counted = _counts(filters, found, at)
    total = sum(value.n for value in counted.pop(_TOTAL, []))
    rows = ordered(with_cases(narrowed(filters, found, at), at), filters.sort, found, at)
    page = _Pages(rows, size, total).get_page(number)
    cards = tuple(cards_of(page.object_list, at))
    return Listing(
        page=page,
        cards=cards,
        total=total,
        facets={facet: tuple(counted.get(facet, ())) for facet in Facet},
        cut=bool(found and found.cut),
    )


def newest(filters: Filters, at: datetime, limit: int) -> list[Card]:
    """The first cards of a list, without pages and facets, for feeds. Two to four queries."""
    found = search(filters.words) if filters.words.strip() else None
    rows = ordered(with_cases(narrowed(filters, found, at), at), filters.sort, found, at)
    return cards_of(rows[:limit], at)


def closest(words: str, at: datetime) -> list[Card]:
    """What comes closest to a sentence nobody wrote just so, by subject. At most four queries."""
    alike = [row.pk for row in similar_to(words)]
    rows = with_cases(public_rows().filter(pk__in=alike), at)
    return sorted(cards_of(rows, at), key=lambda card: alike.index(card.pk)) if alike else []


def narrowed(filters: Filters, found: Found | None, at: datetime) -> QuerySet[Proposal]:
    """Public proposals that pass the filters."""
    rows = public_rows()
    if found is not None:
        rows = rows.filter(Q(pk__in=found.ids) | Q(case__number=found.number or None))
    if filters.stage:
        rows = rows.alias(stage_now=stage_at(at)).filter(stage_now__in=filters.stage)
    if filters.government:
        rows = rows.filter(case__jurisdiction__code__in=filters.government)
    if filters.topic:
        rows = rows.filter(topic__in=filters.topic)
    if filters.county:
        rows = rows.filter(county__in=filters.county)
    if filters.agency:
        # By way of a subquery: a join would give a proposal once for each of its agencies.
        held = Proposal.objects.filter(case__agencies__agency__code__in=filters.agency)
        rows = rows.filter(pk__in=held.order_by().values("pk"))
    return rows


def ordered(
    rows: QuerySet[Proposal], sort: Sort, found: Found | None, at: datetime
) -> QuerySet[Proposal]:
    """`rows` in the order asked for; always the same one for equals."""
    newest_first = ("-filed_at", "-pk")
    if sort is Sort.MATCH and found is not None:
        best = Q(pk__in=found.in_subject) | Q(case__number=found.number or None)
        return rows.order_by(Case(When(best, then=0), default=1), *newest_first)
    if sort is Sort.CLOSING:
        closing = Case(When(is_open(at), then=F("closes_at")))
        return rows.order_by(closing.asc(nulls_last=True), *newest_first)
    if sort is Sort.ENDORSED:
        return rows.order_by("-endorsed", *newest_first)
    if sort is Sort.REACHED:
        return rows.order_by(F("reached_at").desc(nulls_last=True), *newest_first)
    if sort is Sort.RECENT:
        latest = Coalesce("answered_at", "reached_at")
        return rows.order_by(latest.desc(nulls_last=True), *newest_first)
    return rows.order_by(*newest_first)


if TYPE_CHECKING:
    _Paginator = Paginator[Proposal]
else:
    _Paginator = Paginator


class _Pages(_Paginator):
    """A paginator that was told the total, because the facets' query counted it already."""

    def __init__(self, rows: QuerySet[Proposal], size: int, total: int) -> None:
        super().__init__(rows, size)
        self._total = total

    @property
    def count(self) -> int:
        return self._total


def _counts(filters: Filters, found: Found | None, at: datetime) -> dict[str, list[FacetValue]]:
    """How many there are of each value of each facet, and in all. One query."""
    branches = [_branch(facet, filters.without(facet), found, at) for facet in Facet]
    everything = (
        narrowed(filters, found, at)
        .order_by()
        .values_list(_text(_TOTAL), _text(""), _text(""), _text(""))
        .annotate(n=Count("pk"))
    )
    counted: dict[str, list[FacetValue]] = defaultdict(list)
    for facet, code, zh, en, n in everything.union(*branches, all=True):
        if code or facet == _TOTAL:
            counted[facet].append(FacetValue(code, Bilingual(zh, en), n))
    for values in counted.values():
        values.sort(key=lambda value: (-value.n, value.code))
    return counted


def _branch(
    facet: Facet, filters: Filters, found: Found | None, at: datetime
) -> QuerySet[Proposal, tuple[str, str, str, str, int]]:
    code, zh, en = _COLUMNS[facet]
    rows = narrowed(filters, found, at).order_by()
    value = stage_at(at) if facet is Facet.STAGE else F(code)
    names = (F(zh) if zh else _text(""), F(en) if en else _text(""))
    return rows.values_list(_text(facet.value), value, *names).annotate(n=Count("pk"))


def _text(value: str) -> Value:
    return Value(value, output_field=CharField())
