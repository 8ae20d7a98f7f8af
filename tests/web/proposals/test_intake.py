"""Plain endorsements are taken high up; what is checked, answered and counted stays the same."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from minben.base import metrics
from minben.operations import switches
from minben.operations.queries import Stop
from minben.operations.rules import Service
from minben.proposals import intake
from minben.proposals.actions import together
from minben.proposals.models import Endorsement, Proposal
from tests.factories import DAY0
from tests.web.conftest import SignedIn
from tests.web.proposals.stages import OPEN, open_one

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="one writer anyway: no desk on SQLite"
    ),
]
FORM = "application/x-www-form-urlencoded"
# Each answer has a number of its own; the language in the address varies nothing.
OWN = {"X-Request-ID", "Vary", "Content-Type", "Content-Length"}


@pytest.fixture(autouse=True)
def _desk(settings: Any) -> Iterator[None]:
    settings.ENDORSE_TOGETHER = True
    yield
    together.close_desk()


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The numbers of proposals that were handed to the desk from above."""
    seen: list[str] = []

    def noted(*, number: str, **more: Any) -> bool:
        seen.append(number)
        return together.endorse_together(number=number, **more)

    monkeypatch.setattr(intake, "endorse_together", noted)
    return seen


def url(proposal: Proposal, language: str = "") -> str:
    return f"{language}/proposals/{proposal.case.number}/endorse/"


def send(browser: Client, where: str, form: str = "reason=", **headers: str) -> HttpResponse:
    answer: Any = browser.post(where, form, content_type=FORM, **headers)
    return answer


@pytest.fixture
def at_open(at_instant: Callable[..., Any]) -> Iterator[None]:
    with at_instant(OPEN):
        yield


@pytest.mark.usefixtures("at_open")
@pytest.mark.parametrize("language", ["", "/en"])
def test_the_answer_is_the_one_the_view_gives(
    citizen_client: Callable[..., SignedIn], taken: list[str], language: str
) -> None:
    proposal, plain, told = open_one(), citizen_client(), citizen_client()
    ordinary = send(told, url(proposal, language), "reason=me+too")
    assert taken == []
    with CaptureQueriesContext(connection) as seen:
        short = send(plain, url(proposal, language))
    assert taken == [proposal.case.number]
    assert len(seen) == 0, "whoever waits at the desk asks the database nothing"
    assert short.status_code == ordinary.status_code == 302
    left = {key: value for key, value in short.items() if key not in OWN}
    assert left == {key: value for key, value in ordinary.items() if key not in OWN}
    assert short["Vary"] == "Cookie"
    assert plain.get(short["Location"]).status_code == 200
    assert Endorsement.objects.filter(person=plain.user).count() == 1


@pytest.mark.usefixtures("at_open")
def test_requests_are_counted_by_the_view_they_were_for(
    citizen_client: Callable[..., SignedIn],
) -> None:
    name = 'minben_requests_total{method="POST",status="302",view="proposals:endorse"}'

    def counted() -> tuple[float, float]:
        lines = metrics.exposition([]).decode().splitlines()
        found = dict(line.rsplit(" ", 1) for line in lines if line[:1] != "#")
        accepted = found.get('minben_endorsements_total{outcome="accepted"}', 0)
        return float(found.get(name, 0)), float(accepted)

    before = counted()
    send(citizen_client(), url(open_one()))
    assert [after - old for after, old in zip(counted(), before, strict=True)] == [1, 1]


def strict(user: Any) -> Client:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(user)
    return browser


def token_of(browser: Client, where: str) -> str:
    page = browser.get(where).content.decode()
    return page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]


@pytest.mark.usefixtures("at_open")
@pytest.mark.parametrize("how", ["no token", "wrong token", "another site", "no cookie"])
def test_a_form_that_is_not_ours_is_refused(
    citizen_client: Callable[..., SignedIn], taken: list[str], how: str
) -> None:
    proposal = open_one()
    browser = strict(citizen_client().user)
    token, headers = token_of(browser, url(proposal)), {}
    form = f"csrfmiddlewaretoken={token}&reason="
    if how == "no token":
        form = "reason="
    elif how == "wrong token":
        form = f"csrfmiddlewaretoken={'a' * 64}&reason="
    elif how == "another site":
        headers = {"HTTP_ORIGIN": "https://elsewhere.invalid"}
    else:
        del browser.cookies["csrftoken"]
    assert send(browser, url(proposal), form, **headers).status_code == 403
    assert taken == []
    assert not Endorsement.objects.exists()


@pytest.mark.usefixtures("at_open")
def test_without_its_check_a_forged_form_would_count(
    citizen_client: Callable[..., SignedIn], monkeypatch: pytest.MonkeyPatch
) -> None:
    proposal = open_one()
    monkeypatch.setattr(intake.IntakeMiddleware, "_is_ours", lambda *_: True)
    assert send(strict(citizen_client().user), url(proposal)).status_code == 302
    assert Endorsement.objects.count() == 1


@pytest.mark.usefixtures("at_open")
def test_a_form_of_ours_is_taken(citizen_client: Callable[..., SignedIn], taken: list[str]) -> None:
    proposal = open_one()
    browser = strict(citizen_client().user)
    form = f"csrfmiddlewaretoken={token_of(browser, url(proposal))}&reason="
    assert send(browser, url(proposal), form).status_code == 302
    assert taken == [proposal.case.number]


@pytest.mark.usefixtures("at_open")
def test_what_is_not_plain_goes_to_the_view_and_is_done_there(
    citizen_client: Callable[..., SignedIn], taken: list[str]
) -> None:
    proposal = open_one()
    assert send(citizen_client(), url(proposal), "reason=me+too").status_code == 302
    in_many_parts = citizen_client().post(url(proposal), {"reason": ""})
    assert in_many_parts.status_code == 302
    long = "reason=" + "+" * intake.BYTES_MOST
    assert send(citizen_client(), url(proposal), long).status_code == 302
    assert Endorsement.objects.count() == 3
    assert taken == []


@pytest.mark.usefixtures("at_open")
def test_who_cannot_is_told_as_ever(
    citizen_client: Callable[..., SignedIn], taken: list[str]
) -> None:
    proposal, browser = open_one(), citizen_client()
    assert "login" in send(Client(), url(proposal))["Location"]
    assert taken == [], "nobody is not even asked"
    stranger = Client()
    stranger.cookies["sessionid"] = "x" * 32
    assert "login" in send(stranger, url(proposal))["Location"]
    unverified = citizen_client(verified=False)
    assert "login" not in send(unverified, url(proposal))["Location"]
    assert send(browser, "/proposals/999Z999999/endorse/").status_code == 404
    assert send(browser, url(proposal), HTTP_HOST="elsewhere.invalid").status_code == 400
    assert send(browser, url(proposal)).status_code == 302
    assert send(browser, url(proposal)).status_code == 409
    assert Endorsement.objects.count() == 1
    assert browser.get(url(proposal)).status_code == 302, "one who endorsed sees the confirmation"


@pytest.mark.usefixtures("at_open")
@pytest.mark.parametrize(
    ("service", "words"), [(Service.SIGNING, "沒有計入"), (Service.EVERYTHING, "只能瀏覽")]
)
def test_a_switch_stops_it(
    citizen_client: Callable[..., SignedIn], service: Service, words: str
) -> None:
    proposal, browser = open_one(), citizen_client()
    switches.know({service: Stop(service, DAY0, "核對", "")}, seconds=3600)
    answer = send(browser, url(proposal))
    assert answer.status_code == 503
    assert words in answer.content.decode()
    assert not Endorsement.objects.exists()


def test_a_window_that_is_closed_is_told(
    citizen_client: Callable[..., SignedIn], at_instant: Callable[..., Any]
) -> None:
    proposal, browser = open_one(), citizen_client()
    with at_instant(proposal.closes_at + timedelta(seconds=1)):
        assert send(browser, url(proposal)).status_code == 409
    assert not Endorsement.objects.exists()


@pytest.mark.usefixtures("at_open")
def test_it_is_absent_where_nothing_is_shared(
    citizen_client: Callable[..., SignedIn], taken: list[str], settings: Any
) -> None:
    settings.ENDORSE_TOGETHER = False
    assert send(citizen_client(), url(open_one())).status_code == 302
    assert taken == []
