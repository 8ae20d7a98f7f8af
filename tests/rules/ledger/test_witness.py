"""What a witness cosigns and what it refuses, by its statuses; over HTTP and after a restart."""

import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path

import pytest

from minben.ledger.merkle import consistency_proof
from minben.ledger.notes import (
    COSIGNATURE,
    Checkpoint,
    SigningKey,
    cosigned_at,
    sign_note,
    with_cosignatures,
)
from minben.ledger.witness.asking import Address, WitnessAway, ask
from minben.ledger.witness.judging import Refused, Request
from minben.ledger.witness.memory import Memory, hash_of
from minben.ledger.witness.serving import Witness, serve
from tests.ledger_book import KEY, MONDAY, Book

OWN = SigningKey("witness.example/w1", COSIGNATURE, bytes(32))


@pytest.fixture
def book() -> Book:
    made = Book()
    for number in range(20):
        made.add("proposals.filed", MONDAY, case_id=number + 1)
    return made


@pytest.fixture
def witness(tmp_path: Path) -> Witness:
    return Witness(OWN, [KEY.public], Memory(tmp_path / "state"))


def request(book: Book, old: int, new: int) -> Request:
    return Request(old, tuple(consistency_proof(old, new, book.subtree)), book.sign(MONDAY, new))


def status(witness: Witness, asked: Request | bytes) -> tuple[int, str]:
    raw = asked if isinstance(asked, bytes) else str(asked).encode()
    with pytest.raises(Refused) as refused:
        witness.add_checkpoint(raw)
    return refused.value.status, refused.value.body


def test_a_log_that_grows_is_cosigned_each_time(witness: Witness, book: Book) -> None:
    for old, new in ((0, 5), (5, 6), (6, 6), (6, 20)):
        asked = request(book, old, new)
        assert Request.parse(str(asked).encode()) == asked
        line = witness.add_checkpoint(str(asked).encode())
        assert cosigned_at(with_cosignatures(asked.note, [line]), OWN.public) > 0
        assert witness.checkpoint(hash_of(KEY.name)) == asked.note + line


def test_it_remembers_after_a_restart(tmp_path: Path, book: Book) -> None:
    first = Witness(OWN, [KEY.public], Memory(tmp_path / "state"))
    first.add_checkpoint(str(request(book, 0, 9)).encode())
    again = Witness(OWN, [KEY.public], Memory(tmp_path / "state"))
    assert status(again, request(book, 0, 9)) == (HTTPStatus.CONFLICT, "9\n")
    again.add_checkpoint(str(request(book, 9, 11)).encode())


def test_a_size_it_has_not_cosigned_is_a_conflict(witness: Witness, book: Book) -> None:
    assert status(witness, request(book, 3, 9)) == (HTTPStatus.CONFLICT, "0\n")
    witness.add_checkpoint(str(request(book, 0, 9)).encode())
    assert status(witness, request(book, 8, 9)) == (HTTPStatus.CONFLICT, "9\n")
    assert status(witness, request(book, 0, 20)) == (HTTPStatus.CONFLICT, "9\n")


def test_a_log_that_shrank_is_refused(witness: Witness, book: Book) -> None:
    witness.add_checkpoint(str(request(book, 0, 9)).encode())
    smaller = Request(9, (), book.sign(MONDAY, 8))
    assert status(witness, smaller)[0] == HTTPStatus.BAD_REQUEST
    assert status(witness, Request(8, (), smaller.note))[0] == HTTPStatus.CONFLICT


def test_a_log_that_forked_is_refused(witness: Witness, book: Book) -> None:
    witness.add_checkpoint(str(request(book, 0, 9)).encode())
    fork = Book(entries=list(book.entries))
    fork.entries[3] = fork.entries[4]
    for asked in (request(fork, 9, 9), request(fork, 9, 12), Request(9, (), book.sign(MONDAY, 12))):
        assert status(witness, asked)[0] == HTTPStatus.UNPROCESSABLE_ENTITY
    witness.add_checkpoint(str(request(book, 9, 12)).encode())


def test_a_spoilt_proof_is_refused(witness: Witness, book: Book) -> None:
    witness.add_checkpoint(str(request(book, 0, 6)).encode())
    good = request(book, 6, 13)
    for i in range(len(good.proof)):
        spoilt = (*good.proof[:i], bytes(32), *good.proof[i + 1 :])
        assert status(witness, Request(6, spoilt, good.note))[0] == 422
    assert status(witness, Request(6, (*good.proof, bytes(32)), good.note))[0] == 422


def test_a_proof_for_nothing_and_a_false_empty_tree_are_refused(
    witness: Witness, book: Book
) -> None:
    assert status(witness, Request(0, (bytes(32),), book.sign(MONDAY, 5)))[0] == 422
    false = sign_note(Checkpoint(KEY.name, 0, bytes(32)).text, KEY)
    assert status(witness, Request(0, (), false))[0] == 422
    witness.add_checkpoint(str(request(book, 0, 0)).encode())


def test_who_may_not_ask(witness: Witness, book: Book) -> None:
    stranger = SigningKey("other.example/ledger", 1, bytes(32))
    unknown = Request(0, (), sign_note(Checkpoint(stranger.name, 0, bytes(32)).text, stranger))
    assert status(witness, unknown)[0] == HTTPStatus.NOT_FOUND
    impostor = SigningKey(KEY.name, 1, bytes(32))
    unsigned = Request(0, (), sign_note(Checkpoint(KEY.name, 5, bytes(32)).text, impostor))
    assert status(witness, unsigned)[0] == HTTPStatus.FORBIDDEN
    good = book.sign(MONDAY, 5)
    false = book.sign(MONDAY, 6).rpartition("\n\n")[2]
    assert status(witness, Request(0, (), good + false))[0] == HTTPStatus.FORBIDDEN


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe",
        b"old 0\n",
        b"old 0\n\n",
        b"old 00\n\nx\n\n",
        b"old -1\n\nx\n",
        b"new 0\n\nx\n",
        b"old " + b"9" * 5000 + b"\n\nx\n",
        b"old 0\nAAAA\n\nx\n",
        b"old 0\n!\n\nx\n",
        b"old 0\n" + b"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n" * 64 + b"\nx\n",
    ],
)
def test_what_is_no_request(witness: Witness, raw: bytes) -> None:
    assert status(witness, raw)[0] == HTTPStatus.BAD_REQUEST


@pytest.fixture
def served(witness: Witness) -> Iterator[str]:
    server = serve(witness, "127.0.0.1", 0)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def growth(book: Book):  # type: ignore[no-untyped-def]
    return lambda old, new: consistency_proof(old, new, book.subtree)


def test_a_log_asks_over_http_and_is_corrected(served: str, book: Book) -> None:
    address = Address.parse(f"{served}/ {OWN.public}")
    note = book.sign(MONDAY, 7)
    line = ask(address, note, 7, 0, growth(book))
    assert cosigned_at(with_cosignatures(note, [line]), OWN.public)
    later = book.sign(MONDAY, 15)
    corrected = ask(address, later, 15, 3, growth(book))  # it has 7, not 3, and says so
    with urllib.request.urlopen(f"{served}/{hash_of(KEY.name)}/checkpoint") as answer:
        assert answer.read().decode() == later + corrected
        assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"


def test_a_log_is_told_why_it_gets_nothing(served: str, book: Book) -> None:
    address = Address.parse(f"{served} {OWN.public}")
    ask(address, book.sign(MONDAY, 15), 15, 0, growth(book))
    with pytest.raises(WitnessAway, match="has cosigned '15'"):
        ask(address, book.sign(MONDAY, 7), 7, 0, growth(book))
    fork = Book(entries=[*book.entries[:3], book.entries[0], *book.entries[4:]])
    with pytest.raises(WitnessAway, match="422"):
        ask(address, fork.sign(MONDAY, 15), 15, 15, growth(fork))
    other = Address(served, SigningKey("witness.example/w2", COSIGNATURE, bytes(32)).public)
    with pytest.raises(WitnessAway, match="not cosigned"):
        ask(other, book.sign(MONDAY, 16), 16, 15, growth(book))
    away = Address("http://127.0.0.1:9", OWN.public)
    with pytest.raises(WitnessAway):
        ask(away, book.sign(MONDAY, 7), 7, 0, growth(book))


def test_addresses_it_does_not_have(served: str) -> None:
    def code(path: str, data: bytes | None = None, **headers: str) -> int:
        asked = urllib.request.Request(served + path, data=data, headers=headers)
        try:
            with urllib.request.urlopen(asked) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code

    assert code("/") == 404
    assert code(f"/{'0' * 64}/checkpoint") == 404
    assert code("/../../etc/passwd") == 404
    assert code("/elsewhere", b"x") == 404
    assert code("/add-checkpoint", b"nonsense") == 400
    assert code("/add-checkpoint", b"x", **{"Content-Length": "99999999"}) == 413
    assert code("/add-checkpoint", b"x", **{"Content-Length": "000000000999999999"}) == 413


@pytest.mark.parametrize("line", ["", "http://x", "ftp://x " + str(OWN.public), "x y"])
def test_what_is_no_witness(line: str) -> None:
    with pytest.raises(ValueError):
        Address.parse(line)
