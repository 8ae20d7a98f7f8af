"""Receipts: written, read, checked; and every way in which one can be false."""

import json
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minben.ledger import merkle, receipts
from minben.ledger.entries import commitment, entry
from minben.ledger.notes import (
    COSIGNATURE,
    Checkpoint,
    SigningKey,
    cosign,
    sign_note,
    with_cosignatures,
)
from minben.ledger.receipts import Code, Keys, Place, Receipt, ReceiptFault, Standing

AT = datetime(2026, 3, 3, 2, 0, 0, 123456, tzinfo=UTC)
LOG = SigningKey("minben.example/ledger", 1, b"l" * 32)
RECEIPTS = SigningKey("minben.example/ledger/receipts", 1, b"r" * 32)
OTHER = SigningKey("minben.example/ledger", 1, b"o" * 32)
KEYS = Keys(LOG.public, RECEIPTS.public)
SEALED = {"nickname": "阿明", "county": "臺北市", "reason": "我每天都走\n這個路口"}
SALT = b"s" * 32


def own_entry() -> bytes:
    return entry("proposals.endorsed", AT, case_id=7, commit=commitment(SALT, SEALED), who="a" * 32)


def leaves(own: bytes, size: int, index: int) -> list[bytes]:
    texts = [entry("proposals.accepted", AT, case_id=n) for n in range(size)]
    texts[index] = own
    return [merkle.leaf_hash(text) for text in texts]


def subtree_of(hashes: list[bytes]) -> merkle.Subtree:
    return lambda level, index: merkle.root_of(hashes[index << level : (index + 1) << level])


def place_of(own: bytes, size: int = 11, index: int = 5, key: SigningKey = LOG) -> Place:
    hashes = leaves(own, size, index)
    body = Checkpoint(key.name, size, merkle.root_of(hashes), ("at 2026-03-03T02:00:10.000000Z",))
    path = merkle.inclusion_proof(index, size, subtree_of(hashes))
    return Place(index, sign_note(body.text, key), tuple(path))


def make(**changes: Any) -> Receipt:
    own = own_entry()
    made = Receipt(
        origin=LOG.name,
        log_key=LOG.public,
        receipt_key=RECEIPTS.public,
        entry=own,
        promise=receipts.promise(LOG.name, own, AT, RECEIPTS),
        place=place_of(own),
        salt=SALT,
        sealed=SEALED,
        told={"number": 3, "proposal": "2026-000007"},
    )
    return replace(made, **changes)


def test_what_is_written_is_read_again() -> None:
    for one in (make(), make(place=None), make(promise=None), make(sealed=None, salt=b"", told={})):
        assert receipts.read_all(receipts.write([one])) == [one]


def test_several_stand_in_one_file() -> None:
    both = [make(), make(place=None)]
    assert receipts.read_all(receipts.write(both)) == both


def test_a_byte_order_mark_does_no_harm() -> None:
    assert receipts.read_all(b"\xef\xbb\xbf" + receipts.write([make()]).encode()) == [make()]


def test_an_entered_act() -> None:
    found = receipts.check(make(), keys=KEYS, at=AT + timedelta(days=900))
    assert found.standing is Standing.ENTERED
    assert (found.index, found.opened, found.faults) == (5, True, ())
    assert found.checkpoint is not None
    assert found.checkpoint.size == 11


def test_without_known_keys_its_own_are_believed() -> None:
    assert receipts.check(make()).standing is Standing.ENTERED


def test_witnesses_are_named() -> None:
    witness = SigningKey("witness.example", COSIGNATURE, b"w" * 32)
    place = place_of(own_entry())
    note = with_cosignatures(place.checkpoint, [cosign(place.checkpoint, witness, 1_772_503_300)])
    found = receipts.check(make(place=replace(place, checkpoint=note)), keys=KEYS)
    assert found.witnesses == ("witness.example",)
    assert found.standing is Standing.ENTERED


def test_what_replaced_keys_signed_stays_good() -> None:
    promised = SigningKey(RECEIPTS.name, 1, b"p" * 32)
    own = own_entry()
    old = make(
        log_key=OTHER.public,
        receipt_key=promised.public,
        place=place_of(own, key=OTHER),
        promise=receipts.promise(LOG.name, own, AT, promised),
    )
    known = Keys(LOG.public, RECEIPTS.public, (OTHER.public, promised.public))
    assert receipts.check(old, keys=known).standing is Standing.ENTERED
    assert receipts.check(make(), keys=known).standing is Standing.ENTERED
    assert receipts.check(old, keys=KEYS).standing is Standing.FALSE


def test_an_erased_act_still_stands_there() -> None:
    found = receipts.check(make(sealed=None, salt=b""), keys=KEYS)
    assert (found.standing, found.opened) == (Standing.ENTERED, False)


@pytest.mark.parametrize(
    ("hours", "searched", "standing"),
    [
        (1, False, Standing.PROMISED),
        (1, True, Standing.PROMISED),
        (25, False, Standing.UNSEEN),
        (25, True, Standing.OVERDUE),
    ],
)
def test_a_promise_falls_due(hours: int, searched: bool, standing: Standing) -> None:
    at = AT + timedelta(hours=hours)
    found = receipts.check(make(place=None), keys=KEYS, searched=searched, at=at)
    assert found.standing is standing
    assert found.due_at == AT + receipts.DUE


def test_a_promise_whose_act_was_found() -> None:
    found = receipts.check(
        make(place=None),
        keys=KEYS,
        place=place_of(own_entry()),
        searched=True,
        at=AT + timedelta(days=9),
    )
    assert (found.standing, found.index) == (Standing.ENTERED, 5)


def swapped(text: str, old: str, new: str) -> Receipt:
    assert old in text
    return receipts.read_all(text.replace(old, new, 1))[0]


def moved(place: Place | None, **changes: Any) -> Place:
    assert place is not None
    return replace(place, **changes)


FALSE: dict[str, tuple[Receipt, str]] = {
    "another log": (make(origin="other.example/ledger"), "other_log"),
    "another log key": (make(log_key=OTHER.public, place=None), "key_mismatch"),
    "another receipt key": (make(receipt_key=OTHER.public), "key_mismatch"),
    "a text": (make(entry=b"no JSON"), "entry_false"),
    "an entry in another spelling": (make(entry=b" " + own_entry()), "entry_false"),
    "an entry that was changed": (make(entry=own_entry().replace(b'"case":7', b'"case":8')), ""),
    "another salt": (make(salt=b"t" * 32), "commitment_false"),
    "another reason": (make(sealed={**SEALED, "reason": "別的"}), "commitment_false"),
    "a fraction": (make(sealed={**SEALED, "n": 1.5}), "commitment_false"),
    "another index": (make(place=moved(make().place, index=4)), "proof_false"),
    "a shorter proof": (make(place=moved(make().place, proof=())), "proof_false"),
    "a checkpoint of another key": (
        make(place=place_of(own_entry(), key=OTHER)),
        "checkpoint_false",
    ),
    "a checkpoint that was changed": (
        make(place=moved(make().place, checkpoint=make().place.checkpoint.replace("11", "12", 1))),  # type: ignore[union-attr]
        "checkpoint_false",
    ),
    "a promise of another key": (
        make(promise=receipts.promise(LOG.name, own_entry(), AT, OTHER)),
        "promise_false",
    ),
    "a promise at another time": (
        make(promise=replace(make().promise, at=AT + timedelta(days=1))),  # type: ignore[type-var]
        "promise_false",
    ),
    "neither promise nor place": (make(promise=None, place=None), "proves_nothing"),
}


@pytest.mark.parametrize("name", FALSE)
def test_what_is_false(name: str) -> None:
    given_in, code = FALSE[name]
    found = receipts.check(given_in, keys=KEYS, at=AT)
    assert found.standing is Standing.FALSE
    assert code in found.faults or (not code and found.faults)


def test_two_faces_of_one_size() -> None:
    fork = place_of(entry("proposals.hidden", AT, case_id=7)).checkpoint
    found = receipts.check(make(), fork, keys=KEYS)
    assert (found.standing, found.faults) == (Standing.FALSE, ("two_faces",))


def test_a_known_checkpoint_of_another_size_says_nothing() -> None:
    larger = place_of(own_entry(), size=12).checkpoint
    assert receipts.check(make(), larger, keys=KEYS).standing is Standing.ENTERED


def test_a_known_checkpoint_must_be_the_logs() -> None:
    theirs = place_of(own_entry(), key=OTHER).checkpoint
    assert receipts.check(make(), theirs, keys=KEYS).faults == ("other_checkpoint_false",)


def with_field(**changes: object) -> str:
    return json.dumps({**receipts.told(make()), **changes})


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        ("", "not_json", ""),
        ("{", "not_json", ""),
        (b"\xff\xfe{", "not_json", ""),
        ("[" * 100_000, "not_json", ""),
        ("\ud800", "not_json", ""),
        ("7", "not_a_receipt", ""),
        ("[]", "not_a_receipt", ""),
        ('{"entry": "x"}', "not_a_receipt", ""),
        ('{"format": "minben-receipt/v9"}', "other_format", ""),
        ('{"format": "minben-receipt/v1"}', "broken_field", "origin"),
        ('{"format": "minben-receipts/v1"}', "broken_field", "receipts"),
        ('{"format": "minben-receipts/v1", "receipts": []}', "broken_field", "receipts"),
        ('{"format": "minben-receipts/v1", "receipts": [1]}', "not_a_receipt", ""),
        (
            json.dumps({"format": "minben-receipts/v1", "receipts": [{}] * 1001}),
            "too_many",
            "",
        ),
        (" " * (receipts.SIZE_MAX + 1), "too_big", ""),
        (with_field(vkey="a+b"), "broken_field", "vkey"),
        (with_field(receipt_vkey=str(LOG.public)[:-4]), "broken_field", "receipt_vkey"),
        (with_field(entry=7), "broken_field", "entry"),
        (with_field(entry="\ud800"), "broken_field", "entry"),
        (with_field(salt="xyz"), "broken_field", "salt"),
        (with_field(sealed=[1]), "broken_field", "sealed"),
        (with_field(told="x"), "broken_field", "told"),
        (with_field(promise=[]), "broken_field", "promise"),
        (with_field(promise={"at": "soon", "signature": ""}), "broken_field", "signature"),
        (with_field(promise={"at": "soon", "signature": "AA=="}), "broken_field", "promise"),
        (with_field(index=-1), "broken_field", "index"),
        (with_field(index=True), "broken_field", "index"),
        (with_field(index=2**70), "broken_field", "index"),
        (with_field(proof="x"), "broken_field", "proof"),
        (with_field(proof=["00"]), "broken_field", "proof"),
        (with_field(proof=["00" * 32] * 65), "broken_field", "proof"),
        (with_field(checkpoint=None), "broken_field", "checkpoint"),
    ],
)
def test_what_is_no_receipt(text: str | bytes, code: str, where: str) -> None:
    with pytest.raises(ReceiptFault) as refused:
        receipts.read_all(text)
    assert (refused.value.code, refused.value.where) in {(code, where), (code, "promise")}


@given(st.binary(max_size=400) | st.text(max_size=400))
def test_nothing_else_is_raised(text: str | bytes) -> None:
    with suppress(ReceiptFault):
        receipts.read_all(text)


@given(st.integers(min_value=0, max_value=len(receipts.write([make()]).encode()) - 1))
def test_no_changed_byte_passes_as_whole(where: int) -> None:
    raw = bytearray(receipts.write([make(told={})]).encode())
    if where >= len(raw):
        return
    raw[where] ^= 1
    try:
        (found,) = receipts.read_all(bytes(raw))
    except ReceiptFault:
        return
    if found == make(told={}):
        return  # white space between fields
    verdict = receipts.check(found, keys=KEYS, at=AT)
    # A field nobody knows (a name that lost a letter) is left out, and with it what it proved.
    left_out = found.sealed is None or found.promise is None or found.place is None
    assert verdict.standing is Standing.FALSE or left_out, verdict


def test_a_code_is_the_small_form() -> None:
    for one in (make(), make(place=None), make(promise=None)):
        code = Code.of(one)
        assert Code.parse(str(code)) == code
        assert Code.parse(f" https://minben.example/ledger/receipt/#{code}\n") == code
        assert receipts.looks_like_code(str(code))
        assert code.leaf == one.leaf
    assert Code.of(make()).promise_holds(LOG.name, RECEIPTS.public)
    assert not Code.of(make()).promise_holds(LOG.name, OTHER.public)
    assert not Code.of(make(promise=None)).promise_holds(LOG.name, RECEIPTS.public)
    assert len(str(Code.of(make()))) < 180


@pytest.mark.parametrize(
    "text",
    ["", "r1", "r2.-." + "A" * 43 + ".-.-", "r1.x." + "A" * 43 + ".-.-", "r1.5." + "A" * 42],
)
def test_what_is_no_code(text: str) -> None:
    assert not receipts.looks_like_code(text)
    with pytest.raises(ReceiptFault):
        Code.parse(text)


def test_half_a_promise_is_no_code() -> None:
    with pytest.raises(ReceiptFault):
        Code.parse("r1.5." + "A" * 43 + ".17.-")
