"""Refusals of the acts on meetings, topics, places, reports and actions."""

from datetime import timedelta
from typing import Any

from minben.kernel.actor import Role
from minben.meetings import actions
from minben.meetings.models import Meeting
from minben.meetings.rules import MeetingKind
from minben.meetings.rules.places import ParticipantKind
from minben.meetings.rules.results import ActionState
from tests.db.meetings.scenes import (
    HOUR,
    OPEN,
    WHEN,
    a_round,
    agreed,
    announced,
    draft,
    endorser,
    held,
    host,
    invited,
    named,
    nominated,
    officer,
    petition,
    planned,
    publish,
    register,
    reported,
    settings,
    vote,
)
from tests.db.refused import admin, answered, citizen
from tests.factories import DAY, actor, file_one, make_agency, make_person, make_staff

PUBLIC = ParticipantKind.PUBLIC


def stranger() -> Any:
    return make_staff(Role.LEAD, make_agency("交通部", "motc"))


@answered(403, basis=True)
def not_host_agency() -> None:
    actions.announce(meeting_id=planned().pk, by=stranger(), at=OPEN)


@answered(422, field="title")
def meeting_text() -> None:
    planned(title="短")


@answered(409)
def meeting_list_full() -> None:
    by = host()
    meeting = planned(by)
    for n in range(31):
        actions.add_task(meeting_id=meeting.pk, text=f"事項{n}", who="", days=1, by=by, at=OPEN)


@answered(422, field="agency")
def host_unknown() -> None:
    actions.open_meeting(
        case_id=petition().case_id,
        agency_id=make_agency("臺北市民政局", "tp-civil", "taipei").pk,
        kind=MeetingKind.WORKSHOP,
        settings=settings(),
        by=admin(),
        at=OPEN,
    )


@answered(409, field="kind", basis=True)
def second_needs_vote() -> None:
    proposal = petition()
    planned(proposal=proposal)
    planned(proposal=proposal)


@answered(422, field="starts_at")
def meeting_times() -> None:
    planned(ends_at=WHEN)


@answered(422, field="starts_at")
def meeting_past() -> None:
    planned(starts_at=OPEN, ends_at=OPEN + HOUR)


@answered(422, field="live_url")
def meeting_url() -> None:
    planned(live_url="http://live.example.org/")


@answered(422, field="capacity")
def meeting_capacity() -> None:
    planned(capacity=61)


@answered(422, field="public_places")
def meeting_public() -> None:
    planned(capacity=20, public_places=21)


@answered(409, basis=True)
def meeting_course() -> None:
    by = host()
    actions.mark_held(meeting_id=planned(by).pk, by=by, at=WHEN)


@answered(409, basis=True)
def meeting_over() -> None:
    by = host()
    actions.change_meeting(meeting_id=announced(by).pk, settings=settings(), by=by, at=WHEN)


@answered(422, field="place", basis=True)
def meeting_incomplete() -> None:
    by = host()
    actions.announce(meeting_id=planned(by, place="").pk, by=by, at=OPEN)


@answered(422, field="capacity")
def capacity_below_seated() -> None:
    by = host()
    meeting = planned(by)
    for _ in range(9):
        named(meeting, by)
    actions.change_meeting(meeting_id=meeting.pk, settings=settings(capacity=8), by=by, at=OPEN)


def item(by: Any = None, meeting: Meeting | None = None, starts: int = 0, ends: int = 1) -> None:
    by = by or host()
    actions.add_agenda_item(
        meeting_id=(meeting or planned(by)).pk,
        starts_at=WHEN + starts * HOUR,
        ends_at=WHEN + ends * HOUR,
        title="引言",
        who="",
        by=by,
        at=OPEN,
    )


@answered(422, field="starts_at")
def agenda_outside_new_time() -> None:
    by = host()
    meeting = planned(by)
    item(by, meeting, 4, 5)
    actions.change_meeting(
        meeting_id=meeting.pk, settings=settings(ends_at=WHEN + HOUR), by=by, at=OPEN
    )


@answered(422, field="starts")
def agenda_without_time() -> None:
    by = host()
    item(by, planned(by, starts_at=None, ends_at=None))


@answered(422, field="starts")
def agenda_backwards() -> None:
    item(starts=2, ends=2)


@answered(422, field="starts")
def agenda_outside() -> None:
    item(starts=4, ends=6)


@answered(422, field="starts")
def agenda_overlap() -> None:
    by = host()
    meeting = planned(by)
    item(by, meeting, 0, 2)
    item(by, meeting, 1, 3)


@answered(422, field="days")
def task_days() -> None:
    by = host()
    actions.add_task(meeting_id=planned(by).pk, text="製作手板", who="", days=181, by=by, at=OPEN)


@answered(409, basis=True)
def case_not_public() -> None:
    by = host()
    meeting = planned(by, proposal=file_one(agencies=(make_agency(),)))
    actions.announce(meeting_id=meeting.pk, by=by, at=OPEN)


@answered(409, basis=True)
def meeting_not_begun() -> None:
    by = host()
    actions.mark_held(meeting_id=announced(by).pk, by=by, at=WHEN - timedelta(seconds=1))


@answered(403, basis=True)
def not_participation_officer() -> None:
    by = officer()
    held_round = a_round(by)
    topic = nominated(held_round, by)
    vote(held_round, host(), topic, agency_id=make_agency().pk)


@answered(422, field="votes_from")
def round_times() -> None:
    a_round(votes_from=OPEN)


@answered(422, field="votes_each", basis=True)
def round_numbers() -> None:
    a_round(votes_each=6)


@answered(409)
def round_open_already() -> None:
    a_round()
    a_round()


@answered(409, basis=True)
def nominations_closed() -> None:
    by = officer()
    nominated(a_round(by), by, at=OPEN + 7 * DAY)


@answered(422, field="case")
def nominee_unknown() -> None:
    by = officer()
    nominated(a_round(by), by, case_id=file_one().case_id)


@answered(422, field="case")
def nominated_already() -> None:
    by, proposal = officer(), petition()
    held_round = a_round(by)
    nominated(held_round, by, case_id=proposal.case_id)
    nominated(held_round, officer("motc", "交通部"), case_id=proposal.case_id)


@answered(409, basis=True)
def voted_already() -> None:
    by = officer()
    held_round = a_round(by)
    topic = nominated(held_round, by)
    vote(held_round, by, topic)
    vote(held_round, by, topic)


def ballot(*, n: int = 1, at: Any = None) -> None:
    by = officer()
    held_round = a_round(by)
    topics = [nominated(held_round, by) for _ in range(n)]
    vote(held_round, by, *topics, at=at or OPEN + 8 * DAY)


@answered(409, basis=True)
def voting_not_open() -> None:
    ballot(at=OPEN + 7 * DAY - timedelta(seconds=1))


@answered(409, basis=True)
def round_closed() -> None:
    ballot(at=OPEN + 14 * DAY)


@answered(422, field="topics", basis=True)
def ballot_empty() -> None:
    ballot(n=0)


@answered(422, field="topics", basis=True)
def ballot_unknown_topic() -> None:
    by = officer()
    held_round = a_round(by)
    topic = nominated(held_round, by)
    vote(held_round, by, topic, topic)


@answered(422, field="topics", basis=True)
def ballot_too_many() -> None:
    ballot(n=3)


@answered(409, basis=True)
def registration_closed() -> None:
    register(announced(public_places=5), citizen(), PUBLIC, at=WHEN)


@answered(409)
def invited_already() -> None:
    by = host()
    actions.invite_endorsers(meeting_id=invited(by).pk, by=by, at=OPEN)


@answered(409)
def nobody_to_invite() -> None:
    from minben.casework import actions as casework

    by = host()
    case = casework.open_agency_case(
        agency_id=make_agency().pk, jurisdiction_code="ey", subject="報稅軟體", by=by, at=OPEN
    )
    meeting = actions.open_meeting(
        case_id=case.pk,
        agency_id=make_agency().pk,
        kind=MeetingKind.WORKSHOP,
        settings=settings(),
        by=by,
        at=OPEN,
    )
    actions.announce(meeting_id=meeting.pk, by=by, at=OPEN)
    actions.invite_endorsers(meeting_id=meeting.pk, by=by, at=OPEN)


@answered(403)
def meeting_not_verified() -> None:
    register(announced(public_places=5), citizen(verified=False), PUBLIC)


@answered(409)
def registered_already() -> None:
    meeting, by = announced(public_places=5), citizen()
    register(meeting, by, PUBLIC)
    register(meeting, by, PUBLIC)


@answered(403, basis=True)
def meeting_not_petitioner() -> None:
    register(announced(), citizen(), ParticipantKind.PETITIONER)


@answered(409, basis=True)
def endorsers_not_invited() -> None:
    meeting = announced()
    register(meeting, endorser(meeting))


@answered(403, basis=True)
def not_endorsed() -> None:
    register(invited(), citizen())


@answered(409)
def no_public_places() -> None:
    register(announced(), citizen(), PUBLIC)


@answered(422, basis=True)
def registration_kind() -> None:
    register(announced(), citizen(), ParticipantKind.OFFICIAL)


@answered(409)
def place_gone() -> None:
    meeting, by = announced(public_places=5), citizen()
    row = register(meeting, by, PUBLIC)
    actions.give_up(registration_id=row.pk, by=citizen(), at=OPEN)


@answered(403, field="agency", basis=True)
def meeting_not_of_agency() -> None:
    named(announced(), stranger())


@answered(422, field="agency", basis=True)
def stakeholders_full() -> None:
    by = host()
    meeting = announced(by)
    for _ in range(6):
        named(meeting, by, ParticipantKind.STAKEHOLDER)


@answered(409, field="name", basis=True)
def meeting_full() -> None:
    by = host()
    meeting = announced(by, capacity=8)
    for _ in range(3):
        named(meeting, by)


@answered(409, basis=True)
def suggestions_full() -> None:
    proposer = make_person()
    meeting = announced(proposal=petition(proposer))
    for _ in range(6):
        actions.suggest(
            meeting_id=meeting.pk, name="專家", organisation="", by=actor(proposer), at=OPEN
        )


@answered(409, basis=True)
def groups_closed() -> None:
    by = host()
    actions.make_groups(meeting_id=held(by).pk, by=by, at=WHEN)


@answered(409)
def nobody_seated() -> None:
    by = host()
    actions.make_groups(meeting_id=planned(by).pk, by=by, at=OPEN)


@answered(422, field="table")
def table_unknown() -> None:
    by = host()
    row = named(planned(by), by)
    actions.move_to_table(registration_id=row.pk, table=13, host=False, by=by, at=OPEN)


@answered(409, basis=True)
def attendance_closed() -> None:
    by = host()
    meeting = announced(by)
    row = named(meeting, by)
    actions.check_in(meeting_id=meeting.pk, present={row.pk: True}, by=by, at=OPEN)


@answered(409, basis=True)
def report_too_early() -> None:
    by = host()
    draft(announced(by), by)


@answered(409)
def report_changed() -> None:
    by = host()
    meeting = held(by)
    draft(meeting, by)
    draft(meeting, by)


@answered(409)
def report_missing() -> None:
    by = host()
    publish(held(by), by, 0)


@answered(409, basis=True)
def action_too_early() -> None:
    by = host()
    agreed(announced(by), by)


@answered(422, field="due")
def action_due() -> None:
    by = host()
    agreed(held(by), by, due=(WHEN + DAY).date())


def ended(state: ActionState, by: Any = None) -> None:
    runs = host()
    action = agreed(reported(runs), runs, agency_id=make_agency("交通部", "motc").pk)
    for _ in range(2):
        actions.report_action(
            action_id=action.pk, state=state, text="三處均已完工", by=by or runs, at=WHEN + 2 * DAY
        )


@answered(409, basis=True)
def action_over() -> None:
    ended(ActionState.RELEASED)


@answered(403, field="state", basis=True)
def release_by_host() -> None:
    ended(ActionState.DROPPED, stranger())
