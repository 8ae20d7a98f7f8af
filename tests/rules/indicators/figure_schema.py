"""What a picture must be: whole in its frame, legible, nothing on top of words, nothing that runs.

Whether it is SVG at all, with elements and attributes where they may stand, an outside checker
says (`test_figures_outside.py`). Here is what that one does not look at.
Each check gives a list of what is wrong, so that a test can also show that it finds something.
"""

import re
from dataclasses import dataclass
from xml.etree import ElementTree as Tree

from minben.indicators.figures import svg
from minben.indicators.figures.lettering import width_of

SPACE = "{http://www.w3.org/2000/svg}"
NUMBER = r"-?\d+(?:\.\d{1,2})?"
COLOUR = r"#[0-9a-f]{6}"
PAINT = rf"(?:none|{COLOUR}|url\(#[a-z][a-z0-9-]*\))"
WORD = r"[a-z][a-z0-9-]*"
WITH_WORDS = {"title", "desc", "text"}
ELEMENTS = WITH_WORDS | {"svg", "defs", "pattern", "rect", "path", "circle"}
"""Nothing that runs, fetches or styles. Equal pictures need equal numbers, so these have a form."""
FORMS = dict.fromkeys(("x", "y", "cx", "cy", "r", "rx", "width", "height", "stroke-width"), NUMBER)
FORMS |= {"fill": PAINT, "stroke": PAINT, "viewBox": r"0 0 \d+ \d+", "font-size": r"\d+"}
FORMS |= {"id": WORD, "aria-labelledby": rf"{WORD} {WORD}", "role": "img", "lang": "zh-Hant|en"}
FORMS |= dict.fromkeys(
    ("d", "fill-rule", "font-family", "font-weight", "text-anchor", "paint-order",
     "patternUnits", "patternTransform", "stroke-dasharray", "stroke-linecap", "stroke-linejoin"),
    ".+",
)  # fmt: skip
ROOT = ("viewBox", "role", "aria-labelledby", "lang", "font-family")
DECORATION = {svg.GRID, svg.WASH, svg.PAPER, "none", ""}


def parsed(document: str) -> Tree.Element:
    """The root; raises where the document is not well-formed."""
    return Tree.fromstring(document)


def name_of(one: Tree.Element) -> str:
    """The name without its namespace; another namespace stays and is refused."""
    return one.tag.removeprefix(SPACE)


def wrong(root: Tree.Element) -> list[str]:
    """What a picture of ours may not hold, though SVG knows it."""
    out = [f"<svg> has no {key}" for key in ROOT if key not in root.attrib]
    for one in root.iter():
        name = name_of(one)
        if name not in ELEMENTS:
            out.append(f"<{name}> is not allowed")
            continue
        for key, value in one.attrib.items():
            if key not in FORMS or not re.fullmatch(FORMS[key], value):
                out.append(f"<{name}> {key}={value!r}")
        words = (one.text or "").strip()
        if bool(words) != (name in WITH_WORDS):
            out.append(f"<{name}> has the text {words!r}")
        if name == "path":
            out += _path(one.get("d", ""))
    return out + _names(root)


def _names(root: Tree.Element) -> list[str]:
    """Title and description first; every id once; every reference to one that is there."""
    out = [] if [name_of(one) for one in root][:2] == ["title", "desc"] else ["title, desc first"]
    ids = [one.attrib["id"] for one in root.iter() if "id" in one.attrib]
    out += [f"id {one!r} twice" for one in set(ids) if ids.count(one) > 1]
    used = root.get("aria-labelledby", "").split()
    for one in root.iter():
        for value in one.attrib.values():
            used += re.findall(r"url\(#([^)]*)\)", value)
    return out + [f"no id {one!r}" for one in set(used) - set(ids)]


def _path(d: str) -> list[str]:
    """The commands that `points` can read, and numbers of one form; how many, the checker says."""
    out = [] if d.startswith("M") else [f"path {d[:20]!r} does not begin with M"]
    rest = re.sub(rf"[MLHVhvlAZ]|{NUMBER}|[ ]", "", d)
    return [*out, f"path holds {rest[:20]!r}"] if rest else out


@dataclass(frozen=True)
class Box:
    """A rectangle on the picture, with what it is."""

    left: float
    top: float
    right: float
    bottom: float
    what: str = ""

    def inside(self, other: "Box", slack: float = 0.5) -> bool:
        return (
            self.left >= other.left - slack
            and self.top >= other.top - slack
            and self.right <= other.right + slack
            and self.bottom <= other.bottom + slack
        )

    def over(self, other: "Box", slack: float) -> bool:
        return (
            self.left + slack < other.right
            and other.left + slack < self.right
            and self.top + slack < other.bottom
            and other.top + slack < self.bottom
        )


def frame(root: Tree.Element) -> Box:
    """The whole picture."""
    _, _, width, height = map(float, root.get("viewBox", "").split())
    return Box(0, 0, width, height)


def letters(one: Tree.Element) -> Box:
    """Where a text stands, by the estimate the drawing itself uses."""
    size, x = float(one.get("font-size", 0)), float(one.get("x", 0))
    bold = one.get("font-weight") == "700"
    wide = width_of(one.text or "", size, bold=bold)
    left = x - {"end": wide, "middle": wide / 2}.get(one.get("text-anchor", ""), 0)
    base = float(one.get("y", 0))
    return Box(left, base - size * 0.86, left + wide, base + size * 0.14, one.text or "")


def points(one: Tree.Element) -> list[tuple[float, float]]:
    """The corners of a mark."""
    name = name_of(one)
    if name == "circle":
        x, y, r = (float(one.get(key, 0)) for key in ("cx", "cy", "r"))
        return [(x - r, y - r), (x + r, y + r)]
    if name == "rect":
        x, y, w, h = (float(one.get(key, 0)) for key in ("x", "y", "width", "height"))
        return [(x, y), (x + w, y + h)]
    out: list[tuple[float, float]] = []
    x = y = 0.0
    for command, told in re.findall(r"([A-Za-z])([^A-Za-z]*)", one.get("d", "")):
        n = [float(number) for number in told.split()]
        if command in "MLA":
            x, y = n[-2:]
        elif command in "Hh":
            x = n[0] + (x if command == "h" else 0)
        elif command in "Vv":
            y = n[0] + (y if command == "v" else 0)
        elif command == "l":
            x, y = x + n[0], y + n[1]
        out.append((x, y))
    return out


def outside(root: Tree.Element) -> list[str]:
    """Texts and marks that leave the frame, and sizes below nothing."""
    whole = frame(root)
    out = []
    for one in drawn(root):
        if name_of(one) == "text":
            box = letters(one)
            out += [] if box.inside(whole) else [f"{box.what!r} leaves the picture"]
            continue
        for x, y in points(one):
            if not (-1 <= x <= whole.right + 1 and -1 <= y <= whole.bottom + 1):
                out.append(f"<{name_of(one)}> at {x:g} {y:g}")
        for key in ("width", "height", "r"):
            if float(one.get(key, 1)) <= 0:
                out.append(f"<{name_of(one)}> {key} {one.get(key)}")
    return out


def drawn(root: Tree.Element) -> list[Tree.Element]:
    """What is seen: all but names and patterns."""
    return [one for one in root if name_of(one) in ("rect", "path", "circle", "text")]


def small(root: Tree.Element, least: int = 12) -> list[str]:
    """Letters below so many pixels, at the width the picture is made for."""
    return [
        f"{one.text!r} has {one.get('font-size')} px"
        for one in drawn(root)
        if name_of(one) == "text" and float(one.get("font-size", 0)) < least
    ]


def crossed(root: Tree.Element) -> list[str]:
    """Pairs of texts that stand on each other. Widths are planned wide, so a fifth is let go."""
    boxes = [letters(one) for one in drawn(root) if name_of(one) == "text"]
    boxes = [
        Box(b.left, b.top, b.right - (b.right - b.left) * 0.1, b.bottom, b.what) for b in boxes
    ]
    boxes.sort(key=lambda one: one.top)
    out = []
    for n, one in enumerate(boxes):
        for other in boxes[n + 1 :]:
            if other.top > one.bottom:
                break
            if one.over(other, 2.0):
                out.append(f"{one.what!r} on {other.what!r}")
    return out


def light(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The ratio of two colours, 1 to 21 (WCAG 2.2)."""
    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


def pale(root: Tree.Element) -> list[str]:
    """Texts below 4.5 : 1 on what lies under them, and marks below 3 : 1 on the paper."""
    grounds: dict[str, str] = {}
    for pattern in root.iter(f"{SPACE}pattern"):
        grounds[f"url(#{pattern.get('id')})"] = pattern[0].get("fill", "")
    below: list[tuple[Box, str]] = []
    out = []
    for one in drawn(root):
        name = name_of(one)
        fill, stroke = one.get("fill", ""), one.get("stroke", "none")
        if name == "text":
            box = letters(one)
            x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
            spot = Box(x, y, x, y)
            under = next((c for b, c in reversed(below) if spot.inside(b, 0)), svg.PAPER)
            ratio = contrast(fill, grounds.get(under, under))
            out += [] if ratio >= 4.5 else [f"{box.what!r} {fill} on {under}: {ratio:.1f}"]
            continue
        if name in ("rect", "circle") and fill not in ("none", ""):
            (left, top), (right, bottom) = points(one)
            below.append((Box(left, top, right, bottom), fill))
        seen = [c for c in (fill, stroke) if c not in DECORATION and not c.startswith("url")]
        best = max((contrast(c, svg.PAPER) for c in seen), default=21.0)
        out += [] if best >= 2.95 else [f"<{name}> {seen}: {best:.1f}"]
    return out


def faults(document: str) -> list[str]:
    """All that is wrong with a picture; where things stand only if they are well formed."""
    root = parsed(document)
    return wrong(root) or [*outside(root), *small(root), *crossed(root), *pale(root)]
