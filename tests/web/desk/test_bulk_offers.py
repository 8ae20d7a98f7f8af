"""Many assignments accepted at once; and an agency that is only asked may open the case."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from minben.assigning.models import Offer
from minben.people import queries as people
from tests.db.assigning.handing import AT, REASON, Asked, asked
from tests.web.conftest import SignedIn, sign_in
from tests.web.desk.test_bulk import confirm, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(at_instant: Callable[[datetime], Any]) -> Iterator[None]:
    with at_instant(AT + timedelta(hours=1)):
        yield


def browser(by: Any) -> SignedIn:
    return sign_in(people.user_of(by), by, strong=True)


def select(client: SignedIn, *offers: Offer) -> Any:
    keys = [f"offer:{offer.pk}" for offer in offers]
    return client.post("/en/desk/bulk/", {"act": "accept_offers", "key": keys})


def test_an_agency_accepts_all_it_was_asked_at_once() -> None:
    one, two = asked(), asked()
    offers = list(Offer.objects.filter(agency=one.first))
    officer = browser(one.one)
    inbox = officer.get("/en/desk/").content.decode()
    assert all(f'value="offer:{offer.pk}"' in inbox for offer in offers)
    page = select(officer, *offers).content.decode()
    assert one.proposal.case.number in page
    assert two.proposal.case.number in page
    assert "public at once" in page
    assert "2 done" in confirm(officer, signed_in(page)).content.decode()
    assert {row.answer for row in Offer.objects.filter(agency=one.first)} == {"accepted"}


def test_what_was_disputed_meanwhile_is_left_as_it_is() -> None:
    one, two = asked(), asked()
    first, second = Offer.objects.filter(agency=one.first).order_by("pk")
    officer = browser(one.one)
    signed = signed_in(select(officer, first, second).content.decode())
    browser(two.one).post(f"/en/desk/offers/{second.pk}/dispute/", {"reason": REASON})
    page = confirm(officer, signed).content.decode()
    assert "1 done" in page
    assert "1 left as it is" in page
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.answer, second.answer) == ("accepted", "disputed")


def test_another_agencys_offers_are_left_out() -> None:
    case = asked()
    assert select(browser(case.two), case.offer()).status_code == 302
    assert case.offer().answer == "open"


def test_who_is_only_asked_may_open_the_case() -> None:
    case: Asked = asked()
    url = f"/en/desk/cases/{case.proposal.case.number}/"
    other = browser(case.two)
    assert other.get(url).status_code == 403
    browser(case.one).post(
        f"/en/desk/offers/{case.offer().pk}/dispute/", {"reason": REASON, "proposed": "motc"}
    )
    assert other.get(url).status_code == 200
