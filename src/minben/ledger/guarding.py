"""When nothing may be entered (不得入帳): the log never forks, and begins with what was before it.

A database restored to an earlier instant, or a standby that missed the last commits, holds a
shorter log than was published. To go on with it would give places a second time that are taken,
which every witness would call a forgery, and rightly. So the sequencer keeps the newest
checkpoint in a file of its own and appends to nothing that does not begin with that tree.

Nor may it count on where something was counted before the log began, and does not say so.
"""

import logging
import os
from pathlib import Path

from django.conf import settings

from minben.ledger.keys import origin
from minben.ledger.merkle import range_root
from minben.ledger.notes import Checkpoint, NoteFault, split_note
from minben.ledger.queries import latest_checkpoint, subtree, tree_size
from minben.ledger.registry import all_preconditions

log = logging.getLogger(__name__)


class LedgerStands(RuntimeError):
    """Nothing is entered until somebody has looked; says why."""


class LedgerForked(LedgerStands):
    """The database is not the log that was published (docs/operations/backup.md)."""


class LedgerUnopened(LedgerStands):
    """Something was counted before the log began, and the log does not say so yet."""


def refuse_to_enter() -> None:
    """Ask everything that would make a lasting fault of the next entry. Not in a sandbox.

    Raises:
        LedgerStands: with what is to be done.
    """
    refuse_fork()
    if settings.SANDBOX:
        return
    for asked in all_preconditions():
        if said := asked():
            raise LedgerUnopened(said)


def known_files() -> list[Path]:
    """Where published checkpoints lie outside of the database: the own one, and the bundle's."""
    bundle = settings.LEDGER_BUNDLE_DIR
    own = settings.VAR / "ledger.checkpoint"
    return [own, Path(bundle) / "checkpoint"] if bundle else [own]


def remember_signed() -> None:
    """Keep the newest checkpoint outside of the database.

    A full disk leaves the last one as it was, and is told in the log: counting goes on.
    """
    newest = latest_checkpoint()
    if newest is None or settings.SANDBOX:
        return
    path = known_files()[0]
    fresh = path.with_suffix(f".{os.getpid()}")  # two sequencers do not tear each other's file
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with fresh.open("w", encoding="utf-8") as file:
            file.write(newest.note)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        log.error("the newest checkpoint could not be kept in %s: %s", path, error)


def refuse_fork() -> None:
    """Compare the database with what is known to be published.

    A log of another name is none of this one's business. About 2·log2(size) queries.

    Raises:
        LedgerForked: the log is shorter than, or another than, a published one.
    """
    if settings.SANDBOX:  # its database is thrown away on purpose
        return
    for path in known_files():
        if path.exists():  # read before the tree, which another sequencer may extend meanwhile
            _compare(path, _read(path))


def _read(path: Path) -> Checkpoint:
    try:
        return Checkpoint.parse(split_note(path.read_text(encoding="utf-8"))[0])
    except (NoteFault, UnicodeDecodeError) as error:
        raise LedgerForked(f"{path} cannot be read: {error}") from error


def _compare(path: Path, known: Checkpoint) -> None:
    if known.origin != origin() or known.size == 0:
        return
    size = tree_size()
    if size < known.size:
        raise LedgerForked(
            f"the database holds {size} entries, {known.size} were published ({path}); "
            "nothing is entered (docs/operations/backup.md)"
        )
    if range_root(0, known.size, subtree) != known.root:
        raise LedgerForked(
            f"the first {known.size} entries of the database are not those published ({path}); "
            "nothing is entered (docs/operations/backup.md)"
        )
