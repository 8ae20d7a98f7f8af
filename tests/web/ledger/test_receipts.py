"""Receipts of endorsers and proposers: promised at once, proved a moment later, theirs alone."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from minben.ledger import receipts
from minben.ledger.receipts import Standing
from minben.proposals.models import Endorsement
from tests.factories import DAY, count, make_person
from tests.web.ledger.logs import SIGNED, sign, small
from tests.web.proposals.stages import OPEN, hidden_one, open_one

pytestmark = pytest.mark.django_db
At = Callable[..., Any]
HTMX = {"HX-Request": "true"}


def receipt_of(browser: Client, number: str) -> receipts.Receipt:
    (found,) = receipts.read_all(browser.get(f"/proposals/{number}/receipt.json").content)
    return found


def test_the_receipt_is_there_before_the_act_is_entered(citizen_client: At, at_instant: At) -> None:
    proposal, browser = open_one(), citizen_client()
    url = f"/en/proposals/{proposal.case.number}/"
    with at_instant(OPEN):
        page = browser.post(f"{url}endorse/", {"reason": ""}, follow=True).content.decode()
        promised = receipt_of(browser, proposal.case.number)
    assert "Your endorsement is recorded" in page
    assert "on its way into the public ledger" in page
    assert f'data-hx-get="{url}receipt/"' in page  # asks again by itself
    assert f'href="{url}endorsed/"' in page  # and by a plain link
    assert "data:image/svg+xml" in page
    assert promised.place is None
    found = receipts.check(promised, at=OPEN)
    assert (found.standing, found.opened) == (Standing.PROMISED, True)


def test_then_it_gets_its_number_and_its_proof(citizen_client: At, at_instant: At) -> None:
    proposal, browser = open_one(), citizen_client()
    number = proposal.case.number
    with at_instant(OPEN):
        page = browser.post(f"/en/proposals/{number}/endorse/", {"reason": ""}, follow=True)
        count(OPEN)
        between = browser.get(f"/en/proposals/{number}/receipt/", headers=HTMX).content.decode()
        sign()
        after = browser.get(f"/en/proposals/{number}/receipt/", headers=HTMX).content.decode()
        proved = receipt_of(browser, number)
    index = Endorsement.objects.get().leaf_index
    assert f"entry {index}" in between
    assert "hx-get" in between
    assert "You are endorser no. 1" in after
    assert "hx-get" not in after
    assert "<html" not in after
    # The count beside the receipt follows it; the whole page has it once, and in its place.
    assert 'id="counted"' in page.content.decode()
    assert "hx-swap-oob" not in page.content.decode()
    beside = after[after.index('id="counted" data-hx-swap-oob="true"') :]
    assert re.search(r">\s*1\s*<", beside)
    found = receipts.check(proved)
    assert (found.standing, found.index, found.opened) == (Standing.ENTERED, index, True)
    assert proved.told == {"proposal": number, "number": 1}


def test_the_promise_is_of_the_instant_of_the_act(citizen_client: At, at_instant: At) -> None:
    log = small()
    browser = citizen_client(log.person)
    with at_instant(OPEN + 3 * DAY):
        late = receipt_of(browser, log.number)
    assert late.promise is not None
    assert late.promise.at == log.endorsement.at


def test_without_a_script_the_part_is_the_whole_page(citizen_client: At, at_instant: At) -> None:
    log = small()
    with at_instant(SIGNED):
        response = citizen_client(log.person).get(f"/proposals/{log.number}/receipt/")
    assert response["Location"] == f"/proposals/{log.number}/endorsed/"


def test_nobody_else_gets_it(client: Client, citizen_client: At, at_instant: At) -> None:
    log = small()
    stranger = citizen_client()
    with at_instant(SIGNED):
        for name in ("receipt/", "receipt.json", "receipts/", "receipts.json"):
            path = f"/proposals/{log.number}/{name}"
            assert "login" in client.get(path)["Location"]
            assert stranger.get(path)["Location"] == f"/proposals/{log.number}/"


def test_an_endorser_has_no_receipts_of_the_proposer(citizen_client: At, at_instant: At) -> None:
    log = small()
    with at_instant(SIGNED):
        for name in ("receipts/", "receipts.json"):
            response = citizen_client(log.person).get(f"/proposals/{log.number}/{name}")
            assert response.status_code == 404


def test_a_proposer_who_did_not_endorse_has_no_receipt_of_endorsing(
    citizen_client: At, at_instant: At
) -> None:
    log = small()
    with at_instant(SIGNED):
        browser = citizen_client(log.proposer)
        assert browser.get(f"/proposals/{log.number}/receipt.json").status_code == 404
        page = browser.get(f"/proposals/{log.number}/endorsed/")
    assert page["Location"] == f"/proposals/{log.number}/"


def test_receipts_are_not_kept_by_caches(citizen_client: At, at_instant: At) -> None:
    log = small()
    with at_instant(SIGNED):
        for name in ("endorsed/", "receipt.json"):
            response = citizen_client(log.person).get(f"/proposals/{log.number}/{name}")
            assert "no-store" in response["Cache-Control"]


def test_after_erasing_the_receipt_opens_nothing(citizen_client: At, at_instant: At) -> None:
    log = small()
    Endorsement.objects.filter(pk=log.endorsement.pk).update(salt=None)
    with at_instant(SIGNED):
        found = receipt_of(citizen_client(log.person), log.number)
    assert found.sealed is None
    assert "明" not in receipts.write([found])
    assert receipts.check(found).standing is Standing.ENTERED


def test_a_proposer_gets_every_act_on_the_proposal(citizen_client: At, at_instant: At) -> None:
    log = small()
    with at_instant(SIGNED):
        browser = citizen_client(log.proposer)
        page = browser.get(f"/en/proposals/{log.number}/receipts/").content.decode()
        made = receipts.read_all(browser.get(f"/proposals/{log.number}/receipts.json").content)
    kinds = [json.loads(one.entry)["kind"] for one in made]
    assert "proposals.filed" in kinds
    assert "proposals.accepted" in kinds
    assert "proposals.endorsed" not in kinds
    assert all(receipts.check(one).standing is Standing.ENTERED for one in made)
    filed = made[kinds.index("proposals.filed")]
    assert filed.sealed is not None
    assert filed.sealed["subject"] == log.proposal.subject
    assert made[kinds.index("proposals.accepted")].sealed is None  # somebody else's to open
    assert "Proposed" in page
    assert "Check passed" in page
    assert "data:image/svg+xml" in page


def test_a_proposer_whose_proposal_was_hidden_still_gets_it(
    citizen_client: At, at_instant: At
) -> None:
    proposer = make_person(at=OPEN)
    proposal = hidden_one(proposer)
    sign()
    with at_instant(SIGNED):
        browser = citizen_client(proposer)
        made = receipts.read_all(
            browser.get(f"/proposals/{proposal.case.number}/receipts.json").content
        )
    assert "proposals.hidden" in [json.loads(one.entry)["kind"] for one in made]


def test_waiting_acts_are_promised(citizen_client: At, at_instant: At) -> None:
    proposer = make_person(at=OPEN)
    proposal = open_one(proposer)  # nothing is entered yet
    with at_instant(OPEN):
        browser = citizen_client(proposer)
        page = browser.get(f"/en/proposals/{proposal.case.number}/receipts/").content.decode()
    assert "promised and will be entered" in page
    assert "waiting" in page


def test_few_queries(citizen_client: At, at_instant: At, django_assert_max_num_queries: At) -> None:
    log = small(5)
    browser = citizen_client(log.person)
    with at_instant(SIGNED):
        browser.get(f"/proposals/{log.number}/endorsed/")
        with django_assert_max_num_queries(14):
            browser.get(f"/proposals/{log.number}/endorsed/")
        proposer = citizen_client(log.proposer)
        with django_assert_max_num_queries(14):
            proposer.get(f"/proposals/{log.number}/receipts/")


def test_the_entries_of_a_proposal(client: Client, at_instant: At) -> None:
    log = small()
    with at_instant(SIGNED):
        page = client.get(f"/en/proposals/{log.number}/ledger/").content.decode()
        everything = client.get(f"/en/proposals/{log.number}/ledger/?show=all").content.decode()
    assert "Check passed" in page
    assert "Endorsed" not in page
    assert "3 endorsements of it stand there" in page
    assert everything.count("Endorsed") >= 3
    assert f'/en/ledger/leaf/{log.endorsement.leaf_index}/"' in everything


def test_a_long_list_goes_on(
    client: Client, at_instant: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    from minben.proposals.queries import receipts as queries

    log = small()
    monkeypatch.setattr(queries, "PER_PAGE", 2)
    places, path = [], f"/en/proposals/{log.number}/ledger/?show=all"
    with at_instant(SIGNED):
        for _ in range(20):
            response = client.get(path)
            places += [line.index for line in response.context["lines"]]
            if response.context["more"] is None:
                break
            path = f"/en/proposals/{log.number}/ledger/?show=all&before={response.context['more']}"
    assert places == sorted(places, reverse=True)
    assert len(places) == len(set(places)) > 4


@pytest.mark.parametrize("before", ["x", "-1", "９", "9" * 30, ""])
def test_a_strange_place_to_begin_is_passed_over(
    client: Client, at_instant: At, before: str
) -> None:
    log = small()
    with at_instant(SIGNED):
        response = client.get(f"/proposals/{log.number}/ledger/?show=all&before={before}")
    assert response.status_code == 200


def test_what_is_not_public_has_no_entries_page(client: Client, at_instant: At) -> None:
    from tests.factories import file_one

    proposal = file_one()
    with at_instant(OPEN + timedelta(days=1)):
        assert client.get(f"/proposals/{proposal.case.number}/ledger/").status_code == 404
