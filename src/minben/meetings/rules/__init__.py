"""Meetings (協作會議、工作坊): kinds, states, numbers. Pure.

A meeting clarifies what is in dispute and weighs risks; it decides nothing. What was agreed is
reported, and followed until it is released (解除列管).
"""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit

from minben.kernel.machine import Machine

BASIS: Final = "行政院及所屬各機關開放政府聯絡人實施要點"
CAPACITY_MAX: Final = 60  # 每場次 60 人分組討論, the workshops on filing income tax, 2017
TITLE_MIN, TITLE_MAX = 4, 100  # characters
PURPOSE_MIN, PURPOSE_MAX = 10, 1000
PLACE_MAX: Final = 200
URL_MAX: Final = 300
REASON_MIN, REASON_MAX = 5, 500
LONGEST: Final = timedelta(hours=12)


class MeetingKind(StrEnum):
    """What is held."""

    COLLABORATION = "collaboration"  # 協作會議
    WORKSHOP = "workshop"  # 工作坊


class Aim(StrEnum):
    """What the meeting is for; it is said beforehand, so that nobody expects another thing."""

    CLARIFY = "clarify"  # 釐清訴求
    RESPOND = "respond"  # 討論如何回應
    INFORM = "inform"  # 說明現況


class MeetingState(StrEnum):
    """Where a meeting stands."""

    PLANNED = "planned"  # 籌備中
    ANNOUNCED = "announced"  # 已公告
    HELD = "held"  # 已召開
    REPORTED = "reported"  # 已公布結果
    CANCELLED = "cancelled"  # 已取消


class MeetingAct(StrEnum):
    """What is done to a meeting."""

    ANNOUNCE = "announce"
    HOLD = "hold"
    REPORT = "report"
    CANCEL = "cancel"


COURSE: Final = Machine(
    {
        (MeetingState.PLANNED, MeetingAct.ANNOUNCE): MeetingState.ANNOUNCED,
        (MeetingState.PLANNED, MeetingAct.CANCEL): MeetingState.CANCELLED,
        (MeetingState.ANNOUNCED, MeetingAct.HOLD): MeetingState.HELD,
        (MeetingState.ANNOUNCED, MeetingAct.CANCEL): MeetingState.CANCELLED,
        (MeetingState.HELD, MeetingAct.REPORT): MeetingState.REPORTED,
    }
)
PUBLIC_STATES: Final = frozenset(MeetingState) - {MeetingState.PLANNED}


def live_url_fault(url: str) -> str:
    """Return why an address can't be shown as the live stream (a code), or nothing."""
    if not url:
        return ""
    parts = urlsplit(url)
    plain = parts.scheme == "https" and parts.hostname and "@" not in parts.netloc
    return "" if plain and len(url) <= URL_MAX and not set(url) & set(" \n\r\t") else "meeting_url"


def times_fault(starts_at: datetime | None, ends_at: datetime | None, at: datetime) -> str:
    """Return why a meeting can't be set for these times (a code), or nothing.

    Both are open, or both are given: after `at`, the end after the start, within twelve hours.
    """
    if starts_at is None and ends_at is None:
        return ""
    if starts_at is None or ends_at is None or ends_at <= starts_at:
        return "meeting_times"
    if ends_at - starts_at > LONGEST:
        return "meeting_times"
    return "meeting_past" if starts_at <= at else ""
