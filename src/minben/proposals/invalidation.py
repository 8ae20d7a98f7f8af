"""Invalidating endorsements and taking that back (附議查核與不予計入). Pure.

Nothing is counted down in silence: a campaign names a ground, is counted before anything is
done, is approved by a second person, and can be restored whole or one by one on appeal. The
directions of 2018 know no such act; grounds and procedure are this platform's own addition.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from minben.casework.rules import Below
from minben.kernel.machine import Machine
from minben.proposals.rules import State

BASIS: Final = "平臺附議查核規則（本平臺自訂：先試算、經另一人核可、附理由公開、得申覆、得回復）"
APPEAL_BASIS: Final = "平臺附議查核規則（本平臺自訂：申覆期間準用隱藏申覆之規定）"
BATCH: Final = 500
"""Endorsements per entry in the ledger; an entry stays far below what a tile has room for."""
NETWORKS_KEPT_DAYS: Final = 180
"""How long after a window has closed the marks of networks are kept."""
SAMPLE: Final = 10


class CampaignState(StrEnum):
    """Where a campaign stands."""

    DRAFT = "draft"  # 已提出
    COUNTED = "counted"  # 已試算
    APPROVED = "approved"  # 已核可
    RUNNING = "running"  # 執行中
    RUN = "run"  # 已執行
    REJECTED = "rejected"  # 不予核可
    RESTORING = "restoring"  # 回復中
    RESTORED = "restored"  # 已回復


class CampaignAct(StrEnum):
    """What changes it."""

    COUNT = "count"
    APPROVE = "approve"
    REJECT = "reject"
    RUN = "run"
    FINISH = "finish"
    RESTORE = "restore"


_S, _A = CampaignState, CampaignAct
CAMPAIGN: Machine[CampaignState, CampaignAct] = Machine(
    {
        (_S.DRAFT, _A.COUNT): _S.COUNTED,
        (_S.DRAFT, _A.REJECT): _S.REJECTED,
        (_S.COUNTED, _A.APPROVE): _S.APPROVED,
        (_S.COUNTED, _A.REJECT): _S.REJECTED,
        (_S.APPROVED, _A.RUN): _S.RUNNING,
        (_S.APPROVED, _A.REJECT): _S.REJECTED,
        (_S.RUNNING, _A.FINISH): _S.RUN,
        # What has begun can be stopped by taking it back; the rest is then left alone.
        (_S.RUNNING, _A.RESTORE): _S.RESTORING,
        (_S.RUN, _A.RESTORE): _S.RESTORING,
        (_S.RESTORING, _A.FINISH): _S.RESTORED,
    }
)

FROZEN: Final = frozenset(_S) - {_S.DRAFT, _S.REJECTED}
"""States in which it was counted, and its conditions and endorsements are what was counted."""
EFFECTIVE: Final = frozenset({_S.RUNNING, _S.RUN, _S.RESTORING, _S.RESTORED})
"""States in which it has, or had, an effect: the ones the public reads about."""
WORKING: Final = frozenset({_S.RUNNING, _S.RESTORING})
"""States in which batches are still to be done."""

TARGET_STATES: Final = frozenset({State.ENDORSING, State.REACHED, State.ANSWERED, State.LAPSED})
"""States of a proposal whose endorsements can be looked into."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A catalogued ground for invalidating (不予計入事由), in both languages."""

    code: str
    zh: str
    en: str


REASONS: Final = (
    Reason("automated", "以程式自動產生之附議", "Made by a program"),
    Reason("duplicate_person", "同一人以數個帳號附議", "One person with several accounts"),
    Reason("foreign_network", "來自異常之網路來源", "From an abnormal source in the network"),
    Reason("not_eligible", "附議人不具附議資格", "The endorser was not eligible"),
    Reason("other_stated", "其他經敘明之事由", "Another ground, stated in the explanation"),
)


def reason_of(code: str) -> Reason | None:
    """The catalogued ground of that code, or None."""
    return next((one for one in REASONS if one.code == code), None)


def second_person_fault(first: str, second: str) -> str:
    """Return why `second` can't approve what `first` proposed (a refusal code), or nothing."""
    return "" if first and second and first != second else "second_person_needed"


def judge_fault(judge: str, *, endorser: str, proposed_by: str, approved_by: str) -> str:
    """Return why somebody can't decide an endorser's appeal (a refusal code), or nothing."""
    if judge in (proposed_by, approved_by):
        return "campaign_appeal_same_person"
    return "own_endorsement" if judge == endorser else ""


class Turn(StrEnum):
    """What a change of the valid count brings about for the case."""

    NOTHING = "nothing"
    STANDS = "stands"  # it fell below and stays a case
    REOPENS = "reopens"  # it fell below and is being endorsed again
    LAPSES = "lapses"  # it fell below after its window had closed
    REACHES = "reaches"  # what came back makes it reach


def turn_of(
    state: State,
    *,
    before: int,
    after: int,
    threshold: int,
    below: Below,
    window_open: bool,
) -> Turn:
    """Return what follows when the valid count changes from `before` to `after`.

    An answer that was given can't be ungiven: an answered case stands under any rule. What
    comes back makes a case reach even if its window has closed, for those endorsements were
    given in time.

    Basis: `below_threshold` of the case's rule set.
    """
    if before < threshold <= after:
        return Turn.REACHES if state in (State.ENDORSING, State.LAPSED) else Turn.NOTHING
    if not after < threshold <= before or state not in (State.REACHED, State.ANSWERED):
        return Turn.NOTHING
    if state is State.ANSWERED or below is Below.STANDS:
        return Turn.STANDS
    return Turn.REOPENS if window_open else Turn.LAPSES
