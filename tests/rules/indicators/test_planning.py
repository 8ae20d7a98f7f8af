"""What an import would bring: units by the names they bore then, rows, faults, the sheet."""

from datetime import date
from math import isfinite

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minben.indicators.declared.documents import framework
from minben.indicators.declared.drafts import Layout
from minben.indicators.rules import PERIOD
from minben.indicators.taking.bundles import bundled, compressed, unbundled, uncompressed
from minben.indicators.taking.naming import Known, Names
from minben.indicators.taking.noted import Noted
from minben.indicators.taking.planning import planned
from minben.indicators.taking.spans import span_of
from tests.registry_document import document

NAMES = Names(
    [
        Known("YUN-kouhu", ("口湖鄉", "Kouhu Township"), (("舊口湖", None, date(2020, 1, 1)),)),
        Known("YUN-douliu", ("斗六市", "Douliu City"), (("Center", None, date(2010, 1, 1)),)),
        Known("YUN-huwei", ("虎尾鎮", "Huwei Township"), (("Center", date(2010, 1, 1), None),)),
    ]
)
INDICATORS = {one.code: one for one in framework("d.json", document()).indicators}


@pytest.mark.parametrize(
    ("period", "first", "after"),
    [
        ("2019", date(2019, 1, 1), date(2020, 1, 1)),
        ("2019-12", date(2019, 12, 1), date(2020, 1, 1)),
        ("2019-02", date(2019, 2, 1), date(2019, 3, 1)),
        ("2019-Q1", date(2019, 1, 1), date(2019, 4, 1)),
        ("2019-Q4", date(2019, 10, 1), date(2020, 1, 1)),
        ("2019-H2", date(2019, 7, 1), date(2020, 1, 1)),
        ("2019-S1", date(2019, 1, 1), date(2019, 7, 1)),
        ("2020-W01", date(2019, 12, 30), date(2020, 1, 6)),
        ("2020-W53", date(2020, 12, 28), date(2021, 1, 4)),
    ],
)
def test_a_period_has_a_first_day_and_one_after_it(period: str, first: date, after: date) -> None:
    assert PERIOD.fullmatch(period)
    assert span_of(period) == (first, after)


@pytest.mark.parametrize(
    ("written", "period", "means"),
    [
        ("YUN-kouhu", "2024", "YUN-kouhu"),
        ("yun-KOUHU", "2024", "YUN-kouhu"),
        ("口湖鄉", "2024", "YUN-kouhu"),
        ("kouhu  township", "2024", "YUN-kouhu"),
        ("舊口湖", "2019", "YUN-kouhu"),
        ("舊口湖", "2019-Q4", "YUN-kouhu"),
        ("Center", "2009", "YUN-douliu"),
        ("Center", "2010", "YUN-huwei"),
        ("KOR", "2024", "KOR"),
        ("台北市", "2024", "TPE"),
        ("Swaziland", "2010", "SWZ"),
    ],
)
def test_names_mean_units_in_their_time(written: str, period: str, means: str) -> None:
    assert NAMES.find(written, period, "") == means


@pytest.mark.parametrize(
    ("written", "period", "code"),
    [
        ("舊口湖", "2020", "unit_not_then"),
        ("桃園縣", "2018", "unit_not_then"),
        ("口糊鄉", "2024", "unit_unknown_near"),
        ("Republic of Koera", "2024", "unit_unknown_near"),
        ("qqqq", "2024", "unit_unknown"),
    ],
)
def test_names_that_mean_no_unit_say_why(written: str, period: str, code: str) -> None:
    found = NAMES.find(written, period, "line 2")
    assert isinstance(found, Noted)
    assert (found.code, found.where) == (code, "line 2")


def test_a_name_of_two_units_at_one_time_means_neither() -> None:
    both = Names([Known("A", ("一", "Same")), Known("B", ("二", "Same"))])
    found = both.find("same", "2024", "")
    assert isinstance(found, Noted)
    assert dict(found.params)["units"] == "A, B"


def test_one_unit_spelt_twice_in_one_period_is_told() -> None:
    content = "unit,period,yl.online\n口湖鄉,2024,81\nKouhu Township,2024,82\n".encode()
    plan = planned({"a.csv": content}, Layout(), NAMES, INDICATORS)
    [fault] = plan.faults
    assert (fault.where, fault.code) == ("a.csv, line 3, column yl.online", "observed_twice")
    assert plan.rows == ()


def test_files_are_one_import_and_the_sheet_tells_each() -> None:
    files = {
        "a.csv": "unit,period,yl.online\n口湖鄉,2023,80\n口湖鄉,2024,81.5\n".encode(),
        "b.csv": "unit,period,yl.fraud\n口湖鄉,2024,..\n".encode(),
    }
    plan = planned(files, Layout(), NAMES, INDICATORS)
    assert not plan.faults
    first, second = plan.sheet
    assert (first["observations"], first["periods"]) == (2, ["2023", "2024"])
    assert first["indicators"] == [
        {"code": "yl.online", "n": 2, "missing": 0, "min": 80.0, "max": 81.5}
    ]
    assert second["indicators"] == [
        {"code": "yl.fraud", "n": 0, "missing": 1, "min": None, "max": None}
    ]


def test_nothing_stated_is_a_fault() -> None:
    plan = planned({"a.csv": b"unit,period,yl.online\n"}, Layout(), NAMES, INDICATORS)
    assert plan.faults


def test_what_is_confirmed_is_what_was_noticed() -> None:
    lines = "口湖鄉,2024,84.9,84.9\n"
    first = planned(
        {"a.csv": f"unit,period,yl.online,yl.fraud\n{lines}".encode()},
        Layout(),
        NAMES,
        INDICATORS,
    )
    second = planned(
        {"a.csv": f"unit,period,yl.online,yl.fraud\n{lines}斗六市,2024,120,1\n".encode()},
        Layout(),
        NAMES,
        INDICATORS,
    )
    assert first.remarks
    assert len({first.seal, second.seal, ""}) == 3


VALUES = st.floats(allow_nan=False, allow_infinity=False, width=32)


@given(st.lists(VALUES, min_size=1, max_size=20))
def test_every_number_comes_out_as_it_was_written(values: list[float]) -> None:
    lines = [f"口湖鄉,{1900 + n},{value!r}" for n, value in enumerate(values)]
    content = "\n".join(["unit,period,yl.online", *lines]).encode()
    plan = planned({"a.csv": content}, Layout(), NAMES, INDICATORS)
    assert not plan.faults
    assert [row.value for row in plan.rows] == values
    assert [row.place for row in plan.rows] == [
        f"line {n + 2}, column yl.online" for n in range(len(values))
    ]


@given(st.text(max_size=60), st.text(max_size=10), st.text(max_size=10))
def test_whatever_stands_in_a_file_is_rows_or_faults(unit: str, period: str, value: str) -> None:
    cells = ['"' + cell.replace('"', '""') + '"' for cell in (unit, period, value)]
    content = ("unit,period,yl.online\n" + ",".join(cells) + "\n").encode("utf-8", "replace")
    plan = planned({"a.csv": content}, Layout(), NAMES, INDICATORS)
    assert bool(plan.faults) != bool(plan.rows)
    for row in plan.rows:
        assert PERIOD.fullmatch(row.period)
        assert row.value is None or isfinite(row.value)


@given(st.dictionaries(st.text(min_size=1, max_size=20), st.binary(max_size=50), max_size=4))
def test_files_come_back_as_they_were_kept(files: dict[str, bytes]) -> None:
    files = {name.encode("utf-8", "replace").decode(): files[name] for name in files}
    assert unbundled(bundled(files)) == files
    assert bundled(files) == bundled(dict(reversed(files.items())))
    for content in files.values():
        assert uncompressed(compressed(content)) == content
        assert compressed(content) == compressed(content)
