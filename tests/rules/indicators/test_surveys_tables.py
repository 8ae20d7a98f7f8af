"""A table of estimates from a file of answers and a document; every fault has its place."""

import json
from typing import Any

import pytest

from minben.indicators.engine.faults import Faulty
from minben.indicators.surveys.document import document_of
from minben.indicators.surveys.microdata import microdata_of
from minben.indicators.surveys.tables import HEADER, Estimates, estimates, rows_of

ANSWERS = """id,w,area,sex,uses,bank,age
1,10,n,f,yes,yes,20
2,10,n,m,yes,no,30
3,20,n,f,no,,40
4,20,s,m,yes,98,50
5,30,s,f,yes,yes,
6,10,s,m,no,,70
"""
ASKED = [{"column": "uses", "what": "share", "answers": ["yes"]}]


def made(document: dict[str, Any], answers: str = ANSWERS, by: str = "") -> Estimates:
    data = microdata_of("a.csv", answers.encode())
    return estimates(document_of("d.json", json.dumps(document).encode()), data, by)


def faults(document: dict[str, Any], answers: str = ANSWERS, by: str = "") -> dict[str, str]:
    with pytest.raises(Faulty) as refused:
        made(document, answers, by)
    return {one.where: one.code for one in refused.value.faults}


def test_shares_with_everything_that_belongs_to_them() -> None:
    table = made({"weight": "w", "strata": "area", "estimate": ASKED}, by="sex")
    whole, women, men = table.lines
    assert whole.found.value == pytest.approx(70 / 100)
    assert women.domain == "f"
    assert women.found.value == pytest.approx(40 / 60)
    assert men.found.value == pytest.approx(30 / 40)
    assert (whole.found.n, women.found.n, men.found.n) == (6, 3, 3)
    assert whole.low < whole.found.value < whole.high
    assert whole.interval == "wilson"
    assert whole.remark == "few"
    assert len(rows_of(table)[0]) == len(HEADER)
    assert table.fitting is None


def test_who_did_not_answer_is_left_out_and_told() -> None:
    share = {
        "column": "bank",
        "what": "share",
        "answers": ["yes"],
        "among": {"column": "uses", "values": ["yes"]},
    }
    table = made({"weight": "w", "nonresponse": ["98"], "estimate": [share]})
    (line,) = table.lines
    assert line.found.value == pytest.approx(40 / 50)
    assert (line.found.n, line.not_answered) == (3, 1)
    mean = made({"weight": "w", "estimate": [{"column": "age"}]}).lines[0]
    assert mean.found.value == pytest.approx((200 + 300 + 800 + 1000 + 700) / 70)
    assert (mean.interval, mean.not_answered) == ("t", 1)


def test_known_totals_of_one_column_and_of_several() -> None:
    one = {"columns": ["sex"], "totals": {"f": 50, "m": 50}}
    table = made({"weight": "w", "fit": [one], "estimate": ASKED})
    assert table.lines[0].found.value == pytest.approx(0.5 * 40 / 60 + 0.5 * 30 / 40)
    crossed = {
        "columns": ["area", "sex"],
        "totals": {"n | f": 1, "n | m": 1, "s | f": 1, "s | m": 1},
    }
    table = made({"weight": "w", "fit": [crossed], "estimate": ASKED})
    assert table.lines[0].found.value == pytest.approx((1 / 3 + 1 + 1 + 2 / 3) / 4)
    two = {"columns": ["area"], "totals": {"n": 60, "s": 40}}
    table = made({"weight": "w", "fit": [one, two], "estimate": ASKED})
    assert table.fitting is not None
    assert table.fitting.converged
    assert table.design.weights.sum() == pytest.approx(100)


@pytest.mark.parametrize("how", ["wilson", "logit", "beta", "plain"])
def test_the_interval_asked_for(how: str) -> None:
    line = made({"weight": "w", "interval": how, "estimate": ASKED}).lines[0]
    assert line.interval == how


@pytest.mark.parametrize(
    ("change", "place", "code"),
    [
        ({"weights": "w"}, "d.json, weights", "unknown_key"),
        ({"weight": 3}, "d.json, weight", "not_text"),
        ({"strata": "nowhere"}, "a.csv", "column_missing"),
        ({"clusters": "id"}, "d.json, clusters", "not_list"),
        ({"populations": ["w", "w"]}, "d.json, populations", "too_many"),
        ({"lonely": "guess"}, "d.json, lonely", "not_known"),
        ({"interval": "wald"}, "d.json, interval", "not_known"),
        ({"level": 95}, "d.json, level", "number"),
        ({"trim": 3}, "d.json, trim", "nothing_fitted"),
        (
            {"trim": 1, "fit": [{"columns": ["sex"], "totals": {"f": 1, "m": 1}}]},
            "d.json, trim",
            "number",
        ),
        ({"fit": {}}, "d.json, fit", "not_objects"),
        ({"fit": [{"columns": [], "totals": {"f": 1}}]}, "d.json, fit[0].columns", "nothing"),
        (
            {"fit": [{"columns": ["sex"], "totals": {"f": -1, "m": 1}}]},
            "d.json, fit[0].totals.f",
            "number",
        ),
        (
            {"fit": [{"columns": ["sex"], "totals": {"f": 1}}]},
            "a.csv, line 3, column sex",
            "no_total",
        ),
        ({"estimate": []}, "d.json, estimate", "nothing_asked"),
        (
            {"estimate": [{"column": "uses", "what": "share"}]},
            "d.json, estimate[0].answers",
            "answers",
        ),
        (
            {"estimate": [{"column": "uses", "what": "median"}]},
            "d.json, estimate[0].what",
            "not_known",
        ),
        (
            {"estimate": [{"column": "uses", "what": "share", "answers": ["Yes"]}]},
            "a.csv, column uses",
            "no_such_answer",
        ),
        ({"estimate": [{"column": "uses"}]}, "a.csv, line 2, column uses", "text_in_number"),
        ({"nonresponse": ["yes", "no"]}, "a.csv, column uses", "nobody"),
        ({"strata": "id"}, "a.csv, line 2", "lonely"),
        ({"strata": "bank"}, "a.csv, line 4, column bank", "missing"),
    ],
)
def test_what_is_refused(change: dict[str, Any], place: str, code: str) -> None:
    found = faults({"weight": "w", "estimate": ASKED} | change)
    assert found.get(place) == code, found


@pytest.mark.parametrize(
    ("old", "new", "place", "code"),
    [
        ("1,10,n", "1,0,n", "a.csv, line 2, column w", "not_positive"),
        ("1,10,n", "1,,n", "a.csv, line 2, column w", "missing"),
        ("1,10,n", '1,"10,5",n', "a.csv, line 2, column w", "decimal_comma"),
        ("1,10,n", "1,ten,n", "a.csv, line 2, column w", "text_in_number"),
        ("1,10,n,f,yes", "1,10,n,f", "a.csv, line 2", "cells"),
        ("id,w,", "w,w,", "a.csv, line 1", "column_twice"),
        ("2,10", '2,"10', "a.csv, line 7", "no_csv"),
    ],
)
def test_answers_that_cannot_be_read(old: str, new: str, place: str, code: str) -> None:
    found = faults({"weight": "w", "estimate": ASKED}, ANSWERS.replace(old, new, 1))
    assert found.get(place) == code, found


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xff\xfea", "not_utf8"),
        (b"a,b\n1,\0\n", "not_utf8"),
        (b"a,b\n", "empty"),
        (b"", "empty"),
    ],
)
def test_files_that_are_none(content: bytes, code: str) -> None:
    with pytest.raises(Faulty) as refused:
        microdata_of("a.csv", content)
    assert refused.value.faults[0].code == code


@pytest.mark.parametrize("separator", [";", "\t"])
def test_files_that_spreadsheets_write(separator: str) -> None:
    text = "w,y\n1,2\n3,1e200\n".replace(",", separator)
    found = microdata_of("a.csv", text.encode())
    assert found.header == ("w", "y")
    with pytest.raises(Faulty, match="line 3, column y: '1e200' is too large to compute with"):
        found.numbers("y", ())


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"{", "no_json"),
        (b"[]", "no_object"),
        (b"[" * 100_000, "no_json"),
        (b'{"weight": "a", "weight": "b"}', "no_json"),
    ],
)
def test_documents_that_are_none(content: bytes, code: str) -> None:
    with pytest.raises(Faulty) as refused:
        document_of("d.json", content)
    assert refused.value.faults[0].code == code


def test_a_column_to_split_by_must_be_whole() -> None:
    found = faults({"weight": "w", "estimate": ASKED}, by="bank")
    assert found == {
        "a.csv, line 4, column bank": "missing",
        "a.csv, line 7, column bank": "missing",
    }
