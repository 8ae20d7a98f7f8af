"""At most ten SQL queries, and as many for three endorsements as for three hundred."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from minben.discussion import actions as discussion
from minben.discussion.rules import Side
from minben.kernel.actor import Role
from minben.proposals.models import Proposal
from tests.factories import DAY, actor, endorse, make_agency, make_person
from tests.web.proposals.stages import OPEN, answered_one, crowd, open_one, reached_one

pytestmark = pytest.mark.django_db
At = Callable[..., Any]
MOST = 10


def asked(client: Client, path: str) -> int:
    client.get(path)  # what is kept for the life of the process is kept now
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = client.get(path)
        b"".join(response) if response.streaming else None
    assert response.status_code == 200
    return len(queries)


def talk(proposal: Proposal, n: int) -> None:
    for i in range(n):
        discussion.comment(
            thread_id=proposal.thread_id,
            side=Side.PRO if i % 2 else Side.CON,
            body=f"第 {i} 則",
            by=actor(make_person()),
            at=OPEN,
        )


@pytest.mark.parametrize("signed_in", [False, True])
def test_the_page_asks_the_same_whatever_the_number(
    client: Client,
    citizen_client: At,
    at_instant: At,
    signed_in: bool,
    django_assert_max_num_queries: Any,
) -> None:
    proposal = open_one(agencies=(make_agency(), make_agency("交通部", "motc")))
    browser = citizen_client() if signed_in else client
    path = f"/proposals/{proposal.case.number}/"
    crowd(proposal, 3)
    talk(proposal, 2)
    if signed_in:
        endorse(proposal_id=proposal.pk, by=browser.actor, at=OPEN + DAY)
    with at_instant(OPEN + DAY):
        few = asked(browser, path)
        proposal.refresh_from_db()
        crowd(proposal, 297 - signed_in, OPEN + DAY)
        talk(proposal, 20)
        with django_assert_max_num_queries(MOST):
            browser.get(path)
        assert asked(browser, path) == few <= MOST


@pytest.mark.parametrize("make", [reached_one, answered_one])
def test_a_case_stays_within_ten_for_a_citizen(
    citizen_client: At, at_instant: At, make: Callable[[], Proposal]
) -> None:
    proposal = make()
    with at_instant(OPEN + 10 * DAY):
        assert asked(citizen_client(), f"/proposals/{proposal.case.number}/") <= MOST


def test_staff_with_roles_stay_within_ten_while_it_is_open(
    staff_client: At, at_instant: At
) -> None:
    proposal = reached_one()
    with at_instant(OPEN + DAY):
        assert asked(staff_client(Role.CHECKER), f"/proposals/{proposal.case.number}/") <= MOST


def test_the_lists_behind_it_do_not_grow_either(client: Client, at_instant: At) -> None:
    proposal = open_one()
    crowd(proposal, 3)
    talk(proposal, 2)
    base = f"/proposals/{proposal.case.number}"
    with at_instant(OPEN + DAY):
        paths = [f"{base}/endorsements/", f"{base}/endorsements.csv", f"{base}/comments/"]
        few = [asked(client, path) for path in paths]
        crowd(proposal, 120)
        talk(proposal, 10)
        assert [asked(client, path) for path in paths] == few
    assert max(few) <= MOST
