"""Places: five endorsers in order, five stakeholders an agency, never more than there are."""

from datetime import timedelta

import pytest

from minben.audit.models import Event
from minben.base.erasing import Erasing, erasers
from minben.config.jobs import tick
from minben.kernel.actor import SYSTEM, Actor, Role
from minben.kernel.refusal import Refusal
from minben.meetings import actions, personal, queries
from minben.meetings.models import Registration
from minben.meetings.rules.places import ParticipantKind, PlaceState, WhyNot
from minben.notify.models import Mailing, Notice
from tests.db.meetings.scenes import (
    DAY,
    HOUR,
    OPEN,
    WHEN,
    announced,
    endorser,
    held,
    host,
    invited,
    named,
    petition,
    planned,
    register,
    settings,
)
from tests.factories import actor, make_agency, make_person, make_staff

pytestmark = pytest.mark.django_db
PUBLIC = ParticipantKind.PUBLIC


def letters(by: Actor) -> list[str]:
    rows = Notice.objects.filter(recipient=by.id, kind__startswith="meetings.")
    return list(rows.order_by("pk").values_list("kind", flat=True))


def test_the_first_five_endorsers_have_places_and_the_others_wait_in_order() -> None:
    meeting = invited()
    people = [endorser(meeting) for _ in range(7)]
    rows = [register(meeting, by) for by in people]
    assert [row.quota for row in rows] == [1, 2, 3, 4, 5, None, None]
    assert [row.queue for row in rows] == [None] * 5 + [1, 2]
    assert letters(people[0]) == ["meetings.seated"]
    assert letters(people[6]) == ["meetings.waiting"]
    assert queries.is_taking_part(meeting.pk, people[4].person_id)
    assert not queries.is_taking_part(meeting.pk, people[5].person_id)
    assert not queries.is_taking_part(meeting.pk, None)


def test_a_place_given_up_goes_to_whoever_waits_first() -> None:
    meeting = invited()
    people = [endorser(meeting) for _ in range(7)]
    rows = [register(meeting, by) for by in people]
    actions.give_up(registration_id=rows[2].pk, by=people[2], at=OPEN + DAY)
    rows[5].refresh_from_db()
    rows[6].refresh_from_db()
    assert (rows[5].state, rows[5].quota, rows[5].queue) == ("seated", 3, None)
    assert rows[6].state == "waiting"
    assert letters(people[5]) == ["meetings.waiting", "meetings.moved_up"]
    again = register(meeting, people[2], at=OPEN + DAY)
    assert again.state == "waiting"
    assert again.queue == 3  # behind whoever waits


def test_only_the_letter_opens_registration_for_endorsers() -> None:
    by = host()
    meeting = announced(by)
    early = endorser(meeting)
    with pytest.raises(Refusal, match="endorsers_not_invited"):
        register(meeting, early)
    actions.invite_endorsers(meeting_id=meeting.pk, by=by, at=OPEN)
    mailing = Mailing.objects.get(kind="meetings.endorsers_invited")
    assert mailing.audience == "proposals.endorsers"
    assert mailing.case_id == meeting.case_id
    assert register(meeting, early).state == "seated"


def test_who_did_not_endorse_or_whose_endorsement_does_not_count_has_no_such_place() -> None:
    from minben.proposals.models import Endorsement

    meeting = invited()
    with pytest.raises(Refusal, match="not_endorsed"):
        register(meeting, actor(make_person()))
    struck = endorser(meeting)
    Endorsement.objects.filter(person=struck.person_id).update(invalidated_at=OPEN)
    with pytest.raises(Refusal, match="not_endorsed"):
        register(meeting, struck)


def test_the_proposer_has_a_place_of_their_own() -> None:
    proposer = make_person()
    meeting = announced(proposal=petition(proposer))
    row = register(meeting, actor(proposer), ParticipantKind.PETITIONER)
    assert row.state == "seated"
    assert letters(actor(proposer)) == ["meetings.announced", "meetings.seated"]


def test_the_public_comes_as_far_as_there_are_places_and_is_seated_when_there_are_more() -> None:
    by = host()
    meeting = announced(by, public_places=1)
    one, two = actor(make_person()), actor(make_person())
    assert register(meeting, one, PUBLIC).state == "seated"
    waits = register(meeting, two, PUBLIC)
    assert waits.state == "waiting"
    actions.change_meeting(
        meeting_id=meeting.pk, settings=settings(public_places=2), by=by, at=OPEN
    )
    waits.refresh_from_db()
    assert waits.state == "seated"
    assert letters(two) == ["meetings.waiting", "meetings.moved_up"]


def test_an_agency_names_five_stakeholders_and_the_room_is_never_overfilled() -> None:
    by = host()
    meeting = planned(by, capacity=12)
    motc = make_agency("交通部", "motc")
    other = make_staff(Role.OFFICER, motc)
    for _ in range(5):
        assert named(meeting, by, ParticipantKind.STAKEHOLDER).state == "seated"
    with pytest.raises(Refusal, match="stakeholders_full"):
        named(meeting, by, ParticipantKind.STAKEHOLDER)
    assert named(meeting, other, ParticipantKind.STAKEHOLDER, motc).quota == 1
    with pytest.raises(Refusal, match="meeting_full"):  # six are kept for the citizens
        named(meeting, other, ParticipantKind.OFFICIAL, motc)
    assert queries.numbers_of(meeting).seated == 6


def test_a_stakeholder_who_declines_leaves_a_reason_that_is_counted_in_public() -> None:
    by = host()
    meeting = announced(by)
    row = named(meeting, by, ParticipantKind.STAKEHOLDER)
    actions.not_coming(
        registration_id=row.pk, reason=WhyNot.UNAVAILABLE, note="出國", by=by, at=OPEN
    )
    numbers = queries.numbers_of(meeting)
    assert numbers.seated == 0
    assert numbers.reasons == {"unavailable": 1}
    told = Event.objects.get(kind="meetings.place_declined")
    assert "出國" not in str(told.data)


def test_the_proposer_suggests_and_the_host_says_why_not() -> None:
    proposer, by = make_person(), host()
    meeting = announced(by, proposal=petition(proposer))
    given = [
        actions.suggest(
            meeting_id=meeting.pk, name="李醫師", organisation="協會", by=actor(proposer), at=OPEN
        )
        for _ in range(2)
    ]
    taken = actions.accept_suggestion(
        registration_id=given[0].pk, agency_id=make_agency().pk, by=by, at=OPEN
    )
    assert (taken.state, taken.quota) == ("seated", 1)
    refused = actions.not_coming(
        registration_id=given[1].pk, reason=WhyNot.REPRESENTED, note="", by=by, at=OPEN
    )
    assert refused.state == PlaceState.REFUSED
    assert queries.numbers_of(meeting).reasons == {"represented": 1}


def test_who_registered_decides_alone_whether_to_come() -> None:
    by = host()
    meeting = announced(by, public_places=5)
    row = register(meeting, actor(make_person()), PUBLIC)
    with pytest.raises(Refusal, match="place_gone"):
        actions.not_coming(registration_id=row.pk, reason=WhyNot.OTHER, note="", by=by, at=OPEN)


def test_everybody_is_told_of_another_time_and_when_it_is_called_off() -> None:
    by = host()
    meeting = announced(by, public_places=1)
    seated, waiting = actor(make_person()), actor(make_person())
    register(meeting, seated, PUBLIC)
    register(meeting, waiting, PUBLIC)
    later = settings(starts_at=WHEN + DAY, ends_at=WHEN + DAY + HOUR, public_places=1)
    actions.change_meeting(meeting_id=meeting.pk, settings=later, by=by, at=OPEN)
    again = settings(starts_at=WHEN, ends_at=WHEN + HOUR, public_places=1)
    actions.change_meeting(
        meeting_id=meeting.pk, settings=again, by=by, at=OPEN + timedelta(minutes=1)
    )
    actions.cancel(meeting_id=meeting.pk, reason="場地漏水停用", by=by, at=OPEN + DAY)
    tail = ["meetings.moved", "meetings.moved", "meetings.cancelled"]
    assert letters(seated) == ["meetings.seated", *tail]
    assert letters(waiting) == ["meetings.waiting", *tail]


def test_registration_ends_when_the_meeting_begins() -> None:
    meeting = announced(public_places=5)
    with pytest.raises(Refusal, match="registration_closed"):
        register(meeting, actor(make_person()), PUBLIC, at=WHEN)
    assert register(meeting, actor(make_person()), PUBLIC, at=WHEN - timedelta(seconds=1))


def test_groups_hosts_and_who_came() -> None:
    by = host()
    meeting = announced(by, public_places=30)
    rows = [named(meeting, by) for _ in range(4)]
    rows += [register(meeting, actor(make_person()), PUBLIC) for _ in range(8)]
    assert actions.make_groups(meeting_id=meeting.pk, by=by, at=OPEN) == 2
    host_row = actions.move_to_table(registration_id=rows[0].pk, table=2, host=True, by=by, at=OPEN)
    other = actions.move_to_table(registration_id=rows[1].pk, table=2, host=True, by=by, at=OPEN)
    host_row.refresh_from_db()
    assert not host_row.is_host  # one host a table
    assert other.is_host
    assert queries.numbers_of(meeting).tables == 2
    came = {rows[0].pk: True, rows[1].pk: False, rows[2].pk: True}
    assert actions.check_in(meeting_id=meeting.pk, present=came, by=by, at=WHEN) == 2
    assert actions.check_in(meeting_id=meeting.pk, present={rows[0].pk: None}, by=by, at=WHEN) == 1
    assert queries.numbers_of(meeting).present == 1
    actions.make_groups(meeting_id=meeting.pk, by=by, at=OPEN)
    assert not Registration.objects.filter(is_host=True).exists()


def test_an_erased_person_leaves_a_place_free_and_no_name() -> None:
    by = host()
    meeting = announced(by, public_places=1)
    gone, waits = make_person(), make_person()
    row = register(meeting, actor(gone), PUBLIC)
    next_row = register(meeting, actor(waits), PUBLIC)
    [mine] = personal.held_about(gone.pk)["registrations"]
    assert (mine["meeting__number"], mine["name"], mine["state"]) == (
        meeting.number,
        "王小明",
        "seated",
    )
    eraser = next(one for one in erasers() if one.module == "meetings")
    for _ in range(2):
        eraser.erase(Erasing(gone.pk), SYSTEM, OPEN + DAY)
    row.refresh_from_db()
    next_row.refresh_from_db()
    assert (row.person_id, row.name, row.state) == (None, "", "cancelled")
    assert next_row.state == "seated"
    assert personal.held_about(gone.pk)["registrations"] == []


def test_who_came_stays_a_number_when_the_person_is_erased_afterwards() -> None:
    by = host()
    meeting = announced(by, public_places=1)
    person = make_person()
    row = register(meeting, actor(person), PUBLIC)
    actions.check_in(meeting_id=meeting.pk, present={row.pk: True}, by=by, at=WHEN)
    actions.mark_held(meeting_id=meeting.pk, by=by, at=WHEN)
    eraser = next(one for one in erasers() if one.module == "meetings")
    eraser.erase(Erasing(person.pk), SYSTEM, WHEN + DAY)
    row.refresh_from_db()
    assert (row.person_id, row.name) == (None, "")
    assert queries.numbers_of(meeting).present == 1


def test_a_meeting_that_was_held_takes_nobody_any_more() -> None:
    by = host()
    meeting = held(by)
    with pytest.raises(Refusal, match="registration_closed"):
        named(meeting, by, at=WHEN)


def test_names_are_deleted_half_a_year_after_the_meeting_and_numbers_stay() -> None:
    by = host()
    meeting = announced(by, public_places=5)
    register(meeting, actor(make_person()), PUBLIC)
    named(meeting, by, ParticipantKind.STAKEHOLDER, organisation="協會")
    ends = WHEN + 5 * HOUR
    assert tick(ends + 180 * DAY - HOUR)["meeting_names_deleted"] == 0
    assert tick(ends + 180 * DAY)["meeting_names_deleted"] == 2
    assert tick(ends + 181 * DAY)["meeting_names_deleted"] == 0
    told = meeting.registrations.values_list("name", "organisation", "person")
    assert set(told) == {("", "", None)}
    assert queries.numbers_of(meeting).seated == 2
