"""Methods are versions, and a run is told by recipe, data and engine."""

import json
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction

from minben.indicators.actions.computing import compute_run
from minben.indicators.actions.methods import declare_method, ship_methods
from minben.indicators.engine.faults import Faulty
from minben.indicators.models import (
    Indicator,
    Intake,
    IntakeFile,
    Method,
    Observation,
    Source,
    StoredRun,
    Unit,
)
from minben.indicators.queries import runs
from minben.indicators.queries.current import observed
from minben.indicators.rules import PAGES
from minben.indicators.urls import urlpatterns
from minben.kernel.actor import Actor, ActorKind, Grant, Role
from minben.kernel.refusal import Refusal
from tests.factories import DAY, DAY0

pytestmark = pytest.mark.django_db

KEEPER = Actor(ActorKind.PERSON, "1", grants=frozenset({Grant(Role.ADMINISTRATOR)}))
NOBODY = Actor(ActorKind.PERSON, "2")
SYSTEM = Actor(ActorKind.SYSTEM, "tick")
RECIPE = {
    "format": "minben-recipe-1",
    "code": "two",
    "title": {"zh": "二項", "en": "Two"},
    "indicators": [{"code": "A", "parent": "index"}, {"code": "B", "parent": "index"}],
    "groups": [{"code": "index"}],
    "normalise": {"method": "minmax"},
    "coverage": 0.5,
}


def written(**changed: object) -> bytes:
    return json.dumps(RECIPE | changed).encode()


def a_source() -> Source:
    source = Source.objects.create(
        code="s", publisher="P", title_zh="源", title_en="S", licence="CC0", at=DAY0, by="x"
    )
    for code in ("A", "B"):
        Indicator.objects.create(
            code=code, source=source, title_zh=code, title_en=code, scale="number"
        )
    for code in ("U1", "U2", "U3"):
        Unit.objects.create(code=code, kind="practice", name_zh=code, name_en=code)
    return source


def take(source: Source, number: int, told: dict[tuple[str, str], float]) -> Intake:
    """An import, as its rows are."""
    intake = Intake.objects.create(
        source=source,
        number=number,
        at=DAY0 + number * DAY,
        by="x",
        sha256=f"{number:064x}",
        observations=len(told),
    )
    file = IntakeFile.objects.create(
        intake=intake, name="a.csv", sha256="0" * 64, size=1, content=b"x"
    )
    for (indicator, unit), value in told.items():
        Observation.objects.create(
            intake=intake,
            indicator=Indicator.objects.get(code=indicator),
            unit=Unit.objects.get(code=unit),
            period="2019",
            value=value,
            file=file,
            place="line 2",
        )
    return intake


ALL = {
    (code, unit): float(n + (code == "B"))
    for n, unit in enumerate(("U1", "U2", "U3"))
    for code in ("A", "B")
}


def test_a_run_is_computed_once_for_a_vintage() -> None:
    source = a_source()
    first = take(source, 1, ALL)
    declare_method(content=written(), agency_id=None, by=KEEPER, at=DAY0)
    run = compute_run(code="two", by=KEEPER, at=DAY0)
    assert compute_run(code="two", by=SYSTEM, at=DAY0 + DAY).pk == run.pk
    assert [one.intake_id for one in run.sources.all()] == [first.pk]
    made = runs.computed(run.pk)
    assert dict(zip(made.run.table.units, made.run.rank["index"], strict=True)) == {
        "U1": 3,
        "U2": 2,
        "U3": 1,
    }


def test_a_newer_import_makes_another_vintage_and_a_withdrawn_one_counts_no_more() -> None:
    source = a_source()
    take(source, 1, ALL)
    declare_method(content=written(), agency_id=None, by=KEEPER, at=DAY0)
    before = compute_run(code="two", by=KEEPER, at=DAY0)
    second = take(source, 2, {("A", "U1"): 99.0})
    after = compute_run(code="two", by=KEEPER, at=DAY0)
    assert after.data_sha256 != before.data_sha256
    assert [seen.value for seen in observed(indicators=["A"], units=["U1"])] == [99.0]
    assert [seen.value for seen in observed(indicators=["A"], units=["U1"], as_of=DAY0 + DAY)] == [
        0.0
    ]
    second.withdrawn_at, second.withdrawn_by, second.withdrawn_why = DAY0 + 3 * DAY, "x", "wrong"
    second.save()
    assert [seen.value for seen in observed(indicators=["A"], units=["U1"])] == [0.0]
    assert [
        seen.value for seen in observed(indicators=["A"], units=["U1"], as_of=DAY0 + 2 * DAY)
    ] == [99.0]
    assert compute_run(code="two", by=KEEPER, at=DAY0).pk == before.pk


def test_the_archive_of_a_run_verifies_outside_the_platform(tmp_path) -> None:
    take(a_source(), 1, ALL)
    declare_method(content=written(), agency_id=None, by=KEEPER, at=DAY0)
    run = compute_run(code="two", by=KEEPER, at=DAY0)
    package = runs.package(run.pk)
    assert package is not None
    zipfile.ZipFile(BytesIO(package)).extractall(tmp_path)
    command = [Path(sys.executable).parent / "minben", "indicators", "verify", str(tmp_path)]
    assert subprocess.run(command, capture_output=True).returncode == 0
    scores = tmp_path / "scores.csv"
    scores.write_text(scores.read_text().replace("0.5", "0.6"))
    assert subprocess.run(command, capture_output=True).returncode == 1


def test_a_changed_document_is_another_version_and_the_former_stays() -> None:
    first = declare_method(content=written(), agency_id=None, by=KEEPER, at=DAY0)
    second = declare_method(content=written(coverage=0.9), agency_id=None, by=KEEPER, at=DAY0)
    assert (first.version, second.version) == (1, 2)
    assert runs.method("two") == second
    assert runs.method("two", 1) == first
    with pytest.raises(Refusal, match="indicators_same_method"):
        declare_method(content=written(), agency_id=None, by=KEEPER, at=DAY0)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Method.objects.filter(pk=first.pk).update(version=7)


def test_no_method_is_called_as_a_page_is() -> None:
    words = {str(one.pattern).split("/")[1] for one in urlpatterns if one.name != "overview"}
    assert {word for word in words if not word.startswith("<")} == PAGES
    for word in PAGES:
        with pytest.raises(Refusal, match="indicators_code_taken"):
            declare_method(content=written(code=word), agency_id=None, by=KEEPER, at=DAY0)
    assert not Method.objects.exists()


def test_who_may_and_what_can_be_computed() -> None:
    for act in (
        lambda: declare_method(content=written(), agency_id=None, by=NOBODY, at=DAY0),
        lambda: ship_methods(by=NOBODY, at=DAY0),
    ):
        with pytest.raises(Refusal, match="indicators_not_yours"):
            act()
    with pytest.raises(Refusal, match="indicators_unknown_method"):
        compute_run(code="two", by=KEEPER, at=DAY0)
    declare_method(content=written(), agency_id=None, by=KEEPER, at=DAY0)
    with pytest.raises(Refusal, match="indicators_not_yours"):
        compute_run(code="two", by=NOBODY, at=DAY0)
    with pytest.raises(Refusal, match="indicators_nothing_observed"):
        compute_run(code="two", by=KEEPER, at=DAY0)
    with pytest.raises(Faulty):
        declare_method(content=b"{}", agency_id=None, by=KEEPER, at=DAY0)


def test_data_without_variance_is_refused_and_nothing_is_kept() -> None:
    take(a_source(), 1, dict.fromkeys(ALL, 5.0))
    declare_method(content=written(), agency_id=None, by=KEEPER, at=DAY0)
    with pytest.raises(Faulty) as told:
        compute_run(code="two", by=KEEPER, at=DAY0)
    assert told.value.faults[0].code == "no_variance"
    assert not StoredRun.objects.exists()


def test_what_the_platform_brings_is_declared_once() -> None:
    made = ship_methods(by=SYSTEM, at=DAY0)
    assert {one.code for one in made} >= {"hdi-2010", "oecd-dwb-2019", "egdi-2014"}
    assert ship_methods(by=SYSTEM, at=DAY0) == []
    assert [one.method.code for one in runs.shown()] == sorted(one.code for one in made)


def test_aggregates_are_not_ranked_among_units() -> None:
    source = a_source()
    take(source, 1, ALL)
    world = Unit.objects.create(code="W", kind="aggregate", name_zh="世界", name_en="World")
    take(source, 2, {("A", world.code): 3.0, ("B", world.code): 3.0})
    declare_method(content=written(), agency_id=None, by=KEEPER, at=DAY0)
    assert compute_run(code="two", by=KEEPER, at=DAY0).units == 3
