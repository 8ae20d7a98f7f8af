"""Imports are whole or nothing, say where every number stood, and leave what was there."""

import gzip
import hashlib
from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from minben.audit.models import Event
from minben.indicators import actions
from minben.indicators.declared.documents import framework
from minben.indicators.declared.drafts import BreakDraft, IndicatorDraft, Layout, SourceDraft
from minben.indicators.engine.faults import Faulty
from minben.indicators.models import Intake, IntakeFile, Observation, Source, Unit
from minben.indicators.queries.current import observed
from minben.indicators.queries.planning import drafts_of, prospect
from minben.kernel.actor import SYSTEM, Role
from minben.kernel.refusal import Refusal
from tests.db.crowd import at_once
from tests.factories import DAY, DAY0, make_agency, make_staff
from tests.registry_document import document
from tests.registry_scene import NEWER, WIDE, declared, taken

pytestmark = pytest.mark.django_db


def faults(content: bytes, layout: Layout | None = None) -> list[tuple[str, str]]:
    """What is wrong with a file of the scene: where, and which fault; nothing is written."""
    source = Source.objects.filter(code="yunlin-digital").first() or declared()
    with pytest.raises(Faulty) as caught:
        taken(source, content, layout=layout)
    assert not Intake.objects.exists()
    assert not Observation.objects.exists()
    assert not IntakeFile.objects.exists()
    return [(fault.where, fault.code) for fault in caught.value.faults]


def test_an_import_keeps_every_number_with_its_place() -> None:
    source = declared()
    made = taken(source)
    assert (made.number, made.observations, made.remarks) == (1, 4, [])
    rows = {
        (row.indicator.code, row.unit.code): (row.value, row.status, row.place)
        for row in Observation.objects.select_related("indicator", "unit")
    }
    assert rows == {
        ("yl.online", "YUN-kouhu"): (81.2, "A", "line 2, column yl.online"),
        ("yl.fraud", "YUN-kouhu"): (4.1, "A", "line 2, column yl.fraud"),
        ("yl.online", "YUN-douliu"): (90.4, "A", "line 3, column yl.online"),
        ("yl.fraud", "YUN-douliu"): (None, "M", "line 3, column yl.fraud"),
    }
    file = IntakeFile.objects.get()
    assert gzip.decompress(bytes(file.content)) == WIDE
    assert (file.sha256, file.size) == (hashlib.sha256(WIDE).hexdigest(), len(WIDE))
    [sheet] = made.sheet
    assert (sheet["observations"], sheet["units"], sheet["periods"]) == (4, 2, ["2024", "2024"])
    online, fraud = sheet["indicators"]
    assert online == {"code": "yl.online", "n": 2, "missing": 0, "min": 81.2, "max": 90.4}
    assert (fraud["n"], fraud["missing"]) == (1, 1)
    told = Event.objects.get(kind="indicators.taken_in")
    assert told.data["sha256"] == made.sha256


def test_a_newer_import_counts_and_the_older_stays() -> None:
    source = declared()
    first = taken(source)
    found = prospect(source, {"new.csv": NEWER}, Layout())
    assert (found.new, found.changed, found.same) == (0, 2, 2)
    second = taken(source, NEWER, name="new.csv")
    assert second.number == 2
    assert Observation.objects.filter(intake=first).count() == 4
    [seen] = observed(indicators=["yl.online"], units=["YUN-kouhu"])
    assert (seen.value, seen.intake_id) == (81.5, second.pk)
    actions.withdraw_intake(
        source_code=source.code, number=2, reason="公布有誤", by=SYSTEM, at=DAY0 + DAY
    )
    [seen] = observed(indicators=["yl.online"], units=["YUN-kouhu"])
    assert (seen.value, seen.intake_id) == (81.2, first.pk)
    second.refresh_from_db()
    assert second.withdrawn_why == "公布有誤"
    assert Event.objects.get(kind="indicators.withdrawn").data["reason"] == "公布有誤"


def test_the_same_numbers_again_are_nothing_new_whatever_the_file_is_called() -> None:
    source = declared()
    taken(source)
    for name, content in (("2024.csv", WIDE), ("copy.csv", WIDE + b"\n")):
        with pytest.raises(Refusal, match="indicators_nothing_new"):
            taken(source, content, name=name)
    assert Intake.objects.count() == 1


def test_what_was_withdrawn_may_be_imported_again() -> None:
    source = declared()
    taken(source)
    actions.withdraw_intake(source_code=source.code, number=1, reason="誤", by=SYSTEM, at=DAY0)
    assert taken(source).number == 2


def test_names_of_units_are_looked_up_as_they_were_borne_then() -> None:
    header = "unit,period,yl.online\n"
    assert faults(f"{header}舊口湖,2024,80\n".encode()) == [("2024.csv, line 2", "unit_not_then")]
    source = Source.objects.get()
    made = taken(source, f"{header}舊口湖,2019,80\nkouhu,2021,81\nYUN-DOULIU,2021,82\n".encode())
    rows = Observation.objects.filter(intake=made).values_list("unit__code", "period")
    assert set(rows) == {
        ("YUN-kouhu", "2019"),
        ("YUN-kouhu", "2021"),
        ("YUN-douliu", "2021"),
    }


def test_units_of_the_catalogue_enter_when_they_are_first_named() -> None:
    source = declared()
    assert not Unit.objects.filter(code="TPE").exists()
    taken(source, "unit,period,yl.online\n臺北市,2024,92.1\nTurkey,2019,74\n".encode())
    county = Unit.objects.get(code="TPE")
    assert (county.kind, county.name_zh) == ("county", "臺北市")
    assert Unit.objects.get(code="TUR").kind == "country"


def test_every_fault_is_told_with_its_place_and_nothing_is_written() -> None:
    content = (
        "unit,period,yl.online,yl.frauds\n"
        "口糊鄉,2024,81,4\n"
        "斗六市,24,81,4\n"
        "斗六市,2024,81x,4\n"
        ",2024,81,4\n"
        "斗六市,2025,81\n"
    ).encode()
    assert set(faults(content)) == {
        ("2024.csv, line 2", "unit_unknown_near"),
        ("2024.csv, line 3", "no_period"),
        ("2024.csv, line 4, column yl.online", "text_in_number"),
        ("2024.csv, line 5, column unit", "unit_missing"),
        ("2024.csv, line 6", "cells"),
        ("2024.csv", "indicator_unknown_near"),
    }


@pytest.mark.django_db(transaction=True)
def test_two_importers_at_once_get_two_numbers_and_one_finds_nothing_new() -> None:
    source = declared()
    others = [
        f"unit,period,yl.online\n口湖鄉,{year},8{year % 10}.5\n".encode()
        for year in range(2010, 2014)
    ]
    acts = [partial(taken, source, content) for content in (WIDE, WIDE, *others)]
    done = at_once(acts)
    made = [one for one in done if isinstance(one, Intake)]
    [refused] = [one for one in done if not isinstance(one, Intake)]
    assert isinstance(refused, Refusal)
    assert refused.code == "indicators_nothing_new"
    assert sorted(one.number for one in made) == [1, 2, 3, 4, 5]
    assert Observation.objects.count() == sum(one.observations for one in made) == 8


def test_many_rows_are_written_in_batches_and_counted() -> None:
    source = declared()
    lines = [
        f"YUN-kouhu,{year}-{month:02},{month}"
        for year in range(1900, 1999)
        for month in range(1, 13)
    ]
    content = "\n".join(["unit,period,yl.online", *lines]).encode()
    told: list[int] = []
    files = {"long.csv": content}
    actions.take_in(
        source_code=source.code,
        files=files,
        layout=Layout(),
        confirmed=prospect(source, files, Layout()).plan.seal,
        by=SYSTEM,
        at=DAY0,
        progress=told.append,
    )
    assert sum(told) == Observation.objects.count() == len(lines)


def test_answers_errors_and_flags_come_along() -> None:
    source = declared()
    content = (
        "unit,period,indicator,value,n,se,status\n"
        "口湖鄉,2024,yl.online,81.2,1068,1.2,p\n"
        "斗六市,2024,yl.online,,12,,Q\n"
        "斗六市,2023,yl.online,,,,\n"
        "口湖鄉,2023,yl.online,80,,,L\n"
        "口湖鄉,2022,yl.online,80,,,Z\n"
    ).encode()
    assert faults(content) == [
        ("2024.csv, line 5, column value", "status_against_value"),
        ("2024.csv, line 6, column value", "status_unknown"),
    ]
    taken(source, b"\n".join(content.split(b"\n")[:4]))
    rows = Observation.objects.order_by("pk").values_list("value", "n", "se", "status")
    assert list(rows) == [(81.2, 1068, 1.2, "P"), (None, 12, None, "Q"), (None, None, None, "M")]


def test_columns_are_known_by_code_by_title_or_as_told() -> None:
    source = declared()
    by_title = "unit,period,個人上網率,Met fraud online\n口湖鄉,2024,81,4\n".encode()
    assert taken(source, by_title).observations == 2
    told = Layout(columns={"yl.online": "率"}, leave_out=frozenset({"名次"}), default_period="2023")
    made = taken(source, "unit,率,名次\n口湖鄉,80,第一\n斗六市,81,二x\n".encode(), layout=told)
    assert made.observations == 2
    absent = Layout(columns={"yl.online": "率", "yl.fraud": "詐"}, default_period="2022")
    with pytest.raises(Faulty, match="no file has the column '詐'"):
        taken(source, "unit,率\n口湖鄉,80\n".encode(), layout=absent)


def test_indicators_of_another_source_are_none_of_this_one() -> None:
    source = declared()
    other = actions.register_source(
        draft=SourceDraft("other", "P", "他", "Other", "CC0"), agency_id=None, by=SYSTEM, at=DAY0
    )
    with pytest.raises(Faulty) as caught:
        taken(other, WIDE)
    assert {one.code for one in caught.value.faults} == {"indicator_unknown"}
    drafts = [IndicatorDraft("yl.online", "率", "Rate", "percent")]
    with pytest.raises(Faulty, match="of another source"):
        actions.declare_indicators(source_code="other", indicators=drafts, by=SYSTEM, at=DAY0)
    taken(source)
    rescaled = [IndicatorDraft("yl.online", "率", "Rate", "ratio")]
    with pytest.raises(Faulty, match="has observations on the scale 'percent'"):
        actions.declare_indicators(source_code=source.code, indicators=rescaled, by=SYSTEM, at=DAY0)


def test_what_a_declaration_changes_is_recorded_with_its_difference() -> None:
    source = declared()
    [online, fraud] = drafts_of(source.pk).values()
    changed = replace(online, high=99.0, breaks=(BreakDraft("2023", "改", "Changed"),))
    done = actions.declare_indicators(
        source_code=source.code, indicators=[changed, fraud], by=SYSTEM, at=DAY0
    )
    assert (done.created, done.changed, done.unchanged) == ((), ("yl.online",), ("yl.fraud",))
    event = Event.objects.filter(kind="indicators.declared").latest("pk")
    assert event.data["differences"] == {
        "yl.online": {
            "high": ["100.0", "99.0"],
            "breaks": [[["2022", "雙底冊", "Dual frame"]], [["2023", "改", "Changed"]]],
        }
    }
    before = Event.objects.count()
    actions.declare_indicators(
        source_code=source.code, indicators=[changed, fraud], by=SYSTEM, at=DAY0
    )
    assert Event.objects.count() == before


def test_a_document_of_an_agency_is_declared_by_its_officer_whole_or_not_at_all() -> None:
    agency = make_agency()
    officer = make_staff(Role.OFFICER, agency)
    told = framework("yunlin.json", document())
    for _ in range(2):
        actions.declare_framework(told=told, agency_id=agency.pk, by=officer, at=DAY0)
    assert Source.objects.get().agency_id == agency.pk
    renamed = replace(told.units[0], name_en="Another name")
    more = replace(told, source=replace(told.source, title_en="New"), units=(renamed,))
    with pytest.raises(Faulty) as caught:
        actions.declare_framework(told=more, agency_id=agency.pk, by=officer, at=DAY0)
    assert [one.code for one in caught.value.faults] == ["unit_not_yours"]
    assert Source.objects.get().title_en == "Digital development of Yunlin"
    with pytest.raises(Refusal, match="indicators_not_yours"):
        actions.declare_framework(
            told=told,
            agency_id=None,
            by=make_staff(Role.LEAD, make_agency("交通部", "motc")),
            at=DAY0,
        )


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"groups": ()}, "group_unknown"),
        ({"twice": True}, "stands_twice"),
        ({"name_zh": "斗六市", "code": "X"}, "name_taken"),
    ],
)
def test_units_that_cannot_be_are_refused_whole(change: dict[str, Any], code: str) -> None:
    told = framework("yunlin.json", document())
    units = list(told.units)
    if change.get("twice"):
        units.append(units[0])
    if "code" in change:
        units.append(replace(units[0], **change))
    groups = change.get("groups", told.groups)
    with pytest.raises(Faulty) as caught:
        actions.register_units(units=units, groups=groups, by=SYSTEM, at=DAY0)
    assert code in {one.code for one in caught.value.faults}
    assert not Unit.objects.exists()


def test_the_remarks_of_table_one_are_kept_with_the_import() -> None:
    """The copied 84.9, and a base that is another one, as the course-book's first table has them."""
    source = declared()
    copied = "unit,period,yl.online,yl.fraud\n口湖鄉,2024,84.9,84.9\n斗六市,2024,101,3\n".encode()
    made = taken(source, copied)
    assert [one["code"] for one in made.remarks] == ["out_of_range", "identical_value"]
    assert made.remarks[0]["params"]["value"] == "101"
