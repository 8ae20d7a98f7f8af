"""Checkpoints (檢查點): signing the state of the log, and keeping what others sign below."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from minben.kernel.actor import Actor
from minben.ledger.actions.sequencing import hold
from minben.ledger.entries import instant
from minben.ledger.keys import log_key
from minben.ledger.merkle import Frontier
from minben.ledger.models import Checkpoint, Cosignature, Timestamp
from minben.ledger.notes import Checkpoint as Body
from minben.ledger.notes import sign_note
from minben.ledger.queries import backlog

WAITS = timedelta(minutes=5)
"""Nothing is signed while an act waits that is older: it would stand behind a checkpoint that is
younger by more than the ten minutes verifiers allow."""
QUIET = timedelta(hours=1)
"""A log that does not grow is still signed this often, so that a silent one is noticed."""


@transaction.atomic
def sign_checkpoint(*, by: Actor, at: datetime) -> Checkpoint | None:
    """Sign size and root as they are at `at`; None when the last one says the same and is fresh.

    None, too, while acts wait that should long have been entered: after an outage they come first.
    Times of checkpoints never go backwards, whatever the clock does.

    Raises:
        LedgerKeyMissing: there is no key to sign with.
    """
    key = log_key()
    tree = hold()
    last = Checkpoint.objects.order_by("-pk").first()
    if last is not None:
        at = max(at, last.at)
        if last.size == tree.size and at - last.at < QUIET:
            return None
    if _waits_long(at):
        return None
    root = Frontier(tree.size, [bytes.fromhex(peak) for peak in tree.peaks]).root()
    # Times of a sandbox are played, and its checkpoints say so.
    more = ("sandbox",) if settings.SANDBOX else ()
    body = Body(key.name, tree.size, root, (f"at {instant(at)}", *more))
    return Checkpoint.objects.create(
        size=tree.size, root=root, at=at, note=sign_note(body.text, key)
    )


def _waits_long(at: datetime) -> bool:
    """Whether somebody's act waits since long before `at`. Not asked where times are played."""
    since = None if settings.SANDBOX else backlog().since
    return since is not None and since < at - WAITS


def keep_cosignature(
    *, checkpoint_id: int, witness: str, line: str, by: Actor, at: datetime
) -> None:
    """Keep a witness's signature line, which the caller has verified; once per witness."""
    Cosignature.objects.get_or_create(
        checkpoint_id=checkpoint_id, witness=witness, defaults={"line": line, "at": at}
    )


def keep_timestamp(
    *, checkpoint_id: int, token: bytes, authority: str, by: Actor, at: datetime
) -> None:
    """Keep an authority's time stamp, which the caller has verified; once per checkpoint."""
    Timestamp.objects.get_or_create(
        checkpoint_id=checkpoint_id,
        defaults={"token": token, "authority": authority, "at": at},
    )
