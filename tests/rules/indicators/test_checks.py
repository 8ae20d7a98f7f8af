"""What a careful reader notices: each kind is told where it is, and not told where it is not."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from math import nan
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minben.indicators import keeping
from minben.indicators.engine.faults import Faulty
from minben.indicators.engine.reading import read
from minben.indicators.reading import read_folder
from minben.indicators.reading.checking import Facts, bases, check, facts_of, scale_of
from minben.indicators.reading.folder import table_of
from minben.indicators.reading.identical import digits
from minben.indicators.reading.remarks import SENTENCES, Remark
from minben.indicators.shipped import find
from tests.indicator_samples import REAL, needs_real, recipe_of
from tests.rules.indicators.file_samples import csv_of

COUNTRIES = ("FRA", "DEU", "JPN", "KOR", "TWN", "USA", "GBR", "ITA", "ESP", "NLD", "BEL", "SWE")
Columns = Mapping[str, Sequence[float]]


def looked_at(
    columns: Columns,
    units: Sequence[str] = COUNTRIES,
    periods: Sequence[str] = ("2018",),
    facts: Mapping[str, Facts] | None = None,
) -> list[Remark]:
    """The remarks on columns whose rows are units, period after period."""
    keys = [(unit, period) for period in periods for unit in units]
    header = ["unit", "period", *columns]
    rows = [
        [*key, *("" if np.isnan(values[n]) else repr(values[n]) for values in columns.values())]
        for n, key in enumerate(keys)
    ]
    content = read_folder({"a.csv": csv_of([header, *rows])})
    assert content.faults == ()
    return list(check(content, facts))


def codes(remarks: Sequence[Remark]) -> set[str]:
    return {one.code for one in remarks}


def spread(seed: int, n: int = 12, low: float = 10, high: float = 90) -> list[float]:
    """Ordinary per cents with one decimal."""
    return [round(float(v), 1) for v in np.random.default_rng(seed).uniform(low, high, n)]


def test_ordinary_data_is_not_remarked_upon() -> None:
    columns = {f"c{n}": spread(n, 36) for n in range(6)}
    assert looked_at(columns, periods=("2018", "2019", "2020")) == []


# Units


@pytest.mark.parametrize(
    ("name", "near"),
    [("Taiwann", "Taiwan"), ("Republik of Korea", "Republic of Korea"), ("Jappan", "Japan"), ("QQQQQQ", None)],
)  # fmt: skip
def test_a_country_nobody_knows_is_a_fault(name: str, near: str | None) -> None:
    units = [*COUNTRIES[:11], name]
    [one] = [one for one in looked_at({"x": spread(1)}, units) if one.level == "fault"]
    assert one.code == ("unit_unknown_near" if near else "unit_unknown")
    assert one.where == "a.csv, line 13, column unit"
    assert dict(one.params).get("nearest") == near
    assert near is None or f"did you mean {near!r}" in one.text


def test_a_county_nobody_knows_is_a_fault() -> None:
    units = ("臺北市", "新北市", "桃園市", "台中市", "嘉義")
    [one] = looked_at({"x": spread(1, 5)}, units)
    assert (one.level, one.code, dict(one.params)["name"]) == ("fault", "unit_unknown_near", "嘉義")


@pytest.mark.parametrize("units", [("A", "B", "C"), ("FRA", "B", "C"), ("FRA", "DEU", "C", "D")])
def test_any_code_goes_where_most_are_no_countries(units: Sequence[str]) -> None:
    assert looked_at({"x": spread(1, len(units))}, units) == []


def test_one_unit_under_two_spellings_in_a_period_is_a_fault() -> None:
    units = [*COUNTRIES[:10], "Taiwan", "臺灣"]
    found = [one for one in looked_at({"x": spread(1)}, units) if one.level == "fault"]
    assert [one.code for one in found] == ["unit_spelt_twice", "unit_spelt_twice"]
    assert (
        "'Taiwan' is TWN, which stands as 'TWN' at a.csv, line 6, column unit in 2018 too"
        in found[0].text
    )


def test_one_unit_under_two_spellings_in_two_periods_is_a_warning() -> None:
    rows = [
        ["unit", "period", "x"],
        ["TWN", "2018", 1.5],
        ["Taiwan", "2019", 2.5],
        ["FRA", "2019", 7.5],
    ]
    [one] = check(read_folder({"a.csv": csv_of(rows)}))
    assert (one.level, one.code) == ("warning", "unit_spelt_otherwise")


def test_groups_of_countries_and_names_after_their_time_are_warned_of() -> None:
    units = [*COUNTRIES[:9], "World", "Swaziland", "Türkiye"]
    found = looked_at({"x": spread(1)}, units, ("2020",))
    assert [(one.level, one.code, dict(one.params)["name"]) for one in found] == [
        ("warning", "aggregate_among_units", "World"),
        ("warning", "unit_not_then", "Swaziland"),
    ]
    assert "unit_not_then" not in codes(looked_at({"x": spread(1)}, units, ("2017",)))


def test_codes_that_look_alike_are_warned_of() -> None:
    [one] = looked_at({"x": spread(1, 3)}, ("agency-a", "Agency A", "b"))
    assert (one.code, dict(one.params)["other"]) == ("units_alike", "agency-a")


@pytest.mark.parametrize(
    ("last", "code"), [("Irak", "unit_unknown_near"), ("Taiwan", "unit_spelt_twice"), ("QQQQ", "unit_unknown")]
)  # fmt: skip
def test_a_run_refuses_such_names(last: str, code: str) -> None:
    rows = [["unit", "x", "y"], ["FRA", 1, 2], ["DEU", 2, 3], ["TWN", 3, 1], [last, 2, 2]]
    with pytest.raises(Faulty) as refused:
        table_of({"a.csv": csv_of(rows)}, read(recipe_of()))
    assert [(one.code, one.where) for one in refused.value.faults] == [
        (code, "a.csv, line 5, column unit")
    ]


# Numbers


def test_what_is_not_plausible() -> None:
    values = [*spread(1)[:10], 101.5, -3.0]
    [one] = looked_at({"x": values}, facts={"x": Facts(low=0, high=100)})
    assert (one.code, one.where) == ("out_of_range", "a.csv, line 12, column x")
    assert "2 of 12 values are not within 0 to 100, such as 101.5" in one.text
    assert looked_at({"x": values}, facts={"x": Facts(high=102)}) == []


def test_shares_and_per_cents_declared_one_way_and_told_the_other() -> None:
    shares = [round(one / 100, 3) for one in spread(1)]
    percent, ratio = {"x": Facts(scale="percent")}, {"x": Facts(scale="ratio")}
    assert codes(looked_at({"x": shares}, facts=percent)) == {"ratio_not_percent"}
    assert codes(looked_at({"x": spread(1)}, facts=ratio)) == {"percent_not_ratio"}
    assert looked_at({"x": shares}, facts=ratio) == []
    assert looked_at({"x": spread(1)}, facts=percent) == []
    found = looked_at({"x": [0.0, 1.0] * 6}, facts=percent)
    assert codes(found) == {"few_values"}, "none and all are no shares"


def test_shares_among_per_cents() -> None:
    mixed = [*spread(1)[:10], 0.452, 0.61]
    [one] = looked_at({"x": mixed})
    assert (one.code, one.where) == ("percent_and_ratio", "a.csv, line 12, column x")
    assert looked_at({"x": [*spread(1, 99), 0.4]}, [f"u{n}" for n in range(100)]) == []
    through = [0.2, 0.5, 0.7, 1.4, 2.2, 3.1, 14.5, 27.0, 41.0, 59.0, 75.0, 80.0]
    assert "percent_and_ratio" not in codes(looked_at({"x": through})), "no gap"
    apart = [0.5, 0.9, *(5.5 + n / 4 for n in range(10))]
    assert "percent_and_ratio" not in codes(looked_at({"x": apart})), "not alike times 100"
    small = [0.2, 0.5, 0.9, 1.4, 2.2, 3.1, 4.5, 7.0, 11.0, 19.0, 35.0, 60.0]
    assert codes(looked_at({"x": small})) == {"outliers"}, "what runs through is no mixture"
    assert looked_at({"x": mixed}, facts={"x": Facts(scale="ratio")})[0].code == "percent_not_ratio"


def test_columns_that_do_not_tell_units_apart() -> None:
    [one] = looked_at({"x": [7.0] * 12})
    assert (one.code, one.text) == ("no_variance", "all 12 values are 7 in 2018")
    [one] = looked_at({"x": [1.0, 2.0] * 18}, periods=("2018", "2019", "2020"))
    assert (one.code, one.where) == ("few_values", "column x")
    assert looked_at({"x": [1.0, 2.0, nan, nan]}, COUNTRIES[:4]) == []


def test_outliers_are_told_once_for_a_column() -> None:
    values = [*spread(1, 22, 40, 60), 900.0, 2000.0]
    units = [f"u{n}" for n in range(24)]
    [one] = looked_at({"x": values}, units)
    assert (one.code, one.where) == ("outliers", "a.csv, line 25, column x")
    assert "2 of 24 values lie far from the others in 2018, such as 2000 (u23 2018)" in one.text


def test_a_decimal_mark_out_of_place() -> None:
    periods = ("2015", "2016", "2017", "2018")
    values = [*spread(1, 8, 50, 60), 541.0, *spread(2, 7, 50, 60)]
    [one] = [
        one
        for one in looked_at({"x": values}, COUNTRIES[:4], periods)
        if one.code == "misplaced_mark"
    ]
    assert one.where == "a.csv, line 10, column x"
    restless = [1.5, 1.5, 1.5, 1.5, 11.0, 11.0, 11.0, 11.0, 25.0, 25.0, 25.0, 25.0, 110.0] + [
        110.0
    ] * 3
    assert "misplaced_mark" not in codes(looked_at({"x": restless}, COUNTRIES[:4], periods))
    growing = [float(4**n) for n in range(4) for _ in range(4)]
    assert "misplaced_mark" not in codes(looked_at({"x": growing}, COUNTRIES[:4], periods))


# Series that look copied


BOOK = {
    "個人上網率": (86.5, 86.2),
    "行動上網率": (84.9, 84.4),
    "居家連網率": (84.9, 90.4),
    "即時通訊": (96.8, 95.9),
    "線上金融": (32.9, 42.5),
    "政府主動服務": (60.0, 66.7),
}


def test_the_copied_value_of_the_course_book_is_found() -> None:
    [one] = looked_at(BOOK, ("臺灣",), ("2018", "2019"))
    assert (one.level, one.code) == ("warning", "identical_value")
    assert one.where == "a.csv, line 2, column 居家連網率"
    assert one.text == "84.9 (臺灣 2018) equals 行動上網率 in the same period to the last digit"


@pytest.mark.parametrize(
    "columns",
    [
        {"a": [0, 100], "b": [0, 100]},
        {"a": [60.0, 70.0], "b": [60.0, 71.0]},
        {"a": [4, 5], "b": [4, 5], "c": [4, 3]},
        {"a": [84.9, 84.4], "b": [84.4, 84.9]},
    ],
)
def test_coarse_values_may_be_equal(columns: Columns) -> None:
    assert "identical_value" not in codes(looked_at(columns, ("X",), ("2018", "2019")))


def test_equal_columns_of_panels() -> None:
    columns = {f"c{n}": spread(n) for n in range(5)}
    assert looked_at(columns) == []
    [one] = looked_at({**columns, "copy": columns["c3"]})
    assert (one.code, dict(one.params)["other"], dict(one.params)["n"]) == (
        "identical_series",
        "c3",
        "12",
    )
    gaps = [nan, *columns["c3"][1:]]
    [one] = looked_at({**columns, "copy": gaps})
    assert (one.code, dict(one.params)["n"]) == ("identical_series", "11")
    some = [*columns["c3"][:8], *spread(99)[8:]]
    [one] = looked_at({**columns, "copy": some})
    assert (one.code, dict(one.params)["count"]) == ("identical_mostly", "8")
    few = [*columns["c3"][:4], *spread(99)[4:]]
    assert looked_at({**columns, "copy": few}) == []


def test_columns_of_two_values_and_columns_mostly_different_are_not_told() -> None:
    periods = ("2017", "2018", "2019")
    flags = [float(v) * 100 for v in np.random.default_rng(4).integers(0, 2, 36)]
    found = codes(looked_at({"a": flags, "b": [*flags[:35], nan], "c": flags}, periods=periods))
    assert not found & {"identical_series", "identical_mostly"}
    column = spread(5, 36)
    some = [*column[:15], *spread(6, 21)]
    assert looked_at({"a": column, "b": some}, periods=periods) == []
    most = [*column[:20], *spread(6, 16)]
    assert codes(looked_at({"a": column, "b": most}, periods=periods)) == {"identical_mostly"}


def test_answers_on_a_scale_of_five_do_not_flood() -> None:
    chance = np.random.default_rng(7)
    columns = {f"q{n}": [float(v) for v in chance.integers(1, 6, 12)] for n in range(20)}
    flags = {f"f{n}": [float(v) * 100 for v in chance.integers(0, 2, 12)] for n in range(20)}
    same = {"same": flags["f0"], "again": [*flags["f1"][:11], nan]}
    found = codes(looked_at({**columns, **flags, **same}))
    assert not found & {"identical_series", "identical_mostly", "identical_value"}
    copied = {"copy": columns["q3"], "nearly": [*columns["q4"][:11], nan]}
    told = [one for one in looked_at({**columns, **copied}) if one.code.startswith("identical")]
    assert {(one.where.split()[-1], dict(one.params)["other"]) for one in told} == {
        ("copy", "q3"),
        ("nearly", "q4"),
    }
    skewed = [1.0] * 8 + [2.0, 3.0, 2.0, 3.0]
    often = {"a": skewed, "b": [*skewed[:10], 3.0, 2.0]}
    assert "identical_mostly" not in codes(looked_at(often)), "most are 1 in both"


def test_a_period_that_repeats_the_one_before() -> None:
    first = spread(1)
    [one] = looked_at({"x": [*first, *first]}, periods=("2018", "2019"))
    assert (one.code, one.where) == ("identical_periods", "a.csv, line 24, column x")
    assert looked_at({"x": [*first, *spread(2)]}, periods=("2018", "2019")) == []
    [one] = looked_at({"x": first * 3}, periods=("2018", "2019", "2020"))
    assert one.text.endswith("2019 equal those of 2018, and so on in 1 more periods")


def test_of_one_kind_a_handful_is_told_and_how_many_more() -> None:
    found = looked_at({f"c{n}": [float(n)] * 12 for n in range(40)})
    assert len(found) == 10
    assert found[-1].text.endswith("(and 30 more of this kind)")


@pytest.mark.parametrize(
    ("value", "expected"), [(84.9, 3), (60.0, 1), (0.05, 1), (100.0, 1), (1000.5, 5), (0.0, 0), (1e-5, 1), (101.0, 3)]
)  # fmt: skip
def test_digits(value: float, expected: int) -> None:
    assert digits(value) == expected


# What is declared


def test_bases_that_differ() -> None:
    facts = {
        "a": Facts(base="persons 12+", dimension="use"),
        "b": Facts(base="Internet users 12+", dimension="use"),
        "c": Facts(dimension="use"),
        "d": Facts(base="Internet users 12+", dimension="other"),
    }
    columns = {code: spread(n) for n, code in enumerate("abcd")}
    [one] = looked_at(columns, facts=facts)
    assert (one.code, one.where, dict(one.params)["other"]) == ("base_mismatch", "b", "a")
    assert [one.where for one in bases(facts, [("b", "d"), ("a", "d")])] == ["d"]


def correlated(*signs: int) -> dict[str, list[float]]:
    chance = np.random.default_rng(3)
    common = chance.normal(size=12)
    return {
        f"c{n}": [round(float(v), 3) for v in sign * common + 0.3 * chance.normal(size=12)]
        for n, sign in enumerate(signs)
    }


def test_a_direction_that_goes_against_its_dimension() -> None:
    columns = correlated(1, 1, 1, -1)
    wrong = {code: Facts(direction=1, dimension="d") for code in columns}
    [one] = looked_at(columns, facts=wrong)
    assert (one.code, one.where) == ("direction_doubtful", "column c3")
    assert looked_at(columns, facts=wrong | {"c3": Facts(direction=-1, dimension="d")}) == []
    assert looked_at(columns, facts=wrong | {"c3": Facts(direction=1, dimension="e")}) == []
    unrelated = {code: spread(n + 20) for n, code in enumerate("abcd")}
    facts = {code: Facts(direction=1, dimension="d") for code in unrelated}
    assert looked_at(unrelated, facts=facts) == []


def test_what_a_recipe_declares() -> None:
    facts = facts_of(find("asem-2018"))
    assert facts["WomParl"].scale == "percent"
    assert facts["CO2"].direction == -1
    assert facts["LPI"].dimension == "Physical"
    assert [scale_of(word) for word in ("%", "Percentage", "百分比", "pp of", "index")] == [
        "percent", "percent", "percent", "", "",
    ]  # fmt: skip


def test_a_run_keeps_its_remarks_and_makes_them_again(tmp_path: Path) -> None:
    rows = [["unit", "period", "x", "y"]]
    rows += [[unit, "2018", n + 1.25, n + 1.25] for n, unit in enumerate((*COUNTRIES, "World"))]
    recipe = json.dumps(recipe_of()).encode()
    results = keeping.write(tmp_path / "run", recipe, {"a.csv": csv_of(rows)})
    told = list(csv.DictReader(io.StringIO(results["remarks.csv"].decode())))
    assert [one["code"] for one in told] == ["aggregate_among_units", "identical_series"]
    counts = json.loads(results["run.json"])["remarks"]
    assert counts == {"aggregate_among_units": 1, "identical_series": 1}
    assert keeping.first_difference(tmp_path / "run") == ""
    (tmp_path / "run" / "remarks.csv").write_bytes(
        results["remarks.csv"].replace(b"World", b"Earth")
    )
    assert keeping.first_difference(tmp_path / "run").startswith("remarks.csv, line 2")


@needs_real
def test_the_published_tables_have_no_faults_and_few_warnings() -> None:
    asem = find("asem-2018")
    content = read_folder({"a.csv": (REAL / "coinr/ASEM_iData.csv").read_bytes()})
    found = check(content, facts_of(asem))
    assert {one.level for one in found} == {"warning"}
    assert not codes(found) & {"identical_series", "identical_value", "percent_and_ratio"}
    assert len(found) <= 30


@given(
    st.lists(
        st.lists(st.floats(allow_infinity=False, width=32) | st.just(1.0), min_size=8, max_size=8),
        min_size=1,
        max_size=4,
    ),
    st.sampled_from([COUNTRIES[:4], ("A", "B", "C", "a")]),
)
def test_any_numbers_can_be_looked_at(columns: list[list[float]], units: Sequence[str]) -> None:
    told = {f"c{n}": [float(v) for v in values] for n, values in enumerate(columns)}
    facts = {code: Facts("percent", 0, 1, "b", 1, "d") for code in told}
    for one in looked_at(told, units, ("2018", "2019"), facts):
        assert one.code in SENTENCES
        assert "{" not in one.text
