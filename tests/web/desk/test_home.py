"""The desk's first page: what is overdue, due today and mine, for the roles one holds."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from minben.kernel.actor import Role
from minben.proposals import actions as proposals
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
    mine = page.split("您正在檢核", 1)[1].split("</section>", 1)[0]
    assert held.case.number in mine
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
    assert f"/desk/cases/{late.case.number}/record/" in page


def test_nothing_to_do_is_said(staff_client: STAFF) -> None:
    page = staff_client(Role.CHECKER).get("/desk/").content.decode()
    assert tiles(page)["檢核"] == "檢核 0 沒有待辦"
    assert "沒有待檢核的提議" in page
    officer = staff_client(Role.OFFICER, make_agency()).get("/desk/").content.decode()
    assert "您的機關目前沒有待回應的案件" in officer


def test_a_clerk_is_sent_to_the_counter(staff_client: STAFF) -> None:
    page = staff_client(Role.CLERK).get("/desk/").content.decode()
    assert 'href="/desk/counter/"' in page
    assert tiles(page) == {}
