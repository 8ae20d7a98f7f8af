"""Attacks on the ledger, each as somebody able would make it, and who notices.

An intruder holds the server or the network but not the key; the operator holds every key and can
sign anything again. Every attack is seen by the verifier, a witness, or whoever holds a receipt;
and each goes unseen when the check that saw it is taken out, so none of the checks is idle.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from minben.ledger.entries import instant
from minben.ledger.notes import COSIGNATURE, Checkpoint, SigningKey, split_note, with_cosignatures
from minben.ledger.receipts import Receipt, promise
from minben.ledger.verifier import (
    checking,
    checkpoints,
    comparing,
    dating,
    recounting,
    walking,
)
from minben.ledger.verifier.checking import Wishes, verify
from minben.ledger.verifier.differences import Difference
from minben.ledger.verifier.memory import Memory, remember
from minben.ledger.verifier.recounting import Recount
from minben.ledger.verifier.report import Report
from minben.ledger.verifier.sources import open_source
from minben.ledger.witness.judging import Refused, Request
from minben.ledger.witness.memory import Memory as WitnessMemory
from minben.ledger.witness.serving import Witness
from tests.ledger_book import (
    DAY,
    HOUR,
    KEY,
    MINUTE,
    MONDAY,
    RECEIPTS,
    Book,
    midnight,
    story,
)

END = midnight(5, 10) + 2 * MINUTE
WITNESS = SigningKey("witness.example/w1", COSIGNATURE, bytes(32))
Patch = tuple[object, str, Callable[..., object]]


@dataclass
class Attack:
    """What a reader is shown, how they look at it, and which difference they see.

    Args:
        off: the check that sees it, taken out.
    """

    folder: Path
    sees: str
    off: tuple[Patch, ...]
    wishes: dict[str, object] = field(default_factory=dict)

    def look(self) -> Report:
        wishes = {"now": END, "keys": [KEY.public]} | self.wishes
        return verify(open_source(str(self.folder)), Wishes(**wishes))  # type: ignore[arg-type]


def nothing(*args: object, **kwargs: object) -> None:
    """A check that was taken out."""


ROOT_OFF: Patch = (walking, "check_root", nothing)
MEMORY_OFF: Patch = (Memory, "check_root", nothing)
GROWTH_OFF: Patch = (Memory, "check_growth", nothing)


def seen(tmp_path: Path, book: Book, note: str) -> Path:
    """The memory of a reader who verified the log when `note` was its newest checkpoint."""
    mark = checkpoints.open_mark(note, [book.key.public], "")
    remember(tmp_path / "seen.json", [book.key.public], mark)
    return tmp_path / "seen.json"


def signed_again(book: Book) -> Book:
    """Every checkpoint signed anew over the leaves as they are now, as only the operator can."""
    old, book.notes = book.notes, []
    for note in old:
        told = Checkpoint.parse(split_note(note)[0])
        at = checkpoints.datetime.fromisoformat(told.at)
        book.sign(at, min(told.size, len(book.entries)))
    return book


def last_of_case_two(book: Book) -> int:
    """The place of the last endorsement of the second case."""
    return max(book.cases[2].given)


def delete(tmp_path: Path) -> Attack:
    """The operator writes the whole log again without the last endorsement of the first case."""
    book = story()
    memory = seen(tmp_path, book, book.notes[-1])
    fresh = story(crowd=len(book.cases[1].given) - 1)
    fresh.add("proposals.answered", END, case_id=1)  # the size is what it was
    fresh.sign(END)
    assert len(fresh.entries) == len(book.entries)
    return Attack(fresh.write(tmp_path / "log"), "forked", (MEMORY_OFF,), {"since": memory})


def edit(tmp_path: Path) -> Attack:
    """An intruder writes another person into an entry, with new hashes and tiles."""
    book = story()
    place = last_of_case_two(book)
    book.entries[place] = book.endorsed(2, 77_777, MONDAY + 9 * DAY + 3 * HOUR)
    return Attack(book.write(tmp_path / "log"), "root", (ROOT_OFF,))


def insert(tmp_path: Path) -> Attack:
    """An intruder puts an endorsement in; the last leaf makes room, so the size still fits."""
    book = story()
    book.entries.insert(len(book.entries) - 2, book.endorsed(2, 77_777, midnight(5, 9)))
    book.entries.pop()
    book.cases[2].count += 1
    book.cases[2].days["2026-05-09"] += 1
    return Attack(book.write(tmp_path / "log"), "root", (ROOT_OFF,))


def reorder(tmp_path: Path) -> Attack:
    """An intruder exchanges two endorsements, so that another one came first."""
    book = story()
    first, second = sorted(book.cases[1].given)[10:12]
    book.entries[first], book.entries[second] = book.entries[second], book.entries[first]
    return Attack(book.write(tmp_path / "log"), "root", (ROOT_OFF,))


def back_date(tmp_path: Path) -> Attack:
    """The operator enters an endorsement after the window has closed, dated before."""
    book = story()
    book.endorse(2, 77_777, midnight(5, 9))
    book.sign(END)
    return Attack(book.write(tmp_path / "log"), "back_dated", ((dating, "check", nothing),))


def truncate(tmp_path: Path) -> Attack:
    """The operator cuts the lapse of a case off, and signs the shorter log anew."""
    book = story()
    memory = seen(tmp_path, book, book.notes[-1])
    del book.entries[-2:], book.notes[-1]
    window = next(
        one for one in book.deadlines if (one["case"], one["kind"]) == (2, "endorse_close")
    )
    window |= {"outcome": "open", "outcome_at": None}
    book.sign(END)
    return Attack(book.write(tmp_path / "log"), "shrunk", (GROWTH_OFF,), {"since": memory})


def fork_for_one_reader(tmp_path: Path) -> Attack:
    """The operator shows one reader a log of their own, whole and well signed.

    The witness has cosigned the log all others see, so it cosigns nothing else, and the reader
    who asks for its line does not get it.
    """
    honest, fork = story(), story()
    witness = Witness(WITNESS, [KEY.public], WitnessMemory(tmp_path / "witness"))
    witness.add_checkpoint(str(Request(0, (), honest.notes[-1])).encode())
    fork.entries[last_of_case_two(fork)] = fork.endorsed(2, 77_777, MONDAY + 9 * DAY + 3 * HOUR)
    signed_again(fork)
    size = len(honest.entries)
    with pytest.raises(Refused) as refused:
        witness.add_checkpoint(str(Request(size, (), fork.notes[-1])).encode())
    assert refused.value.status == 422
    off: Patch = (checking, "cosigned_at", lambda *_: 0)
    wishes = {"witnesses": [WITNESS.public]}
    return Attack(fork.write(tmp_path / "log"), "witness", (off,), wishes)


def replay_old_checkpoint(tmp_path: Path) -> Attack:
    """Somebody on the way serves the log as it was, which was whole and well signed then."""
    book = story()
    memory = seen(tmp_path, book, book.notes[-1])
    before = Book()
    before.rules(MONDAY)
    before.file(1, MONDAY)
    before.start(1, "check", MONDAY, midnight(3, 3), midnight(3, 6))
    before.sign(MONDAY + MINUTE)
    assert (before.entries, before.notes) == (book.entries[:4], book.notes[:1])
    return Attack(before.write(tmp_path / "log"), "shrunk", (GROWTH_OFF,), {"since": memory})


def swap_key(tmp_path: Path) -> Attack:
    """An intruder makes a key of the same name and signs another log with it."""
    book = story()
    book.key = SigningKey(KEY.name, 1, bytes(32))
    book.entries[last_of_case_two(book)] = book.endorsed(2, 77_777, MONDAY + 9 * DAY + 3 * HOUR)
    signed_again(book)

    def unsigned(note: str, keys: object, where: str) -> tuple[Checkpoint, int]:
        return Checkpoint.parse(split_note(note)[0]), 0

    return Attack(book.write(tmp_path / "log"), "signature", ((checkpoints, "_signed", unsigned),))


def invent_endorsement(tmp_path: Path) -> Attack:
    """The operator claims one endorsement more than the log holds."""
    book = story()
    book.cases[2].count += 1
    book.cases[2].days["2026-03-11"] += 1
    off: Patch = (comparing, "compare", lambda *_: 0)
    return Attack(book.write(tmp_path / "log"), "claim", (off,))


def drop_one(tmp_path: Path) -> Attack:
    """The operator acknowledges an endorsement and never enters it; its owner holds the promise."""
    book = story()
    at = MONDAY + 9 * DAY
    raw = book.endorsed(2, 4_711, at)
    receipt = Receipt(
        KEY.name, KEY.public, RECEIPTS.public, raw, promise(KEY.name, raw, at, RECEIPTS)
    )
    off: Patch = (checking._Check, "_check_receipts", nothing)
    return Attack(book.write(tmp_path / "log"), "receipt", (off,), {"receipts": [receipt]})


def double_one(tmp_path: Path) -> Attack:
    """The operator enters one person's endorsement of the same case again, and counts both."""
    book = story()
    at = midnight(5, 9)
    book.entries[-2:-2] = [book.endorsed(2, 9003, at)]
    book.cases[2].count += 1
    book.cases[2].days["2026-05-09"] += 1
    book.notes.pop()
    book.sign(END)
    off: Patch = (Recount, "refuse_doubles", nothing)
    return Attack(book.write(tmp_path / "log"), "double", (off,))


def with_older(case: int = 1) -> Book:
    """A log that begins with what was counted before it: three endorsements of an older case."""
    book = Book()
    book.rules(MONDAY)
    book.open(case, 3, MONDAY, last=instant(MONDAY - DAY))
    book.sign(MONDAY + MINUTE)
    book.file(case + 1, MONDAY + HOUR)
    book.sign(MONDAY + HOUR + MINUTE)
    return book


OPENING_OFF: Patch = (recounting, "check_opening", nothing)


def smuggle_opening_in(tmp_path: Path) -> Attack:
    """The operator finds an older balance of a case that has been endorsed for weeks."""
    book = story()
    book.open(2, 1, END)
    book.sign(END)
    return Attack(book.write(tmp_path / "log"), "opening_late", (OPENING_OFF,))


def open_twice(tmp_path: Path) -> Attack:
    """The operator states the balance of an older case again, and higher."""
    book = with_older()
    book.open(1, 4, MONDAY + DAY)
    book.sign(MONDAY + DAY + MINUTE)
    return Attack(book.write(tmp_path / "log"), "opening_twice", (OPENING_OFF,))


def open_a_new_case(tmp_path: Path) -> Attack:
    """The operator gives a case that was filed an hour ago a past that it never had."""
    book = with_older()
    book.open(2, 4, MONDAY + 2 * HOUR)
    book.sign(MONDAY + 3 * HOUR)
    return Attack(book.write(tmp_path / "log"), "opening_late", (OPENING_OFF,))


def invent_an_older_case(tmp_path: Path) -> Attack:
    """The operator opens a case nobody has filed, after others were filed in the log."""
    book = with_older()
    book.open(3, 4, MONDAY + 2 * HOUR)
    book.sign(MONDAY + 3 * HOUR)
    return Attack(book.write(tmp_path / "log"), "opening_late", (OPENING_OFF,))


def open_what_came_later(tmp_path: Path) -> Attack:
    """The operator states as older what was given when the log had begun."""
    book = Book()
    book.rules(MONDAY)
    book.sign(MONDAY + MINUTE)
    book.open(1, 4, MONDAY + DAY, last=instant(MONDAY + HOUR))
    book.sign(MONDAY + DAY + MINUTE)
    return Attack(book.write(tmp_path / "log"), "opening_late", (OPENING_OFF,))


def call_it_taken_over(tmp_path: Path) -> Attack:
    """The operator says of a case that it comes from elsewhere, so that any count may be claimed."""
    book = story()
    book.add("proposals.endorsements_taken_over", END, case_id=2, data={"from": 3, "to": 900})
    book.cases[2].count += 897
    book.sign(END)
    off: Patch = (recounting, "check_import", nothing)
    return Attack(book.write(tmp_path / "log"), "taken_over_late", (off,))


ATTACKS = (
    delete,
    edit,
    insert,
    reorder,
    back_date,
    truncate,
    fork_for_one_reader,
    replay_old_checkpoint,
    swap_key,
    invent_endorsement,
    drop_one,
    double_one,
    smuggle_opening_in,
    open_twice,
    open_a_new_case,
    invent_an_older_case,
    open_what_came_later,
    call_it_taken_over,
)


def test_the_honest_log_verifies(tmp_path: Path) -> None:
    book = story()
    folder = book.write(tmp_path / "log")
    found = Attack(folder, "", ()).look()
    assert found.figures["endorsements"] == 604
    note = book.notes[-1]
    witness = Witness(WITNESS, [KEY.public], WitnessMemory(tmp_path / "witness"))
    line = witness.add_checkpoint(str(Request(0, (), note)).encode())
    (folder / "checkpoint").write_text(with_cosignatures(note, [line]), encoding="utf-8")
    since = seen(tmp_path, book, book.notes[3])
    again = Attack(folder, "", (), {"witnesses": [WITNESS.public], "since": since})
    assert again.look().witnesses.keys() == {WITNESS.name}
    assert json.loads(since.read_text(encoding="utf-8"))["note"].startswith(book.notes[-1])


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda one: one.__name__)
def test_attack(attack: Callable[[Path], Attack], tmp_path: Path) -> None:
    made = attack(tmp_path)
    with pytest.raises(Difference) as seen_:
        made.look()
    assert seen_.value.code == made.sees, seen_.value.line
    assert "\n" not in seen_.value.line


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda one: one.__name__)
def test_goes_unseen_without_its_check(
    attack: Callable[[Path], Attack], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = attack(tmp_path)
    for owner, name, instead in made.off:
        monkeypatch.setattr(owner, name, instead)
    made.look()


def test_a_replay_is_seen_by_a_first_reader_who_asks_for_a_fresh_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = replay_old_checkpoint(tmp_path)
    made.wishes = {"fresh": timedelta(hours=2)}
    with pytest.raises(Difference, match="stale"):
        made.look()
    monkeypatch.setattr(checking, "check_fresh", nothing)
    made.look()


def test_a_swapped_key_is_seen_by_whoever_remembers_the_old_one(tmp_path: Path) -> None:
    honest = story()
    since = seen(tmp_path, honest, honest.notes[-1])
    made = swap_key(tmp_path)
    made.wishes = {"keys": (), "since": since}
    with pytest.raises(Difference, match="other_key"):
        made.look()


@pytest.mark.parametrize("attack", [delete, truncate], ids=lambda one: one.__name__)
def test_the_witness_cosigns_no_log_that_was_shortened(
    attack: Callable[[Path], Attack], tmp_path: Path
) -> None:
    honest = story()
    witness = Witness(WITNESS, [KEY.public], WitnessMemory(tmp_path / "witness"))
    witness.add_checkpoint(str(Request(0, (), honest.notes[-1])).encode())
    note = (attack(tmp_path).folder / "checkpoint").read_text(encoding="utf-8")
    size = Checkpoint.parse(split_note(note)[0]).size
    for old in {0, size, len(honest.entries)}:
        with pytest.raises(Refused) as refused:
            witness.add_checkpoint(str(Request(old, (), note)).encode())
        assert refused.value.status in (400, 409, 422)


def test_an_act_that_vanished_from_the_log_contradicts_its_receipt(tmp_path: Path) -> None:
    book = story()
    raw = book.entries[max(book.cases[1].given)]
    given = promise(KEY.name, raw, MONDAY + 6 * DAY, RECEIPTS)
    receipt = Receipt(KEY.name, KEY.public, RECEIPTS.public, raw, given)
    honest = Attack(book.write(tmp_path / "honest"), "", (), {"receipts": [receipt]})
    assert honest.look().figures["receipts"] == 1
    made = delete(tmp_path)
    made.wishes = {"receipts": [receipt]}
    with pytest.raises(Difference, match="receipt"):
        made.look()


def test_a_promise_that_is_not_yet_due_is_no_difference(tmp_path: Path) -> None:
    book = story()
    raw = book.endorsed(2, 4_711, END - HOUR)
    given = promise(KEY.name, raw, END - HOUR, RECEIPTS)
    receipt = Receipt(KEY.name, KEY.public, RECEIPTS.public, raw, given)
    Attack(book.write(tmp_path / "log"), "", (), {"receipts": [receipt]}).look()
