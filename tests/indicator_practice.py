"""A small index for practice: eight units, three periods, opportunities and risks, gaps."""

import gzip
import hashlib
import json
from datetime import datetime
from typing import Any

from minben.indicators.actions.computing import compute_run
from minben.indicators.actions.methods import declare_method
from minben.indicators.models import (
    Break,
    Indicator,
    Intake,
    IntakeFile,
    Membership,
    Method,
    Observation,
    Source,
    StoredRun,
    Unit,
    UnitGroup,
)
from minben.kernel.actor import SYSTEM, Role
from tests.factories import DAY0, make_staff

UNITS = "ABCDEFGH"
PERIODS = ("2019", "2021", "2023")
GOOD, BAD = ("p-access", "p-skills", "p-open"), ("p-fraud", "p-gap")
INDEX, PLAIN = "practice-wheel", "practice-plain"


def wheel_recipe(**more: Any) -> dict[str, Any]:  # Any: JSON values
    """Opportunities and risks, between the lowest and the highest; two thirds must be observed."""
    names = {
        "p-access": ("上網", "Access"),
        "p-skills": ("技能", "Skills"),
        "p-open": ("開放資料", "Open data"),
        "p-fraud": ("網路詐騙", "Fraud"),
        "p-gap": ("落差", "Divide"),
    }
    return {
        "format": "minben-recipe-1",
        "code": INDEX,
        "title": {"zh": "練習輪", "en": "Practice wheel"},
        "source": "Invented for practice",
        "notes": {"zh": "數值為虛構。", "en": "The values are invented."},
        "dimensions": {
            "use": {"zh": "使用", "en": "Use"},
            "safety": {"zh": "安全", "en": "Safety"},
        },
        "indicators": [
            {
                "code": code,
                "parent": "opportunities" if code in GOOD else "risks",
                "dimension": "use" if code in GOOD else "safety",
                "title": {"zh": zh, "en": en},
                "unit": "%",
            }
            for code, (zh, en) in names.items()
        ],
        "groups": [
            {"code": "opportunities", "title": {"zh": "機會", "en": "Opportunities"}},
            {"code": "risks", "title": {"zh": "風險", "en": "Risks"}},
        ],
        "normalise": {"method": "minmax"},
        "coverage": 0.6,
        "decimals": 3,
    } | more


def plain_recipe(**more: Any) -> dict[str, Any]:  # Any: JSON values
    """One index of three indicators, with goalposts."""
    return {
        "format": "minben-recipe-1",
        "code": PLAIN,
        "title": {"zh": "練習指數", "en": "Practice index"},
        "indicators": [
            {"code": code, "parent": "total", "title": {"zh": f"甲{n}", "en": f"Part {n}"}}
            for n, code in enumerate(GOOD, start=1)
        ],
        "groups": [{"code": "total", "title": {"zh": "總指數", "en": "Total"}}],
        "normalise": {"method": "goalposts", "low": 0, "high": 100},
        "missing": "withhold",
    } | more


def value_of(code: str, unit: str, period: str) -> float | None:
    """An invented value; two cells have none, and H of 2023 has hardly any."""
    n, place, year = UNITS.index(unit), (*GOOD, *BAD).index(code), PERIODS.index(period)
    if (unit, code) in {("C", "p-skills"), ("D", "p-fraud")}:
        return None
    if unit == "H" and period == "2023" and code != "p-access":
        return None
    return round(20 + (7 * n * (place + 2) + 11 * place) % 53 + 4 * year + n / 10, 1)


def source_of(code: str = "practice", *, open_terms: bool = True) -> Source:
    """Who publishes the invented numbers."""
    found = Source.objects.filter(code=code).first()
    return found or Source.objects.create(
        code=code,
        publisher="Practice office",
        title_zh="練習資料",
        title_en="Practice data",
        licence="CC BY 4.0",
        open_terms=open_terms,
        at=DAY0,
        by=SYSTEM.id,
    )


def units_of(codes: str = UNITS) -> dict[str, Unit]:
    """The units, as far as they are not there; A to E are of the north."""
    for code in codes:
        if not Unit.objects.filter(code=code).exists():
            Unit.objects.create(
                code=code, kind="practice", name_zh=f"習作{code}", name_en=f"Unit {code}"
            )
    found = {one.code: one for one in Unit.objects.filter(code__in=codes)}
    for family, code, zh, en, members in (
        ("comparators", "north", "北區", "North", "ABCDE"),
        ("comparators", "alone", "獨一", "Alone", "F"),
        ("comparators", "pair", "兩個", "Pair", "AB"),
    ):
        group, made = UnitGroup.objects.get_or_create(
            family=family, code=code, defaults={"name_zh": zh, "name_en": en}
        )
        if made:
            for member in members:
                Membership.objects.create(unit=found[member], group=group)
    return found


def indicators_of(source: Source) -> dict[str, Indicator]:
    """The five indicators; access has a break."""
    out = {}
    for n, code in enumerate((*GOOD, *BAD)):
        out[code], made = Indicator.objects.get_or_create(
            code=code,
            defaults={
                "source": source,
                "title_zh": f"指標{code}",
                "title_en": f"Indicator {code}",
                "definition_zh": "每百人中有多少人",
                "definition_en": "How many of a hundred people",
                "scale": "percent",
                "unit_zh": "%",
                "unit_en": "%",
                "direction": 1 if code in GOOD else -1,
                "domain": "opportunity" if code in GOOD else "risk",
                "dimension_zh": "使用" if code in GOOD else "安全",
                "dimension_en": "Use" if code in GOOD else "Safety",
                "decimals": 1,
                "relations": ["G2C"] if code in GOOD else ["G2B"],
                "order": n,
            },
        )
        if made and code == "p-access":
            Break.objects.create(
                indicator=out[code], period="2021", note_zh="改問法", note_en="New question"
            )
    return out


def brought(
    source: Source, rows: list[tuple[str, str, str, float | None]], at: datetime = DAY0
) -> Intake:
    """An import of (indicator, unit, period, value)."""
    content = json.dumps(rows).encode()
    sha = hashlib.sha256(content).hexdigest()
    number = source.intakes.count() + 1
    intake = Intake.objects.create(
        source=source,
        number=number,
        at=at,
        by=SYSTEM.id,
        sha256=sha,
        observations=len(rows),
    )
    file = IntakeFile.objects.create(
        intake=intake,
        name=f"practice-{number}.csv",
        sha256=sha,
        size=len(content),
        content=gzip.compress(content),
    )
    known = {one.code: one for one in Indicator.objects.all()}
    units = {one.code: one for one in Unit.objects.all()}
    Observation.objects.bulk_create(
        Observation(
            intake=intake,
            indicator=known[code],
            unit=units[unit],
            period=period,
            value=value,
            n=200 if value is not None else None,
            status="A" if value is not None else "M",
            file=file,
            place=f"line {n}",
        )
        for n, (code, unit, period, value) in enumerate(rows, start=2)
    )
    return intake


def practised(*, open_terms: bool = True) -> dict[str, StoredRun]:
    """Everything at once: both indices, computed."""
    source = source_of(open_terms=open_terms)
    units_of()
    indicators_of(source)
    brought(
        source,
        [
            (code, unit, period, value_of(code, unit, period))
            for code in (*GOOD, *BAD)
            for unit in UNITS
            for period in PERIODS
        ],
    )
    out = {}
    for recipe in (wheel_recipe(), plain_recipe()):
        declared(recipe)
        out[recipe["code"]] = compute_run(code=recipe["code"], by=SYSTEM, at=DAY0)
    return out


def declared(recipe: dict[str, Any], at: datetime = DAY0) -> Method:
    """A recipe as a method of the platform. Any: JSON values."""
    content = json.dumps(recipe).encode()
    by = make_staff(Role.ADMINISTRATOR)
    return declare_method(content=content, agency_id=None, by=by, at=at)
