"""A profile (強弱項): where a unit stands on each indicator among its comparators.

Each indicator is a strip from the lowest of the comparators to the highest, with the band of the
middle half and the median. It is a strength if the unit stands on or beyond the better edge of
that band, a weakness on or beyond the worse edge; a band without width decides nothing. The rule
is what is seen. Of risks the lower side is the better one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from minben.indicators.figures import legend as key
from minben.indicators.figures import svg
from minben.indicators.figures.lettering import limited, shortened, width_of
from minben.indicators.figures.shapes import NARROW, WIDE, Shape
from minben.indicators.figures.words import WORDS

__all__ = ("FEWEST", "NARROW", "WIDE", "Kind", "Standing", "kind_of", "profile")

FEWEST = 4  # comparators with a value: fewer have no quarters


class Kind(StrEnum):
    """What an indicator is for the unit."""

    STRENGTH = "strength"
    MIDDLE = "middle"
    WEAKNESS = "weakness"
    FEW = "few"  # too few comparators to tell
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Standing:
    """One indicator of one unit among its comparators.

    Args:
        title: of the indicator.
        risk: more is worse.
        value: 0 at the lowest of the comparators, 1 at the highest; None without data.
        quarters: lower quartile, median and upper quartile of the comparators, on the same
            scale; None if there are too few.
        rank: 1 for the best, among `of` with a value; None without data.
        raw: the value with its unit.
    """

    title: str
    risk: bool
    value: float | None
    quarters: tuple[float, float, float] | None
    rank: int | None
    of: int
    raw: str = ""
    dimension: str = ""


def kind_of(one: Standing) -> Kind:
    """Strength, weakness or neither, by the rule of this module."""
    if one.value is None or one.rank is None:
        return Kind.MISSING
    if one.quarters is None or one.of < FEWEST:
        return Kind.FEW
    low, _, high = one.quarters
    if low < high and one.value >= high:
        return Kind.WEAKNESS if one.risk else Kind.STRENGTH
    if low < high and one.value <= low:
        return Kind.STRENGTH if one.risk else Kind.WEAKNESS
    return Kind.MIDDLE


def profile(
    standings: Sequence[Standing],
    *,
    unit: str,
    period: str,
    comparators: str,
    count: int,
    note: str = "",
    language: svg.Language = "zh",
    shape: Shape = WIDE,
    ids: str = "profile",
) -> svg.Figure:
    """Strengths, middle and weaknesses of a unit, the best standing first in each.

    Args:
        comparators: who they are.
        count: how many those are; of an indicator fewer may have a value, told at its rank.
        note: stands before them, such as that this is an own estimate.
    """
    words = WORDS[language]
    ordered = sorted(standings, key=_order)
    groups = {kind: [one for one in ordered if kind_of(one) == kind] for kind in Kind}
    title = words["profile"].format(unit=unit, period=period).strip()
    of = words["of"].format(name=comparators, n=count)
    of = words["stop"].join(part for part in (note, of) if part)
    counts = words["comma"].join(
        f"{words[kind]} {len(groups[kind])}" for kind in Kind if groups[kind]
    )
    told = words["stop"].join((of, counts, words["rule"]))
    sheet = svg.Sheet(title, told, language, shape, ids)
    header, rows = _table(groups, words)
    if len(groups[Kind.MISSING]) == len(standings):
        return sheet.empty(header, rows)
    body, y = svg.heading(title, of, shape)
    lines, y = svg.paragraph(
        shape.left, y + 2, words["rule"], shape.right - shape.left, shape.small
    )
    body += lines
    marks, y = key.legend(_samples(standings, words, ids), shape, y + 8)
    body += marks
    for kind, members in groups.items():
        if members:
            lines, y = _group(kind, members, words, shape, y, ids)
            body += lines
    return sheet.figure(body, y + shape.margin / 2, header, rows)


def _order(one: Standing) -> tuple[float, str]:
    """The best first: by the share of the others that are better."""
    share = 1.0 if one.rank is None else (one.rank - 1) / max(one.of - 1, 1)
    return share, one.title


def _group(
    kind: Kind,
    members: Sequence[Standing],
    words: dict[str, str],
    shape: Shape,
    y: float,
    ids: str,
) -> tuple[list[str], float]:
    """A heading with the number of its members, and a strip for each; and where they end."""
    y += shape.body * 1.9
    told = words["headed"].format(name=words[kind], n=len(members))
    out = [
        svg.line(shape.left, y - shape.body, shape.right, y - shape.body, stroke=svg.GRID),
        svg.text(shape.left, y + 2, told, font_size=shape.body, font_weight=700),
    ]
    y += shape.body * 1.2
    for one in members:
        lines, y = (_stacked if shape.narrow else _lined)(one, words, shape, y, ids)
        out += lines
    return out, y


def _lined(
    one: Standing, words: dict[str, str], shape: Shape, y: float, ids: str
) -> tuple[list[str], float]:
    """Title, strip and rank beside each other."""
    lines = limited(one.title, 268, shape.body, 2)
    high = max(len(lines) * 20.0, 20.0) + 12
    middle = y + high / 2
    out = [
        svg.text(shape.left, middle + (n - (len(lines) - 1) / 2) * 20, part, font_size=shape.body)
        for n, part in enumerate(lines)
    ]
    if one.value is not None:
        out += _strip(one, (312.0, 628.0), middle, ids)
    at = 652.0
    told = shortened(_ranked(one, words), shape.right - at, shape.body)
    out.append(svg.text(at, middle - (9 if one.raw else 0), told, font_size=shape.body))
    if one.raw:
        told = shortened(one.raw, shape.right - at, shape.small)
        out.append(svg.text(at, middle + 9, told, font_size=shape.small, fill=svg.FAINT))
    return out, y + max(high, 40.0 if one.raw else 0.0)


def _stacked(
    one: Standing, words: dict[str, str], shape: Shape, y: float, ids: str
) -> tuple[list[str], float]:
    """Title and rank in a line, the strip below."""
    told = _ranked(one, words)
    wide = width_of(told, shape.small)
    lines = limited(one.title, shape.right - shape.left - wide - 10, shape.body, 2)
    look = {"font_size": shape.small, "text_anchor": "end"}
    out = [svg.text(shape.right, y + 10, told, **look)]
    for n, part in enumerate(lines):
        out.append(svg.text(shape.left, y + 10 + n * 18, part, font_size=shape.body))
    y += 10 + len(lines) * 18
    if one.value is None:
        return out, y + 4
    out += _strip(one, (shape.left + 8, shape.right - 8), y + 4, ids)
    return out, y + 22


def _ranked(one: Standing, words: dict[str, str]) -> str:
    if one.rank is None:
        return words["missing"]
    return words["placed"].format(rank=one.rank, of=one.of)


def _strip(one: Standing, ends: tuple[float, float], y: float, ids: str) -> list[str]:
    """The strip from lowest to highest; a risk has a striped band and a diamond in place of a dot."""
    left, right = ends

    def x(value: float) -> float:
        return left + (right - left) * min(max(value, 0.0), 1.0)

    out = [
        svg.line(left, y, right, y, stroke=svg.FAINT, stroke_width=1.5),
        svg.line(left, y - 5, left, y + 5, stroke=svg.FAINT, stroke_width=1.5),
        svg.line(right, y - 5, right, y + 5, stroke=svg.FAINT, stroke_width=1.5),
    ]
    if one.quarters is not None:
        low, middle, high = (x(value) for value in one.quarters)
        band = _band(low, max(high - low, 1.0), y, risk=one.risk, ids=ids)
        out += [band, svg.line(middle, y - 8, middle, y + 8, stroke=svg.INK, stroke_width=2.5)]
    if one.value is not None:
        out.append(_spot(x(one.value), y, risk=one.risk))
    return out


def _band(x: float, width: float, y: float, *, risk: bool, ids: str) -> str:
    look: dict[str, object] = {"fill": svg.BAND, "stroke": svg.FAINT, "stroke_width": 1}
    if risk:
        look |= {"fill": svg.paint("hatch", ids), "stroke": svg.AMBER}
    return svg.tag("rect", x=x, y=y - 6, width=width, height=12, **look)


def _spot(x: float, y: float, *, risk: bool) -> str:
    rim = {"stroke": svg.PAPER, "stroke_width": 2}
    if not risk:
        return svg.tag("circle", cx=x, cy=y, r=8.0, fill=svg.BLUE, **rim)
    n = svg.number
    path = f"M{n(x)} {n(y - 10)}L{n(x + 10)} {n(y)}L{n(x)} {n(y + 10)}L{n(x - 10)} {n(y)}Z"
    return svg.tag("path", d=path, fill=svg.AMBER, **rim)


def _samples(
    standings: Sequence[Standing], words: dict[str, str], ids: str
) -> list[tuple[key.Draw, str]]:
    """The marks that are there, and how they are read."""
    half = key.SAMPLE / 2

    def spot(risk: bool) -> key.Draw:
        return lambda x, y: (
            _band(x, key.SAMPLE, y, risk=risk, ids=ids) + _spot(x + half, y, risk=risk)
        )

    def middle(x: float, y: float) -> str:
        return svg.line(x + half, y - 8, x + half, y + 8, stroke=svg.INK, stroke_width=2.5)

    kinds = {one.risk for one in standings}
    ways = ((False, "right_better"), (True, "left_better"))
    return [(spot(risk), words[name]) for risk, name in ways if risk in kinds] + [
        (middle, words["median"])
    ]


def _table(
    groups: dict[Kind, list[Standing]], words: dict[str, str]
) -> tuple[svg.Row, list[svg.Row]]:
    names = ("standing", "dimension", "indicator", "kind", "raw", "rank", "value", "middle_half")
    rows = [_cells(kind, one, words) for kind, members in groups.items() for one in members]
    return tuple(words[name] for name in names), rows


def _cells(kind: Kind, one: Standing, words: dict[str, str]) -> svg.Row:
    half = ""
    if one.quarters is not None:
        half = f"{one.quarters[0]:.2f}–{one.quarters[2]:.2f}"
    return (
        words[kind],
        one.dimension,
        one.title,
        words["rsk"] if one.risk else words["opp"],
        one.raw or words["missing"],
        words["missing"] if one.rank is None else f"{one.rank}/{one.of}",
        words["missing"] if one.value is None else f"{one.value:.2f}",
        half,
    )
