"""The drawing: boxes never overlap, lines tie boxes and cross none, words stay inside, always alike."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minben.proceedings.rules.drawing import (
    EM,
    NARROW,
    PAD,
    Box,
    Drawing,
    draw_narrow,
    draw_wide,
    width_of,
    wrapped,
)
from minben.proceedings.rules.issues import IssueSheet, NodeKind, add_node, link_nodes
from tests.rules.proceedings.test_issues import sheets

DRAWN = pytest.mark.parametrize("draw", [draw_narrow, draw_wide])


def overlap(one: Box, other: Box) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


def touches(box: Box, begin: tuple[float, float], end: tuple[float, float]) -> bool:
    """Whether a straight piece passes through the inside of a box (Liang and Barsky's clipping)."""
    (x, y), dx, dy = begin, end[0] - begin[0], end[1] - begin[1]
    low, high, edge = 0.0, 1.0, 1e-6
    for p, q in (
        (-dx, x - box.x - edge),
        (dx, box.x + box.width - edge - x),
        (-dy, y - box.y - edge),
        (dy, box.y + box.height - edge - y),
    ):
        if p == 0:
            if q <= 0:
                return False
        elif p < 0:
            low = max(low, q / p)
        else:
            high = min(high, q / p)
    return low < high


def on_the_side(box: Box, point: tuple[float, float]) -> bool:
    x, y = point
    return box.y < y < box.y + box.height and min(abs(x - box.x), abs(x - box.x - box.width)) < 1e-6


def check(sheet: IssueSheet, drawing: Drawing) -> None:
    at = {box.key: box for box in drawing.boxes}
    assert set(at) == {one.key for one in sheet.nodes}
    assert len(drawing.boxes) == len(sheet.nodes)
    assert {frozenset((line.begin, line.end)) for line in drawing.lines} == {
        frozenset(link) for link in sheet.links
    }
    assert not [pair for pair in combinations(drawing.boxes, 2) if overlap(*pair)]
    for box in drawing.boxes:
        assert box.x >= 0 <= box.y
        assert box.x + box.width <= drawing.width
        assert box.y + box.height <= drawing.height
    for line in drawing.lines:
        assert on_the_side(at[line.begin], line.points[0])
        assert on_the_side(at[line.end], line.points[-1])
        for begin, end in zip(line.points, line.points[1:], strict=False):
            assert not [box.key for box in drawing.boxes if touches(box, begin, end)]
            assert 0 <= end[0] <= drawing.width
            assert 0 <= end[1] <= drawing.height


@DRAWN
@given(sheet=sheets())
def test_boxes_never_overlap_and_lines_tie_them(draw: object, sheet: IssueSheet) -> None:
    drawing = draw(sheet)  # type: ignore[operator]
    check(sheet, drawing)
    again = draw(IssueSheet.from_json(sheet.to_json()))  # type: ignore[operator]
    assert again == drawing


@DRAWN
@given(sheet=sheets())
def test_every_word_stands_inside_its_box(draw: object, sheet: IssueSheet) -> None:
    texts = {one.key: one.text for one in sheet.nodes}
    for box in draw(sheet).boxes:  # type: ignore[operator]
        for y, line in box.lines:
            assert width_of(line) * EM <= box.width - 2 * PAD + 1e-6
            assert box.y < y < box.y + box.height - PAD / 2
        shown = "".join(line for _, line in box.lines)
        assert "".join(shown.split()) == "".join(texts[box.key].split())


@DRAWN
def test_a_large_sheet_keeps_to_its_width(draw: object) -> None:
    sheet = IssueSheet()
    kinds = [*NodeKind] * 8
    for n, kind in enumerate(kinds):
        sheet = add_node(sheet, kind, f"第{n}則說明文字" * 8, "https://example.org/")
    for begin in sheet.of_kind(NodeKind.DEMAND):
        for end in (*sheet.of_kind(NodeKind.FACET), *sheet.of_kind(NodeKind.POSSIBLE)):
            sheet = link_nodes(sheet, begin.key, end.key)
    drawing = draw(sheet)  # type: ignore[operator]
    check(sheet, drawing)
    assert drawing.width <= (NARROW if draw is draw_narrow else 1250)
    assert min(box.width for box in drawing.boxes) >= 160


def test_nothing_drawn_is_an_empty_picture() -> None:
    for drawing in (draw_narrow(IssueSheet()), draw_wide(IssueSheet())):
        assert not drawing.boxes
        assert drawing.width > 0 < drawing.height


@given(st.text(max_size=200), st.integers(3, 30))
def test_lines_are_never_wider_than_asked_for(text: str, most: int) -> None:
    lines = wrapped(text, most)
    assert all(width_of(line) <= most for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "most", "lines"),
    [
        ("一二三四五六", 4, ("一二三四", "五六")),
        ("一二三四，五六", 4, ("一二三", "四，五六")),  # no comma begins a line
        ("一二三「四」", 4, ("一二三", "「四」")),
        ("支援 Mac 與 Linux", 5, ("支援 Mac", "與 Linux")),  # words are not torn
        ("甲\n乙", 9, ("甲", "乙")),
        ("abcdefghij", 3, ("abcde", "fghij")),  # one that fits nowhere is
    ],
)
def test_wrapping(text: str, most: int, lines: tuple[str, ...]) -> None:
    assert wrapped(text, most) == lines
