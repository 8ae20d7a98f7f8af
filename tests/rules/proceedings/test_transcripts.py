"""The transcript's text form, and redactions that no correction can take out."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minben.kernel.calendar import load_calendar
from minben.kernel.periods import last_day, start_of
from minben.kernel.refusal import Refusal
from minben.proceedings.rules.transcripts import (
    BLOCK,
    TEXT_MAX,
    TURN_MAX,
    WINDOW,
    Piece,
    Said,
    corrected,
    marks_in,
    parsed,
    passage_in,
    pieces,
    redacted,
    window_open,
)

NAMES = st.text(alphabet="主席財政部提議人王小明AB ", min_size=1, max_size=12).filter(str.strip)
WORDS = st.text(alphabet="報稅軟體很難用，請改善。 ab█1", min_size=1, max_size=40).filter(str.strip)


def refused(act: object, *args: object) -> Refusal:
    with pytest.raises(Refusal) as caught:
        act(*args)  # type: ignore[operator]
    return caught.value


def test_the_form_of_a_transcript() -> None:
    text = "主席：各位早。\n\n提議人: 報稅軟體很難用。\n尤其在 Mac 上。\n  備註：縮排不是發言者\n主席：謝謝。"
    assert parsed(text) == (
        Said("主席", "各位早。"),
        Said("提議人", "報稅軟體很難用。\n尤其在 Mac 上。\n備註：縮排不是發言者"),
        Said("主席", "謝謝。"),
    )


@given(st.lists(st.tuples(NAMES, WORDS), min_size=1, max_size=30))
def test_what_was_said_is_read_in_order(turns: list[tuple[str, str]]) -> None:
    said = parsed("\n".join(f"{name.strip()}：{words.strip()}" for name, words in turns))
    assert [one.speaker for one in said] == [name.strip() for name, _ in turns]
    assert [one.text for one in said] == [words.strip().replace(BLOCK, "■") for _, words in turns]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "transcript_empty"),
        ("\n \n", "transcript_empty"),
        ("沒有名字的一行", "transcript_no_speaker"),
        ("主席：\n", "transcript_turn_empty"),
        (f"主席：{'長' * (TURN_MAX + 1)}", "transcript_turn_too_long"),
        ("主席：長\n" * (TEXT_MAX // 5 + 1), "transcript_too_long"),
        ("主席：長\n" * 3001, "transcript_too_long"),
        ("\n".join(f"甲{n}：長" for n in range(121)), "transcript_too_long"),
    ],
)
def test_what_is_no_transcript_is_refused(text: str, code: str) -> None:
    assert refused(parsed, text).code == code


@given(WORDS, st.data())
def test_a_redacted_passage_is_in_no_piece_of_the_text(words: str, data: st.DataObject) -> None:
    words = words.replace(BLOCK, "■").strip()
    begin = data.draw(st.integers(0, len(words) - 1))
    passage = words[begin : begin + data.draw(st.integers(1, 6))].strip()
    if not passage:
        return
    text = redacted(words, passage, 1)
    shown = pieces(text)
    assert Piece("", 1) in shown
    assert "".join(piece.text for piece in shown) == "".join(words.split(passage))
    assert all(piece.mark in (None, 1) for piece in shown)


@given(WORDS, WORDS)
def test_a_correction_keeps_every_redaction(words: str, new: str) -> None:
    old = redacted(f"{words.replace(BLOCK, '■')}某君", "某君", 3)
    if new.strip() == old:
        return
    if marks_in(new) == ["3"] and new.count(BLOCK) == 2:
        assert corrected(old, new) == new.strip()
    else:
        assert refused(corrected, old, new).code == "redaction_left_out"


def test_corrections() -> None:
    assert corrected("甲", " 乙 ") == "乙"
    assert refused(corrected, "甲", "甲").code == "correction_same"
    assert refused(corrected, "甲", " ").code == "proceedings_empty"
    assert refused(corrected, "甲█1█乙", "甲乙").basis == "政府資訊公開法 §18"
    assert corrected("甲█1█乙█2█", "甲說█1█和█2█") == "甲說█1█和█2█"
    assert refused(corrected, "甲█1█乙█2█", "█2██1█").code == "redaction_left_out"


def test_only_what_stands_there_is_redacted() -> None:
    assert refused(passage_in, "甲乙", "丙").code == "redaction_passage"
    assert refused(passage_in, "甲█1█", "█1█").code == "redaction_passage"
    assert redacted("王某說王某", "王某", 2) == "█2█說█2█"


@pytest.mark.parametrize(
    ("opened", "until"),
    [
        (date(2026, 3, 2), date(2026, 3, 16)),  # a Monday: ten working days from the next day
        (date(2026, 2, 10), date(2026, 3, 4)),  # over the new year's days off
    ],
)
def test_ten_working_days(opened: date, until: date) -> None:
    due = WINDOW.due(start_of(opened), load_calendar())
    assert last_day(due) == until
    assert "十個工作日" in WINDOW.basis
    assert window_open(opened_at=start_of(opened), due_at=due, at=start_of(opened))
    assert not window_open(opened_at=start_of(opened), due_at=due, at=due)
    assert not window_open(opened_at=None, due_at=None, at=due)
