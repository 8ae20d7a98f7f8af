"""The count for machines: what it says, to whom, and of what it says nothing."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from minben.proposals.models import Proposal
from tests.factories import DAY, accept_one, file_one
from tests.web.proposals.stages import (
    OPEN,
    crowd,
    hidden_one,
    lapsed_one,
    open_one,
    reached_one,
    withdrawn_one,
)

pytestmark = pytest.mark.django_db
At = Callable[..., Any]
NOW = OPEN + DAY


def path_of(proposal: Proposal) -> str:
    return f"/proposals/{proposal.case.number}/count.json"


def test_it_says_the_number_and_when_it_was_so(client: Client, at_instant: At) -> None:
    proposal = open_one()
    crowd(proposal, 7)
    path = path_of(proposal)
    with at_instant(NOW), CaptureQueriesContext(connection) as queries:
        answer = client.get(path)
    assert len(queries) == 1
    assert answer["Content-Type"] == "application/json"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["ETag"] == 'W/"7-5000-0"'
    assert not answer.cookies
    told = answer.json()
    assert told.pop("as_of").startswith(f"{NOW:%Y-%m-%dT%H:%M}")
    assert told == {
        "number": proposal.case.number,
        "endorsed": 7,
        "threshold": 5000,
        "reached": False,
    }


def test_reaching_changes_the_validator(client: Client, at_instant: At) -> None:
    proposal = reached_one()
    with at_instant(NOW):
        answer = client.get(path_of(proposal))
    assert answer.json()["reached"] is True
    assert answer["ETag"] == 'W/"3-3-1"'


def test_it_goes_on_after_the_window(client: Client, at_instant: At) -> None:
    proposal = lapsed_one()
    with at_instant(NOW + 100 * DAY):
        assert client.get(path_of(proposal)).json()["reached"] is False


@pytest.mark.parametrize(
    ("make", "status", "error"),
    [
        (file_one, HTTPStatus.NOT_FOUND, "not_found"),
        (hidden_one, HTTPStatus.GONE, "gone"),
        (lambda: None, HTTPStatus.NOT_FOUND, "not_found"),
    ],
)
def test_of_what_is_not_public_it_says_nothing(
    client: Client,
    at_instant: At,
    make: Callable[[], Proposal | None],
    status: HTTPStatus,
    error: str,
) -> None:
    proposal = make()
    number = proposal.case.number if proposal else "2026-999999"
    with at_instant(NOW):
        answer = client.get(f"/proposals/{number}/count.json")
    assert answer.status_code == status
    assert answer.json() == {"number": number, "error": error}
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_a_withdrawn_one_was_public_or_never(client: Client, at_instant: At) -> None:
    public = withdrawn_one()
    with at_instant(NOW):
        status = client.get(path_of(public)).status_code
    public.refresh_from_db()
    assert status == (HTTPStatus.OK if public.opens_at else HTTPStatus.GONE)


def test_only_reading(client: Client) -> None:
    assert client.post("/proposals/2026-000001/count.json").status_code == 405


def test_the_page_names_it_while_it_can_be_endorsed(client: Client, at_instant: At) -> None:
    proposal = open_one()
    crowd(proposal, 2)
    page = f"/proposals/{proposal.case.number}/"
    with at_instant(NOW):
        open_page = client.get(page).content.decode()
    with at_instant(NOW + 100 * DAY):
        over = client.get(page).content.decode()
    assert f'data-live-count="{path_of(proposal)}" data-count="2" data-reached="no"' in open_page
    assert 'aria-live="polite"' in open_page
    assert "minben/live_count.js" in open_page
    assert "data-live-count" not in over
    assert "live_count.js" not in over


def test_it_needs_no_check_to_have_passed_long_ago(client: Client, at_instant: At) -> None:
    accepted = accept_one(file_one())  # accepted, opens tomorrow
    with at_instant(OPEN - 2 * DAY + DAY / 12):
        assert client.get(path_of(accepted)).json()["endorsed"] == 0
