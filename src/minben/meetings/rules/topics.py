"""Choosing what a collaboration meeting is about (議題提名與票選). Pure.

Basis: 行政院及所屬各機關開放政府聯絡人實施要點: participation officers choose. Practice (2017-05-08,
2018-01-23): topics come from proposals, reached or not, and from the agencies themselves; the
officers vote, by name or secretly; three meetings a month; two weeks to prepare at least; a
second meeting about the same case needs a vote of its own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from minben.meetings.rules import BASIS

PRACTICE: Final = "開放政府聯絡人工作推動會議 2017-05-08、2018-01-23 紀錄"
VOTE_BASIS: Final = f"{BASIS}；{PRACTICE}"
VOTES_EACH: Final = 3  # as many as meetings a month
VOTES_MAX: Final = 5
WINNERS_MAX: Final = 3  # 每月三場
PREPARE_DAYS: Final = 14  # 至少二週準備
REASON_MIN, REASON_MAX = 10, 1000  # characters


class Criterion(StrEnum):
    """What speaks for a topic."""

    COMPETENT = "competent"  # 屬行政院權責
    STAKEHOLDERS = "stakeholders"  # 利害關係人多元
    CROSS_AGENCY = "cross_agency"  # 跨機關
    ROOM = "room"  # 尚有討論空間
    USERS = "users"  # 以使用者為中心


@dataclass(frozen=True, slots=True)
class Standing:
    """A topic as votes are counted; `nominated` orders those with equal votes."""

    topic_id: int
    votes: int
    nominated: int


def ranked(topics: Iterable[Standing]) -> list[Standing]:
    """Return topics, most votes first; of equals the one nominated earlier."""
    return sorted(topics, key=lambda one: (-one.votes, one.nominated))


def winners(topics: Sequence[Standing], places: int) -> list[int]:
    """Return the ids of the topics a meeting is held about; one without a vote never wins."""
    return [one.topic_id for one in ranked(topics)[:places] if one.votes]


def ballot_fault(
    chosen: Sequence[int],
    *,
    topics: Iterable[int],
    most: int,
    opens_at: datetime,
    closes_at: datetime,
    at: datetime,
) -> str:
    """Return why a ballot at `at` is refused (a code), or nothing."""
    if at < opens_at:
        return "voting_not_open"
    if at >= closes_at:
        return "round_closed"
    if not chosen:
        return "ballot_empty"
    if len(set(chosen)) != len(chosen) or not set(chosen) <= set(topics):
        return "ballot_unknown_topic"
    return "ballot_too_many" if len(chosen) > most else ""
