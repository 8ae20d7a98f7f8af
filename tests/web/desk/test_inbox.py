"""The inbox: one list of what waits, in groups, with constant SQL, each thing told once."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from minben.base import inbox as registry
from minben.base.inbox import Item, Waits
from minben.desk import inbox as desk
from minben.desk.inbox import Group, sorted_items
from minben.kernel.actor import ANONYMOUS, Actor, Role
from minben.kernel.periods import end_of, local_day
from minben.proposals import actions as proposals
from minben.proposals.models import Proposal
from tests.factories import DAY, file_one, make_agency, make_staff
from tests.web.conftest import SignedIn
from tests.web.desk.conftest import NOW, appeal_one, draft_one, queries_of, reach_one

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
STAFF = Callable[..., SignedIn]


def groups_of(page: str) -> dict[str, list[str]]:
    """The rows of each group by its heading, as plain text."""
    main = page.split("<main", 1)[1].split("</main>", 1)[0]
    parts = re.split(r'<h3 class="desk-group"[^>]*>(.*?)</h3>', main)[1:]
    return {
        title: [
            " ".join(re.sub(r"<[^>]+>", " ", row).split())
            for row in re.findall(r"<li[^>]*data-row.*?</li>", body, re.S)
        ]
        for title, body in zip(parts[::2], parts[1::2], strict=True)
    }


def shown(client: SignedIn, query: str = "") -> dict[str, list[str]]:
    return groups_of(client.get(f"/en/desk/{query}").content.decode())


def lend(monkeypatch: pytest.MonkeyPatch, items: list[Item]) -> None:
    """Nothing waits but these."""

    def source(_actor: Actor, _at: datetime) -> list[Item]:
        return items

    monkeypatch.setattr(registry, "_sources", {"test": source})


def item(proposal: Proposal, waits: Waits, due: datetime | None = None, **more: Any) -> Item:
    given = {"task": "Do it", "url": f"/do/{waits}/{due}/"} | more
    return Item(case_id=proposal.case_id, waits=waits, due_at=due, **given)


def test_groups_stand_in_order_and_each_row_says_what_when_and_why(
    staff_client: STAFF, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = file_one()
    midnight = end_of(local_day(NOW))
    lend(
        monkeypatch,
        [
            item(one, Waits.BLOCKED, None, task="Publish", hindrance="a test is missing"),
            item(one, Waits.OTHERS, NOW - DAY, task="Sign", hindrance="the lead"),
            item(one, Waits.ME, midnight + DAY, task="Plan"),
            item(one, Waits.ME, midnight, task="Answer"),
            item(one, Waits.ME, NOW - DAY, task="Check"),
            item(one, Waits.ME, None, task="Read"),
        ],
    )
    found = shown(staff_client(Role.CHECKER))
    assert list(found) == ["Due today or overdue", "For me", "Waits for others", "Blocked"]
    assert [row.split(" ", 1)[0] for row in found["Due today or overdue"]] == ["Check", "Answer"]
    assert [row.split(" ", 1)[0] for row in found["For me"]] == ["Plan", "Read"]
    assert "the lead" in found["Waits for others"][0]
    assert "1 day overdue" in found["Waits for others"][0]
    assert "a test is missing" in found["Blocked"][0]
    assert "No date set" in found["Blocked"][0]
    for rows in found.values():
        for row in rows:
            assert one.subject in row
            assert one.case.number in row


def test_only_one_group_can_be_shown(staff_client: STAFF, monkeypatch: pytest.MonkeyPatch) -> None:
    one = file_one()
    lend(monkeypatch, [item(one, Waits.ME), item(one, Waits.BLOCKED)])
    checker = staff_client(Role.CHECKER)
    assert list(shown(checker, "?show=blocked")) == ["Blocked"]
    assert list(shown(checker, "?show=nonsense")) == ["For me", "Blocked"]
    empty = checker.get("/en/desk/?show=others").content.decode()
    assert "Nothing of this kind waits" in empty
    assert 'href="/en/desk/"' in empty


def test_a_page_holds_fifty_and_keeps_the_filter(
    staff_client: STAFF, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = file_one()
    lend(monkeypatch, [item(one, Waits.ME, url=f"/do/{n}/") for n in range(51)])
    checker = staff_client(Role.CHECKER)
    first, second = shown(checker, "?show=me"), shown(checker, "?show=me&page=2")
    assert [len(found["For me"]) for found in (first, second)] == [50, 1]
    assert "?show=me&amp;page=2" in checker.get("/en/desk/?show=me").content.decode()


def test_what_leads_to_one_place_is_told_once_in_its_most_pressing_group() -> None:
    def made(waits: Waits, due: datetime | None, url: str = "/same/", case: int = 1) -> Item:
        return Item(case, "Do it", waits, url, due)

    found = sorted_items(
        [
            made(Waits.OTHERS, None),
            made(Waits.ME, NOW - DAY),
            made(Waits.ME, None),
            made(Waits.ME, None, "/other/"),
            made(Waits.ME, None, case=2),
        ],
        NOW,
    )
    assert [(group, one.case_id, one.url) for group, one in found] == [
        (Group.DUE, 1, "/same/"),
        (Group.ME, 1, "/other/"),
        (Group.ME, 2, "/same/"),
    ]


def test_a_case_nobody_describes_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    lend(monkeypatch, [Item(987654, "Do it", Waits.ME, "/x/")])
    assert desk.inbox_of(ANONYMOUS, NOW, "", None).groups == ()


class TestSources:
    """The checks, appeals and answers that had lists of their own."""

    def test_a_checker_gets_checks_and_appeals_by_who_can_act(self, staff_client: STAFF) -> None:
        checker = staff_client(Role.CHECKER)
        free, mine, theirs = file_one(), file_one(), file_one()
        own = file_one(checker.user)
        other = make_staff(Role.CHECKER)
        proposals.take_up_check(proposal_id=mine.pk, by=checker.actor, at=NOW)
        proposals.take_up_check(proposal_id=theirs.pk, by=other, at=NOW)
        to_decide, hidden_by_me = appeal_one(other), appeal_one(checker.actor)
        found = shown(checker)
        for_me, others = " ".join(found["For me"]), " ".join(found["Waits for others"])
        for proposal in (free, mine, to_decide):
            assert proposal.case.number in for_me
        for proposal in (theirs, own, hidden_by_me):
            assert proposal.case.number in others
        assert "You hold it until 12:30." in for_me
        assert "holds it until 12:30." in others
        assert "somebody else checks it" in others
        assert "You hid this" in others

    def test_an_officer_gets_the_answers_of_the_agency(self, staff_client: STAFF) -> None:
        agency = make_agency()
        officer = staff_client(Role.OFFICER, agency)
        begun, fresh = reach_one(agency), reach_one(agency)
        elsewhere = reach_one(make_agency("交通部", "motc"))
        draft_one(begun, officer.actor)
        rows = [row for row in shown(officer)["For me"] if row.startswith("Answer the proposal")]
        text = " ".join(rows)
        assert elsewhere.case.number not in text
        assert "A draft is saved." in next(row for row in rows if begun.case.number in row)
        assert "Not begun" in next(row for row in rows if fresh.case.number in row)
        page = officer.get("/en/desk/").content.decode()
        assert f'href="/en/desk/responses/{fresh.case.number}/"' in page

    def test_an_administrator_gets_what_agencies_are_late_with(
        self, staff_client: STAFF, at_instant: Any
    ) -> None:
        admin = staff_client(Role.ADMINISTRATOR)
        late = reach_one(make_agency(), NOW)
        with at_instant(NOW + 90 * DAY):
            row = " ".join(shown(admin)["Waits for others"])
        assert late.case.number in row
        assert "MOF" in row
        assert late.case.number not in str(shown(admin))  # not while it is in time

    def test_a_clerk_gets_nothing_of_it(self, staff_client: STAFF) -> None:
        file_one()
        assert shown(staff_client(Role.CLERK)) == {}


def test_many_rows_take_no_more_statements(staff_client: STAFF) -> None:
    agency = make_agency()
    checker, officer = staff_client(Role.CHECKER), staff_client(Role.OFFICER, agency)

    def more(count: int) -> None:
        for _ in range(count):
            file_one()
            reach_one(agency)

    more(1)
    appeal_one(make_staff(Role.CHECKER))
    for client in (checker, officer):
        client.get("/desk/")
    few = [queries_of(lambda c=c: c.get("/desk/")) for c in (checker, officer)]  # type: ignore[misc]
    more(4)
    appeal_one(make_staff(Role.CHECKER))
    many = [queries_of(lambda c=c: c.get("/desk/")) for c in (checker, officer)]  # type: ignore[misc]
    assert many == few


def test_shortcuts_are_told_and_can_be_switched_off(staff_client: STAFF) -> None:
    officer = staff_client(Role.OFFICER, make_agency())
    page = officer.get("/en/desk/keys/").content.decode()
    for key in ("g", "i", "c", "j", "k", "o", "x", "/", "?"):
        assert f"<kbd>{key}</kbd>" in page
    assert "data-keys-switch" in page
    home = officer.get("/en/desk/").content.decode()
    assert 'href="/en/desk/keys/"' in home
    for place in ('data-inbox="/en/desk/"', 'data-cases="/en/desk/cases/"', "desk/keys.js"):
        assert place in home
