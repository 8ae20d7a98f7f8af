"""One's own page: drafts, proposals in every stage, endorsements, messages, what is missing, roles."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from minben.kernel.actor import Role
from minben.proposals import actions
from tests.factories import (
    DAY,
    DAY0,
    accept_one,
    actor,
    endorse,
    file_one,
    make_agency,
    make_person,
)
from tests.many import make_many
from tests.web.proposals.stages import OPEN, hidden_one, open_one, pause

pytestmark = pytest.mark.django_db
At = Callable[..., Any]
MY = "/en/my/"


def read(client: Client, at_instant: At, at: Any = OPEN, path: str = MY) -> str:
    with at_instant(at):
        response = client.get(path)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_strangers_are_asked_to_sign_in(client: Client) -> None:
    response = client.get(MY)
    assert response.status_code == 302
    assert response["Location"].endswith("?next=%2Fen%2Fmy%2F")
    assert client.get("/my/data.json").status_code == 302


def test_a_new_account_is_told_what_is_missing(citizen_client: At, at_instant: At) -> None:
    html = read(citizen_client(verified=False), at_instant)
    assert "Before you can propose or endorse" in html
    assert "still missing" in html
    assert 'href="/en/account/finish/"' in html


def test_a_confirmed_account_is_not(citizen_client: At, at_instant: At) -> None:
    html = read(citizen_client(), at_instant)
    assert "Before you can propose or endorse" not in html
    assert "You have not proposed anything yet" in html
    assert "You have not endorsed anything yet" in html


def test_drafts_proposals_and_endorsements_of_mine_only(citizen_client: At, at_instant: At) -> None:
    reader = citizen_client()
    by, other = reader.actor, make_person()
    draft = actions.begin_draft(jurisdiction_code="ey", by=by, at=DAY0)
    mine, hidden = file_one(reader.user), hidden_one(reader.user)
    theirs = open_one(other)
    not_mine = file_one(other)
    endorse(proposal_id=theirs.pk, by=by, at=OPEN)
    html = read(reader, at_instant, OPEN + timedelta(hours=1))
    assert f"/en/propose/{draft.pk}/subject/" in html
    assert "(no subject yet)" in html
    assert mine.case.number in html
    assert "The check should be done" in html
    assert hidden.case.number in html
    assert "Hidden" in html
    assert theirs.case.number in html
    assert "You were number 1" in html
    assert not_mine.case.number not in html


def test_messages_stand_here_too(citizen_client: At, at_instant: At) -> None:
    reader = citizen_client()
    proposal = accept_one(file_one(reader.user, subject="請增設行人庇護島與倒數號誌"))
    html = read(reader, at_instant)
    assert "Your proposal passed the check: 請增設行人庇護島與倒數號誌" in html
    assert f"/en/proposals/{proposal.case.number}/" in html
    assert "您的提議" in read(reader, at_instant, path="/my/") or "檢核" in html


def test_endorsements_come_in_pages(citizen_client: At, at_instant: At) -> None:
    reader = citizen_client()
    rows = make_many(23, endorser=reader.user)
    first = read(reader, at_instant)
    last = read(reader, at_instant, path=f"{MY}?page=3")
    assert sum(row.case.number in first for row in rows) == 10
    assert sum(row.case.number in last for row in rows) == 3
    for odd in ("abc", "99999", "-4"):
        assert read(reader, at_instant, path=f"{MY}?page={odd}")


def test_staff_find_the_way_to_their_desk(staff_client: At, at_instant: At) -> None:
    html = read(staff_client(Role.OFFICER, make_agency()), at_instant)
    assert "Agency officer" in html
    assert "MOF" in html
    assert 'href="/en/desk/"' in html


@pytest.mark.parametrize("role", [None, Role.OFFICER])
@pytest.mark.parametrize("path", ["/my/", MY])
def test_at_most_ten_questions(
    citizen_client: At, staff_client: At, at_instant: At, role: Role | None, path: str
) -> None:
    agency = make_agency()
    reader = staff_client(role, agency) if role else citizen_client()
    make_many(60, agencies=(agency,), proposer=reader.user, endorser=reader.user)
    for _ in range(3):
        actions.begin_draft(jurisdiction_code="ey", by=reader.actor, at=DAY0)
    with at_instant(OPEN):
        reader.get(path)
        with CaptureQueriesContext(connection) as queries:
            assert reader.get(path).status_code == 200
    assert len(queries) <= 10


def test_a_pause_costs_no_more_than_ten(citizen_client: At, at_instant: At) -> None:
    reader = citizen_client()
    make_many(20, proposer=reader.user, endorser=reader.user)
    pause(OPEN, 10)
    with at_instant(OPEN + DAY):
        reader.get(MY)
        with CaptureQueriesContext(connection) as queries:
            assert reader.get(MY).status_code == 200
    assert len(queries) <= 10


def test_my_data_holds_everything_of_mine_and_nothing_secret(
    citizen_client: At, at_instant: At
) -> None:
    reader = citizen_client()
    other = make_person("別人")
    proposal = accept_one(file_one(reader.user))
    theirs = open_one(other)
    actions.begin_draft(jurisdiction_code="ey", by=reader.actor, at=DAY0)
    endorse(proposal_id=theirs.pk, by=reader.actor, at=OPEN, reason="我也需要")
    with at_instant(OPEN):
        response = reader.get("/my/data.json")
    assert response["Content-Disposition"].startswith("attachment")
    assert "no-store" in response["Cache-Control"]
    held = json.loads(response.content)
    assert held["account"]["account"]["email"] == reader.user.email
    assert held["account"]["account"]["phone"] == reader.user.phone
    assert [row["case__number"] for row in held["proposals"]["proposals"]] == [proposal.case.number]
    assert held["proposals"]["endorsements"][0]["reason"] == "我也需要"
    assert len(held["proposals"]["drafts"]) == 1
    assert {row["kind"] for row in held["notify"]["messages"]} >= {"proposals.accepted"}
    assert held["record"]["acts"]
    text = response.content.decode()
    assert other.email not in text
    assert "argon2" not in text
    assert "password" not in held["account"]["account"]


def test_my_data_reads_every_field_there_is(citizen_client: At) -> None:
    """A field added to an account later is in the copy without anybody thinking of it."""
    reader = citizen_client()
    held = reader.get("/my/data.json").json()["account"]["account"]
    fields = {field.attname for field in reader.user._meta.concrete_fields}
    assert set(held) == fields - {"password", "ledger_secret"}
    assert actor(reader.user).id == f"person:{held['id']}"
