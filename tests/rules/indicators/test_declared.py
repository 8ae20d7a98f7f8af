"""Documents and tables that declare sources, units and indicators: whole, or every fault told."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minben.indicators.declared import documents, sheets
from minben.indicators.declared.drafts import AliasDraft, BreakDraft, MemberDraft
from minben.indicators.engine.faults import Faulty
from minben.indicators.rules import CODE, PERIOD
from tests.registry_document import DOCUMENT, document

HEADER = "code,title_zh,title_en,scale,direction,domain,decimals,low,high,relations,breaks\n"


def faults(act: Any, *given: Any) -> list[tuple[str, str]]:
    with pytest.raises(Faulty) as caught:
        act(*given)
    return [(one.where, one.code) for one in caught.value.faults]


def changed(path: str, value: object) -> bytes:
    """The document with one value replaced, or taken out."""
    told = json.loads(document())
    *way, last = (int(step) if step.isdigit() else step for step in path.split("."))
    at = told
    for step in way:
        at = at[step]
    if value is None:
        del at[last]
    else:
        at[last] = value
    return json.dumps(told).encode()


def test_a_document_is_read_with_all_its_parts() -> None:
    told = documents.framework("d.json", document())
    assert told.source.title_zh == "雲林縣數位發展指標"
    assert told.source.published_on == date(2025, 6, 30)
    assert told.source.open_terms
    kouhu, _ = told.units
    assert kouhu.aliases == (
        AliasDraft("Kouhu"),
        AliasDraft("舊口湖", None, date(2020, 1, 1)),
    )
    assert kouhu.groups == (MemberDraft("area", "coast"),)
    online, fraud = told.indicators
    assert online.breaks == (BreakDraft("2022", "雙底冊", "Dual frame"),)
    assert (online.low, online.high, online.decimals) == (0, 100, 1)
    assert (fraud.direction, fraud.domain, fraud.low) == (-1, "risk", None)


@pytest.mark.parametrize(
    ("path", "value", "where", "code"),
    [
        ("format", "minben-source-9", "format", "no_format"),
        ("source", [], "source", "no_object"),
        ("source.licence", None, "source.licence", "field_missing"),
        ("source.publisher", "字" * 201, "source.publisher", "too_long"),
        ("source.published_on", "30.6.2025", "source.published_on", "no_day"),
        ("source.open_terms", "maybe", "source.open_terms", "no_truth"),
        ("source.address", "somewhere", "source.address", "no_address"),
        ("source.licences", "x", "source.licences", "field_unknown"),
        ("source.title", {"zh": "甲"}, "source.title_en", "field_missing"),
        ("source.title", "甲", "source.title", "field_unknown"),
        ("units.0.kind", "town", "units[0].kind", "no_choice"),
        ("units.0.code", "a b", "units[0].code", "no_code"),
        ("units.0.aliases.1.valid_from", "2021-01-01", "units[0].aliases[1].valid_until", "ends_before"),
        ("units.0.groups.0", "coast", "units[0].groups[0].code", "field_missing"),
        ("groups", {}, "groups", "no_object"),
        ("indicators.0.scale", "share", "indicators[0].scale", "no_choice"),
        ("indicators.0.direction", 0.5, "indicators[0].direction", "no_whole_number"),
        ("indicators.0.low", "much", "indicators[0].low", "text_in_number"),
        ("indicators.0.low", 100, "indicators[0].high", "no_span"),
        ("indicators.0.low", True, "indicators[0].low", "text_in_number"),
        ("indicators.0.relations", ["G2X"], "indicators[0].relations", "no_choice"),
        ("indicators.0.relations", "G2C", "indicators[0].relations", "no_list"),
        ("indicators.0.breaks.0.period", "22", "indicators[0].breaks[0].period", "no_period"),
        ("indicators.0.title", {"zh": 1, "en": ["x"]}, "indicators[0].title_en", "no_text"),
        ("source.publisher", "a\0b", "source.publisher", "no_text"),
        ("source.publisher", "a\ud800b", "source.publisher", "no_text"),
        ("layout", {"decimal": ";"}, "layout.decimal", "no_choice"),
        ("layout", {"columns": ["x"]}, "layout.columns", "no_object"),
        ("layout", {"leave_out": [1]}, "layout.leave_out", "no_list"),
        ("layout", {"default_period": "soon"}, "layout.default_period", "no_period"),
        ("more", 1, "more", "field_unknown"),
    ],
)  # fmt: skip
def test_every_fault_of_a_document_is_told_with_its_place(
    path: str, value: object, where: str, code: str
) -> None:
    assert (where, code) in faults(documents.framework, "d.json", changed(path, value))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"{", "no_json"),
        (b'{"a": 1, "a": 2}', "no_json"),
        (b'{"a": NaN}', "no_json"),
        (b"3", "no_format"),
        (b"[" * 100_000, "no_json"),
        (b"\xff", "no_json"),
        (b" " * 2_000_001, "too_large"),
    ],
)
def test_what_is_no_document_is_refused(content: bytes, code: str) -> None:
    assert [one for _, one in faults(documents.framework, "d.json", content)] == [code]


def test_all_faults_are_told_at_once() -> None:
    told = json.loads(document())
    told["source"]["licence"] = ""
    told["indicators"][1]["scale"] = "share"
    told["units"][1]["kind"] = "town"
    found = faults(documents.framework, "d.json", json.dumps(told).encode())
    assert found == [
        ("source.licence", "field_missing"),
        ("units[1].kind", "no_choice"),
        ("indicators[1].scale", "no_choice"),
    ]


def test_indicators_alone_are_a_list_or_a_document() -> None:
    listed = json.dumps(DOCUMENT["indicators"]).encode()
    assert documents.indicators("i.json", listed) == documents.indicators("i.json", document())


def test_a_table_says_the_same_as_a_document() -> None:
    row = 'yl.online,個人上網率,Individuals online,percent,1,opportunity,1,0,100,"G2C; G2B",2022｜雙底冊｜Dual frame\n'
    [one] = sheets.indicators("i.csv", (HEADER + row).encode())
    [other, _] = documents.framework("d.json", document()).indicators
    assert (one.low, one.high, one.breaks) == (other.low, other.high, other.breaks)
    assert one.relations == ("G2B", "G2C")
    assert one.where == "i.csv, line 2, column code"


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        (",甲,A,percent,,,,,,,", "code", "field_missing"),
        ("a,甲,A,,,,,,,,", "scale", "field_missing"),
        ("a,甲,A,ratio,2,,,,,,", "direction", "no_whole_number"),
        ("a,甲,A,ratio,,luck,,,,,", "domain", "no_choice"),
        ("a,甲,A,ratio,,,13,,,,", "decimals", "no_whole_number"),
        ("a,甲,A,ratio,,,,x,,,", "low", "text_in_number"),
        ("a,甲,A,ratio,,,,2,1,,", "high", "no_span"),
        ("a,甲,A,ratio,,,,,,G2X,", "relations", "no_choice"),
        ("a,甲,A,ratio,,,,,,,2022", "breaks", "field_missing"),
        ("a,甲,A,ratio,,,,,,,2022|x|y; 2022|x|y", "breaks", "stands_twice"),
    ],
)
def test_every_fault_of_a_table_is_told_with_line_and_column(
    row: str, column: str, code: str
) -> None:
    found = faults(sheets.indicators, "i.csv", (HEADER + row + "\n").encode())
    assert (f"i.csv, line 2, column {column}", code) in found


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (HEADER, "no_rows"),
        ("name\nx\n", "column_missing"),
        ("code,code\nx,y\n", "column_twice"),
        ("code,titel\nx,y\n", "field_unknown"),
        (HEADER + "a,b\n", "cells"),
    ],
)
def test_tables_that_can_be_none_are_refused(content: str, code: str) -> None:
    assert code in [one for _, one in faults(sheets.indicators, "i.csv", content.encode())]


def test_units_of_a_table_have_aliases_and_groups_with_their_time() -> None:
    content = (
        "code,kind,name_zh,name_en,aliases,groups\n"
        "SWZ,country,史瓦帝尼,Eswatini,Swaziland [..2018-04-19]；史瓦濟蘭,"
        "region:africa; comparators:oecd [2016-01-01..]\n"
    ).encode()
    [unit] = sheets.units("u.csv", content)
    assert unit.aliases == (
        AliasDraft("Swaziland", None, date(2018, 4, 19)),
        AliasDraft("史瓦濟蘭"),
    )
    assert unit.groups == (
        MemberDraft("region", "africa"),
        MemberDraft("comparators", "oecd", date(2016, 1, 1)),
    )


def read(act: Any, *given: Any) -> Any:
    """What is read, or why nothing is."""
    try:
        return act(*given)
    except Faulty as error:
        return error


CELLS = st.text(
    st.characters(blacklist_categories=["Cs"], blacklist_characters="\0\r"), max_size=12
)


@given(st.lists(st.lists(CELLS, min_size=11, max_size=11), min_size=1, max_size=4))
def test_whatever_a_table_holds_is_drafts_or_faults_and_nothing_else(rows: list[list[str]]) -> None:
    quoted = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    content = HEADER + "\n".join(quoted) + "\n"
    found = read(sheets.indicators, "i.csv", content.encode())
    if isinstance(found, Faulty):
        assert found.faults
        return
    for one in found:
        assert CODE.fullmatch(one.code)
        assert one.title_zh
        assert one.title_en
        assert all(PERIOD.fullmatch(broken.period) for broken in one.breaks)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


@given(st.sampled_from(["source", "units", "groups", "indicators", "layout"]), JSON)
def test_whatever_a_document_holds_is_read_or_refused(part: str, value: Any) -> None:
    content = json.dumps(DOCUMENT | {part: value}).encode()
    found = read(documents.framework, "d.json", content)
    assert not isinstance(found, Faulty) or found.faults
