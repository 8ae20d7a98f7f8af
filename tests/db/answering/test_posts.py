"""Reports beside the answer: appended; a return on a study starts the next clock until it ends."""

from datetime import datetime
from typing import Any

import pytest

from minben.answering import actions
from minben.answering.models import Post
from minben.answering.rules import PostKind
from minben.audit.models import Event
from minben.casework.models import Deadline, Response
from minben.config.jobs import tick
from minben.kernel.actor import Actor
from minben.kernel.refusal import Refusal
from minben.notify.models import Notice
from minben.proposals.models import Proposal
from tests.db.answering.scenes import AT, answer, officer, reached_one
from tests.factories import DAY

pytestmark = pytest.mark.django_db
DONE = "已召開兩次跨部會會議，並完成現況盤點與費用估算。"
HALF = AT + 170 * DAY


def post(
    proposal: Proposal,
    by: Actor,
    kind: PostKind = PostKind.STUDY_RETURN,
    at: datetime = HALF,
    **more: Any,
) -> Post:
    given = {"done": DONE, "ahead": "十月前提出修正草案。"} | more
    return actions.publish_post(case_id=proposal.case_id, kind=kind, by=by, at=at, **given)


def returns(proposal: Proposal) -> list[tuple[str, datetime]]:
    rows = Deadline.objects.filter(case_id=proposal.case_id, kind="study_return").order_by("pk")
    return [(row.outcome, row.starts_at) for row in rows]


def test_progress_is_told_before_the_answer_and_changes_no_clock() -> None:
    proposal, by = reached_one(), officer()
    made = post(proposal, by, PostKind.PROGRESS, AT)
    assert made.response.interim
    assert (made.response.adoption, made.response.deliberation) == ("", DONE)
    assert Deadline.objects.get(case_id=proposal.case_id, kind="response").outcome == "open"
    tick(AT)
    assert Notice.objects.filter(kind="answering.posted").count() == 2
    assert Event.objects.filter(kind="casework.progress_reported").count() == 1


def test_a_return_ends_its_clock_and_starts_the_next() -> None:
    proposal, by = reached_one(), officer()
    answer(proposal, by, adoption="under_study")
    post(proposal, by)
    [first, second] = returns(proposal)
    assert (first[0], second[0]) == ("met", "open")
    assert second[1] > HALF
    post(proposal, by, at=HALF + 100 * DAY)
    assert [outcome for outcome, _ in returns(proposal)] == ["met", "met", "open"]


def test_a_study_ends_with_a_disposition_that_overwrites_nothing() -> None:
    proposal, by = reached_one(), officer()
    final = answer(proposal, by, adoption="under_study")
    made = post(proposal, by, adoption="not_adopted", reason="費用超過效益。")
    assert made.ends_study
    assert [outcome for outcome, _ in returns(proposal)] == ["met"]
    final.refresh_from_db()
    assert final.adoption == "under_study"
    assert made.response.adoption == "not_adopted"
    proposal.refresh_from_db()
    assert proposal.adoption == "not_adopted"
    [event] = Event.objects.filter(kind="answering.study_ended")
    assert event.data["adoption"] == "not_adopted"
    with pytest.raises(Refusal, match="study_not_running"):
        post(proposal, by, at=HALF + DAY)


@pytest.mark.parametrize(
    ("more", "code", "field"),
    [
        ({"done": "短"}, "post_short", "done"),
        ({"adoption": "under_study", "reason": "再研議。"}, "study_adoption", "adoption"),
        ({"adoption": "adopted", "reason": " "}, "response_without_reasons", "reason"),
        ({"ahead": "長" * 6001}, "answering_too_long", "ahead"),
    ],
)
def test_what_a_return_must_say(more: dict[str, str], code: str, field: str) -> None:
    proposal, by = reached_one(), officer()
    answer(proposal, by, adoption="under_study")
    with pytest.raises(Refusal) as caught:
        post(proposal, by, **more)
    assert (caught.value.code, caught.value.field) == (code, field)
    assert Response.objects.filter(interim=True).count() == 0
    assert returns(proposal)[-1][0] == "open"


def test_without_a_study_nothing_is_returned() -> None:
    proposal, by = reached_one(), officer()
    answer(proposal, by)
    with pytest.raises(Refusal) as caught:
        post(proposal, by)
    assert caught.value.code == "study_not_running"
    assert "六個月" in caught.value.basis
