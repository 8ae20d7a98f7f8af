"""Refusals of the acts on the registry of indicators."""

import json

from minben.indicators import actions
from minben.indicators.declared.drafts import Layout, SourceDraft, UnitDraft
from minben.indicators.models import Source
from minben.indicators.rules import FILE_MAX, FILES_MAX
from minben.kernel.actor import SYSTEM, Actor, Role
from tests.db.refused import admin, answered
from tests.factories import DAY0, make_agency, make_staff
from tests.registry_scene import SAID, WIDE, declared, noted, surveyed, taken

DRAFT = SourceDraft("s", "發布者", "來源", "Source", "CC0")
RECIPE = {
    "format": "minben-recipe-1",
    "code": "two",
    "indicators": [{"code": "A", "parent": "index"}],
    "groups": [{"code": "index"}],
    "normalise": {"method": "minmax"},
}


def recipe(by: Actor, agency_id: int | None = None, **changes: object) -> None:
    """Declare a method."""
    content = json.dumps(RECIPE | changes).encode()
    actions.declare_method(content=content, agency_id=agency_id, by=by, at=DAY0)


def take(
    source: Source,
    files: dict[str, bytes],
    by: Actor = SYSTEM,
    confirmed: str = "",
) -> None:
    """An import of which no remark was seen."""
    actions.take_in(
        source_code=source.code, files=files, layout=Layout(), confirmed=confirmed, by=by, at=DAY0
    )


def withdraw(number: int, reason: str = "誤") -> None:
    """Withdraw an import of the scene."""
    actions.withdraw_intake(
        source_code="yunlin-digital", number=number, reason=reason, by=admin(), at=DAY0
    )


def alias(name: str, code: str = "YUN-kouhu", by: Actor | None = None, **days: object) -> None:
    """Another name of a unit of the scene."""
    span = {"valid_from": None, "valid_until": None} | days
    actions.add_alias(
        unit_code=code,
        name=name,
        by=by or admin(),
        at=DAY0,
        **span,  # type: ignore[arg-type]
    )


def note() -> None:
    """A statement whose verdict nobody looked at."""
    actions.note_claim(source_code="yunlin-digital", draft=SAID, confirmed="", by=admin(), at=DAY0)


@answered(403)
def indicators_not_yours() -> None:
    own, other = make_agency(), make_agency("交通部", "motc")
    source = declared(own.pk)
    take(source, {"a.csv": WIDE}, by=make_staff(Role.LEAD, other))


@answered(403)
def indicators_units_not_yours() -> None:
    declared()
    alias("口湖", by=make_staff(Role.OFFICER, make_agency()))


@answered(404, field="source")
def indicators_source_unknown() -> None:
    take(Source(code="none"), {"a.csv": WIDE})


@answered(422, field="code")
def indicators_source_taken() -> None:
    for _ in range(2):
        actions.register_source(draft=DRAFT, agency_id=None, by=admin(), at=DAY0)


@answered(404, field="unit")
def indicators_unit_unknown() -> None:
    alias("口湖", code="none")


@answered(422, field="code")
def indicators_unit_taken() -> None:
    make_agency()
    for _ in range(2):
        draft = UnitDraft("tax", "service", "報稅", "Taxes", agency="mof", relations=("G2C",))
        actions.register_service(draft=draft, by=admin(), at=DAY0)


@answered(422, field="name")
def indicators_alias_name() -> None:
    declared()
    alias("  ")


@answered(422, field="valid_until")
def indicators_alias_span() -> None:
    declared()
    alias("口湖", valid_from=DAY0.date(), valid_until=DAY0.date())


@answered(422, field="name")
def indicators_alias_there() -> None:
    declared()
    alias("ＫＯＵＨＵ")


@answered(422, field="name")
def indicators_alias_taken() -> None:
    declared()
    alias("斗六市")


@answered(404)
def indicators_alias_unknown() -> None:
    declared()
    actions.remove_alias(unit_code="YUN-kouhu", alias_id=10**9, by=admin(), at=DAY0)


@answered(404)
def indicators_intake_unknown() -> None:
    declared()
    withdraw(1)


@answered(409)
def indicators_withdrawn_already() -> None:
    taken(declared())
    withdraw(1)
    withdraw(1)


@answered(422, field="reason")
def indicators_reason() -> None:
    taken(declared())
    withdraw(1, " ")


@answered(422, field="uploads")
def indicators_no_files() -> None:
    take(declared(), {})


@answered(422, field="uploads")
def indicators_too_many_files() -> None:
    take(declared(), {f"{n}.csv": WIDE for n in range(FILES_MAX + 1)})


@answered(422, field="uploads")
def indicators_file_too_large() -> None:
    take(declared(), {"a.csv": b" " * (FILE_MAX + 1)})


@answered(422, field="uploads")
def indicators_file_name() -> None:
    take(declared(), {"a" * 201: WIDE})


@answered(409, field="uploads")
def indicators_nothing_new() -> None:
    source = declared()
    taken(source)
    taken(source)


@answered(422, field="confirmed")
def indicators_unconfirmed() -> None:
    copied = "unit,period,yl.online,yl.fraud\n口湖鄉,2024,84.9,84.9\n".encode()
    take(declared(), {"a.csv": copied})


@answered(409)
def indicators_no_survey() -> None:
    taken(declared())
    note()


@answered(409, field="words_zh")
def indicators_claim_there() -> None:
    noted(surveyed())
    noted(Source.objects.get())


@answered(422)
def indicators_claim_unseen() -> None:
    surveyed()
    note()


@answered(404)
def indicators_claim_unknown() -> None:
    actions.withdraw_claim(
        source_code=surveyed().code, claim_id=10**9, reason="誤", by=admin(), at=DAY0
    )


@answered(409)
def indicators_claim_withdrawn() -> None:
    one = noted(surveyed())
    for _ in range(2):
        actions.withdraw_claim(
            source_code="yunlin-digital", claim_id=one.pk, reason="誤", by=admin(), at=DAY0
        )


@answered(410)
def indicators_staged_gone() -> None:
    by, source = admin(), declared()
    held = actions.stage_files(
        source_code=source.code, files={"a.csv": WIDE}, layout=Layout(), by=by, at=DAY0
    )
    for _ in range(2):
        actions.take_staged(
            source_code=source.code, staged_id=held.pk, confirmed="", by=by, at=DAY0
        )


@answered(422, field="file")
def indicators_code_taken() -> None:
    agency = make_agency()
    recipe(admin())
    recipe(make_staff(Role.LEAD, agency), agency.pk, coverage=0.5)


@answered(409, field="file")
def indicators_same_method() -> None:
    recipe(admin())
    recipe(admin())


@answered(404)
def indicators_unknown_method() -> None:
    actions.compute_run(code="none", by=admin(), at=DAY0)


@answered(409)
def indicators_nothing_observed() -> None:
    recipe(admin())
    actions.compute_run(code="two", by=admin(), at=DAY0)
