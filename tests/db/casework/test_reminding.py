"""Reminders: who is told of what is due, when, and each mark of each date exactly once."""

import threading
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from minben.audit.models import Event
from minben.casework import actions as casework
from minben.casework.actions import reminding
from minben.casework.actions.reminding import remind_due
from minben.casework.models import Deadline, Reminder
from minben.casework.rules import DeadlineKind, Outcome
from minben.casework.rules.reminding import instant_of
from minben.config.jobs import tick
from minben.kernel.actor import SYSTEM, Actor, Role
from minben.kernel.periods import last_day
from minben.notify.actions import send_due
from minben.notify.models import Notice
from minben.people import actions as people
from minben.people.models import RoleGrant
from minben.people.rules import DelegationKind
from minben.proposals import actions as proposals
from minben.proposals.models import Proposal
from tests.db.casework.test_extending import MOST, WHY
from tests.db.casework.test_extending import reached_one as reached
from tests.factories import DAY, DAY0, make_agency, make_staff

pytestmark = pytest.mark.django_db
REACHED = DAY0 + timedelta(hours=49)
TICK = timedelta(microseconds=1)


def duty(proposal: Proposal, kind: str = "response") -> Deadline:
    return Deadline.objects.get(case_id=proposal.case_id, kind=kind)


def only(proposal: Proposal, kind: str) -> Deadline:
    """The duty of that kind, with all others out of the way."""
    Deadline.objects.filter(case_id=proposal.case_id).exclude(kind=kind).update(remind_at=None)
    return duty(proposal, kind)


def agency_case(n: int) -> Deadline:
    """A case the agency brought itself, with an answer due like the others."""
    case = casework.open_agency_case(
        agency_id=make_agency().pk,
        jurisdiction_code="ey",
        subject=f"第 {n} 件機關自提案",
        by=SYSTEM,
        at=DAY0,
    )
    return casework.start_deadline(
        case=case,
        kind=DeadlineKind.RESPONSE,
        term=case.rule_set.rules.response,
        starts_at=REACHED,
        by=SYSTEM,
        at=REACHED,
    )


def remind(at: datetime) -> int:
    return remind_due(by=SYSTEM, at=at)


def told(kind: str) -> set[str]:
    return set(Notice.objects.filter(kind=f"casework.{kind}").values_list("recipient", flat=True))


def marks(row: Deadline) -> list[int]:
    return list(row.reminders.values_list("mark", flat=True))


def test_reaching_starts_plan_contact_and_answer_for_the_lead() -> None:
    proposal = reached()
    rows = {
        row.kind: row
        for row in Deadline.objects.filter(case_id=proposal.case_id, agency=make_agency())
    }
    assert set(rows) == {"response", "handling_plan", "contact"}
    days = {kind: last_day(row.due_at).isoformat() for kind, row in rows.items()}
    assert days == {
        "handling_plan": "2026-03-11",
        "contact": "2026-03-14",
        "response": "2026-05-04",
    }
    assert all(row.basis for row in rows.values())
    events = Event.objects.filter(kind="casework.deadline_started", case_id=proposal.case_id)
    assert {event.data["kind"] for event in events} >= set(rows)


def test_who_leads_instead_owes_all_of_it() -> None:
    proposal, other = reached(), make_agency("交通部", "motc")
    casework.assign_agencies(case=proposal.case, agency_ids=[other.pk], by=SYSTEM, at=REACHED)
    owed = Deadline.objects.filter(case_id=proposal.case_id, agency=other)
    assert set(owed.values_list("kind", flat=True)) == {"response", "handling_plan", "contact"}


def test_a_plan_that_was_published_is_done_and_asked_for_no_more() -> None:
    proposal = reached()
    kind = DeadlineKind.HANDLING_PLAN
    given = {"case_id": proposal.case_id, "kind": kind, "outcome": Outcome.MET, "by": SYSTEM}
    assert casework.end_deadline(**given, at=REACHED + DAY)  # type: ignore[arg-type]
    assert not casework.end_deadline(**given, at=REACHED + 2 * DAY)  # type: ignore[arg-type]
    row = duty(proposal, kind)
    assert (row.outcome, row.missed_at) == ("met", None)
    only(proposal, kind)
    assert remind(row.due_at + 30 * DAY) == 0


def test_a_return_follows_a_return_in_six_months() -> None:
    proposal = reached()
    for at in (REACHED + 40 * DAY, REACHED + 230 * DAY):
        casework.end_deadline(
            case_id=proposal.case_id,
            kind=DeadlineKind.STUDY_RETURN,
            outcome=Outcome.MET,
            by=SYSTEM,
            at=at,
        )
        casework.start_deadline(
            case=proposal.case, kind=DeadlineKind.STUDY_RETURN, starts_at=at, by=SYSTEM, at=at
        )
    rows = Deadline.objects.filter(case_id=proposal.case_id, kind="study_return").order_by("pk")
    assert [last_day(row.due_at).isoformat() for row in rows] == ["2026-10-13", "2027-04-20"]
    assert [row.outcome for row in rows] == ["met", "open"]
    assert rows[0].missed_at == rows[0].due_at  # the report came a week after its day


class TestMarks:
    def test_each_fires_at_its_instant_and_not_before(self) -> None:
        row = only(reached(), "response")
        for mark in (30, 14, 7, 1, 0, -1, -8, -15):
            at = instant_of(mark, row.due_at)
            assert remind(at - TICK) == 0
            assert remind(at) == 1
            assert remind(at) == 0
            assert remind(at + timedelta(hours=1)) == 0
        assert marks(row) == [30, 14, 7, 1, 0, -1, -8, -15]

    def test_a_late_tick_fires_the_newest_only(self) -> None:
        row = only(reached(), "response")
        assert remind(instant_of(-8, row.due_at) + 2 * DAY) == 1
        assert marks(row) == [-8]
        assert remind(instant_of(-15, row.due_at)) == 1

    def test_a_short_duty_has_no_mark_from_before_it_began(self) -> None:
        row = only(reached(), "handling_plan")
        assert remind(row.starts_at + 2 * DAY) == 0
        assert remind(instant_of(1, row.due_at)) == 1
        assert marks(row) == [1]

    def test_a_moved_date_counts_anew(self) -> None:
        proposal = reached()
        row = only(proposal, "response")
        before = row.due_at
        assert remind(instant_of(1, before)) == 1
        proposals.extend_response(
            proposal_id=proposal.pk,
            until=MOST,
            reason=WHY,
            by=make_staff(Role.OFFICER, make_agency()),
            at=before - TICK,
        )
        row.refresh_from_db()
        assert remind(before + DAY) == 0  # the old date is nobody's any more
        assert remind(instant_of(30, row.due_at)) == 1
        assert remind(instant_of(1, row.due_at)) == 1
        assert [(one.mark, one.due_at) for one in row.reminders.all()] == [
            (1, before), (30, row.due_at), (1, row.due_at)
        ]  # fmt: skip

    def test_one_extended_on_its_last_day_is_not_told_of_marks_that_went_by(self) -> None:
        proposal = reached()
        row = only(proposal, "response")
        at = instant_of(0, row.due_at)
        assert remind(at) == 1
        proposals.extend_response(
            proposal_id=proposal.pk,
            until=last_day(row.due_at) + timedelta(days=10),
            reason=WHY,
            by=make_staff(Role.OFFICER, make_agency()),
            at=at + TICK,
        )
        assert remind(at + timedelta(hours=1)) == 0
        row.refresh_from_db()
        assert row.remind_at == instant_of(7, row.due_at)

    def test_what_ended_or_has_no_agency_yet_waits(self) -> None:
        proposal = reached()
        row = only(proposal, "response")
        casework.assign_agencies(case=proposal.case, agency_ids=[], by=SYSTEM, at=REACHED)
        assert remind(instant_of(14, row.due_at)) == 0
        casework.assign_agencies(
            case=proposal.case, agency_ids=[make_agency().pk], by=SYSTEM, at=REACHED
        )
        assert remind(instant_of(14, row.due_at) + TICK) == 1
        assert marks(row) == [14]

    def test_a_duty_of_the_platform_itself_and_a_window_have_none(self) -> None:
        proposal = reached()
        kinds = Deadline.objects.filter(case_id=proposal.case_id, remind_at__isnull=False)
        assert set(kinds.values_list("kind", flat=True)) == {"response", "handling_plan", "contact"}

    def test_the_database_knows_each_mark_once(self) -> None:
        row = only(reached(), "response")
        remind(instant_of(30, row.due_at))
        [fired] = row.reminders.all()
        twin = Reminder(deadline=row, mark=30, due_at=row.due_at, fired_at=DAY0, told=0)
        with pytest.raises(IntegrityError), transaction.atomic():
            twin.save()
        fired.mark = 31
        with pytest.raises(IntegrityError), transaction.atomic():
            fired.save()


class TestLetters:
    def staff(self) -> dict[str, Actor]:
        agency = make_agency()
        return {
            role.value: make_staff(role, agency)
            for role in (Role.OFFICER, Role.LEAD, Role.PARTICIPATION)
        } | {"elsewhere": make_staff(Role.OFFICER, make_agency("交通部", "motc"))}

    def test_officers_first_then_the_lead_then_the_participation_officer(self) -> None:
        row, staff = only(reached(), "response"), self.staff()
        remind(instant_of(30, row.due_at))
        assert told("due_ahead") == {staff["officer"].id}
        Notice.objects.all().delete()
        remind(instant_of(7, row.due_at))
        assert told("due_ahead") == {staff["officer"].id, staff["lead"].id}
        remind(instant_of(0, row.due_at))
        assert told("due_today") == {staff["officer"].id, staff["lead"].id}
        remind(instant_of(-1, row.due_at))
        assert told("overdue") == {staff[who].id for who in ("officer", "lead", "participation")}
        assert row.reminders.get(mark=-1).told == 3

    def test_deputies_are_told_too_and_nobody_twice(self) -> None:
        row, staff = only(reached(), "response"), self.staff()
        deputy = make_staff(Role.LEAD, make_agency())
        grant = people_grant(staff["officer"])
        first = instant_of(30, row.due_at)
        people.delegate_role(
            grant_id=grant,
            delegate_id=deputy.person_id or 0,
            kind=DelegationKind.LEAVE,
            since=first,
            until=first + 30 * DAY,
            by=staff["officer"],
            at=first - 3 * DAY,
        )
        remind(first + 2 * DAY)
        assert told("due_ahead") == {staff["officer"].id, deputy.id}
        assert Notice.objects.filter(kind="casework.due_ahead").count() == 2

    def test_an_agency_without_officers_is_told_through_its_lead(self) -> None:
        row = only(reached(), "response")
        lead = make_staff(Role.LEAD, make_agency())
        remind(instant_of(30, row.due_at))
        assert told("due_ahead") == {lead.id}

    def test_nobody_there_fires_all_the_same(self) -> None:
        row = only(reached(), "response")
        assert remind(instant_of(30, row.due_at)) == 1
        assert row.reminders.get().told == 0

    @pytest.mark.parametrize("done", [True, False])
    def test_what_was_done_meanwhile_is_not_told(self, done: bool) -> None:
        proposal = reached()
        row = only(proposal, "contact")
        make_staff(Role.OFFICER, make_agency())
        at = instant_of(1, row.due_at)
        remind(at)
        Notice.objects.exclude(kind="casework.due_ahead").delete()
        if done:
            casework.end_deadline(
                case_id=proposal.case_id,
                kind=DeadlineKind.CONTACT,
                outcome=Outcome.MET,
                by=SYSTEM,
                at=at,
            )
        assert send_due(by=SYSTEM, at=at) == (0 if done else 1)


class TestTogether:
    def test_one_letter_lists_all_an_agency_owes_the_most_pressing_first(self) -> None:
        proposal = reached()
        plan, contact = duty(proposal, "handling_plan"), duty(proposal, "contact")
        lead = make_staff(Role.LEAD, make_agency())
        late = instant_of(-1, plan.due_at)  # and the contact has two days left
        Deadline.objects.filter(pk=contact.pk).update(remind_at=contact.starts_at)
        assert remind(late) == 2
        [letter] = Notice.objects.filter(kind="casework.overdue")
        assert letter.recipient == lead.id
        assert letter.context["subject"].endswith(" (+1)")
        assert [one["deadline"] for one in letter.context["items"]] == [plan.pk, contact.pk]

    def test_a_hundred_and_more_make_several_letters(self) -> None:
        rows = [agency_case(n) for n in range(3)]
        make_staff(Role.OFFICER, make_agency())
        at = instant_of(30, rows[0].due_at)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(reminding, "IN_A_LETTER", 2)
            assert remind(at) == 3
        letters = Notice.objects.filter(kind="casework.due_ahead")
        assert sorted(len(letter.context["items"]) for letter in letters) == [1, 2]

    def test_a_broken_row_stops_no_other(self, monkeypatch: pytest.MonkeyPatch) -> None:
        rows = [agency_case(n) for n in range(2)]
        item = reminding._item

        def breaks(row: Deadline, *rest: object) -> object:
            if row.pk == rows[1].pk:
                raise ValueError("broken")
            return item(row, *rest)  # type: ignore[arg-type]

        make_staff(Role.OFFICER, make_agency())
        monkeypatch.setattr(reminding, "_item", breaks)
        assert remind(instant_of(30, rows[0].due_at)) == 1
        assert [one.deadline_id for one in Reminder.objects.all()] == [rows[0].pk]

    def test_the_tick_says_how_many(self) -> None:
        row = duty(reached())
        assert tick(instant_of(30, row.due_at))["reminders"] == 3

    def test_queries_do_not_grow_with_what_is_due(self) -> None:
        spent = []
        for count in (1, 6):
            rows = [agency_case(n) for n in range(count)]
            with CaptureQueriesContext(connection) as queries:
                assert remind(instant_of(30, rows[0].due_at)) == count
            spent.append(len(queries))
            Deadline.objects.update(remind_at=None)
        assert spent[0] == spent[1]  # nobody holds a role: no letters, which are one insert each


def people_grant(who: Actor) -> int:
    return RoleGrant.objects.get(user_id=who.person_id).pk


@pytest.mark.django_db(transaction=True)
def test_eight_ticks_at_once_fire_each_mark_once() -> None:
    rows = [agency_case(n) for n in range(12)]
    make_staff(Role.OFFICER, make_agency())
    at = instant_of(30, rows[0].due_at)
    start = threading.Barrier(8)
    done: list[int] = []

    def work() -> None:
        start.wait()
        try:
            done.append(remind(at))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    done.append(remind(at))  # rows another one held are passed over
    assert sum(done) == 12
    assert sorted(Reminder.objects.values_list("deadline_id", flat=True)) == [r.pk for r in rows]
    letters = Notice.objects.filter(kind="casework.due_ahead")
    listed = [one["deadline"] for letter in letters for one in letter.context["items"]]
    assert sorted(listed) == [row.pk for row in rows]
