"""Reading what somebody asked a list for (提議列表之條件), from any address, however odd.

What can't be meant is left out and told, never an error: lists are linked to from anywhere.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from minben.people import queries as people
from minben.proposals.labels import county_label, stage_label, topic_label
from minben.proposals.models import TOPICS
from minben.proposals.queries.listing import Facet, Filters, Sort
from minben.proposals.queries.search import WORDS_MAX
from minben.proposals.queries.stages import LISTED_STAGES
from minben.proposals.words import Bilingual

VALUE_MAX = 60  # characters of one value that are looked at
VALUES_MAX = 10  # values of one facet that are looked at
Name = str | Bilingual


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list was asked for.

    Args:
        filters: what can be meant of it.
        names: what the chosen values are called, by facet and value.
        unknown: values nobody knows; they are left out of `filters`.
        cut: the words were longer than a search looks at.
        page: which page, as given.
    """

    filters: Filters
    names: dict[tuple[Facet, str], Name]
    unknown: tuple[str, ...]
    cut: bool
    page: str


def read_filters(given: QueryDict) -> Asked:
    """Read a query string. No query; one each where agencies or governments are chosen."""
    raw = given.get("q", "").replace("\0", "")
    words = " ".join(raw.split())
    chosen = {facet: _values(given.getlist(facet.value)) for facet in Facet}
    names = {
        (facet, code): name
        for facet, codes in chosen.items()
        if codes
        for code, name in _names(facet, codes).items()
    }
    known = {facet.value: tuple(c for c in chosen[facet] if (facet, c) in names) for facet in Facet}
    unknown = [code for facet in Facet for code in chosen[facet] if (facet, code) not in names]
    sort = given.get("sort", "")
    filters = Filters(
        words=words[:WORDS_MAX].rstrip(),
        sort=_sort(sort, words),
        stage=known["stage"],
        government=known["government"],
        topic=known["topic"],
        agency=known["agency"],
        county=known["county"],
    )
    if sort and sort not in set(Sort):
        unknown.append(sort[:VALUE_MAX])
    return Asked(filters, names, tuple(unknown), len(words) > WORDS_MAX, given.get("page", ""))


def query_of(filters: Filters, *, without: tuple[Facet, str] | None = None) -> str:
    """The query string of a list, in one spelling; `without` leaves one chosen value out."""
    pairs = [("q", filters.words)] if filters.words else []
    pairs += [
        (facet.value, code)
        for facet in Facet
        for code in filters.chosen(facet)
        if (facet, code) != without
    ]
    if filters.sort is not _sort("", filters.words):
        pairs.append(("sort", filters.sort.value))
    return urlencode(pairs)


def _values(given: Iterable[str]) -> tuple[str, ...]:
    """What was given, without blanks and repetitions."""
    clean = (value.replace("\0", "").strip()[:VALUE_MAX] for value in given)
    return tuple(dict.fromkeys(value for value in clean if value))[:VALUES_MAX]


def _sort(given: str, words: str) -> Sort:
    """The order asked for; best matches first where there are words to match."""
    usual = Sort.MATCH if words else Sort.NEWEST
    if given not in set(Sort) or (given == Sort.MATCH and not words):
        return usual
    return Sort(given)


def _names(facet: Facet, codes: tuple[str, ...]) -> dict[str, Name]:
    """What those of the values that are known are called."""
    if facet is Facet.STAGE:
        return {code: stage_label(code) for code in codes if code in set(LISTED_STAGES)}
    if facet is Facet.TOPIC:
        return {code: topic_label(code) for code in codes if code in TOPICS}
    if facet is Facet.COUNTY:
        known = {county.name_zh for county in people.counties()}
        return {code: county_label(code) for code in codes if code in known}
    found = (
        people.agency_names(codes) if facet is Facet.AGENCY else people.jurisdiction_names(codes)
    )
    return {code: Bilingual(zh, en) for code, (zh, en) in found.items()}
