"""From a run to its pictures: names, places among comparators, ranks before and after, refusals."""

from dataclasses import replace

import numpy as np
import pytest

from minben.indicators import drawing
from minben.indicators.drawing.common import position
from minben.indicators.engine.faults import Faulty
from minben.indicators.engine.recipe import Recipe
from minben.indicators.engine.running import Run, run
from minben.indicators.engine.table import Table
from minben.indicators.figures import trend
from minben.indicators.shipped import find
from minben.indicators.surveys.waves import Wave, compare
from tests.rules.indicators import figure_schema as schema

UNITS = ("A", "B", "C", "D", "E", "F")
NAMES = {"A": "甲國", "B": "乙國"}


def made(recipe: Recipe, periods: tuple[str, ...] = ("2018", "2020"), seed: int = 3) -> Run:
    """A run of six units over periods on random data between 0.1 and 0.9."""
    random = np.random.default_rng(seed)
    rows = len(UNITS) * len(periods)
    columns = {code: random.uniform(0.1, 0.9, rows).round(3) for code in recipe.columns}
    which = tuple(period for period in periods for _ in UNITS)
    return run(recipe, Table(UNITS * len(periods), which, columns, {}))


@pytest.fixture(scope="module")
def egdi() -> Run:
    return made(find("egdi-2014"))


@pytest.fixture(scope="module")
def oecd() -> Run:
    return made(find("oecd-dwb-2019"), ("2019",))


def test_a_wheel_runs_from_lowest_to_highest_whatever_the_scale(egdi: Run) -> None:
    """Goalposts and z-scores too: somebody is at 0 and somebody at 1 on every bar."""
    places = {unit: drawing.wheel_of(egdi, unit, "2020", "zh").rows for unit in UNITS}
    for number in range(len(egdi.recipe.indicators)):
        seen = [float(rows[number][5]) for rows in places.values()]
        assert (min(seen), max(seen)) == (0.0, 1.0)


def test_position_counts_the_others() -> None:
    there = np.array([5.0, 1.0, 3.0, np.nan])
    where = position(3.0, there)
    assert (where.value, where.better, where.worse, where.of) == (0.5, 1, 1, 3)
    assert position(np.nan, there).value is None
    same = position(2.0, np.array([2.0, 2.0]))
    assert (same.value, same.better, same.worse) == (0.5, 0, 0)
    assert position(1.0, np.array([np.nan])).value is None
    beyond = position(7.0, there, outside=True)
    assert (beyond.value, beyond.better, beyond.worse, beyond.of) == (1.5, 0, 3, 4)
    assert position(3.0, np.array([2.0]), outside=True).value == 1.0


def test_a_unit_that_is_left_out_is_compared_with_the_others(egdi: Run) -> None:
    """An own estimate: nobody moves, and the picture says what it is."""
    columns = {code: np.array([2.0]) for code in egdi.recipe.columns}
    later = run(egdi.recipe, Table(("TWN",), ("2020",), columns, {}), egdi)
    wheel = drawing.wheel_of(later, "TWN", "2020", "zh", among=egdi, note="方法說明")
    assert "自行估算" in wheel.description
    assert "方法說明" in wheel.svg
    assert "共 6 個單位" in wheel.description
    assert not schema.faults(wheel.svg)
    profile = drawing.profile_of(later, "TWN", "2020", "zh", among=egdi)
    assert {row[5].partition("/")[2] for row in profile.rows} == {"7"}
    assert "自行估算" not in drawing.wheel_of(egdi, "A", "2020", "zh").description
    with pytest.raises(Faulty, match="no unit"):
        drawing.wheel_of(egdi, "TWN", "2020", "zh")


def test_names_stand_in_every_picture(oecd: Run) -> None:
    data = oecd.table
    for figure in (
        drawing.wheel_of(oecd, "A", "2019", "zh", names=NAMES),
        drawing.profile_of(oecd, "A", "2019", "zh", names=NAMES),
        drawing.quadrant_of(oecd, {"A"}, "2019", "zh", names=NAMES),
        drawing.ranks_of(oecd, data, "2019", "zh", names=NAMES, draws=20),
        drawing.shifts_of(oecd, oecd, ("2019", "2019"), "zh", names=NAMES),
        drawing.bars_of({"A": 1.0}, "zh", title="t", comparators="x", names=NAMES),
    ):
        assert "甲國" in figure.svg
        assert not schema.faults(figure.svg)


def test_the_comparators_are_named(oecd: Run) -> None:
    assert (
        "OECD 會員國，共 6 個單位"
        in drawing.wheel_of(oecd, "A", "2019", "zh", comparators="OECD 會員國").svg
    )
    assert "the units of" in drawing.profile_of(oecd, "A", "2019", "en").description


def test_a_profile_ranks_risks_from_the_lowest(oecd: Run) -> None:
    risks = [one for one in oecd.recipe.indicators if one.parent == "risks"]
    titles = {one.title["zh"]: one.code for one in risks}
    for unit in UNITS:
        figure = drawing.profile_of(oecd, unit, "2019", "zh")
        row_of = list(UNITS).index(unit)
        for row in figure.rows:
            if row[2] in titles:
                values = oecd.table.columns[titles[row[2]]]
                assert row[5] == f"{1 + int((values < values[row_of]).sum())}/6"


def test_imputed_values_are_told(egdi: Run) -> None:
    code = egdi.recipe.indicators[0].code
    nothing = np.zeros(len(egdi.table))
    figure = drawing.wheel_of(
        replace(egdi, coverage={**egdi.coverage, code: nothing}), "A", "2020", "zh"
    )
    assert [row[4].endswith("（填補）") for row in figure.rows].count(True) == 1


def test_shifts_between_periods_and_between_recipes(egdi: Run) -> None:
    figure = drawing.shifts_of(egdi, egdi, ("2018", "2020"), "zh", marked={"A"})
    assert figure.header[2:4] == ("2018", "2020")
    result = egdi.recipe.results[0]
    before, after = egdi.rank[result][:6], egdi.rank[result][6:]
    rows = {row[0]: row for row in figure.rows}
    for n, unit in enumerate(UNITS):
        assert rows[unit][2:] == (
            f"{before[n]:g}/6",
            f"{after[n]:g}/6",
            f"{before[n] - after[n]:+g}",
        )
    other = made(find("egdi-2010"))
    titles = drawing.shifts_of(egdi, other, ("2020", "2020"), "zh").header[2:4]
    assert titles[0] != titles[1]
    assert all(title.endswith("2020") for title in titles)
    labels = drawing.shifts_of(egdi, other, ("2020", "2020"), "zh", labels=("甲法", "乙法"))
    assert labels.header[2:4] == ("甲法", "乙法")


def test_importance_is_that_of_the_period(egdi: Run) -> None:
    group = egdi.recipe.results[0]
    figure = drawing.importance_of(egdi, group, "2020", "zh")
    assert "共 6 個單位" in figure.description
    shares = [float(row[2].rstrip("%")) for row in figure.rows]
    assert sum(shares) == pytest.approx(100, abs=0.2)
    assert figure.rows != drawing.importance_of(egdi, group, "2018", "zh").rows


def test_one_unit_has_no_importance_and_says_so() -> None:
    alone = run(
        find("egdi-2014"),
        Table(("A",), ("2020",), {c: np.array([0.5]) for c in find("egdi-2014").columns}, {}),
    )
    figure = drawing.importance_of(alone, alone.recipe.results[0], "2020", "zh")
    assert {row[2] for row in figure.rows} == {"缺資料"}


def test_a_share_has_the_interval_of_its_size() -> None:
    """Against Wilson's formula worked by hand for 200 of 400: 0.5 ± 0.0488."""
    point = drawing.observed("2020", 50.0, n=400, per_cent=True)
    assert (point.low, point.high) == (
        pytest.approx(45.12, abs=0.01),
        pytest.approx(54.88, abs=0.01),
    )
    wide = drawing.observed("2020", 50.0, n=400, per_cent=True, deff=4.0)
    assert wide.low == pytest.approx(40.38, abs=0.01)
    nobody = drawing.observed("2020", 0.0, n=100, per_cent=True)
    assert nobody.low == 0.0
    assert nobody.high == pytest.approx(3.70, abs=0.01)  # 1.96² / (100 + 1.96²)
    assert drawing.observed("2020", 50.0, n=400).low is None
    given = drawing.observed("2020", 5.0, se=1.0)
    assert given.high == pytest.approx(6.96, abs=0.001)
    assert drawing.observed("2020", 0.5, se=1.0, per_cent=True).low == 0.0
    assert drawing.observed("2020", None, n=400, per_cent=True).low is None


def test_a_trend_is_drawn_with_its_intervals() -> None:
    points = tuple(
        drawing.observed(str(y), 50.0 + y % 7, n=900, per_cent=True) for y in range(2015, 2021)
    )
    figure = drawing.trend_of([trend.Series("甲", points)], "zh", title="上網率", measure="%")
    assert all("–" in row[3] and row[4] == "900" for row in figure.rows)
    assert not schema.faults(figure.svg)


def test_waves_are_drawn_with_the_label_of_the_rule() -> None:
    pairs = [
        ("甲", Wave(60.0, 1000, "12 歲以上"), Wave(66.7, 1000, "12 歲以上")),
        ("乙", Wave(60.0, None, "12 歲以上"), Wave(66.7, None, "12 歲以上")),
    ]
    told = [(name, a, b, compare(a, b)) for name, a, b in pairs]
    figure = drawing.waves_of(told, "zh", title="調查", before="2017", after="2018")
    assert [row[-1] for row in figure.rows] == ["有變動", "無法檢定"]
    assert "12 歲以上" in figure.description
    assert not schema.faults(figure.svg)


def test_what_is_not_there_is_refused(egdi: Run, oecd: Run) -> None:
    for name, call in {
        "no unit": lambda: drawing.profile_of(egdi, "Z", "2020", "zh"),
        "there is 2018, 2020": lambda: drawing.shifts_of(egdi, egdi, ("2018", "1999"), "zh"),
        "has no result 'x'": lambda: drawing.shifts_of(
            egdi, egdi, ("2018", "2020"), "zh", results=("", "x")
        ),
        "has no group 'x'": lambda: drawing.importance_of(egdi, "x", "2020", "zh"),
        "there is 2019": lambda: drawing.importance_of(oecd, "risks", "", "zh"),
    }.items():
        with pytest.raises(Faulty, match=name):
            call()
