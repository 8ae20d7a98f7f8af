"""The reckoning itself can fail: each thing it must see is planted once."""

from itertools import pairwise

import pytest

from minben.ledger.merkle import leaf_hash, root_of
from minben.ledger.notes import Checkpoint, SigningKey, sign_note
from tests.faults.accounts import leaf_faults, number_faults, reckon, tree_faults
from tests.faults.load import Oracle, Outcome, Told, outcome_of

KEY = SigningKey.generate("test.example.org/ledger")
pytestmark = pytest.mark.quick


def told(person: int, outcome: Outcome, sent: float = 1.0, heard: float = 2.0) -> Told:
    return Told(person, outcome, sent, heard)


def oracle(*answers: Told) -> Oracle:
    made = Oracle()
    for one in answers:
        made.hear(one)
    return made


ALL_SAID = oracle(
    told(1, Outcome.ACKNOWLEDGED),
    told(2, Outcome.UNKNOWN),
    told(2, Outcome.ALREADY),
    told(3, Outcome.UNKNOWN),
    told(4, Outcome.UNAVAILABLE),
)


@pytest.mark.parametrize(
    ("rows", "lost", "doubled", "uninvited"),
    [
        ([1, 2], set(), set(), set()),
        ([1, 2, 3, 4], set(), set(), set()),  # who was left in doubt may be there
        ([1, 3], {2}, set(), set()),  # being told "already" is being told
        ([], {1, 2}, set(), set()),
        ([1, 1, 2], set(), {1}, set()),
        ([1, 2, 9], set(), set(), {9}),
    ],
)
def test_people_against_rows(
    rows: list[int], lost: set[int], doubled: set[int], uninvited: set[int]
) -> None:
    found = reckon(rows, certain=ALL_SAID.certain, possible=ALL_SAID.possible)
    assert (found.lost, found.doubled, found.uninvited) == (lost, doubled, uninvited)
    assert found.good == (not (lost or doubled or uninvited))


def test_an_oracle_that_takes_asking_for_an_answer_finds_something_lost() -> None:
    """What acknowledging before the commit would look like."""
    hasty = [Told(one.person, Outcome.ACKNOWLEDGED, 1, 2) for one in ALL_SAID.told]
    found = reckon([1, 2], certain=oracle(*hasty).certain, possible=ALL_SAID.possible)
    assert found.lost == {3, 4}


@pytest.mark.parametrize(
    ("numbers", "counted", "valid", "sound"),
    [
        ([2, 1, 3], 3, 3, True),
        ([1, 3], 2, 2, False),
        ([1, 2, 2], 3, 3, False),
        ([1, 2, None], 3, 3, False),
        ([1, 2, 3], 4, 3, False),
        ([1, 2, 3], 3, 2, False),
    ],
)
def test_numbers(numbers: list[int | None], counted: int, valid: int, sound: bool) -> None:
    assert (not number_faults(numbers, counted, valid)) is sound


def leaves(n: int) -> list[tuple[int, bytes, bytes]]:
    return [(i, b"%d" % i, leaf_hash(b"%d" % i)) for i in range(n)]


def signed(size: int, at: str = "2026-03-02T02:00:00Z") -> tuple[int, bytes, str]:
    root = root_of(made for _, _, made in leaves(size))
    return size, root, sign_note(Checkpoint(KEY.name, size, root, (f"at {at}",)).text, KEY)


def test_a_sound_tree_and_every_planted_fault() -> None:
    good, notes = leaves(9), [signed(0), signed(4), signed(9), signed(9)]
    assert not tree_faults(good, 9, notes)
    assert tree_faults(good[:-1], 9, notes[:2])  # one is missing
    assert tree_faults(good, 8, notes[:2])  # one too many
    assert tree_faults([*good[:3], (3, b"x", good[3][2]), *good[4:]], 9, [])  # another entry
    assert tree_faults([*good[:3], (3, b"x", leaf_hash(b"x")), *good[4:]], 9, notes)
    swapped = [(i, *good[j][1:]) for i, j in zip(range(9), [1, 0, *range(2, 9)], strict=True)]
    assert tree_faults(swapped, 9, notes)
    assert tree_faults(good, 9, [signed(4), signed(10)])  # signed, and not there
    assert tree_faults(good, 9, [signed(4), signed(3)])  # it became shorter
    back = [signed(4, "2026-03-02T03:00:00Z"), signed(9, "2026-03-02T02:59:59Z")]
    assert tree_faults(good, 9, back)


def test_every_endorsement_once_in_the_ledger() -> None:
    assert not leaf_faults([3, 1, 2], [1, 2, 3])
    assert leaf_faults([1, 1, 2], [1, 2])
    assert leaf_faults([1], [1, 2])
    assert leaf_faults([1, 2, 9], [1, 2])


def test_times_of_recovery() -> None:
    said = oracle(
        told(1, Outcome.ACKNOWLEDGED, 0.0, 1.0),
        told(2, Outcome.UNKNOWN, 0.5, 4.0),
        told(3, Outcome.ACKNOWLEDGED, 0.9, 5.0),  # asked before the fault
        told(4, Outcome.ACKNOWLEDGED, 3.0, 6.0),
        told(5, Outcome.ACKNOWLEDGED, 6.0, 6.5),
    )
    assert said.first_after(2.0) == 4.0
    assert said.last_failure_after(2.0) == 2.0
    assert said.longest_silence(2.0) == 3.0
    assert all(a.heard <= b.heard for a, b in pairwise(said.told))


def test_what_an_answer_means() -> None:
    assert outcome_of(302, "/proposals/1/endorsed/", b"") is Outcome.ACKNOWLEDGED
    assert outcome_of(302, "/account/login/", b"") is Outcome.UNEXPECTED
    assert outcome_of(409, "", "您已經附議過這件提議。".encode()) is Outcome.ALREADY
    assert outcome_of(409, "", "這件提議目前不開放附議。".encode()) is Outcome.UNEXPECTED
    assert outcome_of(503, "", b"") is Outcome.UNAVAILABLE
    assert outcome_of(500, "", b"") is Outcome.UNEXPECTED
