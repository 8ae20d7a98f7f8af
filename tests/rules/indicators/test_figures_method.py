"""Pictures of what moves the ranks, of the rank a unit would have; labels; who is withheld."""

import re
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minben.indicators.drawing import marked_own, own_name, placed_of, sensitivity_of, wheel_of
from minben.indicators.drawing.placed import next_to
from minben.indicators.engine.reading import read
from minben.indicators.engine.running import run
from minben.indicators.engine.sensitivity import Index
from minben.indicators.engine.shadow import shadow
from minben.indicators.figures import bars, countymap, placed, ranks, sensitivity, trend
from minben.indicators.figures.counties import COUNTIES
from minben.indicators.figures.lettering import shortened, width_of
from minben.indicators.figures.sensitivity import Draws, Factor, Share
from minben.indicators.figures.svg import Figure
from tests.indicator_samples import recipe_of, small
from tests.rules.indicators import figure_schema as schema

NAN = float("nan")
NOTHING = Share(NAN, NAN, NAN)


def share(value: float, reach: float = 0.05) -> Share:
    return Share(value, value - reach, value + reach)


def moved(*factors: Factor) -> Figure:
    return sensitivity.sensitivity(
        factors, title="t", comparators="OECD", units=38, draws=Draws(1280, 256, 1), language="en"
    )


class TestWhatMoves:
    def test_the_most_stands_first_with_both_indices_and_intervals(self) -> None:
        found = moved(
            Factor("less", share(0.1), share(0.2)), Factor("more", share(0.5), share(0.81))
        )
        assert [row[0] for row in found.rows] == ["more", "less"]
        assert found.rows[0][1:] == ("50.0%", "45.0% to 55.0%", "81.0%", "76.0% to 86.0%")
        for told in ("1,280 computations (256 samples", "seed\u00a01", "38 units"):
            assert told in found.description
        # Alone is plain, with others is lined: told apart without colour.
        assert found.svg.count('fill="url(#sobol-lines)"') == 3  # two bars and the legend
        assert found.svg.count('fill="#0b5a8f" stroke="#0b5a8f"') == 3

    def test_many_choices_that_make_nothing_are_counted(self) -> None:
        tiny = [Factor(f"f{n}", share(0, 0.001), share(0.001, 0.001)) for n in range(9)]
        found = moved(Factor("all", share(1), share(1)), *tiny)
        assert "7 more choices, each less than 1%" in found.svg
        assert ">f0<" in found.svg
        assert ">f8<" not in found.svg
        assert len(found.rows) == 10

    def test_an_estimate_below_zero_is_drawn_from_zero(self) -> None:
        found = moved(Factor("a", share(-0.2), share(0.9)))
        assert not schema.faults(found.svg)
        assert "-20.0%" in found.rows[0][1]
        assert ">-20%<" in found.svg

    def test_nothing_that_moves_says_so(self) -> None:
        found = moved(Factor("a", NOTHING, NOTHING))
        assert found.description.endswith("import log of its source.")
        assert found.rows[0][1:] == ("No data", "", "No data", "")

    def test_choices_are_told_in_words(self) -> None:
        made = run(read(recipe_of(title={"en": "Small"})), small(x=[1, 2, 4], y=[3, 1, 2]))
        spread = (0.5, 0.4, 0.6, 0.7, 0.6, 0.8)
        found = sensitivity_of(
            made,
            "z",
            [Index("weights of z", "shift", *spread), Index("normalisation", "shift", *spread)],
            "",
            "en",
            draws=Draws(8, 2, 1),
        )
        assert {row[0] for row in found.rows} == {"Weights within “z”", "Normalisation"}
        assert "Compared with the units of “Small”, 3 units" in found.description


DATA = small(x=[1, 2, 4, 3, 9, 5], y=[3, 1, 2, 2.9, 4, 1])


class TestOwnEstimate:
    def one(self, x: float, y: float) -> tuple[object, object]:
        made = run(read(recipe_of(title={"en": "Small"})), DATA)
        new = small(x=[x], y=[y])
        new = type(new)(("Q",), ("",), new.columns, {})
        return made, shadow(made, DATA, new, draws=50)

    def test_the_picture_names_rank_n_neighbours_and_what_was_drawn(self) -> None:
        made, found = self.one(4.5, 3.2)
        picture = placed_of(made, found.estimates, "en", draws=50, names={"Q": "Quiet", "E": "Ee"})
        one = found.estimates[0]
        assert "The rank Quiet (own estimate) would have" in picture.title
        assert f"rank {one.rank:g} of 7, itself included" in picture.description
        assert "Own estimate" in picture.svg
        assert len(picture.rows) == 3
        assert {row[2] for row in picture.rows} == {"7"}
        scores = sorted([*made.published["z"], one.published], reverse=True)
        assert one.rank == 1 + scores.index(one.published)
        above, below = next_to(made, one)
        rank = dict(zip(made.table.units, made.rank["z"], strict=True))
        assert rank[above] == one.rank - 1
        assert rank[below] == one.rank
        assert not schema.faults(picture.svg)

    @pytest.mark.parametrize(("x", "y", "name"), [(50, 50, "above B"), (-9, -9, "below B")])
    def test_beyond_all_others_there_is_one_neighbour(self, x: float, y: float, name: str) -> None:
        made, found = self.one(x, y)
        picture = placed_of(made, found.estimates, "en", draws=50)
        codes = next_to(made, found.estimates[0])
        assert codes.count("") == 1
        told = name.replace("B", next(filter(None, codes)))
        assert told in picture.description

    def test_a_withheld_one_says_so_and_has_no_rank(self) -> None:
        told = [placed.Placed("a", NAN, 6, ()), placed.Placed("b", 2, 7, ())]
        found = placed.placed(told, title="t", comparators="OECD", draws=9, language="en")
        assert "a: Withheld" in found.svg
        assert found.rows[0][:2] == ("a", "Withheld")
        assert found.rows[1][1:3] == ("2", "7")
        alone = placed.placed(told[:1], title="t", comparators="OECD", draws=9, language="en")
        assert "nothing to draw" in alone.description

    @pytest.mark.parametrize(("language", "word"), [("zh", "自行估算"), ("en", "own estimate")])
    def test_every_line_of_its_table_is_marked(self, language: str, word: str) -> None:
        made, found = self.one(4.5, 3.2)
        wheel = wheel_of(
            found.later,
            "Q",
            "",
            language,
            names={"Q": own_name("Quiet", language)},
            among=made,
        )
        marked = marked_own(wheel, language)
        assert word in marked.title
        assert word in marked.svg.split("</desc>")[1]  # seen, not only told
        assert all(word in row[-1] for row in marked.rows)
        assert len(marked.header) == len(marked.rows[0])


def labels(figure: Figure) -> list[schema.Box]:
    return [
        schema.letters(one)
        for one in schema.parsed(figure.svg)
        if schema.name_of(one) == "text" and one.get("font-weight") == "700"
    ][1:]  # the first is the title


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize(
    "values",
    [
        [40, 41, 41.5, 60],
        [40, 43, 30, 20],
        [1, 1, 1, 1],
        [float(n) for n in range(33)],
        [30 - n for n in range(30)],
        [5, 9, 5, 9, 5, 9, 5, 9, 5, 9],
        [7, 7.4],
    ],
)
def test_the_numbers_at_the_ends_cover_no_point(values: list[float], narrow: bool) -> None:
    points = tuple(trend.Point(str(1990 + n), v) for n, v in enumerate(values))
    shape = trend.NARROW if narrow else trend.WIDE
    figure = trend.trend([trend.Series("s", points)], title="t", shape=shape)
    root = schema.parsed(figure.svg)
    marks = [
        (float(one.get("cx", 0)), float(one.get("cy", 0)))
        for one in root
        if schema.name_of(one) == "circle"
    ]
    assert len(marks) == len(values)
    ends = labels(figure)
    assert len(ends) == 2
    for box in ends:
        for x, y in marks:
            inside = box.left < x < box.right and box.top < y < box.bottom
            assert not inside, (box, x, y)
    assert not ends[0].over(ends[1], 2.0)
    assert not schema.faults(figure.svg)


class TestNames:
    """Names that begin alike stay apart where they do not fit."""

    @pytest.mark.parametrize("kind", ["bars", "ranks"])
    @pytest.mark.parametrize(
        "stem", ["Republic of the Federated Territories ", "中華聯邦共和國自治領地之"]
    )
    def test_in_a_picture(self, kind: str, stem: str) -> None:
        names = [f"{stem}{end}" for end in ("北", "南", "12", "112")]
        if kind == "bars":
            values = [bars.Value(f"U{n}", 1.0 + n, name, n == 1) for n, name in enumerate(names)]
            figure = bars.bars(values, title="t", comparators="c", shape=bars.NARROW)
        else:
            places = [ranks.Place(f"U{n}", n + 1, 1, 4, name) for n, name in enumerate(names)]
            figure = ranks.rank_figure(
                places, title="t", comparators="c", of=4, draws=9, shape=ranks.NARROW
            )
        shown = re.findall(r">([^<]*…[^<]*)<", figure.svg)
        assert len(shown) == len(set(shown)) == 4
        assert all(one.endswith(("北", "南", "12")) for one in shown)
        assert not schema.faults(figure.svg)

    def test_of_others_the_beginning_is_kept(self) -> None:
        told = shortened("Federated Territories", 80, 14, among=["Federation", "Norway"])
        assert told.endswith("…")
        assert shortened("Norway", 200, 14, among=["Norway"]) == "Norway"

    @given(st.text(max_size=40), st.floats(30, 200), st.lists(st.text(max_size=40), max_size=3))
    def test_it_never_grows(self, words: str, width: float, among: list[str]) -> None:
        told = shortened(words, width, 14, among=[*among, words[:5] + "x"])
        assert told == words or width_of(told, 14) <= width + 2 * 14


class TestWithheld:
    def test_it_is_no_missing_value_and_says_why(self) -> None:
        known: dict[str, float | None] = {one.code: float(n) for n, one in enumerate(COUNTIES)}
        known[COUNTIES[3].code] = known[COUNTIES[4].code] = None
        told = {COUNTIES[3].code: "fewer than ten people"}
        figure = countymap.county_map(known, title="t", language="en", withheld=told)
        rows = {row[0]: row for row in figure.rows}
        assert rows[COUNTIES[3].code][2:] == ("Withheld", "fewer than ten people")
        assert rows[COUNTIES[4].code][2:] == ("No data", "No data")
        assert "fewer than ten people (1)" in figure.svg  # one reason: the legend tells it
        assert "No data (1)" in figure.svg
        assert "Withheld: 1" in figure.description
        assert figure.svg.count('"url(#map-mesh)"') == 2  # the tile and the legend
        assert figure.svg.count('"url(#map-dots)"') == 2

    def test_of_several_reasons_the_table_has_each(self) -> None:
        known = {one.code: None if n < 2 else 1.0 * n for n, one in enumerate(COUNTIES)}
        told = {one.code: f"why {n}" for n, one in enumerate(COUNTIES[:2])}
        figure = countymap.county_map(known, title="t", language="en", withheld=told)
        assert "Withheld: too little observed (2)" in figure.svg
        assert [row[3] for row in figure.rows[:2]] == ["why 0", "why 1"]
        assert "url(#map-dots)" not in figure.svg

    def test_a_value_is_shown_whatever_is_said(self) -> None:
        known = {one.code: 1.0 * n for n, one in enumerate(COUNTIES)}
        figure = countymap.county_map(known, title="t", withheld={COUNTIES[0].code: "x"})
        assert figure == countymap.county_map(known, title="t")


def test_a_picture_holds_only_the_patterns_it_uses() -> None:
    used = re.findall(r"<pattern [^>]*id=\"([^\"]+)\"", moved(Factor("a", share(1), share(1))).svg)
    assert used == ["sobol-lines"]
    assert all(a < b for a, b in pairwise(used))
    assert np.isnan(NOTHING.value)
