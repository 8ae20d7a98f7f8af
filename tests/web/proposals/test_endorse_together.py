"""Requests of one moment share a transaction; whatever needs a word is done one by one."""

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from minben.kernel.refusal import Refusal
from minben.ledger.models import Intake
from minben.people.models import User
from minben.proposals import actions
from minben.proposals.actions import together
from minben.proposals.models import Endorsement, Proposal
from tests.factories import DAY, count, make_person
from tests.web.proposals.stages import OPEN, open_one, pause

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="one writer anyway: no desk on SQLite"
    ),
]
At = Callable[..., Any]


@pytest.fixture(autouse=True)
def _desk(settings: Any) -> Iterator[None]:
    settings.ENDORSE_TOGETHER = True
    yield
    together.close_desk()


def session_of(user: User) -> str:
    client = Client()
    client.force_login(user)
    return client.cookies["sessionid"].value


def ask(proposal: Proposal, key: str, at: Any = None) -> bool:
    return actions.endorse_together(
        number=proposal.case.number,
        session_key=key,
        address="192.0.2.1",
        at=at or proposal.opens_at,
    )


def test_a_hundred_at_once_are_each_written_once_and_counted() -> None:
    proposal = open_one()
    keys = [session_of(make_person()) for _ in range(100)]
    found: list[bool] = []
    threads = [threading.Thread(target=lambda k=k: found.append(ask(proposal, k))) for k in keys]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert found == [True] * 100
    count(OPEN + DAY)
    proposal.refresh_from_db()
    assert (proposal.endorsed, proposal.numbered) == (100, 100)
    assert not Intake.objects.exists()
    assert all(row.network for row in Endorsement.objects.all())


def test_a_second_one_of_the_same_person_is_left_to_the_ordinary_way() -> None:
    proposal, key = open_one(), session_of(make_person())
    found: list[bool] = []
    threads = [threading.Thread(target=lambda: found.append(ask(proposal, key))) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(found) == [False] * 7 + [True]
    assert (
        Endorsement.objects.count()
        == Intake.objects.filter(ref__isnull=False).filter(kind="proposals.endorsed").count()
        == 1
    )


@pytest.mark.parametrize("why", ["nobody", "unverified", "closed", "early", "late", "paused"])
def test_whoever_cannot_is_left_to_the_ordinary_way(why: str) -> None:
    proposal, person = open_one(), make_person(verified=why != "unverified")
    key = session_of(person)
    at = proposal.opens_at
    if why == "nobody":
        key = "a" * 32
    elif why == "closed":
        User.objects.filter(pk=person.pk).update(is_active=False)
    elif why == "early":
        at -= timedelta(microseconds=1)
    elif why == "late":
        at = proposal.closes_at
    elif why == "paused":
        pause(OPEN, 10)
        at = OPEN + DAY
    assert not ask(proposal, key, at)
    assert not Endorsement.objects.exists()


def test_a_replaced_password_ends_what_the_desk_believes() -> None:
    proposal, person = open_one(), make_person()
    key = session_of(person)
    person.set_password("another one entirely")
    person.save()
    assert not ask(proposal, key)


def test_a_stopped_service_is_told_by_the_ordinary_way(monkeypatch: Any) -> None:
    proposal, key = open_one(), session_of(make_person())
    monkeypatch.setattr(together, "refuse_if_stopped", _stopped)
    assert not ask(proposal, key)
    assert not Endorsement.objects.exists()


def _stopped(service: object) -> None:
    raise Refusal("signing_stopped")


def test_a_database_that_fails_once_fails_nobody_later(monkeypatch: Any) -> None:
    proposal, key = open_one(), session_of(make_person())

    def broken(*_: object) -> None:
        raise OperationalError("gone")

    with monkeypatch.context() as for_once:
        for_once.setattr(together, "_write", broken)
        assert not ask(proposal, key)
    assert ask(proposal, key)


def test_the_page_does_both(citizen_client: At, at_instant: At) -> None:
    proposal, browser = open_one(), citizen_client()
    url = f"/proposals/{proposal.case.number}/endorse/"
    with at_instant(OPEN):
        first = browser.post(url)
        again = browser.post(url)
    assert (first.status_code, again.status_code) == (302, 409)
    assert first["Location"].endswith("/endorsed/")
    assert Endorsement.objects.count() == 1
    other = citizen_client()
    with at_instant(OPEN):
        assert other.post(url, {"reason": "我也需要"}).status_code == 302
    assert Endorsement.objects.get(person=other.user).reason == "我也需要"


def test_without_a_session_one_is_asked_to_sign_in(client: Client, at_instant: At) -> None:
    proposal = open_one()
    with at_instant(OPEN):
        answer = client.post(f"/proposals/{proposal.case.number}/endorse/")
    assert "login" in answer["Location"]
