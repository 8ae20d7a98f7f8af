"""What the acts behind the desk refuse, whoever calls them and whatever a form let through."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from minben.casework import actions as casework
from minben.discussion import actions as discussion
from minben.discussion.models import Comment
from minben.discussion.rules import Side
from minben.kernel.actor import SYSTEM, Grant, Role
from minben.kernel.periods import end_of, local_day, start_of
from minben.kernel.refusal import Refusal
from minben.people import actions as people
from minben.people.models import RoleGrant
from minben.proposals import actions as proposals
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

pytestmark = pytest.mark.django_db
BLOCKS = dict.fromkeys(("analysis", "deliberation", "adoption_reason", "follow_up"), "已研議。")


def refused(code: str) -> Any:
    return pytest.raises(Refusal, match=rf"^{code}\b")


def comment_by(author_actor: Any) -> Comment:
    thread = discussion.open_thread(by=SYSTEM, at=DAY0)
    return discussion.comment(
        thread_id=thread.pk, side=Side.PRO, body="贊成。", by=author_actor, at=DAY0
    )


def test_a_lock_is_told_in_the_time_of_taiwan() -> None:
    proposal = file_one()
    proposals.take_up_check(proposal_id=proposal.pk, by=make_staff(Role.CHECKER), at=DAY0)
    with refused("check_locked") as caught:
        proposals.take_up_check(proposal_id=proposal.pk, by=make_staff(Role.CHECKER), at=DAY0)
    assert caught.value.params["until"] == "10:30"  # DAY0 is 10:00 in Taipei


def test_nobody_is_sent_to_a_proposal_whose_window_has_closed() -> None:
    target = accept_one(file_one())
    late = file_one(at=DAY0 + 70 * DAY)
    checker = make_staff(Role.CHECKER)
    proposals.take_up_check(proposal_id=late.pk, by=checker, at=late.filed_at)
    with refused("merge_target_unknown"):
        proposals.hide(
            proposal_id=late.pk,
            ground="duplicate_open",
            reason="與另一件相同。",
            merge_into_id=target.pk,
            by=checker,
            at=late.filed_at,
        )


def test_the_agency_that_leads_now_signs_the_response() -> None:
    first, second = make_agency(), make_agency("交通部", "motc")
    proposal = accept_one(file_one(agencies=(first,)))
    admin = make_staff(Role.ADMINISTRATOR)

    def draft(agency: Any, revision: int) -> Any:
        return casework.draft_response(
            case_id=proposal.case_id,
            blocks=BLOCKS,
            adoption="adopted",
            revision=revision,
            by=make_staff(Role.OFFICER, agency),
            at=DAY0 + DAY,
        )

    def lead(agency: Any) -> None:
        casework.assign_agencies(
            case=proposal.case, agency_ids=[agency.pk], by=admin, at=DAY0 + DAY
        )

    assert draft(first, 0).agency_id == first.pk
    lead(second)
    with refused("not_lead_agency"):
        draft(first, 1)
    assert draft(second, 1).agency_id == second.pk
    lead(first)
    published = casework.publish_response(
        case_id=proposal.case_id, revision=2, by=make_staff(Role.LEAD, first), at=DAY0 + 2 * DAY
    )
    published.refresh_from_db()
    assert published.agency_id == first.pk


def test_hiding_a_comment_asks_for_a_ground_of_the_list_and_a_reason_that_fits() -> None:
    comment = comment_by(actor(make_person()))
    checker = make_staff(Role.CHECKER)

    def hide(ground: Any, reason: str) -> Comment:
        return discussion.hide_comment(
            comment_id=comment.pk, ground=ground, reason=reason, by=checker, at=DAY0
        )

    with refused("comment_ground_unknown"):
        hide("dislike", "不喜歡這則留言。")
    with refused("comment_reason_too_short"):
        hide("abuse", "   壞   ")
    with refused("comment_reason_too_long"):
        hide("abuse", "長" * 501)
    assert hide("abuse", "長" * 500).hide_reason == "長" * 500


def test_nobody_moderates_a_comment_of_their_own() -> None:
    user = make_person()
    checker = actor(user, Grant(Role.CHECKER))
    own = comment_by(checker)
    with refused("comment_own"):
        discussion.hide_comment(
            comment_id=own.pk,
            ground="abuse",  # type: ignore[arg-type]
            reason="自己隱藏自己。",
            by=checker,
            at=DAY0,
        )
    with refused("comment_own"):
        discussion.dismiss_reports(comment_id=own.pk, by=checker, at=DAY0)
    discussion.hide_comment(
        comment_id=own.pk,
        ground="abuse",  # type: ignore[arg-type]
        reason="別人隱藏的。",
        by=make_staff(Role.CHECKER),
        at=DAY0,
    )
    with refused("comment_own"):
        discussion.restore_comment(comment_id=own.pk, by=checker, at=DAY0)


@pytest.mark.parametrize(
    ("role", "agency_id"),
    [(Role.OFFICER, None), (Role.LEAD, 987654), (Role.CHECKER, 987654)],
)
def test_a_role_is_not_granted_without_its_agency(role: Role, agency_id: int | None) -> None:
    user = make_person()
    with refused("role_agency"):
        people.grant_role(
            user_id=user.pk,
            role=role,
            agency_id=agency_id,
            by=make_staff(Role.ADMINISTRATOR),
            at=DAY0,
        )
    assert not RoleGrant.objects.filter(user=user).exists()


def declare(starts_at: datetime, ends_at: datetime, **texts: str) -> Any:
    words = {"reason_zh": "公民投票", "reason_en": "", "source": "中央選舉委員會公告"}
    proposal = file_one()
    return casework.declare_pause(
        jurisdiction_id=proposal.case.jurisdiction_id,
        starts_at=starts_at,
        ends_at=ends_at,
        **(words | texts),
        by=make_staff(Role.ADMINISTRATOR),
        at=DAY0,
    )


def test_a_pause_has_a_lawful_period_and_says_why() -> None:
    today = local_day(DAY0)
    begin, end = start_of(today), end_of(today + timedelta(days=9))
    with refused("pause_period"):
        declare(end, begin)
    with refused("pause_in_the_past"):
        declare(begin - 9 * DAY, begin)
    with refused("pause_too_long"):
        declare(begin, begin + 300 * DAY)
    with refused("pause_unexplained"):
        declare(begin, end, reason_zh="  ")
    with refused("pause_unexplained"):
        declare(begin, end, source="")
    with refused("pause_text_too_long"):
        declare(begin, end, reason_en="x" * 201)
    assert declare(begin, end).starts_at == DAY0  # today's part that has passed is not paused
