"""Recipes and data that are wrong are refused whole, with place and reason."""

import json
from pathlib import Path
from typing import Any

import pytest

from minben.indicators import keeping
from minben.indicators.engine.faults import Faulty
from minben.indicators.engine.reading import read
from minben.indicators.engine.running import run
from minben.indicators.reading.folder import contents, table_of
from minben.indicators.shipped import find, load
from tests.indicator_samples import recipe_of, small

X, Y = {"code": "x", "parent": "z"}, {"code": "y", "parent": "z"}


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"format": "other"}, "unknown_format"),
        ({"colour": "red"}, "unknown_name"),
        ({"code": ""}, "wrong_kind"),
        ({"indicators": "x"}, "not_a_list"),
        ({"indicators": [3]}, "not_a_table"),
        ({"indicators": [{"code": "x"}]}, "name_missing"),
        ({"indicators": [X, X]}, "code_twice"),
        ({"indicators": [X, Y | {"parent": "q"}]}, "parent_unknown"),
        ({"indicators": [X | {"weight": "1"}]}, "wrong_kind"),
        ({"indicators": [X | {"weight": True}]}, "wrong_kind"),
        ({"indicators": [X | {"weight": -1}]}, "weight_negative"),
        ({"indicators": [X | {"direction": 0}]}, "direction"),
        ({"indicators": [X | {"weight": 0}]}, "weights_zero"),
        ({"indicators": [X | {"normalise": {"method": "goalposts", "low": 2}}]}, "goalposts"),
        (
            {
                "indicators": [
                    X | {"normalise": {"method": "goalposts", "low": 0, "high": 1, "log": True}}
                ]
            },
            "goalposts_log",
        ),
        ({"groups": [{"code": "z"}, {"code": "e"}]}, "group_empty"),
        ({"groups": [{"code": "z", "parent": "z"}]}, "cycle"),
        ({"groups": [{"code": "z", "parent": "a"}, {"code": "a", "parent": "z"}]}, "cycle"),
        ({"aggregate": "guess"}, "unknown_choice"),
        ({"normalise": {"method": "guess"}}, "unknown_choice"),
        ({"impute": {"method": "guess"}}, "unknown_choice"),
        ({"normalise": {"low_to": 1, "high_to": 1}}, "scale"),
        ({"coverage": 2}, "range"),
        ({"decimals": 1.5}, "wrong_kind"),
        (
            {"overrides": [{"unit": "A", "period": "", "code": "q", "value": 1, "reason": "r"}]},
            "code_unknown",
        ),
        (
            {"overrides": [{"unit": "A", "period": "", "code": "z", "value": 1, "reason": " "}]},
            "reason_missing",
        ),
        (
            {
                "overrides": [{"unit": "A", "period": "", "code": "z", "value": 1, "reason": "r"}]
                * 2
            },
            "override_twice",
        ),
        ({"indicators": [X | {"code": " x"}]}, "code_blank"),
        ({"title": {"zh": "\ud800"}}, "half_character"),
    ],
)
def test_recipe(more: dict[str, Any], code: str) -> None:
    with pytest.raises(Faulty) as refused:
        read(recipe_of(**more))
    assert code in {fault.code for fault in refused.value.faults}


def test_levels_without_end_are_refused_and_not_walked() -> None:
    chain = [{"code": f"g{n}", "parent": f"g{n - 1}" if n else ""} for n in range(2000)]
    bottom = [{"code": "x", "parent": "g1999"}]
    with pytest.raises(Faulty) as refused:
        read(recipe_of(groups=chain, indicators=bottom))
    assert {fault.code for fault in refused.value.faults} == {"too_deep"}
    ring = [*chain[1:], {"code": "g0", "parent": "g1999"}]
    with pytest.raises(Faulty, match="more than 20 levels down"):
        read(recipe_of(groups=ring, indicators=bottom))


@pytest.mark.parametrize(
    "content", [b"{", b"[1]", b'{"code": NaN}', b'{"code": "a", "code": "b"}', b"[" * 100_000]
)
def test_recipe_file(content: bytes) -> None:
    with pytest.raises(Faulty):
        load("mine.json", content)


def test_recipe_nobody_has() -> None:
    with pytest.raises(Faulty, match="hdi-2010"):
        find("nothing-such")


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("unit,x,y\nA,1,2\nA,1,3\n", "cell_twice", "line 3, column x"),
        ("unit,x,y\nA,1,two\n", "text_in_number", "line 2, column y"),
        ('unit,x,y\nA,1.5,2\nB,"1,5",2\n', "decimal_comma", "line 3, column x"),
        ('unit,x,y\nA,"1,000",2\n', "grouped", "line 2, column x"),
        ("unit,x,y\nA,1e999,2\n", "text_in_number", "line 2, column x"),
        ("unit,x,y\n,1,2\n", "unit_missing", "line 2, column unit"),
        ("name,x,y\nA,1,2\n", "no_unit", "line 1"),
        ("unit,x,x\nA,1,2\n", "column_twice", "line 1"),
        ("unit,x,y\nA,1\n", "cells", "line 2"),
        ("unit,x\nA,1\n", "column_missing", "column y"),
        ("unit,indicator,value\nA,x,1\nA,x,2\nA,y,2\n", "cell_twice", "line 3, column value"),
        ('unit,x,y\nA,"1,2\n', "no_csv", "line"),
    ],
)
def test_data(text: str, code: str, place: str) -> None:
    with pytest.raises(Faulty) as refused:
        table_of({"mine.csv": text.encode()}, read(recipe_of()))
    [fault] = [one for one in refused.value.faults if one.code == code][:1]
    assert place in fault.where


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "unit,X,y\nA,1,2\n",
            "column x: the recipe needs it and no file has it; did you mean 'X'\\?",
        ),
        ("unit,indicator,value\nA,x,1\nA,osi,2\n", "column y: .* no file has it; there is osi"),
        ("code,x,y\nA,1,2\n", "has no column named unit; it has code, x, y"),
        ("unit,x,y\n", "has a header and no row below it"),
    ],
)
def test_what_is_not_there_is_told_beside_what_is(text: str, told: str) -> None:
    with pytest.raises(Faulty, match=told):
        table_of({"mine.csv": text.encode()}, read(recipe_of()))


def test_data_in_another_encoding() -> None:
    with pytest.raises(Faulty, match="UTF-8"):
        table_of({"mine.csv": "unit,x,y\n台北,1,2\n".encode("big5")}, read(recipe_of()))


def test_the_same_cell_in_two_files() -> None:
    one = b"unit,x,y\nA,1,2\n"
    with pytest.raises(Faulty, match=r"stands at a\.csv"):
        table_of({"a.csv": one, "b.csv": one}, read(recipe_of()))


def test_no_variance_and_no_logarithm() -> None:
    with pytest.raises(Faulty, match="all 3 values are 1"):
        run(read(recipe_of()), small(x=[1, 1, 1], y=[1, 2, 3]))
    document = recipe_of(normalise={"method": "minmax", "log": True})
    with pytest.raises(Faulty, match="-1 has no logarithm"):
        run(read(document), small(x=[-1, 1, 2], y=[1, 2, 3]))


def test_wide_long_and_missing_marks_are_one_table() -> None:
    wide = b"\xef\xbb\xbfunit,period,x,y,note\nA,2020,1,..,anything\nB,2020,NA,2,\n"
    long = b"unit,period,indicator,value\nA,2021,x,3\nA,2021,y,4\nA,2021,other,words\n"
    found = table_of({"w.csv": wide, "l.csv": long}, read(recipe_of()))
    assert (found.units, found.periods) == (("A", "B", "A"), ("2020", "2020", "2021"))
    assert found.columns["x"].tolist()[::2] == [1.0, 3.0]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "one.csv").write_text("unit,x,y\nA,1,2\nB,2,1\nC,4,4\n")
    recipe = b'{"format":"minben-recipe-1","code":"small","groups":[{"code":"z"}],"indicators":[{"code":"x","parent":"z"},{"code":"y","parent":"z"}]}'
    keeping.write(tmp_path / "run", recipe, contents(tmp_path / "data"))
    return tmp_path / "run"


def test_a_run_verifies_and_is_never_written_over(folder: Path) -> None:
    assert keeping.first_difference(folder) == ""
    with pytest.raises(Faulty, match="not empty"):
        keeping.write(folder, b"{}", {})


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("scores.csv", "C,,z,1,", "C,,z,2,", "scores.csv, line 4"),
        ("data/one.csv", "C,4,4", "C,4,5", "data/: run.json says"),
        ("data/one.csv", "C,4,4\n", "C,4,4\r\n", "data/: run.json says"),
        ("recipe.json", '"code":"y",', '"weight":2,"code":"y",', "recipe.json: run.json says"),
        ("recipe.json", ',"indicators"', ', "indicators"', "recipe.json: run.json says"),
        ("weights.csv", "0.5", "0.6", "weights.csv, line 2"),
        ("run.json", '"rows": 3', '"rows": 4', "run.json, line"),
    ],
)
def test_a_changed_run_is_told(folder: Path, name: str, old: str, new: str, told: str) -> None:
    path = folder / name
    content = path.read_text()
    assert old in content
    path.write_bytes(content.replace(old, new, 1).encode())
    assert told in keeping.first_difference(folder)


def test_what_came_to_nothing_is_told_beside_the_scores() -> None:
    override = {"unit": "Q", "period": "", "code": "z", "value": 1, "reason": "r"}
    recipe = json.dumps(recipe_of(overrides=[override], normalise={"method": "none"})).encode()
    told = keeping.made(recipe, {"a.csv": b"unit,x,y\nA,1,\nB,2,\n"})["remarks.csv"].decode()
    assert "column y,no_values,has no value at all" in told
    assert 'overrides[0],override_nobody,"an exception is about Q, who is not there"' in told


def test_what_is_missing_or_added_is_told(folder: Path) -> None:
    (folder / "extra.csv").write_text("x")
    assert "extra.csv" in keeping.first_difference(folder)
    (folder / "extra.csv").unlink()
    (folder / "cells.csv").unlink()
    assert "cells.csv: is missing" in keeping.first_difference(folder)


def test_no_run_and_no_data(tmp_path: Path) -> None:
    with pytest.raises(Faulty, match="is no run"):
        keeping.first_difference(tmp_path)
    with pytest.raises(Faulty, match="no file ending in"):
        contents(tmp_path)
    with pytest.raises(Faulty, match="no folder"):
        contents(tmp_path / "none")


def test_a_run_of_another_engine_says_so(folder: Path) -> None:
    path = folder / "run.json"
    path.write_text(path.read_text().replace('"engine": "', '"engine": "0.'))
    assert "made by engine 0." in keeping.first_difference(folder)
    path.write_text("[" * 100_000)
    assert "run.json, line 1" in keeping.first_difference(folder)
