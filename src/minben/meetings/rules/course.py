"""What is to be done before a meeting, and its agenda (籌備事項、議程). Pure.

Basis: practice of the participation officers (2017-05-08): the steps between the vote and the day,
and the usual day with introductions in the morning and groups after noon.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

TASK_MAX, ITEM_MAX, WHO_MAX = 120, 120, 60  # characters
TASKS_MOST, ITEMS_MOST = 40, 30


@dataclass(frozen=True, slots=True)
class Step:
    """A usual step of preparing, by so many days before the meeting."""

    code: str
    days: int


# In the order they are usual. Their words stand in `labels`.
KICKOFF: Final = (
    Step("rules", 28),  # 開會說明規則與議題架構
    Step("issue_sheet", 21),  # 議題分析表
    Step("petitioner", 21),  # 與提議者通話：根本原因、期待的解法
    Step("stakeholders", 16),  # 盤點利害關係人並邀請
    Step("announce", 14),  # 公告時間、地點、報名
    Step("working_meeting", 10),  # 工作會議
    Step("venue", 10),  # 場地、直播、無障礙
    Step("materials", 7),  # 議題手冊、簡報、心智圖
    Step("hosts", 5),  # 確認桌長
    Step("rehearsal", 1),  # 會前會
)


@dataclass(frozen=True, slots=True)
class Slot:
    """A piece of the agenda; the end is exclusive."""

    starts_at: datetime
    ends_at: datetime


def agenda_fault(slot: Slot, *, meeting: Slot | None, others: Iterable[Slot]) -> str:
    """Return why an item can't stand there (a code), or nothing."""
    if meeting is None:
        return "agenda_without_time"
    if slot.ends_at <= slot.starts_at:
        return "agenda_backwards"
    if slot.starts_at < meeting.starts_at or slot.ends_at > meeting.ends_at:
        return "agenda_outside"
    if any(slot.starts_at < one.ends_at and one.starts_at < slot.ends_at for one in others):
        return "agenda_overlap"
    return ""


def due_at(starts_at: datetime | None, days: int) -> datetime | None:
    """When a task is due (exclusive): the start of the meeting less so many days."""
    return None if starts_at is None else starts_at - timedelta(days=days)
