"""A text after its corrections, and what a correction must say."""

from dataclasses import dataclass

import pytest

from minben.answering.rules.correcting import Text, corrected, correction_fault

FIRST = Text(
    {"analysis": "甲", "deliberation": "乙", "adoption_reason": "丙", "follow_up": ""}, "adopted"
)
WHY = "日期誤植，依會議紀錄更正。"


@dataclass
class One:
    block: str
    after: str


def test_corrections_are_laid_one_upon_the_other() -> None:
    now = corrected(
        FIRST, [One("analysis", "甲一"), One("adoption", "not_adopted"), One("analysis", "甲二")]
    )
    assert (now.of("analysis"), now.of("deliberation"), now.adoption) == (
        "甲二",
        "乙",
        "not_adopted",
    )
    assert FIRST.of("analysis") == "甲"


@pytest.mark.parametrize(
    ("block", "after", "reason", "code"),
    [
        ("analysis", "改", WHY, ""),
        ("follow_up", "後來補上", WHY, ""),
        ("adoption", "under_study", WHY, ""),
        ("title", "改", WHY, "correction_block"),
        ("analysis", " ", WHY, "correction_empty"),
        ("analysis", " 甲 ", WHY, "correction_nothing"),
        ("analysis", "長" * 6001, WHY, "answering_too_long"),
        ("adoption", "maybe", WHY, "adoption_missing"),
        ("adoption", "adopted", WHY, "correction_nothing"),
        ("analysis", "改", "因為", "correction_reason"),
        ("analysis", "改", "長" * 1001, "answering_too_long"),
    ],
)
def test_what_a_correction_must_say(block: str, after: str, reason: str, code: str) -> None:
    assert correction_fault(FIRST, block, after, reason)[0] == code
