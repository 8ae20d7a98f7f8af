"""Back-dating (倒填日期): whether an entry's time fits the checkpoints around it. Pure.

An entry was entered after the checkpoint before it and before the checkpoint that first holds it,
so its own time lies between theirs. Exempt are only instants that the log has fixed itself (a due
instant told when the tick comes by, the crossing endorsement's), and cases taken over from
elsewhere, whose history is older than the log.
"""

from datetime import datetime, timedelta

from minben.ledger.verifier.differences import Difference
from minben.ledger.verifier.fields import Entry
from minben.ledger.verifier.recounting import Case

BEFORE = timedelta(minutes=10)
"""So much earlier than the checkpoint before it may an act have taken its time: the longest
transaction, and the clocks of several machines."""
AFTER = timedelta(minutes=2)
"""So much later than its own checkpoint, for the clocks of several machines."""


def check(entry: Entry, case: Case | None, earlier: datetime | None, later: datetime) -> None:
    """Refuse an entry outside its time.

    Args:
        case: what is known of its case after this entry.
        earlier, later: when the checkpoints before and after it were signed.

    Raises:
        Difference: ``back_dated``, ``ahead``.
    """
    if entry.at > later + AFTER:
        raise Difference(
            "ahead",
            entry.place,
            expected=f"≤ {later.isoformat()}",
            found=entry.at.isoformat(),
        )
    if earlier is None or entry.at >= earlier - BEFORE:
        return
    if case and (case.archived or entry.at in case.instants) and not entry.who:
        return
    raise Difference(
        "back_dated", entry.place, expected=f"≥ {earlier.isoformat()}", found=entry.at.isoformat()
    )
