"""Who gets a place at a meeting (報名與邀請). Pure.

Basis: practice of the participation officers (2017-05-08, 2017-08-08): the proposer, up to five
endorsers in the order they register after the letter, up to five stakeholders an agency names,
officials, youth advisers; where there is room, the public. Sixty a session at most.
"""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Final

PRACTICE: Final = "開放政府聯絡人工作推動會議 2017-05-08、2017-08-08 紀錄"
ENDORSERS_MAX: Final = 5
STAKEHOLDERS_MAX: Final = 5  # of each agency
CAPACITY_MIN: Final = 8
NAME_MAX, ORGANISATION_MAX = 60, 80  # characters
NOTE_MAX: Final = 300
# Names are needed for tags, tables and questions afterwards. 個人資料保護法 §11 III: what has served
# its purpose is deleted; the numbers stay.
NAMES_KEPT: Final = timedelta(days=180)


class ParticipantKind(StrEnum):
    """As what somebody takes part."""

    PETITIONER = "petitioner"  # 提議者
    ENDORSER = "endorser"  # 附議者
    STAKEHOLDER = "stakeholder"  # 利害關係人
    OFFICIAL = "official"  # 機關代表
    ADVISER = "adviser"  # 青年諮詢委員
    PUBLIC = "public"  # 一般民眾


NAMED_KINDS: Final = (
    ParticipantKind.STAKEHOLDER,
    ParticipantKind.OFFICIAL,
    ParticipantKind.ADVISER,
)


class PlaceState(StrEnum):
    """What became of it."""

    SUGGESTED = "suggested"  # 提議者建議，待機關決定
    SEATED = "seated"  # 有席位
    WAITING = "waiting"  # 候補
    REFUSED = "refused"  # 機關未採納建議
    DECLINED = "declined"  # 受邀而婉拒
    CANCELLED = "cancelled"  # 自行取消


class WhyNot(StrEnum):
    """Why somebody was not invited, or does not come; the numbers are public."""

    UNAVAILABLE = "unavailable"  # 時間無法配合
    REPRESENTED = "represented"  # 已有立場相同者出席
    NOT_CONCERNED = "not_concerned"  # 與議題無直接關係
    FORMAT = "format"  # 不願直播或紀錄
    OTHER = "other"  # 其他


class Attendance(StrEnum):
    """Who came."""

    PRESENT = "present"
    ABSENT = "absent"


def has_room(
    kind: ParticipantKind,
    *,
    capacity: int,
    public_places: int,
    seated: Mapping[ParticipantKind, int],
    petition: bool,
) -> bool:
    """Say whether one more of `kind` can be seated.

    Places of the proposer and of five endorsers are kept free for them if the case is a
    petition, so that officials can't fill the room before them.

    Args:
        seated: how many of each kind have a place now; missing kinds have none.
        petition: whether the case has a proposer and endorsers.
    """
    kept = {ParticipantKind.PETITIONER: 1, ParticipantKind.ENDORSER: ENDORSERS_MAX}
    have = seated.get(kind, 0)
    if kind in kept and have >= kept[kind]:
        return False
    if kind is ParticipantKind.PUBLIC and have >= public_places:
        return False
    open_for_others = (
        sum(max(0, n - seated.get(other, 0)) for other, n in kept.items() if other is not kind)
        if petition
        else 0
    )
    return sum(seated.values()) + open_for_others < capacity
