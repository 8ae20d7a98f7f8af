"""Pictures: the same bytes each time, told to those who do not see them, and whole in their frame."""

import re
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from minben.config.commands.indicators import indicators_command
from minben.indicators import drawing
from minben.indicators.engine.faults import Faulty
from minben.indicators.engine.running import Run, run
from minben.indicators.engine.table import Table
from minben.indicators.figures import wheel
from minben.indicators.figures.svg import Figure
from minben.indicators.shipped import find

SVG = "{http://www.w3.org/2000/svg}"
UNITS = ("TWN", "KOR", "FIN", "CHL", "JPN", "USA")


@pytest.fixture(scope="module")
def data() -> Table:
    """Six units on all 33 indicators; TWN is lowest once and unknown once."""
    random = np.random.default_rng(7)
    codes = find("oecd-dwb-2019").columns
    columns = {code: random.uniform(5, 95, len(UNITS)).round(1) for code in codes}
    columns["broadband"][0] = 1.0
    columns["telework"][0] = np.nan
    return Table(UNITS, ("2019",) * len(UNITS), columns, {})


@pytest.fixture(scope="module")
def made(data: Table) -> Run:
    return run(find("oecd-dwb-2019"), data)


def figures(made: Run, data: Table, *, narrow: bool) -> list[Figure]:
    return [
        drawing.wheel_of(made, "TWN", "2019", "zh", narrow=narrow),
        drawing.wheel_of(made, "TWN", "2019", "en", narrow=narrow),
        drawing.quadrant_of(made, frozenset({"TWN"}), "2019", "zh", narrow=narrow),
        drawing.ranks_of(made, data, "2019", "en", narrow=narrow),
    ]


def width_of(text: str, size: float) -> float:
    return sum(0.56 if one.isascii() else 1.0 for one in text) * size


@pytest.mark.parametrize("narrow", [False, True])
def test_every_picture(made: Run, data: Table, narrow: bool) -> None:
    again = figures(made, data, narrow=narrow)
    for figure, same in zip(figures(made, data, narrow=narrow), again, strict=True):
        assert figure.svg == same.svg
        root = ElementTree.fromstring(figure.svg)
        assert root.get("role") == "img"
        assert root.findtext(f"{SVG}title")
        assert root.findtext(f"{SVG}desc")
        assert not re.search(
            r"<script|\son\w+=|style=|href|http(?!://www\.w3\.org/2000/svg)", figure.svg
        )
        _, _, width, height = map(float, root.get("viewBox", "").split())
        assert width == (356 if narrow else 840)  # what a page leaves of a phone's 390
        for text in root.iter(f"{SVG}text"):
            size, x = float(text.get("font-size", 16)), float(text.get("x", 0))
            wide = width_of(text.text or "", size)
            left = x - {"end": wide, "middle": wide / 2}.get(text.get("text-anchor", ""), 0)
            assert size >= 12
            assert left >= 0, text.text
            assert left + wide <= width, text.text
            assert 0 < float(text.get("y", 0)) < height
        assert len({len(row) for row in (figure.header, *figure.rows)}) == 1


def test_the_lowest_and_the_unknown_look_different(made: Run) -> None:
    figure = drawing.wheel_of(made, "TWN", "2019", "zh")
    root = ElementTree.fromstring(figure.svg)
    rings = [one for one in root.iter(f"{SVG}circle") if one.get("fill") == "#ffffff"]
    dots = [one for one in root.iter(f"{SVG}path") if one.get("fill") == "url(#wheel-dots)"]
    assert len(dots) == 1
    assert len(rings) == 1 + sum(row[5] == "0.00" for row in figure.rows)  # and the legend's
    rows = {row[2]: row for row in figure.rows}
    assert rows["寬頻普及"][5] == "0.00"
    assert rows["遠距工作"][5] == "缺資料"
    assert len(rows) == 33


def test_risks_are_told_apart_without_colour(made: Run) -> None:
    figure = drawing.wheel_of(made, "KOR", "2019", "en")
    root = ElementTree.fromstring(figure.svg)
    striped = [one for one in root.iter(f"{SVG}path") if one.get("fill") == "url(#wheel-stripes)"]
    longer = [row for row in figure.rows if row[3] == "Risk" and row[5] not in ("0.00", "No data")]
    assert len(striped) == len(longer)
    assert sum(row[3] == "Risk" for row in figure.rows) == 13


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["健康", "居住", "Education and skills"]),
            st.booleans(),
            st.none() | st.floats(-1, 2),
            st.none() | st.floats(0, 1),
        ),
        min_size=1,
        max_size=80,
    )
)
@settings(max_examples=50, deadline=None)
def test_any_wheel_is_well_formed(bars: list[tuple[str, bool, float | None, float | None]]) -> None:
    given_bars = [wheel.Bar("<b>&", one, risk, value, mid) for one, risk, value, mid in bars]
    figure = wheel.wheel(given_bars, unit="<x>", period="", comparators='"&"', count=2)
    ElementTree.fromstring(figure.svg)
    assert not re.search(r"\bnan\b", figure.svg)
    assert len(figure.rows) == len(bars)


def test_ranks_name_their_universe(made: Run, data: Table) -> None:
    figure = drawing.ranks_of(made, data, "2019", "zh")
    assert "共 6 個單位" in figure.svg
    assert {row[2].rpartition("/")[2] for row in figure.rows} == {"6"}


def test_what_cannot_be_drawn_says_why(made: Run, data: Table) -> None:
    with pytest.raises(Faulty, match="no unit"):
        drawing.wheel_of(made, "ATL", "2019", "zh")
    with pytest.raises(Faulty, match="there is 2019"):
        drawing.wheel_of(made, "TWN", "1999", "zh")
    hdi = run(
        find("hdi-2010"),
        Table(("A",), ("",), {c: np.array([50.0]) for c in find("hdi-2010").columns}, {}),
    )
    with pytest.raises(Faulty, match="has no result 'opportunities'"):
        drawing.quadrant_of(hdi, frozenset(), "", "zh")


def test_the_commands(tmp_path: Path, data: Table) -> None:
    """Recipes, run, verify and draw, as somebody types them."""
    (tmp_path / "data").mkdir()
    lines = ["unit,period," + ",".join(data.columns)]
    for row, unit in enumerate(UNITS):
        cells = ("" if np.isnan(c[row]) else f"{c[row]:g}" for c in data.columns.values())
        lines.append(f"{unit},2019," + ",".join(cells))
    (tmp_path / "data" / "all.csv").write_text("\n".join(lines))

    def call(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(indicators_command, words)
        return done.exit_code, done.output

    assert "oecd-dwb-2019" in call("recipes")[1]
    out = str(tmp_path / "run")
    code, told = call("run", "oecd-dwb-2019", "--data", str(tmp_path / "data"), "--out", out)
    assert (code, '"rows": 6' in told) == (0, True)
    assert call("verify", out)[0] == 0
    picture = tmp_path / "w.svg"
    words = ("--unit", "TWN", "--period", "2019", "--out", str(picture))
    assert call("draw", "wheel", out, *words)[0] == 0
    assert picture.read_text().startswith("<svg")
    assert picture.with_suffix(".csv").read_text().count("\n") == 34
    scores = tmp_path / "run" / "scores.csv"
    scores.write_text(scores.read_text().replace("TWN", "TWM", 1))
    code, told = call("verify", out)
    assert code == 1, told
    assert "scores.csv, line 6" in told
    code, told = call("run", "oecd-dwb-2019", "--data", str(tmp_path / "no"), "--out", out + "2")
    assert code == 1, told
    assert "no_folder" in told
