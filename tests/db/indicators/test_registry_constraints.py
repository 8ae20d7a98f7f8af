"""The database itself refuses halves and doubles of the registry, and keeps what was observed."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, models, transaction

from minben.indicators import actions
from minben.indicators.models import (
    Break,
    Claim,
    Indicator,
    Intake,
    IntakeFile,
    Membership,
    Method,
    Observation,
    RunSource,
    Source,
    StoredRun,
    Unit,
    UnitAlias,
    UnitGroup,
)
from minben.kernel.actor import SYSTEM
from tests.db.refused import admin
from tests.factories import DAY, DAY0
from tests.registry_scene import declared, taken

pytestmark = pytest.mark.django_db
DAY_ONE = DAY0.date()


def the(model: type[models.Model], **which: Any) -> Callable[[], Any]:
    """The first row of a model in the scene: a source, declared and imported."""

    def made() -> Any:
        if not Source.objects.exists():
            taken(declared())
        return model._default_manager.filter(**which).order_by("pk").first()

    return made


def a_method() -> Method:
    content = (
        b'{"format": "minben-recipe-1", "code": "y", "indicators": [{"code": "yl.online",'
        b' "parent": "index"}], "groups": [{"code": "index"}], "normalise": {"method": "minmax"}}'
    )
    return actions.declare_method(content=content, agency_id=None, by=admin(), at=DAY0)


def a_run() -> StoredRun:
    the(Source)()
    return actions.compute_run(code=a_method().code, by=SYSTEM, at=DAY0)


def a_run_source() -> RunSource:
    a_run()
    return RunSource.objects.get()


def a_claim() -> Claim:
    unit, source = the(Unit)(), the(Source)()
    return Claim.objects.create(
        source=source, unit=unit, period="2024", says="flat", words_zh="持平", words_en="flat"
    )


FORBIDDEN: list[tuple[Callable[[], Any], dict[str, Any]]] = [
    (the(Unit), {"kind": "planet"}),
    (the(Unit), {"name_zh": ""}),
    (the(Unit), {"code": ""}),
    (the(UnitAlias), {"name": ""}),
    (the(UnitAlias), {"folded": ""}),
    (the(UnitAlias), {"valid_from": DAY_ONE, "valid_until": DAY_ONE}),
    (the(UnitGroup), {"name_en": ""}),
    (the(UnitGroup), {"family": ""}),
    (the(Membership), {"valid_from": DAY_ONE, "valid_until": DAY_ONE - DAY}),
    (the(Source), {"publisher": ""}),
    (the(Source), {"licence": ""}),
    (the(Indicator), {"title_en": ""}),
    (the(Indicator), {"scale": "many"}),
    (the(Indicator), {"domain": "luck"}),
    (the(Indicator), {"direction": 2}),
    (the(Indicator), {"low": 5, "high": 5}),
    (the(Indicator), {"decimals": 13}),
    (the(Break), {"period": ""}),
    (the(Break), {"note_zh": ""}),
    (the(Intake), {"withdrawn_at": DAY0}),
    (the(Intake), {"withdrawn_at": DAY0, "withdrawn_by": "person:1"}),
    (the(Intake), {"withdrawn_why": "誤"}),
]


@pytest.mark.parametrize(("make", "change"), FORBIDDEN)
def test_what_may_not_be_is_refused_by_the_database(
    make: Callable[[], models.Model], change: dict[str, Any]
) -> None:
    row = make()
    rows = type(row)._default_manager.filter(pk=row.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(**change)
    assert rows.exists()


def copy(row: models.Model, **changes: Any) -> None:
    """Write the same row once more, under a number of its own."""
    row.pk = None
    for name, value in changes.items():
        setattr(row, name, value)
    row.save(force_insert=True)


# What stands here twice, or with what it may not hold, is refused when it is written.
WRITTEN: list[tuple[Callable[[], Any], dict[str, Any]]] = [
    (the(Unit), {}),
    (the(UnitAlias), {}),
    (the(UnitGroup), {}),
    (the(Membership), {}),
    (the(Source), {}),
    (the(Indicator), {}),
    (the(Break), {}),
    (the(Intake), {}),
    (the(Intake), {"number": 0}),
    (the(Intake), {"number": 2, "sha256": "short"}),
    (the(IntakeFile), {}),
    (the(IntakeFile), {"name": ""}),
    (the(IntakeFile), {"name": "b.csv", "sha256": ""}),
    (the(Observation), {}),
    (the(Observation), {"period": ""}),
    (the(Observation), {"period": "2030", "place": ""}),
    (the(Observation), {"period": "2030", "status": "?"}),
    (the(Observation), {"period": "2030", "se": -1.0}),
    (the(Observation), {"period": "2030", "value": None}),
    (a_method, {"sha256": "f" * 64}),
    (a_method, {"version": 2}),
    (a_method, {"version": 0, "sha256": "f" * 64}),
    (a_method, {"version": 2, "sha256": "short"}),
    (a_method, {"version": 2, "sha256": "f" * 64, "content": ""}),
    (a_run, {}),
    (a_run, {"data_sha256": "short"}),
    (a_run_source, {}),
    (a_claim, {"words_zh": ""}),
    (a_claim, {"period": ""}),
    (a_claim, {"says": ""}),
    (a_claim, {"decimals": 1}),
    (a_claim, {"figure": 5.5, "decimals": 7}),
    (a_claim, {"withdrawn_at": DAY0}),
    (a_claim, {"withdrawn_why": "誤"}),
]


@pytest.mark.parametrize(("make", "changes"), WRITTEN)
def test_what_is_once_is_once_and_halves_are_not_written(
    make: Callable[[], models.Model], changes: dict[str, Any]
) -> None:
    row = make()
    with pytest.raises(IntegrityError), transaction.atomic():
        copy(row, **changes)


KEPT: list[tuple[Callable[[], Any], dict[str, Any]]] = [
    (the(Observation), {"value": 1.0}),
    (the(Observation), {"status": "E"}),
    (the(Observation), {"place": "line 9"}),
    (the(IntakeFile), {"content": b"x"}),
    (the(IntakeFile), {"sha256": "0" * 64}),
    (the(Intake), {"at": DAY0 + DAY}),
    (the(Intake), {"number": 7}),
    (the(Intake), {"sheet": []}),
    (the(Intake), {"remarks": ["nothing"]}),
    (the(Intake), {"observations": 1}),
    (a_method, {"content": "x"}),
    (a_run, {"package": b"x"}),
    (a_run_source, {"intake_id": 10**9}),
    (a_claim, {"words_zh": "成長"}),
    (a_claim, {"figure": 5.5}),
    (a_claim, {"said_by": "別人"}),
    (a_claim, {"order": 7}),
]


@pytest.mark.parametrize(("make", "change"), KEPT)
def test_what_was_observed_or_computed_is_never_changed(
    make: Callable[[], models.Model], change: dict[str, Any]
) -> None:
    row = make()
    rows = type(row)._default_manager.filter(pk=row.pk)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        rows.update(**change)


def test_an_import_is_withdrawn_once_and_never_given_back() -> None:
    taken(declared())
    actions.withdraw_intake(source_code="yunlin-digital", number=1, reason="誤", by=SYSTEM, at=DAY0)
    for change in (
        {"withdrawn_at": None, "withdrawn_by": "", "withdrawn_why": ""},
        {"withdrawn_why": "另一個理由"},
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            Intake.objects.update(**change)


@pytest.mark.parametrize("make", [the(Observation), the(IntakeFile), a_method, a_run, a_claim])
def test_nor_is_it_deleted(make: Callable[[], models.Model]) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("emptying tables between tests deletes rows on SQLite")
    row = make()
    with pytest.raises(DatabaseError), transaction.atomic():
        row.delete()


def test_every_table_of_indicators_with_a_constraint_was_tried() -> None:
    tried = set()
    for make in {make for make, _ in (*FORBIDDEN, *WRITTEN)}:
        with transaction.atomic():
            tried.add(type(make()).__name__)
            transaction.set_rollback(True)
    ours = {
        model.__name__
        for model in apps.get_app_config("indicators").get_models()
        if model._meta.constraints
    }
    assert ours == tried
