"""Every format states the same table, and says where each number stood."""

import csv
import hashlib
import io
from math import isnan
from pathlib import Path

import pytest

from minben.indicators import keeping
from minben.indicators.engine.reading import read
from minben.indicators.reading import Content, Options, read_folder
from minben.indicators.reading.folder import contents
from minben.indicators.reading.provenance import decimals, sheets
from minben.indicators.reading.unit_names import unit_remarks
from minben.indicators.shipped import find
from tests.indicator_samples import REAL, needs_real
from tests.rules.indicators import file_samples as samples


def values(content: Content) -> dict[tuple[str, str, str], float]:
    """Numbers that are there, by key."""
    return {
        (one.unit, one.period, one.indicator): one.value
        for one in content.stated
        if one.text is None and not isnan(one.value)
    }


@pytest.mark.parametrize("name", samples.every())
def test_every_format_states_the_same(name: str) -> None:
    content = read_folder(samples.every()[name])
    assert content.faults == ()
    assert values(content) == samples.VALUES
    missing = [one for one in content.stated if one.text is None and isnan(one.value)]
    assert {one[1:4] for one in missing} <= {samples.MISSING}
    places = [one.where for one in content.stated]
    assert len(set(places)) == len(places), "each has a place of its own"
    for one in content.stated:
        assert one.where.startswith(f"{one.file}, ")


RECIPE = b"""{"format": "minben-recipe-1", "code": "small", "groups": [{"code": "z"}],
 "indicators": [{"code": "osi", "parent": "z"}, {"code": "hci", "parent": "z"}]}"""


def written(folder: Path, files: dict[str, bytes]) -> Path:
    """Files on a disk."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


@pytest.mark.parametrize("name", samples.every())
def test_a_run_of_every_format_is_kept_and_verified(name: str, tmp_path: Path) -> None:
    data = written(tmp_path / "data", samples.every()[name])
    (data / "README.md").write_text("left alone")
    (data / "~$a.xlsx").write_bytes(b"what a spreadsheet leaves")
    run = tmp_path / "run"
    results = keeping.write(run, RECIPE, contents(data))
    assert {one.relative_to(run / "data").as_posix() for one in (run / "data").rglob("*.*")} == set(
        samples.every()[name]
    )
    assert keeping.first_difference(run) == ""
    told = next(csv.DictReader(io.StringIO(results["scores.csv"].decode())))
    assert (told["unit"], told["period"], told["of"]) == ("DEU", "2018", "3")


def test_what_a_long_table_says_beside_values() -> None:
    content = read_folder(samples.every()["csv-long"])
    by_status = {one.status: one for one in content.stated}
    assert (by_status["A"].n, by_status["A"].se) == (1000, 0.01)
    assert (by_status["M"].n, by_status["M"].se, isnan(by_status["M"].value)) == (None, None, True)


@pytest.mark.parametrize(
    "name", ["sdmx-csv-1", "sdmx-csv-2", "sdmx-json-1-series", "json-stat-dense"]
)
def test_status_of_the_source_is_kept(name: str) -> None:
    first = read_folder(samples.every()[name]).stated[0]
    assert first.status == ("e" if "stat" in name else "A")


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("csv-wide", "a.csv, line 2, column osi"),
        ("xlsx", "a.xlsx, sheet Data, cell C2"),
        ("xlsx-long", "a.xlsx, sheet Data, cell D2"),
        ("sdmx-csv-1", "a.csv, line 2, column OBS_VALUE"),
        ("sdmx-json-1-flat", "a.json, dataSets[0], observation 0:0:0"),
        ("sdmx-json-2-series", "a.json, dataSets[0], series 0:0, observation 0"),
        ("json-stat-sparse", "a.json, value 0 (osi, FRA, 2018)"),
        ("package", "data/egdi.csv, line 2, column osi"),
        ("package-zip", "a.zip, data/egdi.csv, line 2, column osi"),
        ("coinr", "iData.csv, line 2, column osi"),
    ],
)
def test_every_observation_has_its_place(name: str, place: str) -> None:
    places = {one.where: one for one in read_folder(samples.every()[name]).stated}
    assert places[place][1:5] == ("FRA", "2018", "osi", 0.11)


def test_the_pair_of_coinr_gives_labels_and_the_draft_of_a_recipe() -> None:
    content = read_folder(samples.every()["coinr"])
    labels = {(one.unit, one.text) for one in content.stated if one.indicator == "Where_group"}
    assert labels == {("FRA", "EU"), ("DEU", "EU"), ("JPN", "1")}
    assert content.variables["hci"].direction == -1
    assert content.variables["osi"].name == "Online services"
    [draft] = content.recipes
    recipe = read(dict(draft))
    assert (recipe.code, recipe.results) == ("iMeta", ("egdi",))
    hci = next(one for one in recipe.indicators if one.code == "hci")
    assert (hci.weight, hci.direction, hci.denominator) == (2.0, -1, "osi")


@needs_real
def test_the_draft_from_coinr_is_the_shipped_structure() -> None:
    files = {
        name: (REAL / "coinr" / name).read_bytes() for name in ("ASEM_iData.csv", "ASEM_iMeta.csv")
    }
    content = read_folder(files)
    assert content.faults == ()
    draft, shipped = read(dict(content.recipes[0])), find("asem-2018")
    for ours, theirs in ((draft.indicators, shipped.indicators), (draft.groups, shipped.groups)):
        assert {(one.code, one.parent, one.weight) for one in ours} == {
            (one.code, one.parent, one.weight) for one in theirs
        }
    told = {one.code: (one.direction, one.denominator) for one in draft.indicators}
    assert told == {one.code: (one.direction, one.denominator) for one in shipped.indicators}


def test_columns_can_be_named_and_left_out() -> None:
    rows = [
        ["iso", "year", "which", "what"],
        ["FRA", "2018", "osi", "0.5"],
        ["FRA", "2018", "x", "1"],
    ]
    options = Options(
        unit="iso", period="year", indicator="which", value="what", only=frozenset({"osi"})
    )
    content = read_folder({"a.csv": samples.csv_of(rows)}, options)
    assert [one[1:5] for one in content.stated] == [("FRA", "2018", "osi", 0.5)]
    wrong = read_folder({"a.csv": samples.csv_of(rows)}, Options(unit="nobody"))
    assert [one.code for one in wrong.faults] == ["column_missing"]


def test_dimensions_that_vary_name_the_indicator() -> None:
    header = ["DATAFLOW", "REF_AREA", "MEASURE", "SEX", "AGE", "TIME_PERIOD", "OBS_VALUE"]
    rows = [["A:F(1.0)", "FRA", "USE", sex, "Y16T74", "2018", 1] for sex in ("F", "M")]
    rows.append(["A:F(1.0)", "FRA", "OWN", "F", "Y16T74", "2018", 2])
    files = {"a.csv": samples.csv_of([header, *rows])}
    assert {one.indicator for one in read_folder(files).stated} == {"USE.F", "USE.M", "OWN.F"}
    asked = read_folder(files, Options(indicator="SEX,AGE,MEASURE"))
    assert "F.Y16T74.USE" in asked.variables
    one = read_folder({"a.csv": samples.csv_of([header, rows[0]])})
    assert list(one.variables) == ["USE"], "what does not vary still has a name"


def test_multiples_of_units_are_told_and_not_mixed() -> None:
    header = ["DATAFLOW", "REF_AREA", "TIME_PERIOD", "OBS_VALUE", "UNIT_MULT", "UNIT_MEASURE"]
    rows = [["A:F(1.0)", unit, "2018", 1, 6, "USD"] for unit in ("FRA", "DEU")]
    files = {"a.csv": samples.csv_of([header, *rows])}
    assert read_folder(files).variables["F"].measure == "10^6 USD"
    rows[1][4] = 3
    [fault] = read_folder({"a.csv": samples.csv_of([header, *rows])}).faults
    assert (fault.code, fault.where) == ("measures_mixed", "a.csv, line 3, column OBS_VALUE")


@pytest.mark.parametrize("name", samples.every())
def test_a_sheet_of_each_file(name: str) -> None:
    files = samples.every()[name]
    content = read_folder(files)
    told = {one.file: one for one in sheets(files, content)}
    assert set(told) == set(files)
    for file, one in told.items():
        assert (one.sha256, one.size) == (hashlib.sha256(files[file]).hexdigest(), len(files[file]))
    [one] = [one for one in told.values() if one.rows]
    assert (one.units, one.periods) == (3, ("2018", "2019"))
    osi = next(variable for variable in one.variables if variable.code == "osi")
    values = [value for key, value in samples.VALUES.items() if key[2] == "osi"]
    assert (osi.n, osi.low, osi.high, osi.decimals) == (6, min(values), max(values), 2)


@pytest.mark.parametrize(
    ("value", "expected"), [(1.0, 0), (0.25, 2), (1e-7, 7), (1.5e-7, 8), (1e22, 0), (-3.125, 3)]
)
def test_decimals(value: float, expected: int) -> None:
    assert decimals(value) == expected


@pytest.mark.parametrize(
    ("name", "refused"), [("agency.moe", False), ("P25", False), ("DEW", True)]
)
def test_plain_codes_of_ones_own_may_stand_among_countries(name: str, refused: bool) -> None:
    rows = "".join(f"{code},1\n" for code in ("FRA", "DEU", "JPN", name))
    content = read_folder({"a.csv": f"unit,x\n{rows}".encode()})
    found = {one.code for one in unit_remarks(content) if one.level == "fault"}
    assert bool(found) == refused
