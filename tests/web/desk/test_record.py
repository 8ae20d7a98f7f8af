"""The whole record of a case: who reads it, in words, and as files that name places in the ledger."""

import csv
import html
import io
import json
from collections.abc import Callable
from typing import Any

import pytest

from minben.audit.actions import record
from minben.base.refusals import sentence
from minben.kernel.actor import SYSTEM, Actor, Role
from minben.kernel.refusal import Refusal
from minben.ledger import queries as ledger
from minben.people.models import Agency
from minben.proposals.models import Proposal
from tests.factories import count, file_one, make_agency
from tests.web.conftest import SignedIn
from tests.web.desk.conftest import NOW, draft_one, reach_one
from tests.web.desk.test_case import own_case

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
STAFF = Callable[..., SignedIn]
PAGES = ("record/", "record.csv", "record.json")


@pytest.fixture
def agency() -> Agency:
    return make_agency()


@pytest.fixture
def reached(agency: Agency) -> Proposal:
    return reach_one(agency)


def url(number: str, page: str) -> str:
    return f"/en/desk/cases/{number}/{page}"


def told(client: SignedIn, number: str) -> dict[str, Any]:
    answer = client.get(url(number, "record.json"))
    assert answer["Content-Type"].startswith("application/json")
    assert f'filename="record-{number}.json"' in answer["Content-Disposition"]
    found: dict[str, Any] = json.loads(b"".join(answer.streaming_content))  # type: ignore[attr-defined]
    return found


@pytest.mark.parametrize("page", PAGES)
def test_administrators_and_the_leads_in_charge_read_it(
    staff_client: STAFF, agency: Agency, reached: Proposal, page: str
) -> None:
    number = reached.case.number
    assert staff_client(Role.ADMINISTRATOR).get(url(number, page)).status_code == 200
    assert staff_client(Role.LEAD, agency).get(url(number, page)).status_code == 200
    for role, held in (
        (Role.LEAD, make_agency("交通部", "motc")),
        (Role.OFFICER, agency),
        (Role.CHECKER, None),
    ):
        refused = staff_client(role, held).get(url(number, page))
        assert refused.status_code == 403
        if role is Role.LEAD:  # the others have no such page at all
            assert sentence(Refusal("record_of_another")) in html.unescape(refused.content.decode())


def test_the_screen_leads_whoever_may_read_it_there(
    staff_client: STAFF, agency: Agency, reached: Proposal
) -> None:
    screen, link = url(reached.case.number, ""), url(reached.case.number, "record/")
    assert link in staff_client(Role.LEAD, agency).get(screen).content.decode()
    assert link not in staff_client(Role.OFFICER, agency).get(screen).content.decode()


def test_data_is_told_in_words(staff_client: STAFF, reached: Proposal) -> None:
    client = staff_client(Role.ADMINISTRATOR)
    page = client.get(url(reached.case.number, "record/")).content.decode()
    assert "Due before" in page
    assert "3 May 2026, 00:00" in page  # the answer's, exclusive, in Taiwan's time
    assert "財政部" not in page.split("<table", 1)[1] or "MOF" in page
    assert "T16:00:00" not in page
    chinese = client.get(url(reached.case.number, "record/").removeprefix("/en")).content.decode()
    assert "到期（不含）" in chinese
    assert "正式回應" in chinese.split("<table", 1)[1]


def test_a_datum_nobody_named_shows_itself(staff_client: STAFF, reached: Proposal) -> None:
    record(
        "casework.response_drafted",
        by=SYSTEM,
        at=NOW,
        subject="response:1",
        case_id=reached.case_id,
        data={"oddity": {"a": 1}, "flag": True, "text": "<b>", "at": "2026-13-99T00:00:00"},
    )
    page = staff_client(Role.ADMINISTRATOR).get(url(reached.case.number, "record/"))
    text = page.content.decode()
    assert "oddity" in text
    assert "{&quot;a&quot;: 1}" in text
    assert "&lt;b&gt;" in text
    assert "2026-13-99T00:00:00" in text


def test_json_holds_every_act_with_its_place_in_the_ledger(
    staff_client: STAFF, agency: Agency, reached: Proposal
) -> None:
    officer = staff_client(Role.OFFICER, agency)
    draft_one(reached, officer.actor)
    count(NOW)
    found = told(staff_client(Role.ADMINISTRATOR), reached.case.number)
    assert found["case"] == reached.case.number
    assert found["subject"] == reached.subject
    assert found["ledger_size"] == ledger.tree_size()
    by_kind = {event["kind"]: event for event in found["events"]}
    place = by_kind["proposals.reached"]["leaf"]
    leaf = ledger.leaf(place)
    assert leaf is not None
    assert leaf.kind == "proposals.reached"
    assert by_kind["proposals.reached"]["leaf_hash"] == bytes(leaf.hash).hex()
    drafted = by_kind["casework.response_drafted"]
    assert drafted["leaf"] is None  # a draft has no public effect
    assert drafted["actor"] == officer.actor.id
    assert drafted["name"] == officer.user.nickname


def test_files_keep_what_is_for_auditors_only(
    staff_client: STAFF, agency: Agency, reached: Proposal
) -> None:
    deputy = Actor(SYSTEM.kind, SYSTEM.name)
    record(
        "casework.response_drafted",
        by=deputy,
        at=NOW,
        subject="response:1",
        case_id=reached.case_id,
        private={"secret": "9876543210", "deputy_of": ["person:7"]},
    )
    lead = staff_client(Role.LEAD, agency)
    for page in PAGES:
        answer = lead.get(url(reached.case.number, page))
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
        assert b"9876543210" not in body
    drafted = told(lead, reached.case.number)["events"][-1]
    assert drafted["deputy_of"] == ["person:7"]


def test_csv_names_the_place_too(staff_client: STAFF, reached: Proposal) -> None:
    count(NOW)
    answer = staff_client(Role.ADMINISTRATOR).get(url(reached.case.number, "record.csv"))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = {row["Kind"]: row for row in csv.DictReader(io.StringIO(text))}
    assert rows["proposals.reached"]["Place in the ledger"].isdecimal()
    assert rows["proposals.check_locked"]["Place in the ledger"] == ""


def test_a_case_of_an_agency_has_a_record(staff_client: STAFF, agency: Agency) -> None:
    case = own_case(agency)
    lead = staff_client(Role.LEAD, agency)
    for page in PAGES:
        assert lead.get(url(case.number, page)).status_code == 200
    assert told(lead, case.number)["subject"] == case.subject


class TestFinding:
    """One finds the cases of one's own agency; checkers and administrators find all."""

    def found(self, client: SignedIn, query: str = "") -> str:
        return client.get(f"/en/desk/cases/{query}").content.decode()

    @pytest.mark.parametrize("role", [Role.OFFICER, Role.LEAD, Role.PARTICIPATION])
    def test_an_agency_finds_its_own(
        self, staff_client: STAFF, agency: Agency, reached: Proposal, role: Role
    ) -> None:
        own, elsewhere = own_case(agency), file_one()
        page = self.found(staff_client(role, agency))
        assert reached.case.number in page
        assert own.number in page
        assert "Case of an agency" in page
        assert elsewhere.case.number not in page
        assert "without an agency" not in page
        forced = self.found(staff_client(role, agency), "?show=without-agency")
        assert elsewhere.case.number not in forced

    @pytest.mark.parametrize("role", [Role.CHECKER, Role.ADMINISTRATOR])
    def test_who_checks_or_administers_finds_all(
        self, staff_client: STAFF, agency: Agency, reached: Proposal, role: Role
    ) -> None:
        own, elsewhere = own_case(agency), file_one()
        page = self.found(staff_client(role))
        for number in (reached.case.number, own.number, elsewhere.case.number):
            assert f'href="/en/desk/cases/{number}/"' in page

    def test_words_find_the_subject_of_either_kind(
        self, staff_client: STAFF, agency: Agency
    ) -> None:
        own, other = own_case(agency), file_one(subject="公園遊具改為共融式設計")
        admin = staff_client(Role.ADMINISTRATOR)
        by_own, by_other = self.found(admin, "?q=載具"), self.found(admin, "?q=遊具")
        assert (own.number in by_own, own.number in by_other) == (True, False)
        assert (other.case.number in by_own, other.case.number in by_other) == (False, True)
