"""A proposal in each stage a reader meets, through the platform's own actions."""

from datetime import datetime, timedelta

from minben.casework import actions as casework
from minben.kernel.actor import SYSTEM, Role
from minben.kernel.periods import end_of, local_day
from minben.people.models import Agency, User
from minben.proposals import actions
from minben.proposals.actions import TakenOver
from minben.proposals.models import Proposal
from tests.factories import (
    DAY,
    DAY0,
    accept_one,
    actor,
    file_one,
    make_agency,
    make_person,
    make_staff,
)

OPEN = DAY0 + 2 * DAY  # an instant at which what was filed on DAY0 is being endorsed
BLOCKS = {
    "analysis": "現行軟體只支援一種作業系統。",
    "deliberation": "三月十日邀集提議者與廠商開會。",
    "adoption_reason": "網頁版可行，離線版本暫緩。",
    "follow_up": "下一申報季前完成網頁版。",
}


def open_one(
    proposer: User | None = None, *, threshold: int = 5000, agencies: tuple[Agency, ...] = ()
) -> Proposal:
    """A proposal that can be endorsed from DAY0 + 1 day on; at OPEN it is."""
    proposal = accept_one(file_one(proposer, agencies=agencies))
    Proposal.objects.filter(pk=proposal.pk).update(threshold=threshold)
    proposal.refresh_from_db()
    return proposal


def crowd(proposal: Proposal, n: int, at: datetime = OPEN, reason: str = "支持") -> None:
    """`n` endorsements of nobody's account here, a minute apart; every third has a reason."""
    start = proposal.endorsed
    actions.take_over_endorsements(
        proposal_id=proposal.pk,
        rows=[
            TakenOver(
                start + i + 1,
                at + timedelta(minutes=i),
                "花蓮縣" if i % 4 == 0 else "臺北市",
                "壽豐鄉" if i % 4 == 0 else "大安區",
                reason if i % 3 == 0 else "",
                f"路人{start + i + 1}",
            )
            for i in range(n)
        ],
        by=SYSTEM,
        at=at,
    )
    proposal.refresh_from_db()


def reached_one(proposer: User | None = None, agencies: tuple[Agency, ...] = ()) -> Proposal:
    """A proposal with a threshold of three that three have endorsed at OPEN."""
    proposal = open_one(proposer, threshold=3, agencies=agencies or (make_agency(),))
    crowd(proposal, 3)
    return proposal


def answered_one(proposer: User | None = None, adoption: str = "partly_adopted") -> Proposal:
    """A proposal answered ten days after OPEN."""
    agency = make_agency()
    proposal = reached_one(proposer, (agency,))
    officer, at = make_staff(Role.OFFICER, agency), OPEN + 10 * DAY
    draft = casework.draft_response(
        case_id=proposal.case_id, blocks=BLOCKS, adoption=adoption, revision=0, by=officer, at=at
    )
    actions.publish_answer(proposal_id=proposal.pk, revision=draft.revision, by=officer, at=at)
    proposal.refresh_from_db()
    return proposal


def hidden_one(
    proposer: User | None = None,
    *,
    ground: str = "unclear_or_private",
    reason: str = "訴求不夠明確，無法檢核。",
    merge_into: Proposal | None = None,
    at: datetime = DAY0 + timedelta(hours=1),
) -> Proposal:
    """A proposal hidden one hour after it was filed on DAY0."""
    proposal, checker = file_one(proposer), make_staff(Role.CHECKER)
    actions.take_up_check(proposal_id=proposal.pk, by=checker, at=at)
    actions.hide(
        proposal_id=proposal.pk,
        ground=ground,
        reason=reason,
        merge_into_id=merge_into.pk if merge_into else None,
        by=checker,
        at=at,
    )
    proposal.refresh_from_db()
    return proposal


def withdrawn_one(proposer: User | None = None) -> Proposal:
    """A proposal its proposer withdrew at OPEN."""
    person = proposer or make_person()
    proposal = open_one(person)
    actions.withdraw(
        proposal_id=proposal.pk, reason="打得不夠清楚，重新提議。", by=actor(person), at=OPEN
    )
    proposal.refresh_from_db()
    return proposal


def lapsed_one() -> Proposal:
    """A proposal whose window closed with too few."""
    proposal = open_one()
    crowd(proposal, 2)
    actions.close_due(by=SYSTEM, at=proposal.closes_at)
    proposal.refresh_from_db()
    return proposal


def pause(at: datetime, days: int) -> None:
    """Pause the Executive Yuan's proposals from the day of `at`, for so many days."""
    from minben.people.models import Jurisdiction

    actions.declare_pause(
        jurisdiction_id=Jurisdiction.objects.get(code="ey").pk,
        starts_at=at,
        ends_at=end_of(local_day(at) + timedelta(days=days)),
        reason_zh="全國性選舉",
        reason_en="National election",
        source="中選會公告",
        by=make_staff(Role.ADMINISTRATOR),
        at=at,
    )
