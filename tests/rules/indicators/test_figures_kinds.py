"""What each kind of picture says: groups, breaks, shifts, classes, labels, by rule."""

import re
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from minben.indicators.figures import (
    bars,
    choosing,
    classes,
    importance,
    profile,
    ranks,
    scale,
    shifts,
    trend,
    waves,
    wheel,
)
from minben.indicators.figures.lettering import balanced, limited, lines_of, shortened, width_of
from minben.indicators.figures.outlines import spread
from minben.indicators.figures.words import ZH
from tests.rules.indicators import figure_schema as schema

Kind = profile.Kind


def standing(
    value: float | None, *, risk: bool = False, of: int = 30, low: float = 0.25
) -> profile.Standing:
    rank = None if value is None else 3
    return profile.Standing("x", risk, value, (low, 0.5, 0.75), rank, of)


@pytest.mark.parametrize(
    ("one", "kind"),
    [
        (standing(0.75), Kind.STRENGTH),  # on the edge
        (standing(0.74), Kind.MIDDLE),
        (standing(0.26), Kind.MIDDLE),
        (standing(0.25), Kind.WEAKNESS),
        (standing(0.75, risk=True), Kind.WEAKNESS),
        (standing(0.25, risk=True), Kind.STRENGTH),
        (standing(0.75, low=0.75), Kind.MIDDLE),  # a band without width decides nothing
        (standing(0.9, of=3), Kind.FEW),
        (standing(None), Kind.MISSING),
    ],
)
def test_strengths_follow_the_rule(one: profile.Standing, kind: Kind) -> None:
    assert profile.kind_of(one) == kind


def test_a_profile_marks_risks_by_form_and_names_the_rule() -> None:
    figure = profile.profile(
        [standing(0.9), standing(0.9, risk=True)],
        unit="TWN",
        period="2019",
        comparators="OECD",
        count=38,
    )
    assert "OECD，共 38 個單位" in figure.description
    assert "強項 1，弱項 1" in figure.description
    assert ZH["rule"] in figure.description
    assert "url(#profile-hatch)" in figure.svg
    assert [row[0] for row in figure.rows] == ["強項", "弱項"]
    assert [row[3] for row in figure.rows] == ["機會", "風險"]
    assert {row[5] for row in figure.rows} == {"3/30"}


def line(*values: float | None, breaks: tuple[str, ...] = (), first: int = 2014) -> trend.Series:
    points = tuple(trend.Point(str(first + n), v) for n, v in enumerate(values))
    return trend.Series("s", points, tuple(trend.Break(one, f"note {one}") for one in breaks))


def pieces(figure: object, colour: str = "#0b5a8f") -> int:
    """How many pieces of the line are drawn."""
    return len(
        re.findall(
            rf'<path d="[^"]*" fill="none" stroke="{colour}" stroke-width="2.5"', str(figure)
        )
    )


def test_a_trend_is_cut_at_breaks_and_gaps() -> None:
    assert pieces(trend.trend([line(1, 2, 3, 4)], title="t").svg) == 3
    assert pieces(trend.trend([line(1, None, 3, 4)], title="t").svg) == 1
    cut = trend.trend([line(1, 2, 3, 4, breaks=("2016",))], title="t")
    assert pieces(cut.svg) == 2
    assert "note 2016" in cut.description
    assert ">A<" in cut.svg
    assert [row[5] for row in cut.rows] == ["", "", "數列中斷：note 2016", ""]
    assert "note 2014" not in trend.trend([line(1, 2, breaks=("2014",))], title="t").description


def test_a_break_of_one_series_says_whose_it_is() -> None:
    other = trend.Series("乙", line(5, 6, 7).points)
    figure = trend.trend([line(1, 2, 3, breaks=("2015",)), other], title="t")
    assert "A 2015：s：note 2015" in figure.description
    both = [line(1, 2, 3, breaks=("2015",))] * 2
    assert "A 2015：note 2015" in trend.trend(both, title="t").description


def test_letters_go_on_after_z() -> None:
    breaks = tuple(trend.Break(str(2001 + n), f"n{n}") for n in range(28))
    points = tuple(trend.Point(str(2000 + n), 1.0 * n) for n in range(30))
    figure = trend.trend([trend.Series("s", points, breaks)], title="t")
    assert "AB 2028：n27" in figure.description
    assert not schema.faults(figure.svg)


def test_years_that_lack_are_gaps_and_stand_in_the_table() -> None:
    points = tuple(trend.Point(year, 1.0) for year in ("2014", "2016", "2020"))
    figure = trend.trend([trend.Series("s", points)], title="t")
    assert [row[1] for row in figure.rows] == ["2014", "2016", "2018", "2020"]
    assert figure.rows[2][2] == "缺資料"
    assert pieces(figure.svg) == 1
    asked = trend.trend([trend.Series("s", points)], title="t", periods=["2014", "2016", "2020"])
    assert pieces(asked.svg) == 2


def test_other_periods_stand_in_equal_steps() -> None:
    points = tuple(trend.Point(f"2019-Q{n}", float(n)) for n in range(1, 5))
    assert pieces(trend.trend([trend.Series("s", points)], title="t").svg) == 3


def test_an_axis_that_leaves_out_zero_says_so() -> None:
    assert "不自 0 起" in trend.trend([line(60, 61)], title="t").svg
    assert "不自 0 起" not in trend.trend([line(1, 61)], title="t").svg


def test_more_series_than_forms_are_told() -> None:
    figure = trend.trend([line(1, 2)] * 6, title="t", language="en")
    assert "2 more series are not drawn" in figure.svg
    assert len(figure.rows) == 12


def test_of_many_shifts_the_marked_the_movers_and_the_ends_are_drawn() -> None:
    units = [shifts.Shift(f"U{n:03d}", n + 1, n + 1, f"名{n:03d}") for n in range(193)]
    units[50] = shifts.Shift("U050", 51, 151, "名050")
    units[150] = shifts.Shift("U150", 151, 51, "名150")
    units[100] = shifts.Shift("U100", 101, 101, "名100", marked=True)
    figure = shifts.shifts(
        units, title="t", before="2018", after="2020", comparators="各國", of=(193, 193)
    )
    shown = set(re.findall(r"名(\d+)", figure.svg))
    assert shown == {"000", "001", "002", "190", "191", "192", "050", "100", "150"}
    assert "另有 184 個單位未畫出" in figure.svg
    assert len(figure.rows) == 193
    rows = {row[0]: row[2:] for row in figure.rows}
    assert rows["U050"] == ("51/193", "151/193", "-100")
    assert rows["U100"][2] == "+0"
    assert "▲100" in figure.svg
    assert "▼100" in figure.svg


def strokes(document: str, colour: str) -> set[str]:
    """The dashes of the lines of a colour; a whole line is ``whole``."""
    found = [one for one in schema.parsed(document) if one.get("fill") == "none"]
    return {one.get("stroke-dasharray", "whole") for one in found if one.get("stroke") == colour}


def test_risen_and_fallen_differ_without_colour() -> None:
    units = [shifts.Shift("A", 1, 2), shifts.Shift("B", 2, 1)]
    figure = shifts.shifts(units, title="t", before="b", after="a", comparators="x", of=(2, 2))
    assert strokes(figure.svg, shifts.svg.BLUE) == {"whole"}
    assert strokes(figure.svg, shifts.svg.AMBER) == {"7 4"}
    assert ">2 A ▼1<" in figure.svg


def test_series_differ_without_colour() -> None:
    figure = trend.trend([line(1, 2)] * 4, title="t")
    dashes = [strokes(figure.svg, colour) - {"5 4"} for colour in trend.COLOURS[:2]]
    assert dashes == [{"whole"}, {"8 4"}]
    corners = {trend._mark(n, 50, 50).count("L") for n in range(4)}
    assert len(corners) == 3  # none, three corners, four corners
    assert trend._mark(1, 50, 50) != trend._mark(3, 50, 50)


def test_who_is_ranked_once_is_in_the_table_only() -> None:
    units = [shifts.Shift("A", 1, 2), shifts.Shift("B", None, 1), shifts.Shift("C", 2, None)]
    figure = shifts.shifts(units, title="t", before="b", after="a", comparators="x", of=(2, 2))
    assert "另有 2 個單位未畫出" in figure.svg
    assert {row[0]: row[2:] for row in figure.rows}["C"] == ("2/2", "無名次", "無名次")


@given(st.integers(0, 300), st.sets(st.integers(0, 299), max_size=50), st.integers(3, 60))
@settings(deadline=None)
def test_what_is_left_out_is_counted(count: int, marked: set[int], most: int) -> None:
    there = {one for one in marked if one < count}
    shown = choosing.chosen(count, there, most)
    assert len(shown) == min(count, most)
    assert set(shown) <= set(range(count))
    assert list(shown) == sorted(set(shown))
    assert there <= set(shown) or len(there) > most
    lines = choosing.with_gaps(count, shown)
    assert sum(one[1] if isinstance(one, tuple) else 1 for one in lines) == count


def test_bars_keep_places_among_those_with_a_value() -> None:
    values = [bars.Value("A", 5), bars.Value("B", 5), bars.Value("C", None), bars.Value("D", -1)]
    figure = bars.bars(values, title="t", comparators="x", falling=False)
    assert [row[:2] for row in figure.rows] == [
        ("1/3", "D"),
        ("2/3", "A"),
        ("2/3", "B"),
        ("缺資料", "C"),
    ]
    assert "中位數 5.0" in figure.svg


def test_many_without_data_are_one_line() -> None:
    values = [
        bars.Value(f"U{n}", None if n % 2 else float(n), f"名{n}", n == 1) for n in range(100)
    ]
    figure = bars.bars(values, title="t", comparators="x", most=10)
    assert "缺資料 49 個單位" in figure.svg
    assert ">名1<" in figure.svg
    assert sum(figure.svg.count(f">名{n}<") for n in range(100)) == 10


def test_classes_by_quantile_hold_about_equally_many() -> None:
    tones = classes.classed({f"U{n}": float(n) for n in range(22)} | {"X": None})
    assert [len(tone.units) for tone in tones] == [4, 4, 5, 4, 5]
    assert tones[0].told == "0.0–3.0"
    assert [tone.fill for tone in tones] == list(classes.TONES)


@given(st.lists(st.integers(0, 6), min_size=1, max_size=40))
@settings(deadline=None)
def test_equal_values_are_of_one_class(values: list[int]) -> None:
    found = {f"U{n}": float(v) for n, v in enumerate(values)}
    tones = classes.classed(found)
    of = {unit: n for n, tone in enumerate(tones) for unit in tone.units}
    assert of.keys() == found.keys()
    assert all(tone.units for tone in tones)
    for a, x in found.items():
        for b, y in found.items():
            assert (of[a] <= of[b]) == (x <= y) or of[a] == of[b]
            assert x != y or of[a] == of[b]


def test_given_limits_are_kept_and_refused_if_they_do_not_rise() -> None:
    tones = classes.classed({"A": 25.0, "B": 24.9}, (25, 50))
    assert [(tone.told, tone.units) for tone in tones] == [
        ("< 25", ("B",)),
        ("25–50", ("A",)),
        ("≥ 50", ()),
    ]
    for bad in ((50, 25), (25, 25), (1, 2, 3, 4, 5)):
        with pytest.raises(ValueError, match="limits rise"):
            classes.classed({"A": 1.0}, bad)


def test_tones_stay_apart_in_grey() -> None:
    ratios = [schema.contrast(a, b) for a, b in pairwise(classes.TONES)]
    assert min(ratios) >= 1.25


def test_labels_of_waves_have_forms_of_their_own() -> None:
    def one(label: waves.Label) -> str:
        item = waves.Compared("x", 60, 66, 6.0, 10.0, 3.0, 9.0, label)
        figure = waves.waves([item], title="t", before="2017", after="2018")
        return re.sub(r"<(text|desc).*?</\1>", "", figure.svg)

    assert len({one(label) for label in waves.LABELS}) == 4
    untested = waves.Compared("x", 0, 6, 6.0, None, None, None, "untested", (None, 900))
    figure = waves.waves([untested], title="t", before="2017", after="2018")
    assert figure.rows[0] == (
        "x", "0.0%", "6.0%", "未公布", "900", "+6.0", "無法計算", "", "無法檢定",
    )  # fmt: skip
    assert "+6.0 百分點（相對 無法計算）" in figure.svg


def test_importance_tells_the_gap() -> None:
    made = [importance.Component("a", 0.5, 0.8), importance.Component("b", 0.5, None)]
    figure = importance.importance(made, title="t", comparators="x", count=9)
    assert figure.rows == (
        ("a", "50.0%", "80.0%", "+30.0"),
        ("b", "50.0%", "缺資料", "缺資料"),
    )


def test_what_is_not_a_number_is_not_drawn() -> None:
    nan = float("nan")
    place = ranks.Place("A", 1, nan, nan)
    figure = ranks.rank_figure([place], title="t", comparators="x", of=1, draws=10)
    assert figure.rows[0][3] == ""
    point = trend.Point("2020", 5.0, nan, 7.0)
    other = trend.trend([trend.Series("s", (point, trend.Point("2021", nan)))], title="t")
    assert [row[3] for row in other.rows] == ["", ""]
    assert not schema.faults(figure.svg) + schema.faults(other.svg)
    mapped = classes.classed({"A": nan, "B": float("inf"), "C": 1.0})
    assert [tone.units for tone in mapped] == [("C",)]


def test_half_ranks_are_told_as_they_are() -> None:
    place = ranks.Place("A", 2.5, 2, 3)
    figure = ranks.rank_figure([place], title="t", comparators="x", of=4, draws=10)
    assert figure.rows == (("A", "A", "2.5/4", "2–3"),)


@example([0.0, 5e-324], False, 3)
@given(
    st.lists(st.floats(-1e9, 1e9, allow_nan=False), min_size=1, max_size=30),
    st.booleans(),
    st.integers(2, 8),
)
@settings(deadline=None)
def test_an_axis_holds_its_values(values: list[float], zero: bool, ticks: int) -> None:
    axis = scale.axis(values, 0, 100, ticks=ticks, zero=zero)
    slack = (axis.high - axis.low) * 1e-6
    assert axis.low - slack <= min(values)
    assert max(values) <= axis.high + slack
    assert not zero or axis.low <= 0 <= axis.high
    assert 2 <= len(axis.ticks) <= ticks + 3
    assert all(-1e-3 <= axis.at(v) <= 100 + 1e-3 for v in values)


@given(st.lists(st.floats(0, 500), max_size=30), st.floats(1, 40))
@settings(deadline=None)
def test_labels_keep_off_each_other(wanted: list[float], gap: float) -> None:
    wanted.sort()
    found = spread(wanted, gap, 0, 500)
    least = min(gap, 500 / max(len(wanted) - 1, 1))
    assert all(b - a >= least - 1e-6 for a, b in pairwise(found))
    assert all(-1e-6 <= one <= 500 + 1e-6 for one in found)


@given(st.text(max_size=80), st.floats(20, 400))
@settings(deadline=None)
def test_lines_fit_and_lose_nothing(words: str, width: float) -> None:
    for broken in (lines_of(words, width, 14), balanced(words, width, 14)):
        assert re.sub(r"\s", "", "".join(broken)) == re.sub(r"\s", "", words)
        assert all(width_of(one, 14) <= width or len(one) == 1 for one in broken)
    assert width_of(shortened(words, width, 14), 14) <= max(width, width_of("…", 14) * 2)
    assert len(limited(words, width, 14, 2)) <= 2


def test_a_wheel_without_any_value_says_so() -> None:
    bar = wheel.Bar("x", "d", risk=False, value=None, median=None)
    figure = wheel.wheel([bar], unit="A", period="", comparators="x", count=1)
    assert ZH["empty"] in figure.description
    assert len(figure.rows) == 1


def rings(*values: float) -> tuple[int, int]:
    """How many rings and how many bars a wheel of these values has, its legend not counted."""
    made = [wheel.Bar("x", "d", risk=False, value=v, median=None) for v in values]
    figure = wheel.wheel(made, unit="A", period="", comparators="x", count=9)
    found = [one for one in schema.parsed(figure.svg) if one.get("stroke") == wheel.svg.BLUE]
    marks = [one for one in found if one.get("fill") == wheel.svg.PAPER]
    return len(marks), len(found) - len(marks)


def test_only_the_lowest_has_a_ring_however_short_another_bar() -> None:
    assert rings(0.0, 0.001, 0.5) == (1, 2)
    assert rings(-0.4) == (1, 0)  # below all it is compared with
    assert rings(0.001, 1.2) == (0, 2)


def test_the_legend_tells_what_is_there() -> None:
    bar = wheel.Bar("x", "d", risk=False, value=0.5, median=None)
    figure = wheel.wheel([bar], unit="A", period="", comparators="x", count=9)
    assert ZH["opportunity"] in figure.svg
    assert not any(f">{ZH[name]}<" in figure.svg for name in ("risk", "zero", "missing"))
    assert ">x<" in figure.svg  # few indicators are named
