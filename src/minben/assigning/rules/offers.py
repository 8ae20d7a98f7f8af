"""Who is responsible, and what follows from a dispute about it (分辦、權責爭議). Pure.

An agency that is named is asked; it accepts, or disputes with a published reason. If the agency it
points to refuses as well, both lead (併列主辦). “Lead” is the duty to answer, and no more.

Basis: 公共政策網路參與實施要點 (2017-06-16).
"""

from collections.abc import Collection, Sequence
from enum import StrEnum
from typing import Final

from minben.assigning.rules import Parts
from minben.casework.rules import AgencyRole

REASON_MIN, REASON_MAX = 20, 1000  # characters
BASIS: Final = (
    "公共政策網路參與實施要點（106年6月16日院授發資字第1061500893號函）：權責有爭議之機關併列主辦"
)
FORCED_FROM: Final = 1000
"""Endorsements from which an assignment may be forced; see `FORCED_BASIS`."""
FORCED_BASIS: Final = (
    "國家發展委員會於開放政府聯絡人會議之說明（105年12月27日、110年12月6日）："
    "附議達一千份時始以主協辦協調會指定權責機關"
)


class Answer(StrEnum):
    """How an offer (分辦通知) stands."""

    OPEN = "open"  # 待回復
    ACCEPTED = "accepted"  # 接受
    DISPUTED = "disputed"  # 有爭議
    WITHDRAWN = "withdrawn"  # 撤回：另行指定
    DECIDED = "decided"  # 由平臺決定


class Step(StrEnum):
    """What follows from a dispute."""

    PASSED_ON = "passed_on"  # 改分
    JOINT = "joint"  # 併列主辦
    DECISION = "decision"  # 由平臺決定


def reason_fault(reason: str) -> str:
    """Why a reason for a hand-over is refused (a code), or nothing."""
    length = len(reason.strip())
    if length > REASON_MAX:
        return "handover_reason_too_long"
    return "" if length >= REASON_MIN else "handover_reason"


def answer_fault(answer: Answer, *, forced: bool, escalated: bool, closed: bool) -> str:
    """Why an agency can't answer an offer (a code), or nothing. `closed`: the case has ended."""
    if forced:
        return "offer_forced"
    if answer is Answer.DECIDED:
        return "offer_decided"
    if answer is not Answer.OPEN:
        return "offer_answered"
    if escalated:
        return "offer_escalated"
    return "offer_closed" if closed else ""


def step_after(role: AgencyRole, *, second: bool, passable: bool) -> Step:
    """What follows when an agency disputes.

    Args:
        second: another agency disputed before, and pointed to this one.
        passable: it points to another agency that can be asked instead.
    """
    if second:
        return Step.JOINT if role is AgencyRole.LEAD else Step.DECISION
    return Step.PASSED_ON if passable else Step.DECISION


def forced_from(threshold: int) -> int:
    """Endorsements from which it may be forced: what reached must have somebody who answers."""
    return min(FORCED_FROM, threshold)


def replaced(parts: Parts, role: AgencyRole, old: int, new: int) -> Parts:
    """`new` takes the place of `old` in that role; what it did before in the case ends."""
    leads = [pk for pk in parts.leads if pk != new]
    assists = [pk for pk in parts.assists if pk != new]
    rows = leads if role is AgencyRole.LEAD else assists
    if old in rows:
        rows[rows.index(old)] = new
    else:
        rows.append(new)
    return Parts(tuple(leads), tuple(assists))


def joined(parts: Parts, first: int, second: int) -> Parts:
    """Both lead jointly, `first` before `second` and both before other leads."""
    both = (first, second)
    return Parts(both + _without(parts.leads, both), _without(parts.assists, both))


def decided(
    parts: Parts, role: AgencyRole, disputing: Collection[int], chosen: Sequence[int]
) -> Parts:
    """After a decision: of those that disputed, only who was chosen keeps the role."""
    chosen = tuple(dict.fromkeys(chosen))
    gone = {*disputing, *chosen}
    if role is AgencyRole.LEAD:
        return Parts(chosen + _without(parts.leads, gone), _without(parts.assists, gone))
    return Parts(parts.leads, _without(parts.assists, gone) + _without(chosen, parts.leads))


def _without(rows: Sequence[int], gone: Collection[int]) -> tuple[int, ...]:
    return tuple(pk for pk in rows if pk not in gone)
