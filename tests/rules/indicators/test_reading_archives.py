"""Workbooks, archives and data packages that are wrong, or that would fill the memory."""

import datetime
import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import Workbook

from minben.indicators.engine.faults import Faulty
from minben.indicators.reading import archives, read_folder, workbook_sizes
from minben.indicators.reading.folder import contents
from tests.rules.indicators import file_samples as samples
from tests.rules.indicators.file_makers import (
    GOOD,
    HEADER,
    Rows,
    as_book,
    as_csv,
    as_package,
    faults,
)
from tests.rules.indicators.file_samples import book, csv_of, zipped


def workbook(fill: Callable[[Any], None], rows: Rows = GOOD) -> dict[str, bytes]:
    made = Workbook()
    sheet = made.active
    sheet.title = "Data"
    for row in rows:
        sheet.append(row)
    fill(sheet)
    out = io.BytesIO()
    made.save(out)
    return {"a.xlsx": out.getvalue()}


@pytest.mark.parametrize(
    ("place", "value", "kind", "code"),
    [
        ("C2", "#DIV/0!", "e", "formula_error"),
        ("C2", "#N/A", "e", "formula_error"),
        ("A2", "#REF!", "e", "formula_error"),
        ("B2", "#NAME?", "e", "formula_error"),
        ("D1", "#REF!", "e", "formula_error"),
        ("C2", datetime.date(2020, 1, 2), None, "date_in_number"),
        ("C2", datetime.datetime(2020, 1, 2, 3), None, "date_in_number"),
        ("C2", datetime.time(1, 2), None, "date_in_number"),
        ("C2", "=1+1", None, "formula_unsaved"),
        ("A2", "=B2", None, "formula_unsaved"),
        ("C2", True, None, "text_in_number"),
        ("C2", "two", None, "text_in_number"),
        ("C2", "0,5", None, "decimal_comma"),
        ("A2", None, None, "unit_missing"),
        ("F2", "stray", None, "cells"),
    ],
)
def test_cells_of_workbooks(place: str, value: object, kind: str | None, code: str) -> None:
    def fill(sheet: Any) -> None:
        sheet[place] = value
        if kind:
            sheet[place].data_type = kind

    rows = [*GOOD, ["JPN", "2018", 1, 1], ["KOR", "2018", 1, 1]]
    assert (code, f"a.xlsx, sheet Data, cell {place}") in faults(workbook(fill, rows))


def test_a_hidden_sheet_of_data_is_refused_and_one_of_notes_is_left_alone() -> None:
    def fill(sheet: Any) -> None:
        notes = sheet.parent.create_sheet("Notes")
        notes.append(["about", "this"])
        notes.sheet_state = "hidden"

    def hide(sheet: Any) -> None:
        more = sheet.parent.create_sheet("More")
        more.append(HEADER)
        more.append(["JPN", "2018", 1, 1])
        more.sheet_state = "veryHidden"

    assert faults(workbook(fill)) == []
    assert faults(workbook(hide)) == [("sheet_hidden", "a.xlsx, sheet More")]


def test_merged_cells_are_refused_where_they_hide_a_value() -> None:
    def fill(sheet: Any) -> None:
        sheet.merge_cells("C2:C3")  # a value over two units
        sheet.merge_cells("F2:G4")  # nothing, beside the table

    assert faults(workbook(fill)) == [("merged", "a.xlsx, sheet Data, cell C3")]


def test_workbooks_that_declare_entities_and_names_without_end_are_refused() -> None:
    made = workbook(lambda sheet: None)["a.xlsx"]
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    files[sheet] = b'<!DOCTYPE a [<!ENTITY e "1">]>' + files[sheet]
    assert faults({"a.xlsx": zipped(files)}) == [("no_workbook", f"a.xlsx, {sheet}")]
    rows = [*GOOD, ["F" * 501, "2018", 1, 1]]
    assert {code for code, _ in faults(as_csv(rows))} == {"too_long"}


def test_a_spreadsheet_that_breaks_off_is_refused_before_its_end_is_looked_for() -> None:
    with zipfile.ZipFile(io.BytesIO(samples.ods(("Data", GOOD)))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    for part in range(1, 8):
        content = files["content.xml"]
        cut = content[: len(content) * part // 8]
        found = faults({"a.ods": zipped(files | {"content.xml": cut})})
        assert found == [("no_workbook", "a.ods, content.xml")]


def test_an_error_in_a_column_of_labels_is_a_fault() -> None:
    def fill(sheet: Any) -> None:
        sheet["E1"], sheet["E2"], sheet["E3"] = "group", "north", "#REF!"
        sheet["E3"].data_type = "e"

    assert faults(workbook(fill)) == [("formula_error", "a.xlsx, sheet Data, cell E3")]


def test_a_sheet_whose_header_is_nearly_right_is_not_left_out() -> None:
    other: Rows = [["Unit", "period", "osi"], ["KOR", "2018", 0.5]]
    files = {"a.xlsx": book(("2018", GOOD), ("2019", other), ("Notes", [["about", "this"]]))}
    assert faults(files) == [("no_unit", "a.xlsx, sheet 2019, cell A1")]


def test_spreadsheets_of_opendocument() -> None:
    assert faults({"a.ods": samples.ods(("Data", GOOD))}) == []
    rows: Rows = [
        HEADER,
        ["FRA", "2018", 0.5, "#DIV/0!"],
        ["DEU", "2018", "0,5", 1],
        ["JPN", "2018", 1, 1],
    ]
    assert faults({"a.ods": samples.ods(("Notes", [["x"]]), ("Data", rows))}) == [
        ("formula_error", "a.ods, sheet Data, cell D2"),
        ("decimal_comma", "a.ods, sheet Data, cell C3"),
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<table:table-row><table", b'<table:table-row table:number-rows-repeated="1048576"><table'),
        (b'<table:table-cell office:value-type="float"', b'<table:table-cell table:number-columns-repeated="16384" office:value-type="float"'),
        (b'number-rows-repeated="1048000"><table:table-cell table', b'number-rows-repeated="999999999"><table:table-cell office:value-type="string" table'),
    ],
)  # fmt: skip
def test_cells_repeated_without_end_do_not_fill_the_memory(old: bytes, new: bytes) -> None:
    rows: Rows = [HEADER, *(["FRA", str(year), 0.5, 1.0] for year in range(1900, 2060))]
    with zipfile.ZipFile(io.BytesIO(samples.ods(("Data", rows)))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert old in files["content.xml"]
    files["content.xml"] = files["content.xml"].replace(old, new)
    [(code, where)] = faults({"a.ods": zipped(files)})
    assert code == "too_many"
    assert where.startswith("a.ods, row ")


def test_a_table_may_begin_anywhere_in_a_sheet() -> None:
    rows: Rows = [[], [], ["", "unit", "osi"], ["", "FRA", 0.5]]
    [one] = read_folder(as_book(rows)).stated
    assert (one.unit, one.value, one.where) == ("FRA", 0.5, "a.xlsx, sheet Data, cell C4")


def test_a_cell_far_off_does_not_fill_the_memory() -> None:
    def fill(sheet: Any) -> None:
        sheet["XFD1048576"] = 1

    assert faults(workbook(fill)) == [("too_many", "a.xlsx, cell XFD1048576")]


def changed(content: bytes, part: str, old: bytes, new: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert old in files[part]
    return zipped(files | {part: files[part].replace(old, new)})


def test_a_cell_far_off_is_seen_however_it_is_written() -> None:
    sheet = "xl/worksheets/sheet1.xml"
    made = changed(as_book(GOOD)["a.xlsx"], sheet, b'r="C2"', b"r='XFD1048576'")
    assert faults({"a.xlsx": made}) == [("too_many", "a.xlsx, cell XFD1048576")]
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        files = {name.replace("1.xml", "1.bin"): archive.read(name) for name in archive.namelist()}
    assert faults({"a.xlsx": zipped(files)})[0][0] == "no_workbook"


def test_one_text_of_many_cells_does_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_sizes, "MOST_TEXT", 50_000)
    rows: Rows = [HEADER, *(["FRA", year, 0.5, 1.0] for year in range(1900, 2060))]
    inline = b't="inlineStr"><is><t>FRA</t></is>'
    made = changed(book(("Data", rows)), "xl/worksheets/sheet1.xml", inline, b"t='s'><v>0</v>")
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    texts = b"<sst xmlns='urn:x'><si><t>%b</t></si></sst>" % (b"x" * 400)
    made = zipped(files | {"xl/sharedStrings.xml": texts})
    assert faults({"a.xlsx": made}) == [("too_many", "a.xlsx")]
    cell = b'<table:table-cell office:value-type="string"><text:p>unit<'
    many = cell.replace(b" ", b" table:number-columns-repeated='20000' ", 1)
    made = changed(samples.ods(("Data", rows[:2])), "content.xml", cell, many)
    assert faults({"a.ods": made}) == [("too_many", "a.ods")]


def test_archives_that_unfold_into_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = zipped({"xl/workbook.xml": b"0" * 300_000})
    assert len(bomb) < 1_000
    monkeypatch.setattr(archives, "MOST_UNFOLDED", 200_000)
    assert faults({"a.xlsx": bomb}) == [("too_large", "a.xlsx")]
    monkeypatch.setattr(archives, "MOST_FILES", 1)
    assert faults({"a.zip": zipped({"a": b"", "b": b""})}) == [("too_many", "a.zip")]


def test_an_archive_that_lies_about_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = zipped({"datapackage.json": b" " * 300_000})
    size = (300_000).to_bytes(4, "little")
    lying = honest.replace(size, (10).to_bytes(4, "little"))
    assert lying != honest
    monkeypatch.setattr(archives, "MOST_UNFOLDED", 200_000)
    [(code, _)] = faults({"a.zip": lying})
    assert code in ("broken_archive", "too_large")


def test_archives_that_are_locked_or_damaged() -> None:
    good = bytearray(zipped({"datapackage.json": b"{" + bytes(range(256)) * 9}))
    locked = bytearray(good)
    locked[6] |= 1  # the flag of a password, here and in the list at the end
    at = locked.index(b"PK\x01\x02")
    locked[at + 8] |= 1
    assert faults({"a.zip": bytes(locked)}) == [("locked_archive", "a.zip")]
    good[60:80] = b"\xff" * 20
    assert faults({"a.zip": bytes(good)}) == [("broken_archive", "a.zip")]


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("../secret.csv", "path_unsafe"),
        ("/etc/passwd", "path_unsafe"),
        ("a/../../b.csv", "path_unsafe"),
        ("C:\\data.csv", "path_unsafe"),
        ("..\\data.csv", "path_unsafe"),
        ("http" + "://somewhere/a.csv", "remote"),
        ("file:" + "///etc/passwd", "remote"),
        ("", "path_unsafe"),
        ("absent.csv", "resource_absent"),
        ("d.xlsx", "unknown_format"),
        (None, "no_path"),
        (7, "no_path"),
    ],
)
def test_packages_stay_inside(path: object, code: str) -> None:
    files = as_package(GOOD) | {"d.xlsx": b""}
    found = json.loads(files["datapackage.json"])
    found["resources"][0]["path"] = path
    files["datapackage.json"] = json.dumps(found).encode()
    assert code in [one for one, _ in faults(files)]
    assert code in [one for one, _ in faults({"a.zip": zipped(files)})]


@pytest.mark.parametrize(
    ("schema", "code"),
    [
        ({"fields": [{"name": "absent"}]}, "column_missing"),
        ({"primaryKey": "absent"}, "column_missing"),
        ({"primaryKey": "period"}, "key_twice"),
        ("../schema.json", "resource_absent"),
        ({"fields": [{"name": "osi", "type": "number", "decimalChar": ","}]}, "decimal_point"),
        ({"fields": [{"name": "osi", "type": "number", "groupChar": "."}]}, None),
    ],
)
def test_packages_whose_tables_are_otherwise_than_described(
    schema: object, code: str | None
) -> None:
    files = as_package(GOOD)
    found = json.loads(files["datapackage.json"])
    found["resources"][0]["schema"] = schema
    files["datapackage.json"] = json.dumps(found).encode()
    assert {one for one, _ in faults(files)} == ({code} if code else set())


def test_packages_say_how_numbers_are_written() -> None:
    rows: Rows = [HEADER, ["FRA", "2018", "1.234,5", "€ 12"], ["DEU", "2018", "-9", "7 %"]]
    files = as_package(rows)
    found = json.loads(files["datapackage.json"])
    schema = found["resources"][0]["schema"]
    schema["fields"][2] |= {"decimalChar": ",", "groupChar": "."}
    schema["fields"][3] |= {"bareNumber": False}
    schema["missingValues"] = ["-9"]
    found["resources"][0]["schema"] = "about.json"
    files |= {
        "about.json": json.dumps(schema).encode(),
        "datapackage.json": json.dumps(found).encode(),
    }
    content = read_folder(files)
    assert content.faults == ()
    assert [one.value for one in content.stated if one.value == one.value] == [1234.5, 12.0, 7.0]


def test_a_package_in_a_folder_opens_nothing_outside(tmp_path: Any) -> None:
    (tmp_path / "secret.csv").write_bytes(csv_of(GOOD))
    home = tmp_path / "data"
    home.mkdir()
    (home / "d.csv").symlink_to(tmp_path / "secret.csv")
    (home / "datapackage.json").write_bytes(as_package(GOOD)["datapackage.json"])
    with pytest.raises(Faulty) as refused:
        contents(home)
    assert [one.code for one in refused.value.faults] == ["path_unsafe"]
