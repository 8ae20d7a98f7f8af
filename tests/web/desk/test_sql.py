"""How many SQL statements a page of the desk takes: at most twelve, whatever the number of rows."""

from collections.abc import Callable
from typing import Any

import pytest

from minben.kernel.actor import Grant, Role
from minben.people import actions as people
from minben.people.models import Agency
from minben.proposals import actions as proposals
from minben.proposals.conditions import Conditions
from tests.db.campaigned import counted, endorsed_one, run
from tests.db.proposals.test_campaign_appeals import appealed, endorser
from tests.factories import (
    accept_one,
    actor,
    file_one,
    make_agency,
    make_person,
    make_staff,
)
from tests.web.conftest import SignedIn, sign_in
from tests.web.desk.conftest import (
    NOW,
    appeal_one,
    comment_one,
    draft_one,
    hide_one,
    queries_of,
    reach_one,
    report_one,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
MOST = 12
HOME_MOST = 30  # every source of the inbox and every tile at once; nobody but here holds all roles
PEOPLE = Conditions(nickname="市民*")


@pytest.fixture
def client_of_all_roles(db: None) -> SignedIn:
    """Somebody who holds every role, and so gets every part of every page."""
    agency, user = make_agency(), make_person()
    grants = [
        Grant(role, agency.pk if role in (Role.OFFICER, Role.LEAD) else None)
        for role in (Role.CHECKER, Role.OFFICER, Role.LEAD, Role.ADMINISTRATOR)
    ]
    for grant in grants:
        people.grant_role(
            user_id=user.pk,
            role=grant.role,
            agency_id=grant.agency_id,
            by=make_staff(Role.ADMINISTRATOR),
            at=NOW,
        )
    return sign_in(user, actor(user, *grants), strong=True)


def more(agency: Agency, client: SignedIn) -> dict[str, Any]:
    """Some more of everything the desk lists."""
    checker = make_staff(Role.CHECKER)
    waiting = file_one(agencies=(agency,))
    proposals.take_up_check(proposal_id=waiting.pk, by=client.actor, at=NOW)
    for _ in range(3):
        file_one()
    opened = accept_one(file_one(subject=f"{waiting.subject}等三處"))
    comment = comment_one(opened)
    report_one(comment)
    comment_one(opened)
    reached = reach_one(agency)
    draft_one(reached, client.actor)
    hidden = hide_one(file_one(), checker)
    struck = endorsed_one()
    campaign = run(struck)
    counted(struck, reason="not_eligible", conditions=PEOPLE)
    return {
        "checking": waiting.case.number,
        "decided": hidden.case.number,
        "appealed": appeal_one(checker).case.number,
        "campaign": campaign.pk,
        "endorser": appealed(struck, endorser(struck)).pk,
        "comment": comment.pk,
        "reached": reached.case.number,
    }


PAGES = (
    "",
    "checks/",
    "checks/{checking}/",
    "checks/{checking}/accept/",
    "checks/{checking}/hide/",
    "checks/{decided}/",
    "appeals/",
    "appeals/{appealed}/",
    "campaigns/",
    "campaigns/?show=waiting",
    "campaigns/{campaign}/",
    "campaigns/appeals/",
    "campaigns/appeals/{endorser}/",
    "comments/",
    "comments/?show=hidden",
    "comments/{comment}/",
    "responses/",
    "responses/{reached}/",
    "responses/{reached}/publish/",
    "cases/",
    "cases/?show=without-agency",
    "cases/{reached}/",
    "cases/{reached}/agencies/",
    "cases/{reached}/record/",
    "cases/{reached}/record/?show=all",
    "cases/{reached}/record.csv",
    "cases/{reached}/record.json",
    "pauses/",
    "pauses/declare/",
    "roles/",
    "rules/",
    "rules/tw-join-2018/",
)


def counts(client: SignedIn, numbers: dict[str, Any]) -> dict[str, int]:
    def ask(page: str) -> None:
        answer = client.get("/desk/" + page.format(**numbers))
        assert answer.status_code == 200, page
        if answer.streaming:
            list(answer.streaming_content)  # type: ignore[attr-defined]

    return {page: queries_of(lambda page=page: ask(page)) for page in PAGES}  # type: ignore[misc]


def test_pages_take_at_most_twelve_statements_whatever_the_rows(
    client_of_all_roles: SignedIn, settings: Any
) -> None:
    agency = make_agency()
    numbers = more(agency, client_of_all_roles)
    counts(client_of_all_roles, numbers)  # caches of templates and translations fill up
    few = counts(client_of_all_roles, numbers)
    for _ in range(4):
        more(agency, client_of_all_roles)
    assert counts(client_of_all_roles, numbers) == few
    home = few.pop("")
    assert home <= HOME_MOST
    assert {page: n for page, n in few.items() if n > MOST} == {}


def test_a_declared_pause_is_previewed_in_constant_sql(
    staff_client: Callable[..., SignedIn],
) -> None:
    admin = staff_client(Role.ADMINISTRATOR)
    first = accept_one(file_one())
    terms = {
        "jurisdiction": first.case.jurisdiction_id,
        "starts_on": "2026-03-20",
        "ends_on": "2026-03-29",
        "reason_zh": "公投",
        "source": "公告",
        "act": "preview",
    }
    few = queries_of(lambda: admin.post("/desk/pauses/declare/", terms))
    for _ in range(4):
        accept_one(file_one())
    assert queries_of(lambda: admin.post("/desk/pauses/declare/", terms)) == few <= MOST
