"""What a verifier remembers (記憶): the last checkpoint it has seen good, and the key it trusts.

On the first run the key of the source is taken over; from then on it must stay the same, and the
log must contain what was seen before. That is how a repeating verifier notices a log that was
cut, forked, or served old.
"""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from minben.ledger.notes import NoteFault, PublicKey
from minben.ledger.verifier.checkpoints import Mark, open_mark
from minben.ledger.verifier.differences import Difference, SourceAway

FORMAT = "minben-seen/v1"


@dataclass(frozen=True, slots=True)
class Memory:
    """What was verified before."""

    keys: tuple[PublicKey, ...]
    mark: Mark

    def check_growth(self, last: Mark) -> None:
        """Refuse a log that has become shorter or older. Raises Difference."""
        if last.body.size < self.mark.body.size:
            raise Difference("shrunk", "checkpoint", expected=f"≥ {self.mark}", found=str(last))
        if last.at < self.mark.at:
            raise Difference("older", "checkpoint", expected=f"≥ {self.mark}", found=str(last))

    def check_root(self, size: int, root: bytes) -> None:
        """Refuse a log whose first leaves are not those seen before. Raises Difference."""
        if root != self.mark.body.root:
            raise Difference(
                "forked", str(self.mark), expected=self.mark.body.root.hex(), found=root.hex()
            )


def recall(path: Path) -> Memory | None:
    """What stands in the file, or None on the first run.

    Raises Difference: ``broken_file``; SourceAway: it cannot be read.
    """
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        if told["format"] != FORMAT:
            raise ValueError(f"not {FORMAT}")
        keys = tuple(PublicKey.parse(key) for key in told["keys"])
        note = str(told["note"])
    except FileNotFoundError:
        return None
    except OSError as error:
        raise SourceAway(f"{path}: {error.strerror}") from error
    except (ValueError, TypeError, KeyError, RecursionError, NoteFault) as error:
        raise Difference("broken_file", path.name, found=error) from error
    if not keys:
        raise Difference("broken_file", path.name, expected="keys")
    return Memory(keys, open_mark(note, keys, path.name))


def check_keys(remembered: Sequence[PublicKey], now: Sequence[PublicKey]) -> None:
    """Refuse a key that is not among those remembered. Raises Difference: ``other_key``."""
    if not set(now) <= set(remembered):
        raise Difference(
            "other_key",
            "log.vkey",
            expected=", ".join(key.id.hex() for key in remembered),
            found=", ".join(key.id.hex() for key in now),
        )


def remember(path: Path, keys: Sequence[PublicKey], last: Mark) -> None:
    """Keep what was verified; the file is replaced at once or not at all. Raises SourceAway."""
    told = {"format": FORMAT, "keys": [str(key) for key in keys], "note": last.note}
    fresh = path.with_name(f"{path.name}.new")
    try:
        with fresh.open("w", encoding="utf-8") as opened:
            opened.write(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
            opened.flush()
            os.fsync(opened.fileno())
        fresh.replace(path)
    except OSError as error:
        raise SourceAway(f"{path}: {error.strerror}") from error
