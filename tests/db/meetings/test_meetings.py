"""A meeting from its preparation to what came of it."""

import pytest

from minben.audit.models import Event
from minben.casework import actions as casework
from minben.config.jobs import tick
from minben.kernel.actor import Role
from minben.kernel.periods import end_of
from minben.kernel.refusal import Refusal
from minben.meetings import actions, queries
from minben.meetings.models import ActionUpdate
from minben.meetings.rules import MeetingKind, MeetingState
from minben.meetings.rules.results import ActionState
from minben.notify.models import Notice
from tests.db.meetings.scenes import (
    DAY,
    HOUR,
    OPEN,
    WHEN,
    agreed,
    announced,
    draft,
    held,
    host,
    petition,
    planned,
    publish,
    reported,
    settings,
)
from tests.factories import file_one, make_agency, make_person, make_staff

pytestmark = pytest.mark.django_db


def test_a_meeting_is_private_until_it_is_announced() -> None:
    by = host()
    meeting = planned(by)
    assert meeting.number == f"M2026-{meeting.pk:04d}"
    assert not meeting.is_public
    assert not queries.coming(OPEN)
    assert not Event.objects.filter(kind="meetings.announced").exists()
    meeting = actions.announce(meeting_id=meeting.pk, by=by, at=OPEN)
    assert meeting.is_public
    assert [one.pk for one in queries.coming(OPEN)] == [meeting.pk]
    assert not queries.coming(WHEN + 5 * HOUR)
    assert [one.pk for one in queries.past(WHEN + 5 * HOUR)] == [meeting.pk]
    told = Event.objects.get(kind="meetings.announced")
    assert told.case_id == meeting.case_id
    assert told.data["starts_at"] == WHEN.isoformat()


def test_one_that_was_called_off_before_it_was_announced_never_becomes_public() -> None:
    by = host()
    meeting = actions.cancel(meeting_id=planned(by).pk, reason="改以書面辦理", by=by, at=OPEN)
    assert not meeting.is_public
    assert not queries.past(WHEN)
    assert not Event.objects.filter(kind="meetings.cancelled").exists()
    shown = actions.cancel(meeting_id=announced(by).pk, reason="場地漏水停用", by=by, at=OPEN)
    assert [one.pk for one in queries.past(OPEN)] == [shown.pk]


def test_agencies_hold_meetings_about_their_own_cases_and_about_what_never_reached() -> None:
    agency = make_agency()
    by = make_staff(Role.PARTICIPATION, agency)
    case = casework.open_agency_case(
        agency_id=agency.pk, jurisdiction_code="ey", subject="報稅軟體改善", by=by, at=OPEN
    )
    meeting = actions.open_meeting(
        case_id=case.pk,
        agency_id=agency.pk,
        kind=MeetingKind.WORKSHOP,
        settings=settings(),
        by=by,
        at=OPEN,
    )
    assert actions.announce(meeting_id=meeting.pk, by=by, at=OPEN).is_public
    assert [one.pk for one in queries.meetings_of(case.pk)] == [meeting.pk]


def test_workshops_may_follow_each_other_and_collaboration_meetings_not_without_a_vote() -> None:
    by, proposal = host(), petition()
    planned(by, proposal=proposal)
    for _ in range(3):
        planned(by, proposal=proposal, kind=MeetingKind.WORKSHOP)
    with pytest.raises(Refusal, match="second_needs_vote"):
        planned(by, proposal=proposal)


def test_what_is_not_public_is_not_announced() -> None:
    by = host()
    meeting = planned(by, proposal=file_one(agencies=(make_agency(),)))
    with pytest.raises(Refusal, match="case_not_public"):
        actions.announce(meeting_id=meeting.pk, by=by, at=OPEN)


def test_who_may_run_a_meeting() -> None:
    meeting = planned()
    agency = make_agency()
    for role in (Role.OFFICER, Role.LEAD, Role.PARTICIPATION):
        assert queries.may_run(make_staff(role, agency), meeting)
    assert queries.may_run(make_staff(Role.ADMINISTRATOR), meeting)
    assert not queries.may_run(make_staff(Role.LEAD, make_agency("交通部", "motc")), meeting)
    assert not queries.may_run(make_staff(Role.CHECKER), meeting)
    assert list(queries.hosted(make_staff(Role.OFFICER, agency))) == [meeting]
    assert not queries.hosted(make_staff(Role.LEAD, make_agency("交通部", "motc")))


def test_the_checklist_is_there_from_the_beginning_and_knows_what_is_late() -> None:
    by = host()
    meeting = planned(by)
    lines = queries.tasks_of(meeting, WHEN - 20 * DAY)
    assert [line.task.code for line in lines][:3] == ["rules", "issue_sheet", "petitioner"]
    assert [line.late for line in lines][:4] == [True, True, True, False]
    done = actions.set_task_done(task_id=lines[0].task.pk, done=True, by=by, at=OPEN)
    assert (done.done_at, done.done_by) == (OPEN, by.id)
    again = actions.set_task_done(task_id=lines[0].task.pk, done=True, by=host(), at=OPEN + DAY)
    assert (again.done_at, again.done_by) == (OPEN, by.id)
    assert not queries.tasks_of(meeting, WHEN)[0].late
    undone = actions.set_task_done(task_id=lines[0].task.pk, done=False, by=by, at=OPEN)
    assert (undone.done_at, undone.done_by) == (None, "")
    added = actions.add_task(
        meeting_id=meeting.pk, text="製作手板", who="公關科", days=3, by=by, at=OPEN
    )
    assert added.pk in [line.task.pk for line in queries.tasks_of(meeting, OPEN)]


def test_the_agenda_stays_inside_the_meeting_also_when_the_meeting_moves() -> None:
    by = host()
    meeting = planned(by)
    item = actions.add_agenda_item(
        meeting_id=meeting.pk,
        starts_at=WHEN + 4 * HOUR,
        ends_at=WHEN + 5 * HOUR,
        title="分組討論",
        who="",
        by=by,
        at=OPEN,
    )
    shorter = settings(ends_at=WHEN + 4 * HOUR)
    with pytest.raises(Refusal, match="agenda_outside_new_time"):
        actions.change_meeting(meeting_id=meeting.pk, settings=shorter, by=by, at=OPEN)
    for _ in range(2):
        actions.remove_agenda_item(item_id=item.pk, by=by, at=OPEN)
    actions.change_meeting(meeting_id=meeting.pk, settings=shorter, by=by, at=OPEN)
    assert not queries.agenda_of(meeting)


def test_the_report_is_published_by_an_act_and_corrections_append() -> None:
    by = host()
    proposer = make_person()
    meeting = held(by, proposal=petition(proposer))
    draft(meeting, by)
    assert Event.objects.filter(kind="meetings.report_published").count() == 0
    publish(meeting, by, 1)
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.REPORTED
    assert Notice.objects.filter(
        kind="meetings.reported", recipient=f"person:{proposer.pk}"
    ).exists()
    draft(
        meeting,
        by,
        agreed="更正：先在兩處路口試辦，三個月後檢討成效如何。",
        correction="處數誤植為三處",
    )
    publish(meeting, by, 1)
    newest, first = queries.reports_of(meeting)
    assert (newest.version, newest.correction) == (2, "處數誤植為三處")
    assert "三處" in first.agreed
    assert Notice.objects.filter(kind="meetings.reported").count() == 1


def test_an_agreed_action_is_followed_until_the_host_releases_it() -> None:
    by = host()
    motc = make_agency("交通部", "motc")
    doer = make_staff(Role.OFFICER, motc)
    meeting = reported(by)
    due = (WHEN + 60 * DAY).date()
    action = agreed(meeting, by, agency_id=motc.pk, due=due)
    assert action.due_at == end_of(due)
    assert Notice.objects.filter(kind="meetings.action_agreed", recipient=doer.id).exists()
    assert [one.pk for one in queries.actions_for(doer)] == [action.pk]
    assert not queries.actions_for(by)
    later = end_of(due)
    actions.report_action(
        action_id=action.pk, state=ActionState.DOING, text="已完成設計", by=doer, at=later - DAY
    )
    with pytest.raises(Refusal, match="release_by_host"):
        actions.report_action(
            action_id=action.pk, state=ActionState.RELEASED, text="三處均已完工", by=doer, at=later
        )
    assert tick(later - HOUR)["meeting_actions_late"] == 0
    assert tick(later)["meeting_actions_late"] == 1
    assert tick(later + DAY)["meeting_actions_late"] == 0
    assert Notice.objects.filter(kind="meetings.action_late", recipient=doer.id).count() == 1
    assert [one.pk for one in queries.late_actions()] == [action.pk]
    done = actions.report_action(
        action_id=action.pk, state=ActionState.RELEASED, text="三處均已完工", by=by, at=later + DAY
    )
    assert done.ended_at == later + DAY
    assert not queries.late_actions()
    told = [(one.state, one.agency_id) for one in ActionUpdate.objects.order_by("pk")]
    assert told == [("doing", motc.pk), ("released", make_agency().pk)]
    with pytest.raises(Refusal, match="action_over"):
        actions.report_action(
            action_id=action.pk, state=ActionState.DOING, text="重新辦理", by=by, at=later + DAY
        )


def test_texts_people_typed_do_not_enter_the_ledger_in_plain() -> None:
    from tests.factories import count

    by = host()
    meeting = reported(by)
    agreed(meeting, by)
    count(WHEN + DAY)
    from minben.audit.registry import all_kinds

    plain = {kind.code: kind.ledger for kind in all_kinds() if kind.code.startswith("meetings.")}
    for code, names in plain.items():
        assert not {"title", "text", "reason", "name"} & set(names or ()), code
