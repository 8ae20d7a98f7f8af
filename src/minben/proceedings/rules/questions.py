"""The question wall of a meeting (提問牆): who asks what, how often, and what hides a question. Pure.

Basis: practice of the collaboration meetings, where people ask along from elsewhere; the grounds
for hiding are those of 公共政策網路參與實施要點 for contributions.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

TEXT_MAX, ANSWER_MAX, REASON_MIN, REASON_MAX = 200, 500, 4, 300
MOST_EACH: Final = 10  # questions of one person at one meeting
PAUSE: Final = timedelta(seconds=30)  # between two questions of one person
SHOWN: Final = 200  # questions on the page
WALL: Final = "行政院開放政府聯絡人協作會議作業實務：會前至會議結束開放線上提問"
BASIS: Final = "公共政策網路參與實施要點（107年4月11日修正）之隱藏事由"
STREAMS_MOST: Final = 8
STREAM_FOR: Final = timedelta(seconds=30)
"""Then the browser opens a new one: a server that is told to stop waits for its streams."""
BEAT: Final = 15.0  # seconds without news until a sign of life
ASKED_EVERY: Final = 1.0  # seconds between two looks of one process at one wall


class QuestionState(StrEnum):
    """What became of a question."""

    OPEN = "open"  # 待回答
    ANSWERED = "answered"  # 已回答
    HIDDEN = "hidden"  # 已隱藏


class HideGround(StrEnum):
    """Why a question is hidden."""

    ILLEGAL = "illegal"  # 違法、猥褻、誹謗
    PERSONAL = "personal"  # 人身攻擊、歧視
    PRIVACY = "privacy"  # 揭露他人個資
    ADVERTISING = "advertising"  # 廣告
    OFF_TOPIC = "off_topic"  # 與會議主題無關
    DUPLICATE = "duplicate"  # 重複提問


def wall_fault(*, announced: bool, over: bool, ends_at: datetime | None, at: datetime) -> str:
    """Why nothing can be asked or voted at `at` (a code), or nothing.

    Args:
        announced: the meeting is public.
        over: it was cancelled, or is reported.
        ends_at: exclusive.
    """
    if not announced or ends_at is None:
        return "questions_not_open"
    return "questions_closed" if over or at >= ends_at else ""


def streams_allowed(threads: int) -> int:
    """How many streams a process with so many threads may keep open: each takes one of them.

    A quarter, so that three quarters go on making pages; none where there are fewer than four.
    """
    return min(STREAMS_MOST, threads // 4)
