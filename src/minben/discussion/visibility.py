"""Who may see an uploaded file (檔案之公開): whoever refers to it answers; nobody, nobody sees it.

Discussion keeps files for others and knows nothing of proposals. A module whose rows name files
registers a gate; a file no gate opens is not found.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from enum import IntEnum

from minben.discussion.models import StoredFile
from minben.kernel.actor import Actor


class Sight(IntEnum):
    """How far a file may be seen; the widest answer of all gates holds."""

    NONE = 0
    PRIVATE = 1  # this reader may, others may not
    PUBLIC = 2


Gate = Callable[[Sequence[StoredFile], Actor, datetime], Sight]
_gates: list[Gate] = []


def register_gate(gate: Gate) -> None:
    """Let `gate` answer for files; it is given all rows of one hash, reader and instant."""
    if gate not in _gates:
        _gates.append(gate)


def sight_of(files: Sequence[StoredFile], actor: Actor, at: datetime) -> Sight:
    """How far the file that all these rows share may be seen by `actor` at `at`."""
    best = Sight.NONE
    for gate in _gates:
        best = max(best, gate(files, actor, at))
        if best is Sight.PUBLIC:
            break
    return best
