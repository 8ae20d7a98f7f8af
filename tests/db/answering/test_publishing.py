"""The one act that publishes the answer: who is told, until when one may speak, what is asked."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from minben.answering import actions as answering
from minben.answering.models import Survey
from minben.answering.rules import PostKind
from minben.casework.models import Deadline, Response
from minben.config.jobs import tick
from minben.demands import actions as demands
from minben.discussion import actions as discussion
from minben.discussion.rules import HideGround
from minben.kernel.refusal import Refusal
from minben.notify.models import Notice
from minben.people.models import User
from tests.db.answering.scenes import AT, answer, officer, reached_one, say
from tests.db.demands import scene as demanded
from tests.db.refused import checker
from tests.factories import DAY, actor, endorse, make_person

pytestmark = pytest.mark.django_db
TALK_OVER = datetime(2026, 3, 8, 16, tzinfo=UTC)  # answered on the 5th: 6, 7 and 8 March


def told(kind: str = "proposals.answered") -> list[str]:
    return sorted(Notice.objects.filter(kind=kind).values_list("recipient", flat=True))


def test_proposer_endorsers_and_commenters_are_told_once_each() -> None:
    proposal = reached_one(endorsers=2)
    both, writer, silenced = make_person(), make_person(), make_person()
    endorse(proposal_id=proposal.pk, by=actor(both), at=AT)
    for user in (both, writer, writer, silenced):
        last = say(proposal, user)
    discussion.hide_comment(
        comment_id=last, ground=HideGround.ABUSE, reason="人身攻擊。", by=checker(), at=AT
    )
    say(proposal, User.objects.get(pk=proposal.proposer_id))
    answer(proposal, officer())
    latecomer = make_person()
    say(proposal, latecomer, AT + timedelta(hours=1))
    tick(AT + timedelta(hours=2))
    assert len(told()) == len(set(told())) == 5  # two endorsers, both, the writer, the proposer
    assert f"person:{both.pk}" in told()
    assert f"person:{writer.pk}" in told()
    assert f"person:{silenced.pk}" not in told()
    assert f"person:{latecomer.pk}" not in told()
    assert Survey.objects.get().invited == 5


def test_the_discussion_is_open_for_three_more_days_and_closes_of_itself() -> None:
    proposal = reached_one()
    say(proposal, make_person())
    answer(proposal, officer())
    proposal.thread.refresh_from_db()
    assert proposal.thread.closed_at == TALK_OVER
    say(proposal, make_person(), TALK_OVER - timedelta(microseconds=1))
    with pytest.raises(Refusal, match="thread_closed"):
        say(proposal, make_person(), TALK_OVER)


def test_plan_and_contact_are_owed_no_more_and_a_study_gets_its_clock() -> None:
    proposal = reached_one()
    answer(proposal, officer(), adoption="under_study")
    kinds = {row.kind: row.outcome for row in Deadline.objects.filter(case_id=proposal.case_id)}
    assert kinds["handling_plan"] == kinds["contact"] == "cancelled"
    assert kinds["study_return"] == "open"
    row = Deadline.objects.get(case_id=proposal.case_id, kind="study_return")
    assert row.due_at == datetime(2026, 9, 5, 16, tzinfo=UTC)
    other = reached_one()
    answer(other, officer())
    assert not Deadline.objects.filter(case_id=other.case_id, kind="study_return").exists()


def test_publishing_without_reasons_is_refused_with_the_rule() -> None:
    from minben.casework import actions as casework
    from minben.proposals import actions as proposals
    from tests.db.answering.scenes import BLOCKS

    proposal, by = reached_one(), officer()
    casework.draft_response(
        case_id=proposal.case_id,
        blocks=BLOCKS | {"adoption_reason": " "},
        adoption="adopted",
        revision=0,
        by=by,
        at=AT,
    )
    with pytest.raises(Refusal) as caught:
        proposals.publish_answer(proposal_id=proposal.pk, revision=1, by=by, at=AT)
    assert caught.value.code == "response_without_reasons"
    assert "參採情形及其理由" in caught.value.basis
    assert not Survey.objects.exists()
    assert told() == []


def test_nobody_is_asked_where_nobody_took_part(monkeypatch: pytest.MonkeyPatch) -> None:
    from minben.proposals.models import Endorsement, Proposal

    proposal = reached_one()
    Proposal.objects.filter(pk=proposal.pk).update(proposer=None)
    Endorsement.objects.filter(proposal=proposal).update(person=None, archive_number=1)
    answer(proposal, officer(), AT + DAY)
    assert not Survey.objects.exists()


def test_open_demands_keep_the_answer_back_and_closed_ones_are_published_with_it() -> None:
    one = demanded.scene()
    [first] = demanded.assigned(one, "增設行人庇護島")
    demands.publish_split(case_id=one.case_id, by=one.officer, at=demanded.NOW)
    with pytest.raises(Refusal) as caught, transaction.atomic():
        answer(one.proposal, one.officer, demanded.NOW, "adopted")
    assert caught.value.code == "demands_open"
    assert "參採情形" in caught.value.basis
    assert not Response.objects.filter(published_at__isnull=False).exists()
    demanded.disposed(one, first, "not_adopted")
    with pytest.raises(Refusal, match="adoption_differs"), transaction.atomic():
        answer(one.proposal, one.officer, demanded.NOW, "adopted")
    assert not Response.objects.filter(published_at__isnull=False).exists()
    answer(one.proposal, one.officer, demanded.NOW, "not_adopted")
    first.refresh_from_db()
    assert first.state == "published"


def test_ending_a_study_or_correcting_the_adoption_follows_the_demands() -> None:
    one = demanded.scene()
    [first] = demanded.assigned(one, "增設行人庇護島")
    demands.publish_split(case_id=one.case_id, by=one.officer, at=demanded.NOW)
    demanded.disposed(one, first, "under_study")
    response = answer(one.proposal, one.officer, demanded.NOW, "under_study")
    given = {"case_id": one.case_id, "by": one.officer, "at": demanded.NOW + DAY}
    with pytest.raises(Refusal, match="adoption_differs"):
        answering.publish_post(
            kind=PostKind.STUDY_RETURN,
            done="已召開兩次跨部會會議，並完成現況盤點與費用估算。",
            ahead="",
            adoption="adopted",
            reason="可行。",
            **given,
        )
    with pytest.raises(Refusal, match="adoption_differs"):
        answering.correct_response(
            response_id=response.pk,
            block="adoption",
            text="adopted",
            reason="依訴求參採情形更正。",
            seen=0,
            **given,
        )
