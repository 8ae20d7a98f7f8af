"""The ledger's pages for people: overview, one entry, and what a receipt is worth."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from minben.base import hot_pages
from minben.ledger import queries, receipts
from minben.ledger.issuing import Proofs, issue
from minben.ledger.keys import origin, receipt_key
from minben.ledger.models import Intake, Leaf
from minben.ledger.notes import SigningKey
from minben.ledger.receipts import Code, Receipt
from minben.proposals.actions import endorse as endorse_only
from minben.proposals.actions.inserting import KIND
from tests.factories import DAY, actor, make_person
from tests.web.ledger.logs import SIGNED, sign, small
from tests.web.proposals.stages import OPEN, open_one

pytestmark = pytest.mark.django_db
At = Callable[..., Any]
PAGE = "/en/ledger/receipt/"


def proved() -> Receipt:
    """A receipt with everything, of somebody's endorsement."""
    made = small().endorsement
    leaf = Leaf.objects.get(pk=made.leaf_index)
    sealed = {
        "person": made.person_id,
        "nickname": made.nickname,
        "county": made.county,
        "township": made.township,
        "reason": made.reason,
    }
    return issue(
        bytes(leaf.entry),
        Proofs(),
        index=leaf.index,
        salt=bytes(made.salt or b""),
        sealed=sealed,
        told={"number": 3},
    )


def promised() -> Receipt:
    """A receipt of an act that waits."""
    proposal = open_one()
    by = actor(make_person(at=OPEN))
    written = endorse_only(proposal_id=proposal.pk, by=by, at=OPEN).written
    return issue(written.entry, Proofs(), salt=written.salt, sealed=written.sealed)


def hand_in(client: Client, given: Receipt | list[Receipt] | str | bytes) -> HttpResponse:
    """Upload a file."""
    if isinstance(given, Receipt):
        given = [given]
    text = receipts.write(given) if isinstance(given, list) else given
    raw = text.encode() if isinstance(text, str) else text
    return client.post(PAGE, {"file": SimpleUploadedFile("receipt.json", raw)})


def said(client: Client, given: Any, at_instant: At, at: datetime = SIGNED) -> str:
    with at_instant(at):
        response = hand_in(client, given)
    assert response.status_code == 200, response.content.decode()[-2000:]
    assert response["Cache-Control"] == "no-store"
    return response.content.decode()


def test_a_genuine_receipt(client: Client, at_instant: At) -> None:
    one = proved()
    page = said(client, one, at_instant)
    assert f"It is in the ledger, as entry {one.place and one.place.index}" in page
    assert "Endorsed" in page
    assert "endorsement no. 3" in page
    assert "fits the commitment" in page
    assert "without signatures of witnesses" in page
    assert "/en/proposals/" in page


def test_pasted_text_does_the_same(client: Client, at_instant: At) -> None:
    text = receipts.write([proved()])
    with at_instant(SIGNED):
        page = client.post(PAGE, {"text": text}).content.decode()
    assert "It is in the ledger" in page


def test_the_code_of_the_picture(client: Client, at_instant: At) -> None:
    code = Code.of(proved())
    with at_instant(SIGNED):
        for text in (str(code), f"https://any.example/ledger/receipt/#{code}\n"):
            page = client.post(PAGE, {"text": text}).content.decode()
            assert "It is in the ledger" in page
            assert "fits the commitment" not in page


def test_an_older_checkpoint_does_no_harm(client: Client, at_instant: At) -> None:
    one = proved()
    open_one()
    sign(SIGNED + timedelta(minutes=1))
    assert "It is in the ledger" in said(client, one, at_instant, SIGNED + timedelta(hours=1))


def test_a_promise(client: Client, at_instant: At) -> None:
    one = promised()
    page = said(client, one, at_instant, OPEN + timedelta(minutes=1))
    assert "promised, and not due yet" in page
    assert "2026-03-05T10:00" in page
    with at_instant(OPEN + timedelta(minutes=1)):
        page = client.post(PAGE, {"text": str(Code.of(one))}).content.decode()
    assert "promised, and not due yet" in page


def test_a_promise_whose_act_was_entered_since(client: Client, at_instant: At) -> None:
    one = promised()
    sign()
    for given in (one, str(Code.of(one))):
        with at_instant(OPEN + 9 * DAY):
            response = (
                client.post(PAGE, {"text": given})
                if isinstance(given, str)
                else hand_in(client, given)
            )
        assert "It is in the ledger" in response.content.decode()


def test_entered_but_not_signed_for_yet(client: Client, at_instant: At) -> None:
    one = promised()
    sign(OPEN)  # enters it, and signs for it
    later = promised()
    from tests.factories import count

    count(OPEN)
    assert one != later
    page = said(client, later, at_instant, OPEN + timedelta(minutes=1))
    assert "the next checkpoint will sign it" in page


def test_a_broken_promise_is_evidence(client: Client, at_instant: At) -> None:
    one = promised()
    Intake.objects.all().delete()  # as a platform would that loses or hides an act
    sign()
    for given in (receipts.write([one]), str(Code.of(one))):
        with at_instant(OPEN + timedelta(hours=25)):
            page = client.post(PAGE, {"text": given}).content.decode()
        assert "The promise was broken" in page
        assert "evidence" in page


def other_log(one: Receipt) -> Receipt:
    return replace(one, origin="other.example/ledger")


def another_key(one: Receipt) -> Receipt:
    theirs = SigningKey(origin(), 1, b"x" * 32).public
    return replace(one, log_key=theirs)


def another_salt(one: Receipt) -> Receipt:
    return replace(one, salt=b"x" * 32)


def another_entry(one: Receipt) -> Receipt:
    return replace(one, entry=one.entry.replace(b'"case":', b'"case":9'))


def another_proof(one: Receipt) -> Receipt:
    assert one.place
    return replace(one, place=replace(one.place, proof=one.place.proof[::-1]))


def another_place(one: Receipt) -> Receipt:
    assert one.place
    return replace(one, place=replace(one.place, index=one.place.index - 1))


def no_entry(one: Receipt) -> Receipt:
    return replace(one, entry=b"{}")


def forged_promise(one: Receipt) -> Receipt:
    theirs = SigningKey(receipt_key().name, 1, b"x" * 32)
    return replace(one, place=None, promise=receipts.promise(one.origin, one.entry, OPEN, theirs))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (other_log, "another ledger"),
        (another_key, "keys it names are not those"),
        (another_salt, "personal part"),
        (another_entry, "does not lead from the entry"),
        (another_proof, "does not lead from the entry"),
        (another_place, "does not lead from the entry"),
        (no_entry, "entry was changed"),
        (forged_promise, "signature under its promise is false"),
    ],
)
def test_what_does_not_hold(
    client: Client, at_instant: At, change: Callable[[Receipt], Receipt], words: str
) -> None:
    page = said(client, change(proved()), at_instant)
    assert "This receipt does not hold" in page
    assert words in page
    assert "It is in the ledger" not in page


def test_a_receipt_proved_by_a_tree_that_is_gone(
    client: Client, at_instant: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Signed by our own key, and yet not what stands there: the log was exchanged."""
    one = proved()
    other = Leaf.objects.get(pk=0)
    monkeypatch.setattr(queries, "leaf", lambda index: other)
    page = said(client, one, at_instant)
    assert "Another entry stands at that place" in page


@pytest.mark.parametrize("kind", ["forged", "elsewhere", "beyond", "nothing"])
def test_a_code_that_does_not_hold(client: Client, at_instant: At, kind: str) -> None:
    code = Code.of(proved())
    assert code.promise
    false = {
        "forged": replace(code, promise=replace(code.promise, signature=b"x" * 64)),
        "elsewhere": replace(code, index=0),
        "beyond": replace(code, index=10**17),
        "nothing": Code(code.leaf),
    }[kind]
    with at_instant(SIGNED):
        page = client.post(PAGE, {"text": str(false)}).content.decode()
    assert "This receipt does not hold" in page


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "empty"),
        (b"hello", "This is no receipt"),
        (b"[1,2]", "This is no receipt"),
        (b"\xff\xfe\x00", "This is no receipt"),
        (b'{"format": "minben-receipt/v9"}', "not known here"),
        (b'{"format": "minben-receipt/v1"}', "damaged"),
        (json.dumps({"format": receipts.SEVERAL, "receipts": [{}] * 1001}).encode(), "thousand"),
        (b" " * (receipts.SIZE_MAX + 1), "too large"),
    ],
)
def test_what_is_no_receipt(client: Client, at_instant: At, raw: bytes, words: str) -> None:
    small()
    with at_instant(SIGNED):
        response = hand_in(client, raw)
    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    assert "<title>Error: " in page


def test_nothing_at_all_and_what_was_typed_stays(client: Client) -> None:
    assert client.post(PAGE, {}).status_code == 422
    page = client.post(PAGE, {"text": "not a <receipt>"}).content.decode()
    assert "not a &lt;receipt&gt;" in page


def test_without_a_key_it_says_so(
    client: Client, at_instant: At, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    one = proved()
    settings.LEDGER_VKEY = "nonsense"
    with at_instant(SIGNED):
        response = hand_in(client, one)
    assert response.status_code == 422
    assert "no key of its own ledger" in response.content.decode()


def test_a_receipt_outlives_the_platforms_secret(
    client: Client, at_instant: At, settings: Any
) -> None:
    one = promised()
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another secret" * 4
    at = OPEN + timedelta(minutes=1)
    assert "promised, and not due yet" in said(client, one, at_instant, at)
    with at_instant(at):
        page = client.post(PAGE, {"text": str(Code.of(one))}).content.decode()
    assert "promised, and not due yet" in page


def test_several_at_once(client: Client, at_instant: At) -> None:
    one = proved()
    page = said(client, [one, another_salt(one)], at_instant)
    assert "Results of 2 receipts" in page
    assert "It is in the ledger" in page
    assert "This receipt does not hold" in page


def test_few_queries_however_many(
    client: Client, at_instant: At, django_assert_max_num_queries: At
) -> None:
    one = proved()
    limit = 10  # what asking how often it was done costs
    with at_instant(SIGNED), django_assert_max_num_queries(9 + limit):
        hand_in(client, one)


def test_the_overview(client: Client, at_instant: At, django_assert_max_num_queries: At) -> None:
    log = small()
    open_one()
    sign(SIGNED + timedelta(hours=1))
    with at_instant(SIGNED):
        assert "How it grew" not in client.get("/en/ledger/").content.decode(), "not for a day yet"
    hot_pages.forget_all()
    open_one()
    sign(SIGNED + timedelta(hours=25))
    with at_instant(SIGNED), django_assert_max_num_queries(8):
        page = client.get("/en/ledger/").content.decode()
    assert f"{Leaf.objects.count()}" in page
    assert origin() in page
    assert "How it grew" in page
    assert "Check passed" in page
    assert log.proposal.subject not in page


def test_the_overview_of_an_empty_ledger(client: Client) -> None:
    page = client.get("/en/ledger/").content.decode()
    assert "still empty" in page
    assert "No checkpoint" in page


def test_the_overview_without_a_key(client: Client, settings: Any) -> None:
    settings.LEDGER_VKEY = "nonsense"
    assert "Key of this ledger" not in client.get("/en/ledger/").content.decode()


def test_one_entry(client: Client, at_instant: At, django_assert_max_num_queries: At) -> None:
    log = small()
    with at_instant(SIGNED), django_assert_max_num_queries(9):
        page = client.get(f"/en/ledger/leaf/{log.endorsement.leaf_index}/").content.decode()
    assert "<h1>Endorsed</h1>" in page
    assert bytes(Leaf.objects.get(pk=log.endorsement.leaf_index).hash).hex() in page
    assert 'class="proof"' in page
    assert "阿明" not in page  # what is sealed is nobody's to read
    assert "我每天都走" not in page


def test_an_entry_that_no_checkpoint_covers_yet(client: Client, at_instant: At) -> None:
    from tests.factories import count

    open_one()
    count(OPEN)
    with at_instant(OPEN):
        page = client.get("/en/ledger/leaf/0/").content.decode()
    assert "the next checkpoint" in page
    assert 'class="proof"' not in page


@pytest.mark.parametrize("index", ["999", "9" * 30])
def test_an_entry_that_is_not_there(client: Client, index: str) -> None:
    small()
    assert client.get(f"/ledger/leaf/{index}/").status_code == 404


def test_every_entry_can_be_looked_at(client: Client, at_instant: At) -> None:
    small()
    with at_instant(SIGNED):
        for index in range(Leaf.objects.count()):
            assert client.get(f"/ledger/leaf/{index}/").status_code == 200
    assert Leaf.objects.filter(kind=KIND).exists()
