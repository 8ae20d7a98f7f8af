"""Checkpoints of a source (檢查點): opened with the pinned keys, in their order."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from minben.ledger.notes import Checkpoint, NoteFault, PublicKey, open_checkpoint, split_note
from minben.ledger.verifier.differences import Difference
from minben.ledger.verifier.sources import Source

NOTE_MAX = 64_000
KEYS_MAX = 16
LISTED_WITHIN = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Mark:
    """A checkpoint that was opened.

    Args:
        at: when it was signed, as it tells.
        key: the how-manieth of the pinned keys signed it, 0 for the newest.
    """

    body: Checkpoint
    at: datetime
    note: str
    key: int = 0

    @property
    def is_sandbox(self) -> bool:
        """Times of a sandbox are played; its checkpoints say so."""
        return "sandbox" in self.body.extensions

    def __str__(self) -> str:
        return f"checkpoint {self.body.size} of {self.at:%Y-%m-%dT%H:%M:%SZ}"


def read_keys(source: Source, path: str = "log.vkey") -> list[PublicKey]:
    """The keys a source says it signs with, newest first. Raises Difference."""
    raw = source.read(path, NOTE_MAX)
    if raw is None:
        raise Difference("missing", path)
    try:
        lines = raw.decode().split("\n")
        found = [PublicKey.parse(line) for line in lines if line.strip()]
    except ValueError as error:
        raise Difference("broken_file", path, found=error) from error
    if not 1 <= len(found) <= KEYS_MAX:
        raise Difference("broken_file", path, expected=f"1 to {KEYS_MAX} keys")
    return found


def open_mark(note: str, keys: Sequence[PublicKey], where: str) -> Mark:
    """A checkpoint signed with one of `keys`. Raises Difference."""
    try:
        text, _ = split_note(note)
        told = Checkpoint.parse(text)
    except NoteFault as error:
        raise Difference("broken_note", where, found=error) from error
    if told.origin != keys[0].name:
        raise Difference("other_log", where, expected=keys[0].name, found=told.origin)
    body, key = _signed(note, keys, where)
    try:
        at = datetime.fromisoformat(body.at)
    except ValueError:
        at = None
    if at is None or at.utcoffset() is None:
        raise Difference("no_time", where)
    return Mark(body, at.astimezone(UTC), note, key)


def _signed(note: str, keys: Sequence[PublicKey], where: str) -> tuple[Checkpoint, int]:
    for place, key in enumerate(keys):
        try:
            return open_checkpoint(note, key), place
        except NoteFault:
            continue
    raise Difference("signature", where, expected=f"{keys[0].name} {keys[0].id.hex()}")


def newest(source: Source, keys: Sequence[PublicKey]) -> Mark:
    """The checkpoint a source shows as its last. Raises Difference."""
    raw = source.read("checkpoint", NOTE_MAX)
    if raw is None:
        raise Difference("missing", "checkpoint")
    try:
        note = raw.decode()
    except UnicodeDecodeError as error:
        raise Difference("broken_note", "checkpoint", found=error) from error
    return open_mark(note, keys, "checkpoint")


def listed(source: Source, keys: Sequence[PublicKey], last: Mark) -> Iterator[Mark]:
    """The checkpoints of a source from the first to `last`, their order checked.

    Raises Difference: those of `open_mark`, ``size_backwards``, ``time_backwards``,
    ``not_listed``.
    """
    before: Mark | None = None
    for number, line in enumerate(source.lines("checkpoints.jsonl"), start=1):
        where = f"checkpoints.jsonl line {number}"
        mark = open_mark(_note_in(line, where), keys, where)
        check_order(before, mark, where)
        yield mark
        if mark.body.text == last.body.text:
            return
        before = mark
    # A list that was kept by a cache may be a little older than the checkpoint itself.
    if before is None or last.at - before.at > LISTED_WITHIN:
        raise Difference("not_listed", "checkpoint", expected=str(last))
    check_order(before, last, "checkpoint")
    yield last


def _note_in(line: bytes, where: str) -> str:
    try:
        note = json.loads(line)["note"]
        if isinstance(note, str):
            note.encode()
            return note
    except (ValueError, TypeError, KeyError, RecursionError):
        pass
    raise Difference("broken_file", where)


def check_order(before: Mark | None, mark: Mark, where: str) -> None:
    """Refuse a checkpoint that goes back behind the one before it. Raises Difference."""
    if before is None:
        return
    if mark.body.size < before.body.size:
        raise Difference("size_backwards", where, expected=f"≥ {before}", found=str(mark))
    if mark.at < before.at:
        raise Difference("time_backwards", where, expected=f"≥ {before}", found=str(mark))
    if mark.key > before.key:  # whoever stole a key that was replaced gets no further with it
        raise Difference("replaced_key", where, found=str(mark))
