"""Receipts of official acts: for staff only, each with its proof, nothing sealed inside."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from minben.kernel.actor import Role
from minben.ledger import receipts
from minben.ledger.receipts import Standing
from tests.factories import file_one, make_agency
from tests.web.ledger.logs import SIGNED, small
from tests.web.proposals.stages import OPEN

pytestmark = pytest.mark.django_db
At = Callable[..., Any]


@pytest.mark.parametrize("role", [Role.OFFICER, Role.CHECKER, Role.ADMINISTRATOR])
def test_every_official_act_has_its_receipt(
    staff_client: At, at_instant: At, role: Role, django_assert_max_num_queries: At
) -> None:
    log = small()
    browser = staff_client(role, make_agency() if role is Role.OFFICER else None)
    with at_instant(SIGNED):
        with django_assert_max_num_queries(20):
            page = browser.get(f"/en/desk/cases/{log.number}/receipts/").content.decode()
        kept = browser.get(f"/desk/cases/{log.number}/receipts.json")
    made = receipts.read_all(kept.content)
    kinds = {json.loads(one.entry)["kind"] for one in made}
    assert "casework.agencies_assigned" in kinds
    assert "casework.deadline_started" in kinds
    assert "proposals.filed" not in kinds
    assert {receipts.check(one).standing for one in made} == {Standing.ENTERED}
    assert all(one.sealed is None for one in made)
    assert "no-store" in kept["Cache-Control"]
    assert "Responsible agencies named" in page
    assert "data:image/svg+xml" in page


def test_only_for_staff(client: Client, citizen_client: At, at_instant: At) -> None:
    log = small()
    with at_instant(SIGNED):
        for name in ("receipts/", "receipts.json"):
            path = f"/desk/cases/{log.number}/{name}"
            assert client.get(path).status_code == 302
            assert citizen_client().get(path).status_code == 403


def test_what_is_not_there(staff_client: At, at_instant: At) -> None:
    with at_instant(OPEN):
        browser = staff_client(Role.ADMINISTRATOR)
        assert browser.get("/desk/cases/2026-999999/receipts/").status_code == 404
        assert browser.get("/desk/cases/2026-999999/receipts.json").status_code == 404


def test_before_a_checkpoint_they_are_promised(staff_client: At, at_instant: At) -> None:
    proposal = file_one(at=OPEN)
    with at_instant(OPEN):
        browser = staff_client(Role.ADMINISTRATOR)
        page = browser.get(f"/en/desk/cases/{proposal.case.number}/receipts/").content.decode()
    assert "will be entered in a moment" in page


def test_the_record_leads_to_them(staff_client: At, at_instant: At) -> None:
    log = small()
    with at_instant(SIGNED):
        page = staff_client(Role.ADMINISTRATOR).get(f"/desk/cases/{log.number}/record/")
    assert f"/desk/cases/{log.number}/receipts/" in page.content.decode()
