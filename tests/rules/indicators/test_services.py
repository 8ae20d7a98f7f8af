"""Public services in documents and tables: with their agency and whom they are between."""

import io
import json
import zipfile
from datetime import date
from typing import Any

import pytest

from minben.indicators.declared import documents, sheets
from minben.indicators.engine.faults import Faulty
from minben.indicators.exporting.dataset import Dataset, Line, Measure, Service, Words
from minben.indicators.exporting.json_stat import json_stat
from minben.indicators.exporting.packages import data_package
from minben.indicators.exporting.units import services_csv
from minben.indicators.reading import read_folder
from minben.indicators.rules import RELATION_SETS, Relation
from tests.registry_document import document

HEADER = "code,kind,name_zh,name_en,agency,relations\n"
TAX: dict[str, Any] = {  # Any: JSON values
    "code": "tax-online",
    "kind": "service",
    "name": {"zh": "線上報稅", "en": "Filing taxes online"},
    "agency": "mof",
    "relations": ["G2C", "G2B"],
}


def test_a_document_lists_services_with_agency_and_relations_in_their_order() -> None:
    [tax] = documents.framework("d.json", document(units=[TAX])).units
    assert (tax.kind, tax.agency, tax.relations) == ("service", "mof", ("G2B", "G2C"))


@pytest.mark.parametrize(
    ("change", "where", "code"),
    [
        ({"relations": []}, "units[0].relations", "field_missing"),
        ({"relations": None}, "units[0].relations", "no_list"),
        ({"relations": "G2C"}, "units[0].relations", "no_list"),
        ({"relations": ["G2C", "G2X"]}, "units[0].relations", "no_choice"),
        ({"agency": ""}, "units[0].agency", "field_missing"),
        ({"agency": ["mof"]}, "units[0].agency", "no_text"),
        ({"agencies": "mof"}, "units[0].agencies", "field_unknown"),
        ({"kind": "county", "relations": []}, "units[0].agency", "no_service"),
        ({"kind": "county", "agency": ""}, "units[0].relations", "no_service"),
        ({"kind": "town"}, "units[0].kind", "no_choice"),
    ],
)
def test_every_fault_is_told_once_with_its_place(
    change: dict[str, Any], where: str, code: str
) -> None:
    with pytest.raises(Faulty) as caught:
        documents.framework("d.json", document(units=[TAX | change]))
    assert [(one.where, one.code) for one in caught.value.faults] == [(where, code)]


def test_a_table_says_the_same_as_a_document() -> None:
    row = 'tax-online,service,線上報稅,Filing taxes online,mof,"G2C；G2B"\n'
    [told] = sheets.units("u.csv", (HEADER + row).encode())
    [other] = documents.framework(
        "d.json", json.dumps(json.loads(document(units=[TAX]))).encode()
    ).units
    assert (told.agency, told.relations) == (other.agency, other.relations)


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ("service,甲,A,mof,", "relations", "field_missing"),
        ("service,甲,A,mof,；", "relations", "field_missing"),
        ("service,甲,A, ,G2C", "agency", "field_missing"),
        ("service,甲,A,mof,g2c", "relations", "no_choice"),
        ("agency,甲,A,mof,", "agency", "no_service"),
        ("agency,甲,A,,G2C", "relations", "no_service"),
    ],
)
def test_faults_of_a_table_name_line_and_column(cells: str, column: str, code: str) -> None:
    with pytest.raises(Faulty) as caught:
        sheets.units("u.csv", (HEADER + f"a,{cells}\n").encode())
    found = [(one.where, one.code) for one in caught.value.faults]
    assert found == [(f"u.csv, line 2, column {column}", code)]


def test_what_is_handed_out_is_taken_in_again() -> None:
    given = Service(
        "tax-online", Words("線上報稅；所得稅", "Filing, online"), "mof", ["G2B", "G2C"]
    )
    [told] = sheets.units("s.csv", services_csv([given]))
    assert (told.code, told.kind, told.agency, told.relations) == (
        "tax-online",
        "service",
        "mof",
        ("G2B", "G2C"),
    )
    assert (told.name_zh, told.name_en) == ("線上報稅；所得稅", "Filing, online")


def test_there_is_every_way_to_have_some_of_the_six_and_no_other() -> None:
    assert len(RELATION_SETS) == len({tuple(one) for one in RELATION_SETS}) == 2**6 - 1
    assert {one for some in RELATION_SETS for one in some} == {str(one) for one in Relation}
    assert all(some == [one for one in Relation if one in some] for some in RELATION_SETS)


def test_files_of_an_index_tell_whose_its_services_are_and_read_back() -> None:
    given = Service("A", Words("甲", "A"), "mof", ("G2B", "G2C"))
    measure = Measure("x", Words("甲", "X"), relations=("G2C",))
    told = Dataset(
        code="d",
        title=Words("題", "Title"),
        made=date(2026, 3, 2),
        measures=(measure,),
        units=(("A", given.name), ("B", Words("乙縣", "B"))),
        sources=(),
        lines=(Line("x", "A", "2024", 1.5), Line("x", "B", "2024", 2.5)),
        services=(given,),
    )
    package = data_package(told)
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        described = json.loads(archive.read("datapackage.json"))
    whose = {"agency": "mof", "relations": ["G2B", "G2C"]}
    assert described["units"] == {
        "A": {"zh": "甲", "en": "A"} | whose,
        "B": {"zh": "乙縣", "en": "B"},
    }
    assert described["measures"]["x"]["relations"] == ["G2C"]
    assert json.loads(json_stat(told))["extension"]["services"] == {"A": whose}
    for name, content in (("p.zip", package), ("p.json", json_stat(told))):
        read = read_folder({name: content})
        assert read.faults == ()
        assert sorted((one.unit, one.value) for one in read.stated) == [("A", 1.5), ("B", 2.5)]
