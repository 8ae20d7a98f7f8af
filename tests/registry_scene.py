"""A county's framework as tests of the registry use it: declared, and files that fill it."""

from dataclasses import replace
from datetime import date

from minben.indicators import actions
from minben.indicators.declared.documents import framework
from minben.indicators.declared.drafts import Framework, Layout
from minben.indicators.declared.statements import ClaimDraft
from minben.indicators.models import Claim, Intake, Source
from minben.indicators.queries.claims import judgement
from minben.indicators.queries.planning import prospect
from minben.kernel.actor import SYSTEM, Actor
from tests.factories import DAY0
from tests.registry_document import document

WAVES = "unit,period,yl.online\n口湖鄉,2023,78.5\n口湖鄉,2024,81.2\n".encode()
SAID = ClaimDraft(
    says="points",
    indicator="yl.online",
    unit="YUN-kouhu",
    period="2024",
    earlier="2023",
    figure="2.7",
    words_zh="口湖鄉上網率「增加 2.7 個百分點」",
    said_in="新聞稿",
    said_on=date(2025, 7, 1),
)
WIDE = "unit,period,yl.online,yl.fraud\n口湖鄉,2024,81.2,4.1\n斗六市,2024,90.4,..\n".encode()
NEWER = "unit,period,yl.online,yl.fraud\n口湖鄉,2024,81.5,4.1\n斗六市,2024,90.4,5.2\n".encode()


def declared(agency_id: int | None = None, by: Actor = SYSTEM) -> Source:
    """The source with its units and indicators."""
    told: Framework = framework("yunlin.json", document())
    source = actions.register_source(draft=told.source, agency_id=agency_id, by=by, at=DAY0)
    actions.register_units(units=told.units, groups=told.groups, by=SYSTEM, at=DAY0)
    actions.declare_indicators(source_code=source.code, indicators=told.indicators, by=by, at=DAY0)
    return source


def surveyed(agency_id: int | None = None, by: Actor = SYSTEM) -> Source:
    """The source as a survey, with two waves."""
    source = declared(agency_id, by)
    told = replace(framework("yunlin.json", document()).source, survey=True)
    source = actions.change_source(draft=told, by=by, at=DAY0)
    taken(source, WAVES)
    return source


def noted(source: Source, draft: ClaimDraft = SAID, by: Actor = SYSTEM) -> Claim:
    """A statement whose verdict was looked at."""
    seal = judgement(source, draft).seal
    return actions.note_claim(source_code=source.code, draft=draft, confirmed=seal, by=by, at=DAY0)


def taken(
    source: Source,
    content: bytes = WIDE,
    *,
    name: str = "2024.csv",
    layout: Layout | None = None,
    by: Actor = SYSTEM,
) -> Intake:
    """An import whose remarks were all confirmed."""
    files = {name: content}
    seal = prospect(source, files, layout or Layout()).plan.seal
    return actions.take_in(
        source_code=source.code,
        files=files,
        layout=layout or Layout(),
        confirmed=seal,
        by=by,
        at=DAY0,
    )
