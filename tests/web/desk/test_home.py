"""The desk's first page: what is overdue, due today and mine, for the roles one holds."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest

from minben.kernel.actor import AGENCY_ROLES, SYSTEM, Role
from minben.people import actions as people_actions
from minben.people import queries as people
from minben.proposals import actions as proposals
from tests.db.campaigned import LATER, asked_back, counted, endorsed_one, proposed, run
from tests.db.proposals.test_campaign_appeals import appealed, endorser
from tests.factories import DAY, DAY0, file_one, make_agency, make_staff
from tests.web.conftest import SignedIn
from tests.web.desk.conftest import NOW, appeal_one, reach_one

pytestmark = pytest.mark.django_db
STAFF = Callable[..., SignedIn]
AT = Callable[[datetime], Any]


def tiles(page: str) -> dict[str, str]:
    """The words of each tile by its title."""
    found = re.findall(r'<li class="desk-tile".*?</li>', page, re.S)
    plain = [" ".join(re.sub(r"<[^>]+>", " ", tile).split()) for tile in found]
    return {text.split(" ", 1)[0]: text for text in plain}


def test_a_checker_sees_what_is_late_due_today_and_held(
    staff_client: STAFF, at_instant: AT
) -> None:
    checker = staff_client(Role.CHECKER)
    with at_instant(DAY0 + 3 * DAY):  # Thursday
        file_one(at=DAY0)  # Monday: due when Thursday ends
        file_one(at=DAY0 - 3 * DAY)  # the Friday before: due when Wednesday ended
        held = file_one(at=DAY0 + 2 * DAY)
        proposals.take_up_check(proposal_id=held.pk, by=checker.actor, at=DAY0 + 3 * DAY)
        appeal_one(make_staff(Role.CHECKER), at=DAY0 + 3 * DAY)
        page = checker.get("/desk/").content.decode()
    shown = tiles(page)
    assert shown["檢核"] == "檢核 3 逾期 1 件 今天到期 1 件"
    assert shown["申覆"] == "申覆 1 今天沒有到期的"
    assert shown["被檢舉的留言"].endswith("沒有待辦")
    row = re.search(rf"<li[^>]*data-row(?:(?!</li>).)*{held.case.number}.*?</li>", page, re.S)
    assert row
    assert "由您保留至" in row[0]
    assert "正式回應" not in tiles(page)


def test_an_officer_sees_the_responses_of_the_agency(staff_client: STAFF, at_instant: AT) -> None:
    agency = make_agency()
    officer = staff_client(Role.OFFICER, agency)
    with at_instant(NOW + 61 * DAY):
        reach_one(agency, NOW)
        reach_one(agency, NOW + 60 * DAY)
        reach_one(make_agency("交通部", "motc"), NOW)
        page = officer.get("/desk/").content.decode()
    assert tiles(page) == {"本機關待回應": "本機關待回應 2 今天到期 1 件"}


def test_an_administrator_sees_what_any_agency_is_late_with(
    staff_client: STAFF, at_instant: AT
) -> None:
    admin = staff_client(Role.ADMINISTRATOR)
    with at_instant(NOW + 90 * DAY):
        late = reach_one(make_agency(), NOW)
        page = admin.get("/desk/").content.decode()
    assert tiles(page)["各機關待回應"] == "各機關待回應 1 逾期 1 件"
    assert f"/desk/cases/{late.case.number}/" in page


def test_nothing_to_do_is_said(staff_client: STAFF) -> None:
    page = staff_client(Role.CHECKER).get("/desk/").content.decode()
    assert tiles(page)["檢核"] == "檢核 0 沒有待辦"
    assert "您目前沒有待辦" in page
    officer = staff_client(Role.OFFICER, make_agency()).get("/desk/").content.decode()
    assert "您目前沒有待辦" in officer


def test_a_clerk_is_sent_to_the_counter(staff_client: STAFF) -> None:
    page = staff_client(Role.CLERK).get("/desk/").content.decode()
    assert 'href="/desk/counter/"' in page
    assert tiles(page) == {}


class TestInvalidation:
    """What waits of looking into endorsements, to whom it is shown, and what of it is theirs."""

    @pytest.fixture(autouse=True)
    def _later(self, at_instant: AT) -> Iterator[None]:
        with at_instant(LATER + 2 * DAY):
            yield

    def shown(self, client: SignedIn) -> str:
        return tiles(client.get("/desk/").content.decode())["附議查核"]

    def test_an_administrator_sees_what_waits_and_what_is_theirs_to_approve(
        self, staff_client: STAFF
    ) -> None:
        admin = staff_client(Role.ADMINISTRATOR)
        assert self.shown(admin) == "附議查核 0 沒有待辦"
        proposed(endorsed_one())
        assert self.shown(admin) == "附議查核 1 沒有待您核可的"
        counted(endorsed_one())
        run(endorsed_one())
        assert self.shown(admin) == "附議查核 2 1 件待您以第二人身分核可"
        asked_back(run(endorsed_one()))
        assert self.shown(admin) == "附議查核 3 2 件待您以第二人身分核可"

    def test_what_one_proposed_waits_for_somebody_else(self, staff_client: STAFF) -> None:
        admin = staff_client(Role.ADMINISTRATOR)
        counted(endorsed_one(), by=admin.actor)
        asked_back(run(endorsed_one()), by=admin.actor)
        assert self.shown(admin) == "附議查核 2 沒有待您核可的"
        assert self.shown(staff_client(Role.ADMINISTRATOR)).endswith("2 件待您以第二人身分核可")

    def test_ones_own_proposal_is_for_somebody_else(self, staff_client: STAFF) -> None:
        proposal = endorsed_one()
        counted(proposal)
        own = people.user_by_id(proposal.proposer_id)
        people_actions.grant_role(
            user_id=own.pk, role=Role.ADMINISTRATOR, agency_id=None, by=SYSTEM, at=LATER
        )
        assert self.shown(staff_client(Role.ADMINISTRATOR, user=own)).endswith("沒有待您核可的")

    def test_an_endorsers_appeal_has_its_tile(self, staff_client: STAFF, at_instant: AT) -> None:
        case = endorsed_one()
        run(case)
        due = appealed(case, endorser(case)).due_at
        for role in (Role.CHECKER, Role.ADMINISTRATOR):
            page = staff_client(role).get("/desk/").content.decode()
            assert tiles(page)["附議人申覆"] == "附議人申覆 1 今天沒有到期的"
            with at_instant(due + DAY):
                page = staff_client(role).get("/desk/").content.decode()
            assert tiles(page)["附議人申覆"] == "附議人申覆 1 逾期 1 件"

    @pytest.mark.parametrize(
        ("role", "seen"),
        [
            (Role.ADMINISTRATOR, {"附議查核", "附議人申覆"}),
            (Role.CHECKER, {"附議人申覆"}),
            (Role.OFFICER, set()),
            (Role.LEAD, set()),
            (Role.CLERK, set()),
            (Role.PARTICIPATION, set()),
        ],
    )
    def test_only_roles_that_act_on_it_see_it(
        self, staff_client: STAFF, role: Role, seen: set[str]
    ) -> None:
        case = endorsed_one()
        run(case)
        appealed(case, endorser(case))
        counted(endorsed_one())
        agency = make_agency() if role in AGENCY_ROLES else None
        page = staff_client(role, agency).get("/desk/").content.decode()
        assert set(tiles(page)) & {"附議查核", "附議人申覆"} == seen
        assert ("/desk/campaigns/?show=waiting" in page) == ("附議查核" in seen)
