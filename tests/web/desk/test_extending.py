"""More time for the answer, in the browser: said in public, once, and never too late."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from minben.casework.models import Extension
from minben.kernel.actor import Role
from minben.people.models import Agency
from minben.proposals.models import Proposal
from tests.factories import make_agency
from tests.web.conftest import SignedIn
from tests.web.desk.conftest import reach_one

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
WHY = "須跨部會協商，並召開二次公聽會蒐集各界意見後再行回應。"
DUE = datetime(2026, 5, 2, 16, tzinfo=UTC)  # reached on Monday 2 March


@pytest.fixture
def agency() -> Agency:
    return make_agency()


@pytest.fixture
def officer(staff_client: Callable[..., SignedIn], agency: Agency) -> SignedIn:
    return staff_client(Role.OFFICER, agency)


@pytest.fixture
def reached(agency: Agency) -> Proposal:
    found = reach_one(agency)
    assert found.response_due_at == DUE
    return found


def url(proposal: Proposal) -> str:
    return f"/en/desk/responses/{proposal.case.number}/extend/"


def send(client: SignedIn, proposal: Proposal, **changes: str) -> Any:
    return client.post(url(proposal), {"until": "2026-06-30", "reason": WHY} | changes)


def test_the_page_tells_the_last_day_and_the_latest(officer: SignedIn, reached: Proposal) -> None:
    page = officer.get(url(reached)).content.decode()
    assert "2 May 2026" in page
    assert "2 July 2026" in page
    assert "二個月為限" in page
    editor = officer.get(f"/en/desk/responses/{reached.case.number}/").content.decode()
    assert f'href="{url(reached)}"' in editor


def test_the_public_page_says_until_when_and_why(officer: SignedIn, reached: Proposal) -> None:
    answer = send(officer, reached)
    assert answer.status_code == 302
    page = officer.get(f"/en/proposals/{reached.case.number}/").content.decode()
    assert WHY in page
    assert "30 June 2026" in page
    assert "二個月為限" in page
    assert "extended" in page.lower()
    again = officer.get(url(reached)).content.decode()
    assert "Extended already" in again
    assert "<textarea" not in again


def test_what_was_typed_is_kept_beside_the_reason_it_is_refused_for(
    officer: SignedIn, reached: Proposal
) -> None:
    refused = send(officer, reached, until="2026-07-03")
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "At the latest 2026-07-02" in page
    assert WHY in page
    short = send(officer, reached, reason="忙")
    assert short.status_code == 422
    assert "at least 20 characters" in short.content.decode()
    assert send(officer, reached, until="").status_code == 422
    assert send(officer, reached, until="9999-12-31").status_code == 422
    assert not Extension.objects.exists()


def test_after_the_last_day_there_is_no_form_and_the_act_is_refused(
    officer: SignedIn, reached: Proposal, at_instant: Any
) -> None:
    with at_instant(DUE - timedelta(seconds=1)):
        assert "<textarea" in officer.get(url(reached)).content.decode()
    with at_instant(DUE):
        page = officer.get(url(reached)).content.decode()
        assert "<textarea" not in page
        assert "The time is up" in page
        refused = send(officer, reached)
        assert refused.status_code == 409
        assert not Extension.objects.exists()


def test_another_agency_is_refused(
    staff_client: Callable[..., SignedIn], reached: Proposal
) -> None:
    other = staff_client(Role.LEAD, make_agency("交通部", "motc"))
    assert other.get(url(reached)).status_code == 403
    assert send(other, reached).status_code == 403
