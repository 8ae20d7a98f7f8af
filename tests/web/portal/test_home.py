"""The first page: figures with their n, what closes soon, newest answers, what awaits one."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from minben.proposals.queries.home import figures
from tests.factories import DAY, DAY0, make_agency
from tests.many import make_many
from tests.web.proposals.stages import OPEN, hidden_one, lapsed_one, open_one, withdrawn_one

pytestmark = pytest.mark.django_db
At = Callable[..., Any]


@pytest.fixture
def home(client: Client, at_instant: At) -> Callable[..., str]:
    def get(path: str = "/en/", at: Any = OPEN) -> str:
        with at_instant(at):
            response = client.get(path)
        assert response.status_code == 200
        return " ".join(response.content.decode().split())

    return get


def test_an_empty_platform_invites_to_propose(home: Callable[..., str]) -> None:
    html = home()
    assert "If enough people agree," in html
    assert 'href="/en/propose/"' in html
    assert "Nothing can be endorsed just now" in html
    assert "No answer yet" in html
    assert "came in time" not in html  # nothing was due, so there is no share to tell


def test_search_and_propose_are_there_without_a_script(home: Callable[..., str]) -> None:
    html = home("/")
    assert 'action="/proposals/" method="get"' in html
    assert "您想找什麼？" in html
    assert 'href="/propose/"' in html


def test_what_closes_first_comes_first(home: Callable[..., str]) -> None:
    rows = make_many(20)
    html = home()
    section = html[html.index("closing-title") : html.index("answered-title")]
    soonest = sorted(
        (row for row in rows if row.state == "endorsing"), key=lambda row: row.closes_at
    )
    assert [section.find(row.case.number) > 0 for row in soonest[:4]] == [True, True, True, False]


def test_newest_answers_carry_the_seal_and_their_agency(home: Callable[..., str]) -> None:
    make_many(4, agencies=(make_agency(),))
    html = home(at=OPEN + 60 * DAY)
    section = html[html.index("answered-title") : html.index("awaiting-title")]
    assert "Formal response" in section
    assert "seal-print" in section or "<svg" in section
    assert "MOF" in section
    assert "Adopted" in section


def test_what_awaits_an_answer_tells_the_days_left(home: Callable[..., str]) -> None:
    reached = make_many(4)[1]
    assert "days left" in home(at=OPEN + 70 * DAY)
    late = home(at=OPEN + 90 * DAY)
    section = late[late.index("awaiting-title") :]
    assert reached.case.number in section
    assert "days overdue" in section


def test_the_numbers_of_the_steps_come_from_the_rules_in_force(home: Callable[..., str]) -> None:
    html = home()
    for words in ("Within 3 working days", "for 60 days", "5,000 people", "Within 2 months"):
        assert words in html
    assert "/en/about/rules/#tw-join-2018" in html


def test_figures_are_counts_of_what_is_public() -> None:
    lapsed_one()
    open_one()
    withdrawn_one()
    hidden_one()
    rows = make_many(8)
    at = DAY0 + 30 * DAY
    told = figures(at)
    assert told.proposals == 3 + 8
    assert told.open_now == 1 + 6  # reached and answered ones can still be endorsed
    assert (told.reached, told.answered) == (4, 2)
    assert (told.answers_due, told.in_time) == (2, 2)
    assert told.endorsements == sum(row.endorsed for row in rows) + 2


def test_a_missed_answer_counts_against_the_share() -> None:
    make_many(4)
    told = figures(DAY0 + 90 * DAY)
    assert (told.answers_due, told.in_time, told.in_time_percent) == (2, 1, 50)


def test_no_answer_due_means_no_share() -> None:
    assert figures(DAY0).in_time_percent is None


@pytest.mark.parametrize("path", ["/", "/en/"])
@pytest.mark.parametrize("signed_in", [False, True])
def test_at_most_ten_questions(
    client: Client, citizen_client: At, at_instant: At, signed_in: bool, path: str
) -> None:
    reader = citizen_client() if signed_in else client
    make_many(60, agencies=(make_agency(), make_agency("交通部", "motc")))
    with at_instant(OPEN):
        reader.get(path)
        with CaptureQueriesContext(connection) as queries:
            assert reader.get(path).status_code == 200
    assert len(queries) <= 10


def test_nothing_can_be_sent_to_it(client: Client) -> None:
    assert client.post("/").status_code == 405
