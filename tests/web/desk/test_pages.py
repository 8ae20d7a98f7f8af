"""Every page of the desk opens for the roles it is meant for, in both languages."""

from collections.abc import Callable
from typing import Any

import pytest

from minben.casework import actions as casework
from minben.kernel.actor import Role
from minben.kernel.periods import end_of, local_day, start_of
from tests.factories import accept_one, file_one, make_agency, make_staff
from tests.web.conftest import SignedIn
from tests.web.desk.conftest import (
    NOW,
    administrator,
    appeal_one,
    comment_one,
    draft_one,
    reach_one,
    report_one,
)

pytestmark = pytest.mark.django_db
STAFF = Callable[..., SignedIn]


@pytest.fixture
def cases(now: Any) -> dict[str, Any]:
    agency = make_agency()
    checking = file_one(agencies=(agency,))
    open_one = accept_one(file_one(subject="車站增設無障礙電梯"))
    comment = comment_one(open_one)
    report_one(comment)
    admin = administrator()
    pause = casework.declare_pause(
        jurisdiction_id=open_one.case.jurisdiction_id,
        starts_at=start_of(local_day(NOW)),
        ends_at=end_of(local_day(NOW)),
        reason_zh="公民投票",
        reason_en="Referendum",
        source="公告",
        by=admin,
        at=NOW,
    )
    return {
        "agency": agency,
        "checking": checking.case.number,
        "open": open_one.case.number,
        "appealed": appeal_one(by=make_staff(Role.CHECKER)).case.number,
        "comment": comment.pk,
        "pause": pause.pk,
    }


CHECKER_PAGES = (
    "/desk/",
    "/desk/checks/",
    "/desk/checks/{checking}/",
    "/desk/checks/{open}/",
    "/desk/appeals/",
    "/desk/appeals/{appealed}/",
    "/desk/comments/",
    "/desk/comments/?show=hidden",
    "/desk/comments/{comment}/",
    "/desk/rules/",
    "/desk/rules/tw-join-2018/",
)
ADMIN_PAGES = (
    *CHECKER_PAGES,
    "/desk/cases/",
    "/desk/cases/?q=電梯",
    "/desk/cases/?show=without-agency",
    "/desk/cases/{open}/agencies/",
    "/desk/cases/{open}/record/",
    "/desk/cases/{open}/record/?show=all",
    "/desk/pauses/",
    "/desk/pauses/declare/",
    "/desk/pauses/{pause}/cancel/",
    "/desk/roles/",
)


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize(
    ("role", "pages"), [(Role.CHECKER, CHECKER_PAGES), (Role.ADMINISTRATOR, ADMIN_PAGES)]
)
def test_pages_open(
    staff_client: STAFF, cases: dict[str, Any], role: Role, pages: tuple[str, ...], prefix: str
) -> None:
    client = staff_client(role)
    for page in pages:
        answer = client.get(prefix + page.format(**cases))
        assert answer.status_code == 200, (page, answer.status_code)


@pytest.mark.parametrize("role", [Role.OFFICER, Role.LEAD])
def test_pages_of_an_agency_open(staff_client: STAFF, cases: dict[str, Any], role: Role) -> None:
    client = staff_client(role, cases["agency"])
    proposal = reach_one(cases["agency"], NOW)
    number = proposal.case.number
    draft_one(proposal, client.actor)
    for page in (
        "",
        "responses/",
        f"responses/{number}/",
        f"responses/{number}/publish/",
        "rules/",
    ):
        answer = client.get(f"/desk/{page}")
        assert answer.status_code == 200, (page, answer.status_code)
