"""What a witness has cosigned (見證紀錄), on disk before it is told: one file per log."""

import os
from hashlib import sha256
from pathlib import Path

from minben.ledger.notes import Checkpoint, split_note


class Memory:
    """A folder with the last cosigned note of every log, by the hash of its origin."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder

    def note(self, origin_hash: str) -> str | None:
        """The note last cosigned, with our line, by the hex hash of the log's origin."""
        try:
            return (self._folder / f"{origin_hash}.note").read_text(encoding="utf-8")
        except FileNotFoundError:
            return None

    def last(self, origin: str) -> Checkpoint | None:
        """The checkpoint last cosigned for a log."""
        note = self.note(hash_of(origin))
        return Checkpoint.parse(split_note(note)[0]) if note else None

    def keep(self, origin: str, note: str) -> None:
        """Keep a note, whole or not at all, and not before the disk has it."""
        path = self._folder / f"{hash_of(origin)}.note"
        fresh = path.with_suffix(".new")
        with fresh.open("w", encoding="utf-8", newline="") as opened:
            opened.write(note)
            opened.flush()
            os.fsync(opened.fileno())
        fresh.replace(path)
        folder = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def hash_of(origin: str) -> str:
    """The name of a log in the witness's addresses: SHA-256 of its origin, hex."""
    return sha256(origin.encode()).hexdigest()
