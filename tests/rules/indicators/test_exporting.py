"""What is handed out reads back as the same numbers, and says where they come from."""

import csv
import io
import json
import zipfile
from dataclasses import replace
from datetime import date
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minben.indicators.exporting.citing import bibtex, csl_json, plain
from minben.indicators.exporting.dataset import Cited, Dataset, Line, Measure, Place, Words
from minben.indicators.exporting.json_stat import json_stat
from minben.indicators.exporting.packages import data_package
from minben.indicators.exporting.tables import observations_csv, places_csv, sdmx_csv
from minben.indicators.reading import Content, read_folder

OPEN = Cited("src", Words("來源", "Source"), "Office", "CC BY 4.0", "", date(2026, 1, 2))
LINES = (
    Line("x", "A", "2019", 1.5, 200, 0.25, "A"),
    Line("x", "B", "2019", 0.1 + 0.2, None, None, "E"),
    Line("x", "A", "2021", None, None, None, "M"),
    Line("y", "A", "2019", -3.0),
    Line("y", "B", "2021", 1e-9),
)
PLACES = (
    Place("z", "A", "2019", 0.5, 1.0, 2, 1.0, False),
    Place("z", "B", "2019", None, None, 2, 0.4, True),
)


def dataset(**more: Any) -> Dataset:  # Any: fields
    made = Dataset(
        code="practice-1",
        title=Words("練習", "Practice & more"),
        made=date(2026, 3, 2),
        measures=(
            Measure("x", Words("甲", "First"), Words("定義", "What it is"), Words("%", "%")),
            Measure("y", Words("乙", "Second")),
            Measure("z", Words("合", "Both")),
        ),
        units=(("A", Words("甲地", "Place A")), ("B", Words("乙地", "Place B"))),
        sources=(OPEN,),
        identity=(("recipe_sha256", "ab" * 32), ("engine", "1")),
        lines=LINES,
    )
    return replace(made, **more)


def numbers(content: Content) -> dict[tuple[str, str, str], float | None]:
    """What was read, by indicator, unit and period; nothing is wrong with it."""
    assert content.faults == ()
    return {
        (one.indicator, one.unit, one.period): None if one.value != one.value else one.value
        for one in content.stated
        if one.text is None
    }


def told() -> dict[tuple[str, str, str], float | None]:
    return {(one.indicator, one.unit, one.period): one.value for one in LINES}


def test_csv_reads_back() -> None:
    content = read_folder({"values.csv": observations_csv(dataset())})
    assert numbers(content) == told()
    first = next(one for one in content.stated if one.unit == "A" and one.period == "2019")
    assert (first.n, first.se, first.status) == (200, 0.25, "A")


def test_sdmx_csv_reads_back() -> None:
    content = read_folder({"values.csv": sdmx_csv(dataset())})
    assert numbers(content) == told()
    assert {one.status for one in content.stated} == {"A", "E", "M"}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_json_stat_reads_back(language: Any) -> None:
    content = read_folder({"values.json": json_stat(dataset(), language)})
    there = {key: value for key, value in numbers(content).items() if value is not None}
    assert there == {key: value for key, value in told().items() if value is not None}


def test_a_data_package_reads_back() -> None:
    content = read_folder({"practice.zip": data_package(dataset(places=PLACES))})
    scores = {(one.code, one.unit, one.period): one.score for one in PLACES}
    found = numbers(content)
    assert {key: found[key] for key in (told() | scores)} == told() | scores


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_reads_back_as_itself(value: float) -> None:
    content = read_folder(
        {"v.csv": observations_csv(dataset(lines=(Line("x", "A", "2019", value),)))}
    )
    assert numbers(content) == {("x", "A", "2019"): value}


def test_a_data_package_describes_every_column_and_its_terms() -> None:
    package = data_package(dataset(places=PLACES, left_out=(replace(OPEN, code="closed"),)))
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    described = json.loads(files["datapackage.json"])
    assert described["measures"]["x"]["definition"]["en"] == "What it is"
    assert described["units"]["B"] == {"zh": "乙地", "en": "Place B"}
    assert described["licenses"] == [{"name": "CC BY 4.0", "title": "CC BY 4.0"}]
    assert "Not passed on" in described["description"]
    assert {one["path"] for one in described["resources"]} == set(files) - {"datapackage.json"}
    for one in described["resources"]:
        rows = list(csv.reader(io.StringIO(files[one["path"]].decode())))
        assert rows[0] == [field["name"] for field in one["schema"]["fields"]]
        assert one["bytes"] == len(files[one["path"]])
        assert one["schema"]["missingValues"] == [""]
        keys = [rows[0].index(name) for name in one["schema"]["primaryKey"]]
        assert len({tuple(row[key] for key in keys) for row in rows[1:]}) == len(rows) - 1


def test_equal_numbers_are_equal_bytes() -> None:
    assert data_package(dataset()) == data_package(dataset())
    assert json_stat(dataset()) == json_stat(dataset())


def test_scores_never_lack_among_how_many() -> None:
    rows = list(csv.DictReader(io.StringIO(places_csv(dataset(places=PLACES)).decode())))
    assert rows[0] == {
        "indicator": "z",
        "unit": "A",
        "period": "2019",
        "value": "0.5",
        "rank": "1",
        "of": "2",
        "coverage": "1",
        "withheld": "false",
    }
    assert (rows[1]["value"], rows[1]["rank"], rows[1]["withheld"]) == ("", "", "true")


SHAPE = {
    "type": "object",
    "required": ["version", "class", "id", "size", "dimension", "value", "label", "updated"],
    "properties": {
        "version": {"const": "2.0"},
        "class": {"const": "dataset"},
        "value": {"type": "array", "items": {"type": ["number", "null"]}},
        "status": {"type": "object", "additionalProperties": {"type": "string"}},
    },
}


def test_json_stat_is_a_cube() -> None:
    found = json.loads(json_stat(dataset(places=PLACES)))
    jsonschema.validate(found, SHAPE)
    count = 1
    for name, size in zip(found["id"], found["size"], strict=True):
        assert len(found["dimension"][name]["category"]["index"]) == size
        count *= size
    assert len(found["value"]) == count
    assert found["dimension"]["indicator"]["category"]["label"]["x"] == "甲"


def test_data_without_periods_is_a_cube_as_well() -> None:
    found = json.loads(json_stat(dataset(lines=(Line("x", "A", "", 2.0),))))
    assert found["size"] == [1, 1, 1]
    assert found["value"] == [2.0]


def test_citations_name_the_numbers() -> None:
    one = dataset(address="/indicators/practice-1/")
    assert "ab" * 6 in plain(one, "Minben", "zh")
    assert "《練習》" in plain(one, "Minben", "zh")
    entry = bibtex(one, "Minben").decode()
    assert entry.startswith("@misc{practice-1-2026,")
    assert r"Practice \& more" in entry
    assert entry.count("{") == entry.count("}")
    (item,) = json.loads(csl_json(one, "Minben"))
    assert item["type"] == "dataset"
    assert item["issued"] == {"date-parts": [[2026, 3, 2]]}
    assert "ab" * 32 in item["note"]
