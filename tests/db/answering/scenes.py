"""A case that reached and who deals with it, through the platform's own actions."""

from datetime import datetime, timedelta
from itertools import count

from minben.answering import actions
from minben.answering.models import Contact, Plan
from minben.answering.rules import Channel
from minben.casework import actions as casework
from minben.casework.models import Response
from minben.discussion import actions as discussion
from minben.discussion.rules import Side
from minben.kernel.actor import Actor, Role
from minben.people.models import User
from minben.proposals import actions as proposals
from minben.proposals.models import Proposal
from tests.factories import (
    DAY,
    DAY0,
    accept_one,
    actor,
    endorse,
    file_one,
    make_agency,
    make_person,
    make_staff,
)

REACHED = DAY0 + 2 * DAY  # Wednesday 4 March 2026, 10:00 in Taipei
AT = REACHED + DAY
_numbers = count(1)
SUMMARY = "將邀集相關機關與提議者討論，先盤點現況再提出方案，過程公開。"
STEPS = [
    {"what": "與提議者會面", "until": "2026-03-12"},
    {"what": "提出方案", "until": "2026-04-10"},
]
OFFICE = "財政部賦稅署第一組（總機 02-2322-8000）"
MINUTES = "說明現行規定，提議者希望優先處理離線使用的問題。"
AGREED = "機關三月底前提供替代方案。"
BLOCKS = {
    "analysis": "現行軟體只支援一種作業系統。",
    "deliberation": "三月十日邀集提議者與廠商開會。",
    "adoption_reason": "網頁版可行，離線版本暫緩。",
    "follow_up": "下一申報季前完成網頁版。",
}


def reached_one(proposer: User | None = None, endorsers: int = 1) -> Proposal:
    """Endorsed by so many at REACHED, which is the threshold; the finance ministry leads."""
    n = next(_numbers)  # the same matter is barred: no two signs in common with another
    subject = "".join(chr(0x4E00 + (n * 97 + i * 131) % 5000) for i in range(10))
    proposal = accept_one(file_one(proposer, subject=subject, agencies=(make_agency(),)))
    Proposal.objects.filter(pk=proposal.pk).update(threshold=endorsers)
    for n in range(endorsers):
        endorse(
            proposal_id=proposal.pk,
            by=actor(make_person()),
            at=REACHED - timedelta(seconds=endorsers - 1 - n),
        )
    proposal.refresh_from_db()
    return proposal


def officer() -> Actor:
    return make_staff(Role.OFFICER, make_agency())


def plan(proposal: Proposal, by: Actor, at: datetime = AT, summary: str = SUMMARY) -> Plan:
    """A published version of the plan."""
    draft = actions.draft_plan(
        case_id=proposal.case_id,
        summary=summary,
        steps=STEPS,
        office=OFFICE,
        revision=0,
        by=by,
        at=at,
    )
    return actions.publish_plan(case_id=proposal.case_id, revision=draft.revision, by=by, at=at)


def contact(proposal: Proposal, by: Actor, at: datetime = AT, *, reached: bool = True) -> Contact:
    """A logged call, an hour before."""
    return actions.log_contact(
        case_id=proposal.case_id,
        channel=Channel.PHONE,
        held_at=at - timedelta(hours=1),
        reached=reached,
        discussed=MINUTES if reached else "",
        agreed=AGREED if reached else "",
        office=OFFICE,
        by=by,
        at=at,
    )


def answer(
    proposal: Proposal, by: Actor, at: datetime = AT, adoption: str = "partly_adopted"
) -> Response:
    """The published formal response."""
    draft = casework.draft_response(
        case_id=proposal.case_id, blocks=BLOCKS, adoption=adoption, revision=0, by=by, at=at
    )
    return proposals.publish_answer(proposal_id=proposal.pk, revision=draft.revision, by=by, at=at)


def say(proposal: Proposal, user: User, at: datetime = AT) -> int:
    """A comment of somebody; its number."""
    written = discussion.comment(
        thread_id=proposal.thread_id, side=Side.PRO, body="這樣改更好。", by=actor(user), at=at
    )
    return written.pk
