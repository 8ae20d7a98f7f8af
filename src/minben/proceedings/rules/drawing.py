"""Drawing an issue sheet and a stakeholder map (議題心智圖): boxes, lines and nothing else. Pure.

Two drawings of the same sheet: a narrow one, all boxes below each other with the links in a gutter
at the left, for phones; and a wide one, a column for each kind. Lengths are units of the viewBox.
The same sheet is always drawn the same. Texts are wrapped by the width of their characters, a wide
one (CJK) an em and a narrow one 0.55 em, which is more than the narrow faces of any system take.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from minben.proceedings.rules.issues import IssueSheet, Node, NodeKind

EM: Final = 14.0
LEADING: Final = 20.0
PAD: Final = 10.0
HEAD: Final = 22.0  # of a box: the word for its kind
SPACE: Final = 12.0  # between boxes
NARROW: Final = 360.0
GUTTER_MOST: Final = 72.0
COLUMN, COLUMN_GAP = 168.0, 40.0
LAST: Final = 2.0  # behind every place, which are parts of one
LANE: Final = 10.0  # height a link takes where it passes through a column
COLUMNS: Final[Sequence[tuple[NodeKind, ...]]] = (
    (NodeKind.CONTEXT, NodeKind.STAKEHOLDER),
    (NodeKind.DEMAND,),
    (NodeKind.FACET,),
    (NodeKind.EXISTING,),
    (NodeKind.POSSIBLE,),
    (NodeKind.EVIDENCE,),
)
# Punctuation that does not begin a line, and brackets that do not end one (避頭尾).
_NOT_FIRST: Final = frozenset("，。、；：？！」』）》〉】,.;:?!)]}…")
_NOT_LAST: Final = frozenset("「『（《〈【([{")


@dataclass(frozen=True, slots=True)
class Box:
    """A text in its place; `lines` hold the baseline of each line."""

    key: int
    kind: NodeKind
    x: float
    y: float
    width: float
    height: float
    lines: tuple[tuple[float, str], ...]

    @property
    def text_x(self) -> float:
        """Where its lines begin."""
        return self.x + PAD

    @property
    def head_y(self) -> float:
        """Baseline of the word for its kind."""
        return self.y + 18

    @property
    def middle(self) -> float:
        """Half its height."""
        return self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class Line:
    """A link: the two boxes, and the points of its corners from the one to the other."""

    begin: int
    end: int
    points: tuple[tuple[float, float], ...]

    @property
    def path(self) -> str:
        """As an SVG path of straight pieces."""
        first, *rest = (f"{x:g} {y:g}" for x, y in self.points)
        return f"M{first}" + "".join(f"L{point}" for point in rest)


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything of one picture."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


def width_of(text: str) -> float:
    """How wide a text is, in em."""
    return sum(_em(character) for character in text)


def _em(character: str) -> float:
    if unicodedata.combining(character):
        return 0.0
    # What is ambiguous is drawn wide where Chinese is read; emoji and symbols too.
    wide = unicodedata.east_asian_width(character) in "WFA" or ord(character) > 0x2E80
    if wide:
        return 1.0
    return 0.95 if character in "mwMW@%" else 0.75 if character.isupper() else 0.55


def wrapped(text: str, most: float) -> tuple[str, ...]:
    """Lines of at most `most` em; breaks at spaces, or between any two wide characters."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for piece in _pieces(" ".join(paragraph.split()), most):
            if line and width_of((line + piece).rstrip()) > most:
                lines.append(line.rstrip())
                line = piece.lstrip()
            else:
                line += piece
        lines.append(line.rstrip())
    return tuple(lines)


def _pieces(text: str, most: float) -> Iterator[str]:
    """What may not be broken: words, and wide characters with their punctuation."""
    piece = ""
    for character in text:
        before = piece[-1:]
        joined = (
            character in _NOT_FIRST
            or before in _NOT_LAST
            or (before != " " and _em(character) < 1 and _em(before or "一") < 1)
        )
        if piece and (not joined or width_of(piece + character) > most):
            yield piece
            piece = ""
        piece += character
    yield piece


def _boxed(node: Node, x: float, y: float, width: float) -> Box:
    lines = wrapped(node.text, (width - 2 * PAD) / EM)
    placed = tuple((y + HEAD + PAD + EM + n * LEADING, line) for n, line in enumerate(lines))
    return Box(node.key, node.kind, x, y, width, HEAD + 2 * PAD + len(lines) * LEADING, placed)


def draw_narrow(sheet: IssueSheet) -> Drawing:
    """All boxes below each other, by kind; links run in lanes at the left, one per beginning."""
    order = list(NodeKind)
    nodes = sorted(sheet.nodes, key=lambda one: (order.index(one.kind), one.key))
    place = {one.key: n for n, one in enumerate(nodes)}
    ends: dict[int, list[int]] = {}
    for begin, end in sorted(sheet.links):
        ends.setdefault(begin, []).append(end)
    lane_of, lanes = _lanes(ends, place)
    pitch = min(8.0, GUTTER_MOST / (lanes + 1))
    gutter = pitch * (lanes + 1) if lanes else 0.0
    boxes, y = [], 1.0
    for node in nodes:
        boxes.append(_boxed(node, gutter + 1, y, NARROW - gutter - 2))
        y += boxes[-1].height + SPACE
    at = {box.key: box for box in boxes}
    # A box has a port for each link, so that two of them never lie on each other.
    ports = _ports([(b, e) for b, many in ends.items() for e in many], at)
    lines = []
    for begin, many in ends.items():
        x = gutter - pitch * (lane_of[begin] + 1)
        for end in many:
            y_from, y_to = ports[begin, end]
            left = gutter + 1
            points = ((left, y_from), (x, y_from), (x, y_to), (left, y_to))
            lines.append(Line(begin, end, points))
    return Drawing(NARROW, max(y - SPACE + 1, 1.0), tuple(boxes), tuple(lines))


def _lanes(ends: Mapping[int, list[int]], place: Mapping[int, int]) -> tuple[dict[int, int], int]:
    """A lane for the links of each beginning, so that no two in one lane overlap."""
    spans = []
    for begin, many in ends.items():
        rows = [place[begin], *(place[end] for end in many)]
        spans.append((max(rows) - min(rows), min(rows), max(rows), begin))
    taken: list[list[tuple[int, int]]] = []
    lane_of: dict[int, int] = {}
    for _, low, high, begin in sorted(spans):  # the shortest stand nearest to the boxes
        free = (n for n, row in enumerate(taken) if all(high < a or b < low for a, b in row))
        lane = next(free, len(taken))
        if lane == len(taken):
            taken.append([])
        taken[lane].append((low, high))
        lane_of[begin] = lane
    return lane_of, len(taken)


def _ports(
    links: Sequence[tuple[int, int]], at: Mapping[int, Box]
) -> dict[tuple[int, int], tuple[float, float]]:
    """Where each link leaves its one box and reaches the other: heights spread over each side."""
    sides: dict[int, list[tuple[float, tuple[int, int]]]] = {}
    for link in links:
        for own, other in (link, link[::-1]):
            sides.setdefault(own, []).append((at[other].y, link))
    height: dict[tuple[int, tuple[int, int]], float] = {}
    for key, rows in sides.items():
        box = at[key]
        for n, (_, link) in enumerate(sorted(rows), start=1):
            height[key, link] = box.y + box.height * n / (len(rows) + 1)
    return {link: (height[link[0], link], height[link[1], link]) for link in links}


def draw_wide(sheet: IssueSheet) -> Drawing:
    """A column for each kind that has texts; long links pass between the boxes of a column."""
    columns = [
        [one for kind in kinds for one in sheet.of_kind(kind)]
        for kinds in COLUMNS
        if any(sheet.of_kind(kind) for kind in kinds)
    ]
    column_of = {one.key: n for n, column in enumerate(columns) for one in column}
    slots = _ordered(columns, sheet.links, column_of)
    boxes: list[Box] = []
    passes: dict[tuple[tuple[int, int], int], float] = {}
    lowest = 0.0
    for n, column in enumerate(slots):
        y = 1.0
        for slot in column:
            if isinstance(slot, Node):
                boxes.append(_boxed(slot, 1 + n * (COLUMN + COLUMN_GAP), y, COLUMN))
                y += boxes[-1].height + SPACE
            else:
                passes[slot, n] = y + LANE / 2 - SPACE / 2
                y += LANE
        lowest = max(lowest, y)
    at = {box.key: box for box in boxes}
    links = [_rightwards(link, column_of) for link in sorted(sheet.links)]
    lines = _routed(links, at, passes, column_of)
    width = max(len(columns), 1) * (COLUMN + COLUMN_GAP) - COLUMN_GAP + 2
    return Drawing(width, lowest + SPACE, tuple(boxes), lines)


def _rightwards(link: tuple[int, int], column_of: Mapping[int, int]) -> tuple[int, int]:
    return link if column_of[link[0]] < column_of[link[1]] else link[::-1]


Slot = Node | tuple[int, int]


def _ordered(
    columns: Sequence[list[Node]],
    links: frozenset[tuple[int, int]],
    column_of: Mapping[int, int],
) -> list[list[Slot]]:
    """Texts and passing links of each column, each near to what it is tied to on the left.

    Source: the barycentre method of Sugiyama, Tagawa and Toda, IEEE Transactions SMC-11 (1981).
    """
    right = sorted(_rightwards(link, column_of) for link in links)
    ordered: list[list[Slot]] = []
    rank: dict[Slot | int, float] = {}
    for n, column in enumerate(columns):
        slots: list[Slot] = [*column]
        slots += [link for link in right if column_of[link[0]] < n < column_of[link[1]]]
        pull = {slot: _pull(slot, n, right, column_of, rank) for slot in slots}
        slots.sort(key=lambda slot: (pull[slot], isinstance(slot, tuple), _name(slot)))
        for position, slot in enumerate(slots):
            rank[slot if isinstance(slot, tuple) else slot.key] = position / max(len(slots), 1)
        ordered.append(slots)
    return ordered


def _name(slot: Slot) -> tuple[int, int]:
    return (slot.key, 0) if isinstance(slot, Node) else slot


def _pull(
    slot: Slot,
    column: int,
    links: Sequence[tuple[int, int]],
    column_of: Mapping[int, int],
    rank: Mapping["Slot | int", float],
) -> float:
    """The mean place of what a slot is tied to in the column before; what is tied to nothing is last."""
    if isinstance(slot, tuple):
        before = column_of[slot[0]] == column - 1
        return rank[slot[0]] if before else rank[slot]
    tied = [
        rank[link[0]] if column_of[link[0]] == column - 1 else rank[link]
        for link in links
        if link[1] == slot.key
    ]
    return sum(tied) / len(tied) if tied else LAST


def _routed(
    links: Sequence[tuple[int, int]],
    at: Mapping[int, Box],
    passes: Mapping[tuple[tuple[int, int], int], float],
    column_of: Mapping[int, int],
) -> tuple[Line, ...]:
    """Lines from the right side of one box to the left side of the other."""
    leaving: dict[int, list[tuple[int, int]]] = {}
    reaching: dict[int, list[tuple[int, int]]] = {}
    for link in links:
        leaving.setdefault(link[0], []).append(link)
        reaching.setdefault(link[1], []).append(link)

    def port(box: Box, rows: list[tuple[int, int]], link: tuple[int, int], other: int) -> float:
        near = sorted(rows, key=lambda one: (at[one[other]].y, one))
        return box.y + box.height * (near.index(link) + 1) / (len(rows) + 1)

    lines = []
    for link in links:
        begin, end = at[link[0]], at[link[1]]
        points = [(begin.x + COLUMN, port(begin, leaving[link[0]], link, 1))]
        for n in range(column_of[link[0]] + 1, column_of[link[1]]):
            left, y = 1 + n * (COLUMN + COLUMN_GAP), passes[link, n]
            points += [(left, y), (left + COLUMN, y)]
        points.append((end.x, port(end, reaching[link[1]], link, 0)))
        lines.append(Line(link[0], link[1], tuple(points)))
    return tuple(lines)
