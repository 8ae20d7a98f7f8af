"""The dates of a case where people look: the public page, the officer's screen, the inbox."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from minben.base import inbox
from minben.base.inbox import Waits
from minben.base.sections import Reader, Seen, sections_for
from minben.casework import actions as casework
from minben.casework.actions.reminding import remind_due
from minben.casework.models import Deadline
from minben.casework.rules import DeadlineKind, Outcome
from minben.casework.rules.reminding import instant_of
from minben.kernel.actor import ANONYMOUS, SYSTEM, Actor, Role
from minben.proposals import actions as proposals
from minben.proposals.models import Proposal
from tests.factories import DAY, file_one, make_agency, make_staff
from tests.web.conftest import SignedIn
from tests.web.desk.conftest import NOW, reach_one

pytestmark = pytest.mark.django_db
At = Callable[..., Any]
WHY = "須跨部會協商，並召開二次公聽會蒐集各界意見後再行回應。"


def duty(proposal: Proposal, kind: str) -> Deadline:
    return Deadline.objects.get(case_id=proposal.case_id, kind=kind)


def told(actor: Actor, at: Any) -> list[inbox.Item]:
    return list(inbox._sources["casework.clocks"](actor, at))


def test_everybody_reads_the_dates_of_a_case(client: Client, at_instant: At) -> None:
    proposal = reach_one(make_agency())
    casework.end_deadline(
        case_id=proposal.case_id,
        kind=DeadlineKind.HANDLING_PLAN,
        outcome=Outcome.MET,
        by=SYSTEM,
        at=NOW + 9 * DAY,
    )
    casework.end_deadline(
        case_id=proposal.case_id,
        kind=DeadlineKind.CONTACT,
        outcome=Outcome.CANCELLED,
        by=SYSTEM,
        at=NOW,
    )
    proposals.extend_response(
        proposal_id=proposal.pk,
        until=(NOW + 70 * DAY).date(),
        reason=WHY,
        by=make_staff(Role.OFFICER, make_agency()),
        at=NOW,
    )
    with at_instant(NOW + 10 * DAY):
        page = client.get(f"/en/cases/{proposal.case.number}/").content.decode()
        zh = client.get(f"/cases/{proposal.case.number}/").content.decode()
    for said in ("done 2 days late", "no longer due", "60 days left", "done in time", WHY):
        assert said in page, said
    assert "First due 2026-05-02; extended for a published reason:" in page
    assert f'href="/en/cases/{proposal.case.number}/duties.ics"' in page
    for said in ("處理規劃", "與提議者聯繫", "正式回應", "提議檢核", "逾期 2 天辦畢", "不再適用"):
        assert said in zh, said


def test_officers_see_when_their_agency_was_reminded(
    staff_client: Callable[..., SignedIn], at_instant: At
) -> None:
    agency = make_agency()
    proposal = reach_one(agency)
    Deadline.objects.exclude(case_id=proposal.case_id, kind="response").update(remind_at=None)
    answer = duty(proposal, "response")
    with at_instant(NOW):
        client = staff_client(Role.OFFICER, agency)
        path = f"/en/desk/cases/{proposal.case.number}/"
        assert "Reminders" not in client.get(path).content.decode()
    for mark in (30, 0, -1):
        remind_due(by=SYSTEM, at=instant_of(mark, answer.due_at))
    with at_instant(NOW):
        page = client.get(path).content.decode()
    for said in ("Reminders", "30 days before the last day", "on the last day", "1 person told"):
        assert said in page, said


@pytest.mark.parametrize("reader", list(Reader))
def test_a_section_asks_once(reader: Reader) -> None:
    proposal = reach_one(make_agency())
    Deadline.objects.exclude(case_id=proposal.case_id).update(remind_at=None)
    remind_due(by=SYSTEM, at=instant_of(1, duty(proposal, "handling_plan").due_at))
    seen = Seen(proposal.case_id, proposal.case.number, ANONYMOUS, NOW)
    from minben.base import sections

    section = sections._sections[reader, "clocks"]
    with CaptureQueriesContext(connection) as queries:
        assert section.load(seen) is not None
    assert len(queries) == 1
    assert "clocks" in [one.code for one, _ in sections_for(reader, seen)]


def test_of_a_case_without_dates_nothing_is_shown() -> None:
    case = casework.open_agency_case(
        agency_id=make_agency().pk,
        jurisdiction_code="ey",
        subject="機關自提的一件案子",
        by=SYSTEM,
        at=NOW,
    )
    seen = Seen(case.pk, case.number, ANONYMOUS, NOW)
    for reader in Reader:
        assert "clocks" not in [one.code for one, _ in sections_for(reader, seen)]


class TestInbox:
    def test_a_participation_officer_watches_what_is_due_within_a_week(self) -> None:
        mine, _ = reach_one(make_agency()), reach_one(make_agency("交通部", "motc"))
        watcher = make_staff(Role.PARTICIPATION, make_agency())
        plan = duty(mine, "handling_plan")
        assert told(watcher, NOW) == []
        [first] = told(watcher, NOW + DAY)  # the contact is due in ten days
        assert (first.case_id, first.waits, first.due_at) == (
            mine.case_id, Waits.OTHERS, plan.due_at
        )  # fmt: skip
        assert first.url.endswith(f"/desk/cases/{mine.case.number}/")
        assert "officers" in str(first.hindrance) or "承辦人" in str(first.hindrance)
        late = told(watcher, plan.due_at)
        assert [one.due_at for one in late] == sorted(one.due_at for one in late if one.due_at)
        assert len(late) == 2
        assert str(late[0].hindrance) != str(late[1].hindrance)

    def test_officers_find_the_same_duties_where_they_do_them(self) -> None:
        reach_one(make_agency())
        assert told(make_staff(Role.OFFICER, make_agency()), NOW) == []

    def test_it_asks_once_and_who_watches_nothing_not_at_all(self) -> None:
        for _ in range(3):
            reach_one(make_agency())
        watcher, officer = (
            make_staff(role, make_agency()) for role in (Role.PARTICIPATION, Role.OFFICER)
        )
        with CaptureQueriesContext(connection) as queries:
            assert len(told(watcher, NOW + DAY)) == 3
        assert len(queries) == 1
        with CaptureQueriesContext(connection) as queries:
            told(officer, NOW)
        assert len(queries) == 0


def test_a_proposal_that_waits_for_its_check_tells_the_public_nothing(
    client: Client, at_instant: At
) -> None:
    waiting = file_one()
    with at_instant(NOW):
        assert client.get(f"/cases/{waiting.case.number}/").status_code == 404
