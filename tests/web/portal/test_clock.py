"""The clock wall: every duty once, in its place; figures with their n; nothing of what is hidden."""

import math
import random
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from minben.casework import actions as casework
from minben.casework.models import Case, Deadline
from minben.casework.queries import wall as walls
from minben.casework.queries.keeping import kept_by_agency
from minben.casework.queries.wall import State, duties_by_state, duties_in
from minben.casework.rules import DeadlineKind, Outcome
from minben.kernel.actor import SYSTEM, Role
from minben.people.models import Agency
from minben.proposals import actions as proposals
from minben.proposals.models import Proposal
from tests.factories import DAY, file_one, make_agency, make_staff
from tests.web.desk.conftest import NOW, draft_one, reach_one

pytestmark = pytest.mark.django_db
WHY = "須跨部會協商，並召開二次公聽會蒐集各界意見後再行回應。"
At = Callable[..., Any]


def many(count: int, agency: Agency, seed: int = 1) -> list[Deadline]:
    """Answers in all states, ended or not, with random days around now."""
    dice = random.Random(seed)
    first = file_one(agencies=(agency,)).case
    cases = Case.objects.bulk_create(
        Case(
            number=f"W{seed}-{n}",
            jurisdiction=first.jurisdiction,
            rule_set=first.rule_set,
            filed_at=NOW,
            lead=agency,
        )
        for n in range(count)
    )
    rows = []
    for case in cases:
        starts = NOW - dice.randint(0, 400) * DAY
        due = starts + 60 * DAY
        done = starts + dice.randint(0, 120) * DAY if dice.random() < 0.6 else None
        done = done if done and done <= NOW else None
        missed = due if (done or NOW) >= due else None
        rows.append(
            Deadline(
                case=case,
                kind="response",
                agency=agency,
                starts_at=starts,
                base_due_at=due,
                due_at=due,
                basis="依據",
                outcome="met" if done else "open",
                outcome_at=done,
                missed_at=missed,
            )
        )
    return Deadline.objects.bulk_create(rows)


def end_the_first_two(proposal: Proposal) -> None:
    """The plan is published and the proposer was spoken to."""
    for kind in (DeadlineKind.HANDLING_PLAN, DeadlineKind.CONTACT):
        casework.end_deadline(
            case_id=proposal.case_id, kind=kind, outcome=Outcome.MET, by=SYSTEM, at=NOW
        )


def wanted(row: Deadline) -> set[State]:
    """The states of a duty, told otherwise than by the query."""
    if row.outcome == "met":
        return {State.LATE if row.missed_at else State.EARLY}
    if row.due_at <= NOW:
        return {State.OVERDUE}
    return {State.OPEN} | ({State.SOON} if row.due_at - NOW <= timedelta(days=7) else set())


def test_every_duty_is_on_exactly_one_page_of_its_state(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walls, "PER_PAGE", 7)
    agency = make_agency()
    rows = many(90, agency)
    counts = duties_by_state(NOW, agency.code)
    for state in State:
        expected = {row.pk for row in rows if state in wanted(row)}
        seen: list[int] = []
        place = None
        for _ in range(40):
            page, place = duties_in(state, NOW, agency.code, place)
            seen += [row.pk for row in page]
            if place is None:
                break
        assert len(seen) == len(set(seen)), state
        assert set(seen) == expected, state
        assert counts[state] == len(expected), state
    assert counts[State.OVERDUE] > 7
    assert counts[State.LATE] > 7


def test_figures_are_those_of_a_plain_count() -> None:
    agencies = [make_agency(), make_agency("交通部", "motc")]
    told = {one.code: many(40 + n, one, seed=n + 2) for n, one in enumerate(agencies)}
    found = kept_by_agency(NOW)
    assert {one.agency.code for one in found} == set(told)
    for one in found:
        rows = told[one.agency.code]
        met = [row for row in rows if row.outcome_at]
        days = sorted((row.outcome_at - row.starts_at).days + 1 for row in met if row.outcome_at)
        assert one.n == len(met)
        assert one.median == days[math.ceil(0.5 * len(days)) - 1]
        assert one.p90 == days[math.ceil(0.9 * len(days)) - 1]
        assert one.overdue == sum(not row.outcome_at and row.due_at <= NOW for row in rows)
        assert one.on_time == sum(row.missed_at is None for row in met)
        assert one.decided == len(met) + one.overdue


def test_the_number_of_queries_does_not_grow_with_the_wall(client: Client, at_instant: At) -> None:
    agency = make_agency()
    spent = []
    with at_instant(NOW):
        for count in (10, 300):
            many(count, agency, seed=count)
            client.get("/en/clock/?state=open")  # what is kept is made anew for each address
            with CaptureQueriesContext(connection) as queries:
                assert client.get(f"/en/clock/?state=late&x={count}").status_code == 200
            spent.append(len(queries))
    assert spent[0] == spent[1] <= 8


def test_no_figure_of_an_agency_stands_without_its_n(client: Client, at_instant: At) -> None:
    many(30, make_agency())
    with at_instant(NOW):
        page = client.get("/en/clock/").content.decode()
    [body] = re.findall(r"<tbody>(.*?)</tbody>", page, re.S)
    for row in re.findall(r"<tr>(.*?)</tr>", body, re.S):
        cells = re.findall(r'<td class="num"[^>]*>(.*?)</td>', row)
        assert len(cells) == 6
        n, share = cells[0], cells[3]
        assert int(n) > 0
        assert re.fullmatch(r"\d+ / \d+", share)


def test_an_answer_that_nobody_gave_is_overdue_the_day_after(
    client: Client, at_instant: At
) -> None:
    proposal = reach_one(make_agency())
    due = proposal.response_due_at
    assert due is not None
    end_the_first_two(proposal)
    assert duties_by_state(due - timedelta(microseconds=1))[State.OVERDUE] == 0
    assert duties_by_state(due)[State.OVERDUE] == 1
    with at_instant(due - timedelta(seconds=1)):
        assert proposal.case.number not in client.get("/en/clock/").content.decode()
        soon = client.get("/en/clock/?state=soon").content.decode()
        assert proposal.subject in soon
        assert "0 days left" in soon
    with at_instant(due):
        overdue = client.get("/en/clock/").content.decode()
        assert proposal.case.number in overdue
        assert "1 day overdue" in overdue


def test_one_that_was_given_more_time_tells_why(client: Client, at_instant: At) -> None:
    agency = make_agency()
    proposal = reach_one(agency)
    proposals.extend_response(
        proposal_id=proposal.pk,
        until=(NOW + 70 * DAY).date(),
        reason=WHY,
        by=make_staff(Role.OFFICER, agency),
        at=NOW,
    )
    with at_instant(NOW):
        page = client.get("/en/clock/?state=extended").content.decode()
        assert WHY in page
        assert "First due 2026-05-02" in page
        [item] = client.get("/api/v1/clock?state=extended").json()["items"]
    assert (item["first_due"], item["reason"]) == ("2026-05-02", WHY)


def test_one_that_was_answered_is_done_in_time(client: Client, at_instant: At) -> None:
    agency = make_agency()
    proposal = reach_one(agency)
    by = make_staff(Role.OFFICER, agency)
    draft_one(proposal, by)
    proposals.publish_answer(proposal_id=proposal.pk, revision=1, by=by, at=NOW + DAY)
    with at_instant(NOW + 2 * DAY):
        page = client.get("/en/clock/?state=early&agency=mof").content.decode()
    assert proposal.subject in page
    assert "done in time" in page


def test_of_what_is_not_public_only_the_number_is_told(client: Client, at_instant: At) -> None:
    waiting = file_one(agencies=(make_agency(),), subject="尚未檢核完成的一件提議案")
    with at_instant(NOW):
        page = client.get("/en/clock/?state=open").content.decode()
        items = client.get("/api/v1/clock?state=open").json()["items"]
    assert waiting.case.number in page
    assert "尚未檢核" not in page
    assert [one["subject"] for one in items] == [""]


@pytest.mark.parametrize(
    "query", ["state=x", "after=x", "after=2026-01-01,1", "after=2026-01-01T00:00:00%2B00:00,9e9",
              "after=2026-01-01T00:00:00%2B00:00,-1", f"agency={'長' * 500}"],
)  # fmt: skip
def test_nonsense_is_the_first_page(client: Client, at_instant: At, query: str) -> None:
    with at_instant(NOW):
        assert client.get(f"/en/clock/?{query}").status_code == 200


def test_a_state_nobody_knows_is_left_out_and_said(client: Client, at_instant: At) -> None:
    with at_instant(NOW):
        page = client.get("/en/clock/?state=lost").content.decode()
        assert "Nobody knows “lost” here" in page
        assert "Nobody knows" not in client.get("/en/clock/?state=late").content.decode()
        assert "Nobody knows" not in client.get("/en/clock/").content.decode()


def test_every_kind_of_duty_is_on_the_wall_by_its_name(client: Client, at_instant: At) -> None:
    proposal = reach_one(make_agency())
    casework.start_deadline(
        case=proposal.case, kind=DeadlineKind.STUDY_RETURN, starts_at=NOW, by=SYSTEM, at=NOW
    )
    with at_instant(NOW):
        page = client.get("/en/clock/?state=open").content.decode()
        zh = client.get("/clock/?state=open").content.decode()
        items = client.get("/api/v1/clock?state=open").json()["items"]
    for name in (
        "Formal response", "Handling plan", "Contact with the proposer",
        "Report on what is under study",
    ):  # fmt: skip
        assert f"<span>{name}</span>" in page
    for name in ("正式回應", "處理規劃", "與提議者聯繫", "納入研議定期回報"):
        assert f"<span>{name}</span>" in zh
    assert {one["kind"] for one in items} == {
        "response", "handling_plan", "contact", "study_return"
    }  # fmt: skip


def test_plans_and_contacts_have_their_own_share(client: Client, at_instant: At) -> None:
    in_time, late = reach_one(make_agency()), reach_one(make_agency())
    end_the_first_two(in_time)
    casework.end_deadline(
        case_id=late.case_id,
        kind=DeadlineKind.HANDLING_PLAN,
        outcome=Outcome.MET,
        by=SYSTEM,
        at=NOW + 9 * DAY,
    )
    [found] = kept_by_agency(NOW + 20 * DAY)  # the second contact is overdue by now
    assert (found.others_on_time, found.others_decided) == (2, 4)
    assert (found.n, found.decided) == (0, 0)
    with at_instant(NOW + 20 * DAY):
        [told] = client.get("/api/v1/clock").json()["figures"]
    assert (told["others_on_time"], told["others_decided"]) == (2, 4)


def test_what_was_never_done_does_not_leave_the_wall(client: Client, at_instant: At) -> None:
    """An answer ends the plan nobody made; that nobody made it is told all the same."""
    case_id = reach_one(make_agency()).case_id
    for kind, day in ((DeadlineKind.HANDLING_PLAN, 8), (DeadlineKind.CONTACT, 9)):
        casework.end_deadline(
            case_id=case_id, kind=kind, outcome=Outcome.CANCELLED, by=SYSTEM, at=NOW + day * DAY
        )
    [found] = kept_by_agency(NOW + 20 * DAY)  # the contact was not due yet when it ended
    assert (found.others_on_time, found.others_decided) == (0, 1)
    with at_instant(NOW + 20 * DAY):
        page = client.get("/en/clock/?state=never").content.decode()
    assert page.count("<strong>never done</strong>") == 1
    assert "<span>Handling plan</span>" in page


def test_a_case_of_an_agency_has_its_subject_and_its_page(client: Client, at_instant: At) -> None:
    case = casework.open_agency_case(
        agency_id=make_agency().pk,
        jurisdiction_code="ey",
        subject="機關自提的一件案子",
        by=SYSTEM,
        at=NOW,
    )
    casework.start_deadline(
        case=case, kind=DeadlineKind.HANDLING_PLAN, starts_at=NOW, by=SYSTEM, at=NOW
    )
    with at_instant(NOW):
        page = client.get("/en/clock/?state=open").content.decode()
    assert f'<a href="/en/cases/{case.number}/" lang="zh-Hant">機關自提的一件案子</a>' in page
