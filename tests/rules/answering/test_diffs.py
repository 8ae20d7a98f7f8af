"""Differences: what is not new is the text before, what is not gone the text after; never slow."""

import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minben.answering.rules.diffs import Change, Piece, pieces

TEXT = st.text(alphabet="三月十日七開會。；\n 12ab，", max_size=60)


def joined(found: tuple[Piece, ...], without: Change) -> str:
    return "".join(piece.text for piece in found if piece.change is not without)


@given(TEXT, TEXT)
def test_both_texts_can_be_read_from_the_pieces(before: str, after: str) -> None:
    found = pieces(before, after)
    assert joined(found, Change.NEW) == before
    assert joined(found, Change.GONE) == after
    assert all(piece.text for piece in found)


@given(TEXT, TEXT)
def test_no_two_neighbours_are_of_one_change(before: str, after: str) -> None:
    changes = [piece.change for piece in pieces(before, after)]
    assert all(one is not other for one, other in itertools.pairwise(changes))


@given(TEXT)
def test_nothing_changed_is_one_piece(text: str) -> None:
    assert pieces(text, text) == ((Piece(Change.SAME, text),) if text else ())


@pytest.mark.parametrize(
    ("before", "after", "gone", "new"),
    [
        ("三月十日開會。", "三月十七日開會。", "", "七"),
        ("費用為 1,200 元。", "費用為 1,500 元。", "1,200", "1,500"),
        ("採用 Windows 版。", "採用 Web 版。", "Windows", "Web"),
        ("第一句。第二句。", "第一句。", "第二句。", ""),
    ],
)
def test_signs_of_chinese_and_whole_words_and_numbers(
    before: str, after: str, gone: str, new: str
) -> None:
    found = pieces(before, after)
    assert "".join(piece.text for piece in found if piece.change is Change.GONE) == gone
    assert "".join(piece.text for piece in found if piece.change is Change.NEW) == new


def test_six_thousand_other_signs_take_no_time() -> None:
    before = "".join(chr(0x4E00 + n * 7 % 3000) for n in range(6000))
    after = "".join(chr(0x4E00 + n * 11 % 3000) for n in range(6000))
    begun = time.perf_counter()
    found = pieces(before, after)
    assert time.perf_counter() - begun < 5
    assert [piece.change for piece in found] == [Change.GONE, Change.NEW]
