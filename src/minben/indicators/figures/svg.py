"""Writing SVG (向量圖): escaped, rounded, and in a fixed order, so that equal input is equal bytes.

What is written is SVG 1.1 with `role`, `aria-labelledby`, `lang` and `paint-order` of SVG 2; no
style, no script, nothing fetched. Every id begins with the picture's own name, so that several
pictures can stand in one page.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from math import cos, radians, sin
from typing import Literal

from minben.indicators.figures.lettering import balanced, lines_of
from minben.indicators.figures.shapes import Shape
from minben.indicators.figures.words import WORDS

Language = Literal["zh", "en"]
Row = tuple[str, ...]

INK, FAINT, PAPER = "#1d2733", "#56616d", "#ffffff"
GRID, WASH, BAND = "#c9d0d8", "#eef1f4", "#d5dce4"
BLUE, AMBER = "#0b5a8f", "#8a4b00"  # both at least 4.5 : 1 on white
AMBER_FILL, BLUE_FILL, PALE = "#f2b441", "#0b5a8f", "#fdf3dd"
HALO = {"paint_order": "stroke", "stroke": PAPER, "stroke_width": 4, "stroke_linejoin": "round"}
FONT = "system-ui, 'Noto Sans TC', 'Noto Sans CJK TC', 'PingFang TC', sans-serif"
TONGUES = {"zh": "zh-Hant", "en": "en"}


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture and what it shows as a table.

    Args:
        svg: the whole document.
        header, rows: the same content for those who would rather read, and for machines.
        title, description: what the picture is called and says, as a screen reader tells it.
    """

    svg: str
    header: Row
    rows: tuple[Row, ...]
    title: str = ""
    description: str = ""


def number(value: float) -> str:
    """A coordinate with two decimals and no needless zeros."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def tag(name: str, *inside: str, **attributes: object) -> str:
    """An element. ``_`` in an attribute's name stands for ``-``; numbers are rounded."""
    told = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_attribute(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    content = "".join(inside)
    return f"<{name}{told}>{content}</{name}>" if content else f"<{name}{told}/>"


def _attribute(value: object) -> str:
    if isinstance(value, float):
        return number(value)
    return _told(str(value))


def _told(words: str) -> str:
    """Escaped, without the control characters that XML cannot hold."""
    return escape("".join(one for one in words if one >= " " or one in "\t\n"), quote=True)


def text(x: float, y: float, words: str, **attributes: object) -> str:
    """A line of text; its middle of height stands at `y`.

    The baseline is reckoned here, for what prints pictures does not know a central one.
    """
    style = {"fill": INK, "font_size": 16} | attributes
    size = float(str(style["font_size"]))
    return tag("text", _told(words), x=float(x), y=y + size * 0.36, **style)


def line(x1: float, y1: float, x2: float, y2: float, **attributes: object) -> str:
    """A straight line."""
    path = f"M{number(x1)} {number(y1)}L{number(x2)} {number(y2)}"
    return tag("path", d=path, fill="none", **attributes)


def paint(pattern: str, ids: str) -> str:
    """A filling by a pattern of the picture `ids`: ``stripes`` or ``hatch`` for risks, ``dots`` for
    no data, ``mesh`` for what is withheld, ``lines`` for a second kind of bar."""
    return f"url(#{ids}-{pattern})"


def heading(
    title: str, note: str, shape: Shape, *, middle: bool = False
) -> tuple[list[str], float]:
    """A title with a fainter note below, each in as many lines as it needs; and where it ends."""
    x, anchor = (shape.width / 2, "middle") if middle else (shape.left, "start")
    room = shape.right - shape.left
    y = shape.title + 4.0
    out = []
    for part in balanced(title, room, shape.title, bold=True):
        out.append(text(x, y, part, font_size=shape.title, font_weight=700, text_anchor=anchor))
        y += shape.title * 1.3
    for part in balanced(note, room, shape.body) if note else ():
        out.append(text(x, y, part, font_size=shape.body, fill=FAINT, text_anchor=anchor))
        y += shape.body * 1.4
    return out, y


def paragraph(
    x: float, y: float, words: str, width: float, size: int, **attributes: object
) -> tuple[list[str], float]:
    """Fainter text in lines from `y` down; and where the next line would stand."""
    out = []
    for part in lines_of(words, width, size) if words else ():
        out.append(text(x, y, part, **({"font_size": size, "fill": FAINT} | attributes)))
        y += size * 1.4
    return out, y


def dated(period: str, words: str) -> str:
    """Words with the period they hold for before them."""
    return f"{period} · {words}" if period else words


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a picture is drawn on: its names, language, shape and the ids of its parts."""

    title: str
    description: str
    language: Language
    shape: Shape
    ids: str

    def __post_init__(self) -> None:
        """Ids of a page are names, never what somebody typed."""
        if not re.fullmatch(r"[a-z][a-z0-9-]{0,60}", self.ids):
            raise ValueError(f"{self.ids!r} cannot begin an id")

    def figure(
        self, body: Iterable[str], height: float, header: Row, rows: Sequence[Row]
    ) -> Figure:
        """The finished picture with its table."""
        svg = self._document(body, round(height))
        return Figure(svg, header, tuple(rows), self.title, self.description)

    def empty(self, header: Row, rows: Sequence[Row] = ()) -> Figure:
        """A picture that says that nothing can be drawn, and what to do."""
        shape, words = self.shape, WORDS[self.language]
        body, y = heading(self.title, "", shape)
        room = shape.right - shape.left
        lines, end = paragraph(
            shape.left + 16, y + 44, words["empty"], room - 32, shape.body, fill=INK
        )
        frame = tag(
            "rect",
            x=shape.left,
            y=y + 8,
            width=room,
            height=end - y,
            fill=paint("dots", self.ids),
            stroke=FAINT,
            stroke_dasharray="3 3",
        )
        plate = tag(
            "rect",
            x=shape.left + 8,
            y=y + 24,
            width=room - 16,
            height=end - y - 32,
            fill=PAPER,
        )
        told = f"{self.description} {words['empty']}".strip()
        blank = Sheet(self.title, told, self.language, shape, self.ids)
        return blank.figure([*body, frame, plate, *lines], end + 28, header, rows)

    def _document(self, body: Iterable[str], height: int) -> str:
        """The whole picture. Screen readers say the title and the description, and no more."""
        width, drawn = self.shape.width, "".join(body)
        return tag(
            "svg",
            tag("title", _told(self.title), id=f"{self.ids}-t"),
            tag("desc", _told(self.description), id=f"{self.ids}-d"),
            _patterns(self.ids, drawn),
            tag("rect", width=width, height=height, fill=PAPER),
            drawn,
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {width} {height}",
            role="img",
            aria_labelledby=f"{self.ids}-t {self.ids}-d",
            lang=TONGUES[self.language],
            font_family=FONT,
        )


def _patterns(ids: str, drawn: str) -> str:
    """The patterns that are drawn with: stripes for risks, a paler hatch for grounds of risks, dots
    for what is missing, a mesh for what is withheld, lines for a second kind of bar."""
    made = {
        "stripes": _pattern(ids, "stripes", 8, AMBER_FILL, _stroke("M0 0V8", AMBER, 4)),
        "dots": _pattern(
            ids, "dots", 8, PAPER, tag("circle", cx=4, cy=4, r=1.0, fill=FAINT), turned=False
        ),
        "hatch": _pattern(ids, "hatch", 7, PALE, _stroke("M0 0V7", AMBER_FILL, 3)),
        "mesh": _pattern(ids, "mesh", 7, WASH, _stroke("M0 0V7M0 0H7", FAINT, 1)),
        "lines": _pattern(ids, "lines", 6, PAPER, _stroke("M0 0V6", BLUE, 2.5)),
    }
    return tag("defs", *(one for name, one in made.items() if paint(name, ids) in drawn))


def _pattern(ids: str, name: str, side: int, ground: str, mark: str, *, turned: bool = True) -> str:
    """A square that is repeated, by itself or turned by 45 degrees."""
    return tag(
        "pattern",
        tag("rect", width=side, height=side, fill=ground),
        mark,
        id=f"{ids}-{name}",
        width=side,
        height=side,
        patternUnits="userSpaceOnUse",
        patternTransform="rotate(45)" if turned else None,
    )


def _stroke(path: str, colour: str, width: float) -> str:
    return tag("path", d=path, stroke=colour, stroke_width=width)


def polar(cx: float, cy: float, radius: float, degrees: float) -> tuple[float, float]:
    """A point on a circle; 0 degrees is above, clockwise."""
    angle = radians(degrees - 90)
    return cx + radius * cos(angle), cy + radius * sin(angle)


def sector(cx: float, cy: float, inner: float, outer: float, start: float, end: float) -> str:
    """The path of a piece of a ring, between two angles less than 360 degrees apart."""
    ax, ay = polar(cx, cy, outer, start)
    bx, by = polar(cx, cy, outer, end)
    dx, dy = polar(cx, cy, inner, end)
    ex, ey = polar(cx, cy, inner, start)
    big, small = number(outer), number(inner)
    large = int(end - start > 180)
    return (
        f"M{number(ax)} {number(ay)}A{big} {big} 0 {large} 1 {number(bx)} {number(by)}"
        f"L{number(dx)} {number(dy)}A{small} {small} 0 {large} 0 {number(ex)} {number(ey)}Z"
    )
