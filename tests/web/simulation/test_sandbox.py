"""The sandbox's pages: clock, accounts, mailbox; and that production has none of them."""

from collections.abc import Iterator
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

import pytest
from django.test import Client

from minben.kernel import clock
from minben.kernel.actor import SYSTEM, Role
from minben.kernel.refusal import Refusal
from minben.notify.actions import keep_in_sandbox
from minben.notify.models import Channel
from minben.people import queries as people
from minben.proposals.models import Proposal
from minben.proposals.rules import State
from minben.simulation import clock_control, clock_file
from tests.factories import (
    DAY,
    DAY0,
    accept_one,
    file_one,
    make_agency,
    make_person,
    make_staff,
)

pytestmark = pytest.mark.django_db
STEPS = {"day": DAY}


class Machine(datetime):
    """A machine whose clock stands in March 2026, so that the calendar reaches far enough."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:
        return DAY0


@pytest.fixture(autouse=True)
def own_clock(settings: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    settings.VAR = tmp_path  # type: ignore[attr-defined]
    monkeypatch.setattr(clock, "datetime", Machine)
    yield
    assert clock.offset() == timedelta(0)


def test_a_day_forward_is_kept_for_everybody(client: Client) -> None:
    before = clock.now()
    answer = client.post("/dev/clock/", {"step": "day", "next": "/about/"})
    assert (answer.status_code, answer["Location"]) == (302, "/about/")
    assert clock_file.offset() == DAY
    page = Client().get("/about/")
    assert page.context["at"] - before >= DAY


def test_to_the_next_deadline_does_what_falls_due(client: Client) -> None:
    at = clock.now()
    proposal = accept_one(file_one(at=at), at=at)
    client.post("/dev/clock/", {"step": "next"})
    proposal.refresh_from_db()
    assert proposal.state == State.LAPSED
    # What the moved clock wrote is marked for good.
    assert Proposal.objects.filter(case__deadlines__outcome="lapsed").count() == 1


def test_back_to_now(client: Client) -> None:
    client.post("/dev/clock/", {"step": "day"})
    client.post("/dev/clock/", {"step": "reset"})
    assert clock_file.offset() == timedelta(0)


@pytest.mark.parametrize("step", ["", "year", "-1"])
def test_an_unknown_step_moves_nothing(client: Client, step: str) -> None:
    answer = client.post("/dev/clock/", {"step": step}, follow=True)
    assert answer.status_code == 200
    assert clock_file.offset() == timedelta(0)
    with pytest.raises(Refusal, match="clock_step_unknown"):
        clock_control.move(step, STEPS, at=clock.now())


def test_without_a_deadline_there_is_no_next_one() -> None:
    with pytest.raises(Refusal, match="clock_no_deadline"):
        clock_control.move("next", STEPS, at=clock.now())


def test_the_clock_stays_within_the_calendar() -> None:
    with pytest.raises(Refusal, match="clock_beyond_calendar"):
        clock_control.move("leap", {"leap": 900 * DAY}, at=clock.now())


def test_no_open_redirect(client: Client) -> None:
    answer = client.post("/dev/clock/", {"step": "day", "next": "https://elsewhere.example/"})
    assert answer["Location"] == "/"


def test_get_moves_nothing(client: Client) -> None:
    assert client.get("/dev/clock/?step=day").status_code == 405
    assert clock_file.offset() == timedelta(0)


def test_mail_and_sms_are_shown(client: Client) -> None:
    keep_in_sandbox(
        channel=Channel.SMS, to="+886912345678", subject="", body="驗證碼 123456", by=SYSTEM,
        at=clock.now(),
    )  # fmt: skip
    assert "驗證碼 123456" in client.get("/dev/outbox/").content.decode()


def test_one_press_signs_in_as_staff(client: Client) -> None:
    staff = make_staff(Role.CHECKER)
    account = people.user_by_id(staff.person_id or 0)
    account.email = "checker-9@example.org"
    account.save()
    answer = client.post("/dev/accounts/", {"account": account.pk})
    assert answer["Location"] == "/desk/"
    assert client.get("/desk/").status_code == 200


def test_many_officers_leave_room_for_the_citizens(client: Client) -> None:
    agency = make_agency()
    for _ in range(45):
        make_staff(Role.PARTICIPATION, agency)
    citizen = make_person()
    citizen.email = "citizen-21@example.org"
    citizen.save()
    page = client.get("/en/dev/accounts/").content.decode()
    assert "citizen-21@example.org" in page
    assert page.count("Participation officer") == 45


def test_a_forged_account_is_refused(client: Client) -> None:
    assert client.post("/dev/accounts/", {"account": "999999"}).status_code == 422
    assert client.get("/my/").status_code == 302


@pytest.mark.parametrize("path", ["/dev/outbox/", "/dev/accounts/", "/dev/clock/"])
def test_production_has_none_of_it(client: Client, settings: object, path: str) -> None:
    settings.SANDBOX = False  # type: ignore[attr-defined]
    settings.PRODUCTION = True  # type: ignore[attr-defined]
    assert client.get(path).status_code == 404
    assert client.post(path, {"step": "day", "account": "1"}).status_code == 404
    with pytest.raises(RuntimeError):
        clock_file.move_to(DAY)
