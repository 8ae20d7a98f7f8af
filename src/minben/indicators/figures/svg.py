"""Writing SVG: escaped, rounded, and in a fixed order, so that equal input is equal bytes."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from math import cos, radians, sin

INK, FAINT, PAPER = "#1d2733", "#5b6672", "#ffffff"
GRID, WASH = "#c9d0d8", "#eef1f4"
BLUE, AMBER = "#0b5a8f", "#8a4b00"  # both at least 4.5 : 1 on white
AMBER_FILL, BLUE_FILL = "#f2b441", "#0b5a8f"
HALO = {"paint_order": "stroke", "stroke": PAPER, "stroke_width": 4, "stroke_linejoin": "round"}
FONT = "system-ui, 'Noto Sans TC', 'Noto Sans CJK TC', 'PingFang TC', sans-serif"


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture and what it shows as a table.

    Args:
        svg: the whole document.
        header, rows: the same content for those who would rather read, and for machines.
    """

    svg: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


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
    return escape(str(value), quote=True)


def text(x: float, y: float, words: str, **attributes: object) -> str:
    """A line of text; its middle of height stands at `y`."""
    style = {"dominant_baseline": "central", "fill": INK, "font_size": 16} | attributes
    return tag("text", escape(words), x=float(x), y=float(y), **style)


def lines_of(words: str, width: float, size: int) -> list[str]:
    """Text in as many lines as it needs; Chinese may break anywhere, the rest at spaces."""
    lines, at = [""], 0.0
    for piece in re.findall(r"\s?[!-~]+|\s?[^!-~\s]", words):
        wide = sum(0.56 if one.isascii() else 1.0 for one in piece) * size
        if at + wide > width and at:
            lines.append("")
            piece, at = piece.lstrip(), 0.0
        lines[-1] += piece
        at += wide
    return lines


def heading(
    title: str, note: str, width: int, title_size: int, small: int, *, middle: bool = False
) -> list[str]:
    """A title with a fainter note below, each in as many lines as it needs."""
    x, anchor = (width / 2, "middle") if middle else (16.0, "start")
    y = title_size + 4.0
    out = []
    for line in lines_of(title, width - 32, title_size):
        out.append(text(x, y, line, font_size=title_size, font_weight=700, text_anchor=anchor))
        y += title_size * 1.3
    for line in lines_of(note, width - 32, small):
        out.append(text(x, y, line, font_size=small, fill=FAINT, text_anchor=anchor))
        y += small * 1.35
    return out


def document(
    width: int, height: int, title: str, description: str, body: Iterable[str], language: str
) -> str:
    """The whole picture. Screen readers say the title and the description, and no more."""
    return tag(
        "svg",
        tag("title", escape(title), id="t"),
        tag("desc", escape(description), id="d"),
        _patterns(),
        tag("rect", width=width, height=height, fill=PAPER),
        *body,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width} {height}",
        role="img",
        aria_labelledby="t d",
        lang=language,
        font_family=FONT,
    )


def _patterns() -> str:
    """Stripes for risks, dots for what is missing."""
    stripes = tag(
        "pattern",
        tag("rect", width=8, height=8, fill=AMBER_FILL),
        tag("path", d="M0 0V8", stroke=AMBER, stroke_width=4),
        id="stripes",
        width=8,
        height=8,
        patternUnits="userSpaceOnUse",
        patternTransform="rotate(45)",
    )
    dots = tag(
        "pattern",
        tag("rect", width=8, height=8, fill=PAPER),
        tag("circle", cx=4, cy=4, r=1.0, fill=FAINT),
        id="dots",
        width=8,
        height=8,
        patternUnits="userSpaceOnUse",
    )
    return tag("defs", stripes, dots)


def polar(cx: float, cy: float, radius: float, degrees: float) -> tuple[float, float]:
    """A point on a circle; 0 degrees is above, clockwise."""
    angle = radians(degrees - 90)
    return cx + radius * cos(angle), cy + radius * sin(angle)


def sector(cx: float, cy: float, inner: float, outer: float, start: float, end: float) -> str:
    """The path of a piece of a ring, between two angles less than 180 degrees apart."""
    ax, ay = polar(cx, cy, outer, start)
    bx, by = polar(cx, cy, outer, end)
    dx, dy = polar(cx, cy, inner, end)
    ex, ey = polar(cx, cy, inner, start)
    big, small = number(outer), number(inner)
    return (
        f"M{number(ax)} {number(ay)}A{big} {big} 0 0 1 {number(bx)} {number(by)}"
        f"L{number(dx)} {number(dy)}A{small} {small} 0 0 0 {number(ex)} {number(ey)}Z"
    )
