"""Tables that are wrong are refused whole, in every format, with file, place and reason."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minben.indicators.engine.faults import Faulty
from minben.indicators.engine.reading import read
from minben.indicators.reading import grids, read_file, read_folder
from minben.indicators.reading.encodings import guess
from minben.indicators.reading.folder import table_of
from tests.indicator_samples import recipe_of
from tests.rules.indicators import file_samples as samples
from tests.rules.indicators.file_makers import (
    EVERY,
    GOOD,
    HEADER,
    TABLES,
    Maker,
    as_book,
    as_coinr,
    as_csv,
    as_json_stat,
    as_package,
    as_sdmx_csv,
    as_sdmx_json,
    faults,
)
from tests.rules.indicators.file_samples import zipped


@pytest.mark.parametrize("maker", EVERY)
def test_the_table_itself_is_good(maker: Maker) -> None:
    assert faults(maker(GOOD)) == []


@pytest.mark.parametrize("maker", EVERY)
@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("two", "text_in_number"),
        ("0,5", "decimal_comma"),
        ("1,000", "grouped"),
        ("1e999", "text_in_number"),
        ("12%", "text_in_number"),
        ("0.5 (p)", "text_in_number"),
        ("١٢", "text_in_number"),
    ],
)
def test_text_in_a_number(maker: Maker, cell: str, code: str) -> None:
    rows = [HEADER, ["FRA", "2018", cell, "1"], *([f"U{n}", "2018", "0.75", "1"] for n in range(4))]
    [(found, where)] = faults(maker(rows))
    assert found == code
    place = {
        as_csv: "line 2, column osi",
        as_book: "sheet Data, cell C2",
        as_sdmx_csv: "line 2, column OBS_VALUE",
        as_package: "d.csv, line 2, column osi",
        as_coinr: "iData.csv, line 2, column osi",
        as_json_stat: "value 0 (FRA, osi)",
        as_sdmx_json: "observation 0:0",
    }[maker]
    assert where.endswith(place)


@pytest.mark.parametrize("maker", [*TABLES, as_sdmx_json])
def test_two_values_for_one_cell(maker: Maker) -> None:
    found = read_folder(maker([*GOOD, ["FRA", "2018", "0.5", "0.5"]])).faults
    assert {one.code for one in found} == {"cell_twice"}
    assert len(found) == 2
    assert "FRA 2018 stands at" in found[0].text or "FRA stands at" in found[0].text


def test_two_values_in_two_files_of_two_formats() -> None:
    files = as_csv(GOOD) | as_book(GOOD)
    assert {code for code, _ in faults(files)} == {"cell_twice"}
    members = [{"code": "osi", "parent": "z"}, {"code": "hci", "parent": "z"}]
    recipe = read(recipe_of(indicators=members))
    with pytest.raises(Faulty, match=r"a\.xlsx, sheet Data, cell C2: FRA 2018 stands at a\.csv"):
        table_of(files, recipe)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("unit;x\nA;1,5\nB;2,5\n", []),
        ("unit;x\nA;1,5\nB;2.5\n", [("decimal_point", "a.csv, line 3, column x")]),
        ("unit;x\nA;1.5\nB;2,5\n", [("decimal_comma", "a.csv, line 3, column x")]),
        ('unit,x\nA,1.5\nB,"2,5"\n', [("decimal_comma", "a.csv, line 3, column x")]),
        ("unit\tx\nA\t1.5\nB\t2,5\n", [("decimal_comma", "a.csv, line 3, column x")]),
    ],
)
def test_mixed_decimal_marks(text: str, expected: list[tuple[str, str]]) -> None:
    assert faults({"a.csv": text.encode()}) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("unit,x,n\nA,1\n", [("cells", "a.csv, line 2")]),
        ("unit,x\n,1\n", [("unit_missing", "a.csv, line 2, column unit")]),
        ("name,x\nA,1\n", [("no_unit", "a.csv, line 1")]),
        ("unit,x,x\nA,1,2\n", [("column_twice", "a.csv, line 1")]),
        ("", [("no_header", "a.csv, line 1")]),
        ('unit,x\nA,"1\n', [("no_csv", "a.csv, line 2")]),
        ("unit,indicator,value\nA,,1\n", [("indicator_missing", "a.csv, line 2, column indicator")]),
        ("unit,indicator,value,n\nA,x,1,2.5\n", [("no_count", "a.csv, line 2, column n")]),
        ("unit,indicator,value,se\nA,x,1,-1\n", [("no_error", "a.csv, line 2, column se")]),
        ("DATAFLOW,REF_AREA\nF,FRA\n", [("no_value", "a.csv, line 1")]),
        ("DATAFLOW,WHO,OBS_VALUE\nF,FRA,1\n", [("no_unit", "a.csv")]),
        ("DATAFLOW,REF_AREA,X,OBS_VALUE\nF,,a,1\n", [("unit_missing", "a.csv, line 2, column OBS_VALUE")]),
        (
            "STRUCTURE,STRUCTURE_ID,ACTION,REF_AREA,X,OBS_VALUE\nd,F,D,FRA,a,1\nd,F,I,FRA,a,1\n",
            [("row_deletes", "a.csv, line 2, column ACTION")],
        ),
        ("Level,iCode,Type,Weight\n1,x,Indicator,much\n", [("text_in_number", "a.csv, line 2, column Weight")]),
        ("Level,iCode,Type,Weight\n1,,Indicator,1\n", [("indicator_missing", "a.csv, line 2, column iCode")]),
    ],
)  # fmt: skip
def test_tables_of_text(text: str, expected: list[tuple[str, str]]) -> None:
    assert faults({"a.csv": text.encode()}) == expected


def test_encodings_are_named() -> None:
    text = "unit,x\n臺北市,1\n新北市,2\n"
    told = {
        encoding: str(read_file("a.csv", text.encode(encoding)).faults[0])
        for encoding in ("utf-16", "big5", "gb18030")
    }
    assert "UTF-16" in told["utf-16"]
    assert "Big5" in told["big5"]
    assert "a.csv, line 2: " in told["big5"]
    late = ("unit,x\n" + "A,1\n" * 100_000 + "Côte d'Ivoire,1\n").encode("latin-1")
    assert "line 100002: is not UTF-8 text but looks like Windows-1252" in str(
        read_file("a.csv", late).faults[0]
    )
    assert guess("Côte d'Ivoire\nTürkiye".encode("latin-1")).startswith("Windows-1252")
    assert guess("简体中文的国家统计数据".encode("gb18030")) in ("GB 18030", "Big5")
    assert read_file("a.csv", text.encode("utf-8-sig")).faults == ()


def test_too_many_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grids, "MOST_CELLS", 3)
    assert faults(as_csv(GOOD)) == [("too_many", "a.csv")]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.xlsx", b"no workbook", "broken_archive"),
        ("a.xlsx", b"PK\x03\x04 and no more", "broken_archive"),
        ("a.xlsx", zipped({"xl/workbook.xml": b"<workbook/>"}), "no_workbook"),
        ("a.zip", zipped({"a.csv": b"unit,x\n"}), "unknown_format"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "unknown_format"),
        ("a.json", b"{", "no_json"),
        ("a.json", b"[]", "unknown_format"),
        ("a.json", b"{}", "unknown_format"),
        ("a.json", b'{"a": NaN}', "no_json"),
        ("a.json", b'{"a": 1, "a": 2}', "no_json"),
        ("a.json", b"[" * 100_000, "no_json"),
        ("a.json", b'{"resources": []}', "unknown_format"),
        ("datapackage.json", b'{"resources": []}', "no_data"),
    ],
)
def test_files_of_no_known_form(name: str, content: bytes, code: str) -> None:
    assert [one for one, _ in faults({name: content})] == [code]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"class": "collection"}, "unknown_format"),
        ({"size": [2, 2]}, "size"),
        ({"value": [1, 2]}, "size"),
        ({"value": {"99": 1}}, "size"),
        ({"value": {"-1": 1}}, "size"),
        ({"value": "all"}, "size"),
        ({"role": {}, "id": ["metric", "where", "when"]}, "no_unit"),
        ({"id": [], "size": []}, "size"),
        ({"dimension": {}}, "size"),
    ],
)
def test_json_stat_that_does_not_fit(change: dict[str, Any], code: str) -> None:
    found = samples.json_stat(sparse=False) | change
    assert [one for one, _ in faults({"a.json": json.dumps(found).encode()})] == [code]


@pytest.mark.parametrize(
    ("key", "code"), [("9:0:0", "key_unknown"), ("0:0", "key_unknown"), ("0:0:-1", "key_unknown"), ("a:b:c", "key_unknown"), ("²:0:0", "key_unknown")]
)  # fmt: skip
def test_keys_of_sdmx_json_that_lead_nowhere(key: str, code: str) -> None:
    found = samples.sdmx_json(1, series=False)
    found["data"]["dataSets"][0]["observations"][key] = [1]
    assert faults({"a.json": json.dumps(found).encode()}) == [
        (code, f"a.json, dataSets[0], observation {key}")
    ]


def test_sdmx_json_that_takes_back_or_has_no_structure() -> None:
    found = samples.sdmx_json(2, series=True)
    found["data"]["dataSets"][0]["structure"] = 7
    assert [one for one, _ in faults({"a.json": json.dumps(found).encode()})] == ["no_structure"]
    found["data"]["dataSets"][0] |= {"structure": 1, "action": "Delete"}
    assert [one for one, _ in faults({"a.json": json.dumps(found).encode()})] == ["row_deletes"]


@given(
    st.binary(max_size=300),
    st.sampled_from(["a.csv", "a.json", "a.xlsx", "a.zip", "datapackage.json"]),
)
def test_any_bytes_are_read_or_refused(content: bytes, name: str) -> None:
    read_file(name, content)


@given(
    st.lists(
        st.lists(st.one_of(st.text(max_size=6), st.floats().map(str)), min_size=4, max_size=4),
        max_size=6,
    )
)
def test_any_table_is_read_or_refused(rows: list[list[str]]) -> None:
    content = read_folder(as_csv([HEADER, *rows]))
    for one in content.stated:
        assert one.unit == one.unit.strip() != ""


JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.integers() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


@settings(max_examples=150)
@given(st.sampled_from(["stat", "flat", "series", "package"]), st.data())
def test_documents_with_one_place_of_another_kind_are_read_or_refused(kind: str, data: Any) -> None:
    """Every place of a document may hold anything; nothing but faults comes of it."""
    files = as_package(GOOD)
    found: Any = {
        "stat": lambda: samples.json_stat(sparse=False),
        "flat": lambda: samples.sdmx_json(1, series=False),
        "series": lambda: samples.sdmx_json(2, series=True),
        "package": lambda: json.loads(files["datapackage.json"]),
    }[kind]()
    found = inside = json.loads(json.dumps(found))
    while True:
        keys = list(inside) if isinstance(inside, dict) else list(range(len(inside)))
        key = data.draw(st.sampled_from(keys))
        deeper = isinstance(inside[key], (dict, list)) and inside[key] and data.draw(st.booleans())
        if not deeper:
            break
        inside = inside[key]
    inside[key] = data.draw(JSON)
    name = "datapackage.json" if kind == "package" else "a.json"
    read_folder({**(files if kind == "package" else {}), name: json.dumps(found).encode()})
