"""Taking a month of the platform's own conduct into the observations (平臺自身指標之匯入)."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import override

from minben.base.each import each
from minben.base.measuring import PLATFORM, By, Measure, Scale, measures
from minben.indicators import catalogue, conduct
from minben.indicators.actions.declaring import declare_indicators
from minben.indicators.actions.intakes import take_in
from minben.indicators.actions.sources import register_source
from minben.indicators.actions.units import register_units
from minben.indicators.conduct import AGENCY, HEADER, PREFIX, SOURCE
from minben.indicators.declared.drafts import IndicatorDraft, Layout, SourceDraft, UnitDraft
from minben.indicators.keeping import csv_of
from minben.indicators.models import IntakeFile, Source, Unit
from minben.indicators.queries.planning import prospect
from minben.indicators.rules import UnitKind
from minben.kernel.actor import Actor
from minben.people import queries as people

MOST_MONTHS = 120  # in one tick; the next goes on
DECIMALS = 1
NAMES = ("本平臺", "This platform")
Names = dict[str, tuple[str, str]]


def take_conduct(*, by: Actor, at: datetime) -> int:
    """Take every finished month that is not taken yet, oldest first; how many were taken.

    Each month is an import of its own, whole or not at all, and taken once. A month whose import
    was withdrawn is taken anew, as things stand then.
    """
    months = _untaken(at)
    if not months:
        return 0
    _declare(by, at)
    return each(months[:MOST_MONTHS], lambda month: _take(month, by, at))


def _untaken(at: datetime) -> list[str]:
    """Months without a standing import.

    Asked every minute, so the modules are asked for their first act only once a month, or while
    there is a gap.
    """
    rows = IntakeFile.objects.filter(intake__source__code=SOURCE)
    standing = {
        name.removesuffix(".csv"): withdrawn is None
        for name, withdrawn in rows.order_by("pk").values_list("name", "intake__withdrawn_at")
    }
    taken = {month for month, stands in standing.items() if stands}
    begun = conduct.span(min(standing))[0] if standing else None
    if begun is not None and not set(conduct.finished(begun, at)) - taken:
        return []
    known = {one.since for one in measures()}
    first = min(filter(None, (since() for since in known)), default=None)
    if first is None:
        return []
    earliest = min(first, begun) if begun else first
    return [month for month in conduct.finished(earliest, at) if month not in taken]


@transaction.atomic
def _declare(by: Actor, at: datetime) -> None:
    """The source and its indicators, as the modules declare them now."""
    if not Source.objects.filter(code=SOURCE).exists():
        register_source(draft=_source(), agency_id=None, by=by, at=at)
    if not Unit.objects.filter(code=PLATFORM).exists():
        whole = UnitDraft(PLATFORM, UnitKind.PLATFORM, *NAMES)
        register_units(units=[whole], by=by, at=at)
    drafts = [_indicator(one) for one in measures()]
    declare_indicators(source_code=SOURCE, indicators=drafts, by=by, at=at)


def _source() -> SourceDraft:
    return SourceDraft(
        code=SOURCE,
        publisher="民本 Minben",
        title_zh="本平臺之辦理與參與情形",
        title_en="Conduct of this platform",
        licence="CC0-1.0",
        open_terms=True,
        notes_zh="由本平臺之紀錄逐月計算，於次月初匯入；其後的變動不回溯。縣市人數不滿 5 人者不公布。",
        notes_en=(
            "Computed month by month from the platform's own record, early in the next month; what"
            " changes later does not change them. Counts of fewer than 5 people in a county are"
            " withheld."
        ),
    )


def _indicator(measure: Measure) -> IndicatorDraft:
    said = []
    for language in ("zh-hant", "en"):
        with override(language):
            said.append((str(measure.title), str(measure.definition), str(measure.unit)))
    zh, en = said
    return IndicatorDraft(
        code=PREFIX + measure.code,
        title_zh=zh[0],
        title_en=en[0],
        definition_zh=zh[1],
        definition_en=en[1],
        unit_zh=zh[2],
        unit_en=en[2],
        scale=measure.scale.value,
        direction=measure.direction,
        decimals=None if measure.scale is Scale.COUNT else DECIMALS,
        order=measure.order,
    )


@transaction.atomic
def _take(month: str, by: Actor, at: datetime) -> int:
    """One month; 0 if another process has just taken it."""
    source = Source.objects.select_for_update().get(code=SOURCE)
    name = f"{month}.csv"
    there = IntakeFile.objects.filter(intake__source__code=SOURCE, name=name)
    if there.filter(intake__withdrawn_at=None).exists():
        return 0
    counties = {one.zh: one.code for one in catalogue.units("county") if not one.until}
    agencies, names = _agencies()
    codes = counties | agencies
    rows: list[tuple[str, ...]] = []
    for measure in measures():
        rows += _rows(measure, month, codes, counties.values())
    if not rows:
        return 0
    _register(rows, names, by, at)
    files = {name: csv_of(HEADER, sorted(rows))}
    take_in(
        source_code=SOURCE,
        files=files,
        layout=Layout(),
        # Nobody looks at what checks remark here: they stay with the import, to be read.
        confirmed=prospect(source, files, Layout()).plan.seal,
        by=by,
        at=at,
    )
    return 1


def _rows(
    measure: Measure, month: str, codes: dict[str, str], counties: Iterable[str]
) -> Sequence[tuple[str, ...]]:
    begins, ends = conduct.span(month)
    since = measure.since()
    if since is None or since >= ends:
        return []
    taken = list(conduct.renamed(measure.take(begins, ends), codes))
    if measure.by is By.COUNTY:
        taken = conduct.with_zeros(taken, measure.scale, counties)
    return [
        (
            one.unit,
            month,
            PREFIX + measure.code,
            "" if one.value is None else f"{one.value:.12g}",
            "" if one.n is None else str(one.n),
            one.status,
        )
        for one in conduct.published(taken)
    ]


def _agencies() -> tuple[dict[str, str], Names]:
    """Code of the unit by code of the agency, and the two names by code of the unit."""
    codes: dict[str, str] = {}
    found: Names = {}
    everybody = [
        (government, agency)
        for government in people.jurisdictions()
        for agency in people.agencies_ever(government.code)
    ]
    zh = [agency.name_zh for _, agency in everybody]
    for government, agency in everybody:
        code = f"{AGENCY}{agency.code}"[:60]
        names = (agency.name_zh, agency.name_en or agency.name_zh)
        if zh.count(agency.name_zh) > 1:  # two governments may have an agency of one name
            names = (
                f"{government.name_zh} {agency.name_zh}",
                f"{government.name_en}: {agency.name_en or agency.name_zh}",
            )
        codes[agency.code], found[code] = code, names
    return codes, found


def _register(rows: Sequence[tuple[str, ...]], names: Names, by: Actor, at: datetime) -> None:
    """The agencies of a month that are no units yet, or go by another name now."""
    wanted = {row[0] for row in rows} & names.keys()
    there = {
        code: (zh, en)
        for code, zh, en in Unit.objects.filter(code__in=wanted).values_list(
            "code", "name_zh", "name_en"
        )
    }
    drafts = [
        UnitDraft(code, UnitKind.AGENCY, *names[code])
        for code in sorted(wanted)
        if there.get(code) != names[code]
    ]
    if drafts:
        register_units(units=drafts, by=by, at=at)
