"""How one wants letters, in the browser; and an address that is proved again."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from minben.kernel import clock
from minben.kernel.actor import SYSTEM
from minben.notify import actions
from minben.notify.models import ReturnedAddress, Wish
from minben.notify.proving import prove_token
from tests.factories import DAY0
from tests.web.conftest import SignedIn
from tests.web.desk.conftest import queries_of

pytestmark = pytest.mark.django_db
PAGE = "/en/account/notices/"


@pytest.fixture
def client_(citizen_client: Callable[..., SignedIn]) -> SignedIn:
    return citizen_client()


def stopped(client: SignedIn) -> None:
    ReturnedAddress.objects.create(
        address=client.user.email.casefold(),
        permanent_days=1,
        last_day=DAY0.date(),
        status="5.1.1",
        at=DAY0,
        stopped_at=DAY0,
    )


def test_a_wish_is_kept_and_shown(client_: SignedIn) -> None:
    page = client_.get(PAGE).content.decode()
    assert "One letter a day" in page
    assert "come at once" in page  # what no wish holds back
    typed = {"act": "wish", "daily": "yes", "quiet_from": "22", "quiet_until": "7"}
    assert client_.post(PAGE, typed).status_code == 302
    wish = Wish.objects.get()
    assert (wish.recipient, wish.daily, wish.quiet_from, wish.quiet_until) == (
        client_.actor.id,
        True,
        22,
        7,
    )
    page = client_.get(PAGE).content.decode()
    assert '<option value="22" selected>' in page
    assert client_.post(PAGE, typed | {"daily": "no", "quiet_from": "", "quiet_until": ""})
    assert Wish.objects.get().quiet_from is None


@pytest.mark.parametrize(
    "changes",
    [{"quiet_from": "5", "quiet_until": "5"}, {"quiet_from": "5"}, {"daily": "weekly"}],
    ids=["same", "half", "unknown"],
)
def test_what_is_no_wish_is_refused_beside_its_field(
    client_: SignedIn, changes: dict[str, str]
) -> None:
    answer = client_.post(PAGE, {"act": "wish", "daily": "yes"} | changes)
    assert answer.status_code == 422
    assert "Error:" in answer.content.decode() or "_error" in answer.content.decode()
    assert not Wish.objects.exists()


def test_nobody_is_asked_who_is_not_signed_in() -> None:
    for path in (PAGE, "/en/account/notices/prove/x/"):
        assert Client().get(path).status_code == 302
        assert Client().post(path, {"act": "wish"}).status_code == 302


def test_who_gets_no_letters_any_more_is_told_and_proves_the_address(client_: SignedIn) -> None:
    assert client_.post(PAGE, {"act": "prove"}).status_code == 409
    assert "come back" not in client_.get(PAGE).content.decode()
    stopped(client_)
    page = client_.get(PAGE).content.decode()
    assert "Letters to your address come back" in page
    assert "5.1.1" in page
    assert client_.post(PAGE, {"act": "prove"}).status_code == 302
    assert actions.send_due(by=SYSTEM, at=clock.now() + timedelta(minutes=1)) == 1
    (link,) = [word for word in str(mail.outbox[-1].body).split() if "/prove/" in word]
    path = "/en/account/notices/prove/" + link.rstrip("/").rpartition("/")[2] + "/"
    assert client_.get(path).status_code == 200
    assert ReturnedAddress.objects.exists()  # a scanner that opens every link proves nothing
    assert client_.post(path).status_code == 302
    assert not ReturnedAddress.objects.exists()


def test_the_link_of_somebody_else_proves_nothing(
    client_: SignedIn, citizen_client: Callable[..., SignedIn]
) -> None:
    stopped(client_)
    path = f"/en/account/notices/prove/{prove_token(client_.actor.id, client_.user.email)}/"
    assert citizen_client().post(path).status_code == 404
    assert ReturnedAddress.objects.exists()


def test_the_page_asks_little(client_: SignedIn) -> None:
    client_.get(PAGE)
    assert queries_of(lambda: client_.get(PAGE)) <= 8


def test_the_page_that_stops_letters_names_the_proposal(client_: SignedIn) -> None:
    actions.enqueue(
        "people.counter_confirmed",
        fact="counter:1",
        recipient=client_.actor.id,
        address=client_.user.email,
        language="en",
        context={"counter": "x", "number": "2026-000007", "subject": "路口庇護島請加寬"},
        by=SYSTEM,
        at=DAY0,
        case_id=7,
    )
    actions.send_due(by=SYSTEM, at=DAY0)
    link = mail.outbox[-1].extra_headers["List-Unsubscribe"][1:-1]
    page = Client().get("/" + link.partition("//")[2].partition("/")[2]).content.decode()
    assert "路口庇護島請加寬" in page
    assert "2026-000007" in page
