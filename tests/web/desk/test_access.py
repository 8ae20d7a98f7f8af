"""Who may open what: every URL of the desk, for everybody who must not."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from minben.desk.urls import urlpatterns
from minben.kernel.actor import AGENCY_ROLES, Role
from tests.factories import file_one, make_agency
from tests.web.conftest import SignedIn

pytestmark = pytest.mark.django_db
STAFF = Callable[..., SignedIn]
NAMES = [pattern.name for pattern in urlpatterns]
ARGUMENTS = {
    "number": "2026-000001",
    "comment_id": 1,
    "pause_id": 1,
    "grant_id": 999999,
    "campaign_id": 999999,
    "delegation_id": 999999,
    "appeal_id": 999999,
    "code": "x",
    "service": "signing",
}
READING_CHECKS = {"checks", "check", "appeals", "appeal", "comments", "comment"} | {
    "campaign_appeals",
    "campaign_appeal",
}
WRITING_CHECKS = {"restore_comment", "dismiss_reports", "agencies"}
OWN_CHECKS = {"take_up", "give_back", "accept", "hide"}
ANSWERING = {"responses", "response", "publish", "extend"}
RECEIPTS = {"case_receipts", "case_receipts_file"}
DEPUTIES = {"delegations", "end_delegation"}
CASES = {"case", "cases"}  # of whoever has a part in one
RECORDS = {"record", "record_csv", "record_json"}
EVERYBODY = {"bulk", "bulk_do", "keys", "home", "rules", "rule_set"}
GOVERNING = set(NAMES) - (
    READING_CHECKS
    | WRITING_CHECKS
    | OWN_CHECKS
    | ANSWERING
    | RECEIPTS
    | DEPUTIES
    | CASES
    | RECORDS
    | EVERYBODY
)
MAY = {
    Role.CHECKER: READING_CHECKS | WRITING_CHECKS | OWN_CHECKS | RECEIPTS | CASES | EVERYBODY,
    Role.ADMINISTRATOR: READING_CHECKS
    | WRITING_CHECKS
    | GOVERNING
    | RECEIPTS
    | CASES
    | RECORDS
    | EVERYBODY,
    Role.OFFICER: ANSWERING | RECEIPTS | DEPUTIES | CASES | EVERYBODY,
    Role.LEAD: ANSWERING | RECEIPTS | DEPUTIES | CASES | RECORDS | EVERYBODY,
    Role.CLERK: EVERYBODY,
    Role.PARTICIPATION: DEPUTIES | CASES | EVERYBODY,
}


def address(name: str) -> str:
    pattern = next(item for item in urlpatterns if item.name == name)
    wanted = pattern.pattern.converters
    return reverse(f"desk:{name}", kwargs={key: ARGUMENTS[key] for key in wanted})


@pytest.mark.parametrize("name", NAMES)
def test_strangers_are_asked_to_sign_in_and_citizens_are_refused(
    client: Client, citizen_client: Callable[..., SignedIn], name: str
) -> None:
    url = address(name)
    for answer in (client.get(url), client.post(url)):
        assert answer.status_code == 302
        assert answer["Location"].startswith("/account/login/?next=")
    citizen = citizen_client()
    assert citizen.get(url).status_code == 403
    assert citizen.post(url).status_code == 403


@pytest.mark.parametrize("role", list(Role))
def test_each_role_opens_its_own_pages_and_no_others(staff_client: STAFF, role: Role) -> None:
    agency = make_agency() if role in AGENCY_ROLES else None
    client = staff_client(role, agency)
    for name in NAMES:
        for ask in (client.get, client.post):
            refused = ask(address(name)).status_code == 403
            assert refused == (name not in MAY[role]), (role, name)


@pytest.mark.parametrize("name", NAMES)
def test_without_a_second_factor_nothing_opens(staff_client: STAFF, name: str) -> None:
    role = next(role for role in Role if name in MAY[role])
    agency = make_agency() if role in AGENCY_ROLES else None
    client = staff_client(role, agency, strong=False)
    for answer in (client.get(address(name)), client.post(address(name))):
        assert answer.status_code == 302
        assert answer["Location"].startswith("/account/second-factor/?next=")


@pytest.mark.parametrize(
    "path",
    [
        "checks/2026-999999/",
        "checks/%E2%80%A6/",
        "checks/2026-999999/hide/",
        "appeals/2026-999999/",
        "comments/999999999999999999999999/",
        "cases/2026-999999/record/",
        "cases/2026-999999/record.csv",
        "cases/2026-999999/record.json",
        "cases/2026-999999/",
        "cases/2026-999999/agencies/",
        "pauses/99999/cancel/",
        "campaigns/999999/",
        "campaigns/new/2026-999999/",
        "campaigns/appeals/999999/",
        "rules/no-such-rules/",
    ],
)
def test_what_does_not_exist_is_not_found(staff_client: STAFF, path: str) -> None:
    client = staff_client(Role.ADMINISTRATOR)
    if "hide" in path:
        client = staff_client(Role.CHECKER)
    assert client.get(f"/desk/{path}").status_code == 404


def test_an_appeal_that_was_never_filed_is_not_found(staff_client: STAFF, now: Any) -> None:
    number = file_one().case.number
    assert staff_client(Role.CHECKER).get(f"/desk/appeals/{number}/").status_code == 404


def test_the_navigation_offers_only_what_opens(staff_client: STAFF, now: Any) -> None:
    for role, allowed in MAY.items():
        agency = make_agency() if role in AGENCY_ROLES else None
        page = staff_client(role, agency).get("/desk/").content.decode()
        nav = page.split('class="desk-nav', 1)[1].split("</nav>", 1)[0]
        offered = {name for name in NAMES if f'href="{address(name)}"' in nav}
        assert offered, role
        assert offered <= allowed, role
