"""The reckoning after a fault: what is in the database against what people were told."""

import itertools
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import psycopg

from minben.ledger.merkle import Frontier, leaf_hash
from minben.ledger.notes import Checkpoint, split_note
from tests.faults.load import Oracle

ENDORSED = "proposals.endorsed"
Connection = psycopg.Connection[tuple[Any, ...]]  # Any: columns of any type


@dataclass(slots=True)
class Reckoning:
    """What does not agree; everything empty is what every fault must end with.

    Args:
        rows: endorsements in the database.
        lost: people who were told that their endorsement is there, and it is not.
        doubled: people with more than one row.
        uninvited: people with a row who never asked.
        faults: what else is wrong, in words.
    """

    rows: int = 0
    told: int = 0
    lost: set[int] = field(default_factory=set)
    doubled: set[int] = field(default_factory=set)
    uninvited: set[int] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Nothing lost, nothing doubled, nothing out of order."""
        return not (self.lost or self.doubled or self.uninvited or self.faults)


def reckon(people: Iterable[int], *, certain: set[int], possible: set[int]) -> Reckoning:
    """Compare the people of the rows with what people were told."""
    rows = Counter(people)
    return Reckoning(
        rows=sum(rows.values()),
        told=len(certain),
        lost=certain - set(rows),
        doubled={person for person, times in rows.items() if times > 1},
        uninvited=set(rows) - possible,
    )


def number_faults(numbers: Sequence[int | None], counted: int, valid: int) -> list[str]:
    """What is wrong with the numbers people got: they are 1 to n, and n is the count."""
    faults = []
    if sorted(n or 0 for n in numbers) != list(range(1, len(numbers) + 1)):
        missing = sorted(set(range(1, len(numbers) + 1)) - set(numbers))[:5]
        faults.append(f"{len(numbers)} rows are not numbered 1 to n (missing {missing})")
    if counted != len(numbers) or valid != len(numbers):
        faults.append(f"{len(numbers)} rows, but counted {counted}, shown {valid}")
    return faults


def tree_faults(
    leaves: Sequence[tuple[int, bytes, bytes]], size: int, notes: Sequence[tuple[int, bytes, str]]
) -> list[str]:
    """What is wrong with a log: places, hashes, and every signed root made anew.

    Args:
        leaves: (index, entry, hash), by index.
        size: of the tree, as it says itself.
        notes: (size, root, note) of the checkpoints, oldest first.
    """
    faults = []
    if [index for index, _, _ in leaves] != list(range(size)):
        faults.append(f"{len(leaves)} leaves are not the places 0 to {size - 1}")
    false = [index for index, entry, made in leaves if leaf_hash(bytes(entry)) != bytes(made)]
    if false:
        faults.append(f"the hash of leaf {false[0]} is false")
    wanted = {told for told, _, _ in notes}
    roots, frontier = {0: Frontier().root()}, Frontier()
    for _, entry, _ in leaves:
        frontier.append(leaf_hash(bytes(entry)))
        if frontier.size in wanted:
            roots[frontier.size] = frontier.root()
    faults += [
        f"the checkpoint of {told} is of another tree"
        for told, root, _ in notes
        if roots.get(told) != bytes(root)
    ]
    signed = [Checkpoint.parse(split_note(note)[0]) for _, _, note in notes]
    for before, after in itertools.pairwise(signed):
        if after.size < before.size or after.at < before.at:
            faults.append(f"checkpoint {after.size} at {after.at} goes back behind {before.at}")
    return faults


def leaf_faults(leaves: Sequence[int | None], endorsements: Iterable[int]) -> list[str]:
    """What is wrong with the entries of endorsements: each has one, and nobody else has."""
    times = Counter(leaves)
    faults = [f"{ref} was entered {n} times" for ref, n in times.items() if n > 1][:3]
    missing = set(endorsements) - set(times)
    invented = set(times) - set(endorsements)
    if missing:
        faults.append(f"{len(missing)} endorsements are not in the ledger")
    if invented:
        faults.append(f"{len(invented)} entries without an endorsement")
    return faults


def settle(to: Connection, proposal: int, within: float = 40.0) -> float:
    """Wait until the ledger has entered, counted and signed everything; returns seconds."""
    began = time.monotonic()
    while time.monotonic() - began < within:
        waiting, size, signed, rows, counted = to.execute(
            """SELECT (SELECT count(*) FROM ledger_intake),
                      (SELECT coalesce(max(size), 0) FROM ledger_tree),
                      (SELECT coalesce(max(size), 0) FROM ledger_checkpoint),
                      (SELECT count(*) FROM proposals_endorsement WHERE proposal_id = %(p)s),
                      (SELECT numbered FROM proposals_proposal WHERE id = %(p)s)""",
            {"p": proposal},
        ).fetchone() or (1, 0, 0, 0, 0)
        if waiting == 0 and signed == size and rows == counted:
            return time.monotonic() - began
        time.sleep(0.2)
    raise TimeoutError(
        f"the ledger does not catch up: {waiting} waiting, {size} entered, {signed} signed, "
        f"{rows} rows, {counted} counted"
    )


def reckoning(to: Connection, proposal: int, oracle: Oracle) -> Reckoning:
    """Everything at once, from the tables themselves, after the ledger settled."""
    rows = to.execute(
        "SELECT id, person_id, number FROM proposals_endorsement WHERE proposal_id = %s",
        (proposal,),
    ).fetchall()
    found = reckon((row[1] for row in rows), certain=oracle.certain, possible=oracle.possible)
    case, threshold, valid, counted, state = to.execute(
        "SELECT case_id, threshold, endorsed, numbered, state FROM proposals_proposal"
        " WHERE id = %s",
        (proposal,),
    ).fetchone() or (0, 0, 0, 0, "")
    found.faults += number_faults([row[2] for row in rows], counted, valid)
    (clocks,) = to.execute(
        "SELECT count(*) FROM casework_deadline WHERE case_id = %s AND kind = 'response'", (case,)
    ).fetchone() or (0,)
    reached = len(rows) >= threshold
    if clocks != int(reached) or (state == "reached") != reached:
        found.faults.append(f"{len(rows)} of {threshold}: {state}, {clocks} response clocks")
    found.faults += ledger_faults(to, case, [row[0] for row in rows])
    return found


def ledger_faults(to: Connection, case: int, endorsements: Iterable[int]) -> list[str]:
    """What is wrong with the ledger in the database."""
    leaves = to.execute("SELECT index, entry, hash FROM ledger_leaf ORDER BY index").fetchall()
    notes = to.execute("SELECT size, root, note FROM ledger_checkpoint ORDER BY id").fetchall()
    (size,) = to.execute("SELECT coalesce(max(size), 0) FROM ledger_tree").fetchone() or (0,)
    refs = to.execute(
        "SELECT ref FROM ledger_leaf WHERE kind = %s AND case_id = %s", (ENDORSED, case)
    ).fetchall()
    return tree_faults(leaves, size, notes) + leaf_faults([ref for (ref,) in refs], endorsements)
