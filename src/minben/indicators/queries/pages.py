"""What pages look up beside a run (頁面查詢): names, comparator sets, sources. One statement each."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Count, Max, Q, QuerySet

from minben.indicators.exporting.dataset import Cited, Words
from minben.indicators.models import (
    Break,
    Indicator,
    Intake,
    Membership,
    Method,
    RunSource,
    Source,
    Unit,
)
from minben.indicators.rules import Relation, looks_like_a_code
from minben.kernel.text import whole_number

ALL = "all"
Related = TypeVar("Related", Indicator, Unit)


@dataclass(frozen=True, slots=True)
class ComparatorSet:
    """Units a unit is compared with (比較範圍).

    Args:
        key: ``all``, or family and code of a group.
    """

    key: str
    name: Words
    units: frozenset[str]


def names_of(codes: Collection[str]) -> dict[str, Words]:
    """Names of units by code."""
    rows = Unit.objects.filter(code__in=set(codes)).order_by("code")
    return {code: Words(zh, en) for code, zh, en in rows.values_list("code", "name_zh", "name_en")}


def comparator_sets(codes: Collection[str], period: str) -> list[ComparatorSet]:
    """The groups with at least two of these units, by family and name.

    Who was a member on the last day of the period's year counts; without a period, who is one
    without an end.
    """
    year = whole_number(period[:4])
    day = date(year, 12, 31) if year else None
    held = Q(valid_from=None) | Q(valid_from__lte=day) if day else Q()
    still = Q(valid_until=None) | Q(valid_until__gt=day) if day else Q(valid_until=None)
    rows = Membership.objects.filter(held, still, unit__code__in=set(codes))
    members: dict[tuple[str, str, str, str], set[str]] = defaultdict(set)
    for unit, *group in rows.values_list(
        "unit__code", "group__family", "group__code", "group__name_zh", "group__name_en"
    ):
        family, code, zh, en = group
        members[family, code, zh, en].add(unit)
    return [
        ComparatorSet(f"{family}:{code}", Words(zh, en), frozenset(units))
        for (family, code, zh, en), units in sorted(members.items())
        if len(units) > 1
    ]


def cited(source: Source) -> Cited:
    """A source as it is cited."""
    return Cited(
        source.code,
        Words(source.title_zh, source.title_en),
        source.publisher,
        source.licence,
        source.address,
        source.published_on,
        source.open_terms,
    )


@dataclass(frozen=True, slots=True)
class Brought:
    """An import a run rests on, with its source."""

    source: Cited
    number: int
    at: object
    sha256: str
    withdrawn: bool


def sources_of(run_id: int) -> list[Brought]:
    """The imports a run rests on."""
    rows = RunSource.objects.filter(run_id=run_id).select_related("intake__source")
    return [
        Brought(
            cited(one.intake.source),
            one.intake.number,
            one.intake.at,
            one.intake.sha256,
            one.intake.withdrawn_at is not None,
        )
        for one in rows.order_by("intake__source__code", "intake__number")
    ]


def indicators_by_code(codes: Collection[str]) -> Mapping[str, Indicator]:
    """Indicators of the registry by code."""
    rows = Indicator.objects.filter(code__in=set(codes)).select_related("source")
    return {one.code: one for one in rows}


def registered() -> QuerySet[Indicator]:
    """All indicators with their sources, as they are listed."""
    return Indicator.objects.select_related("source").order_by("source__code", "order", "code")


def listed_sources() -> list[Source]:
    """All sources, with `indicators_` and the newest `brought_` that counts."""
    rows = Source.objects.annotate(
        indicators_=Count("indicators", distinct=True),
        brought_=Max("intakes__at", filter=Q(intakes__withdrawn_at=None)),
    )
    return list(rows.order_by("code"))


def brought_by(source: Source) -> list[Intake]:
    """The imports of a source with their files, newest first; contents of files are left out."""
    rows = Intake.objects.filter(source=source).prefetch_related("files")
    return list(rows.order_by("-number"))


def versions_of(code: str) -> list[Method]:
    """The versions of a method, newest first."""
    return list(Method.objects.filter(code=code).select_related("agency").order_by("-version"))


def breaks_of(codes: Collection[str]) -> list[tuple[str, Words]]:
    """Periods from which one of these indicators is measured otherwise, with its title and note."""
    rows = Break.objects.filter(indicator__code__in=set(codes)).select_related("indicator")
    return [
        (
            one.period,
            Words(
                f"{one.indicator.title_zh}：{one.note_zh}",
                f"{one.indicator.title_en}: {one.note_en}",
            ),
        )
        for one in rows.order_by("period", "indicator__order", "indicator__code")
    ]


def listed_units(kind: str = "", relation: str = "", agency: str = "") -> QuerySet[Unit]:
    """Units by code, all or those of one kind; of a relation or an agency are services only."""
    rows = Unit.objects.select_related("agency").order_by("code")
    if any(one and not looks_like_a_code(one) for one in (kind, relation, agency)):
        return rows.none()
    if relation:
        rows = with_relation(rows, relation)
    given = {"kind": kind, "agency__code": agency}
    return rows.filter(**{name: told for name, told in given.items() if told})


def with_relation(rows: QuerySet[Related], relation: str) -> QuerySet[Related]:
    """Indicators or services between whom the relation says; none for what is no relation."""
    # Six short codes, none part of another: text search works on every database.
    known = relation if relation in set(Relation) else "-"
    return rows.filter(relations__icontains=known)
