"""What the desk's tests share: a case in each state a member of staff meets, and its instants."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from minben.casework import actions as casework
from minben.casework.models import Response
from minben.discussion import actions as discussion
from minben.discussion.models import Comment
from minben.discussion.rules import Side
from minben.kernel.actor import Actor, Role
from minben.people.models import Agency
from minben.proposals import actions as proposals
from minben.proposals.models import Proposal
from tests.factories import DAY0, accept_one, actor, endorse, file_one, make_person, make_staff

_numbers = count(1)
HOUR = timedelta(hours=1)
NOW = DAY0 + 2 * HOUR
BLOCKS = {
    "analysis": "現行軟體只支援一種作業系統。",
    "deliberation": "三月二日邀集提議者與廠商開會。",
    "adoption_reason": "網頁版可行，離線版本暫緩。",
    "follow_up": "下一申報季前完成網頁版。",
}


@pytest.fixture
def now(at_instant: Callable[[datetime], Any]) -> Iterator[datetime]:
    """The whole test happens at noon of DAY0, two hours after its proposals are filed."""
    with at_instant(NOW):
        yield NOW


def hide_one(
    proposal: Proposal, by: Actor, ground: str = "unclear_or_private", at: datetime = NOW
) -> Proposal:
    """The same proposal, hidden by that checker."""
    proposals.take_up_check(proposal_id=proposal.pk, by=by, at=at)
    proposals.hide(
        proposal_id=proposal.pk, ground=ground, reason="訴求不夠明確，無法檢核。", by=by, at=at
    )
    proposal.refresh_from_db()
    return proposal


def appeal_one(by: Actor, at: datetime = NOW) -> Proposal:
    """A proposal hidden by `by` against which its proposer has appealed."""
    person = make_person()
    proposal = hide_one(file_one(person), by, at=at)
    proposals.appeal(
        proposal_id=proposal.pk, text="訴求第二段寫得很清楚，請再看一次。", by=actor(person), at=at
    )
    return proposal


def _unlike_all_others() -> str:
    """A subject that shares no two characters with another: the same matter is barred."""
    n = next(_numbers)
    return "".join(chr(0x4E00 + (n * 97 + i * 131) % 5000) for i in range(10))


def reach_one(agency: Agency, at: datetime = NOW) -> Proposal:
    """A proposal that reached its threshold one minute before `at`; the agency leads."""
    filed = at - timedelta(days=3)
    proposal = file_one(at=filed, agencies=(agency,), subject=_unlike_all_others())
    accept_one(proposal, at=filed + HOUR)
    Proposal.objects.filter(pk=proposal.pk).update(threshold=1)
    endorse(proposal_id=proposal.pk, by=actor(make_person()), at=at - timedelta(minutes=1))
    proposal.refresh_from_db()
    return proposal


def draft_one(proposal: Proposal, by: Actor, revision: int = 0, **changes: str) -> Response:
    """A saved draft of its response."""
    return casework.draft_response(
        case_id=proposal.case_id,
        blocks=BLOCKS | changes,
        adoption=changes.get("adoption", "partly_adopted"),
        revision=revision,
        by=by,
        at=NOW,
    )


def comment_one(proposal: Proposal, body: str = "這樣改更好。") -> Comment:
    """A comment of somebody on the proposal."""
    return discussion.comment(
        thread_id=proposal.thread_id, side=Side.PRO, body=body, by=actor(make_person()), at=NOW
    )


def report_one(comment: Comment, reason: str = "人身攻擊") -> None:
    """Somebody reports the comment."""
    discussion.report_comment(comment_id=comment.pk, reason=reason, by=actor(make_person()), at=NOW)


def administrator() -> Actor:
    """An administrator who is not the one signed in."""
    return make_staff(Role.ADMINISTRATOR)


def queries_of(act: Callable[[], Any]) -> int:
    """How many SQL statements `act` takes."""
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)
