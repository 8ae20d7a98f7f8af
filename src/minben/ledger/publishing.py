"""Making the log known (公布): witnesses, time stamps, claims and the nightly bundle.

Nothing here is part of entering: a witness that is away, an authority that refuses or a disk that
is full is told in the log and tried again at the next tick, and the counting goes on.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import OperationalError

from minben.kernel.actor import SYSTEM
from minben.kernel.periods import local_day, start_of
from minben.ledger import actions, queries
from minben.ledger.bundle import write_bundle
from minben.ledger.guarding import LedgerStands, refuse_to_enter
from minben.ledger.keys import LedgerKeyMissing
from minben.ledger.stamping import NoStamp, ask_for_stamp
from minben.ledger.verifier.differences import SourceAway
from minben.ledger.witness.asking import Address, WitnessAway, ask

log = logging.getLogger(__name__)
CLAIMED_EVERY = timedelta(hours=1)
TRIES = 5
CONFLICTS = {"40001", "40P01"}
"""PostgreSQL could not bring two transactions into an order; either may simply be repeated."""


def due(at: datetime) -> dict[str, int]:
    """Do what is due of it; returns counts by name. Nothing without a checkpoint."""
    jobs: dict[str, Callable[[datetime], int]] = {
        "claimed": claim_hourly,
        "cosigned": ask_witnesses,
        "stamped": stamp_daily,
        "bundled": export_nightly,
    }
    return {name: _try(name, job, at) for name, job in jobs.items()}


def _try(name: str, job: Callable[[datetime], int], at: datetime) -> int:
    try:
        return job(at)
    except LedgerKeyMissing:
        return 0  # another machine signs, and publishes
    except (LedgerStands, OSError, RuntimeError) as error:
        log.error("ledger: %s: %s", name, error)
        return 0


def ask_witnesses(at: datetime) -> int:
    """Ask every witness to cosign the newest checkpoint; returns how many did."""
    newest = queries.latest_checkpoint()
    if newest is None:
        return 0
    done = 0
    for line in filter(str.strip, settings.LEDGER_WITNESSES):
        try:
            witness = Address.parse(line)
            if queries.is_cosigned(newest, witness.key.name):
                continue
            had = queries.cosigned_size(witness.key.name)
            signature = ask(witness, newest.note, newest.size, had, queries.growth_proof)
        except (WitnessAway, ValueError) as error:
            log.error("ledger: witness %s: %s", line.partition(" ")[0], error)
            continue
        actions.keep_cosignature(
            checkpoint_id=newest.pk, witness=witness.key.name, line=signature, by=SYSTEM, at=at
        )
        done += 1
    return done


def stamp_daily(at: datetime) -> int:
    """Have the newest checkpoint stamped, once per day of Taiwan; returns whether it was."""
    newest = queries.latest_checkpoint()
    url, certificates = settings.LEDGER_TSA_URL, settings.LEDGER_TSA_CERT
    if not (newest and url and certificates) or queries.stamped_since(start_of(local_day(at))):
        return 0
    try:
        stamp = ask_for_stamp(url, Path(certificates), newest.note)
    except (NoStamp, SourceAway) as error:
        log.error("ledger: time stamp of %s: %s", url, error)
        return 0
    actions.keep_timestamp(
        checkpoint_id=newest.pk, token=stamp.token, authority=url, by=SYSTEM, at=at
    )
    return 1


def claim_hourly(at: datetime) -> int:
    """Take down anew what is claimed, if the log has grown since; returns whether it was."""
    last = queries.claimed()
    if last and (at - last.at < CLAIMED_EVERY or last.size == queries.tree_size()):
        return 0
    take_down_claims(at)
    return 1


def take_down_claims(at: datetime) -> actions.Claims:
    """Claims as of now; tried again when a transaction got in the way.

    Raises:
        LedgerKeyMissing: there is no key to sign with.
        RuntimeError: too busy for it.
    """
    for _ in range(TRIES):
        try:
            return actions.claim(by=SYSTEM, at=at)
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", "") not in CONFLICTS:
                raise
    raise RuntimeError("the claims could not be taken down: too much happens at once")


def export_nightly(at: datetime) -> int:
    """Write the bundle, once per day of Taiwan; returns whether it was written."""
    if not settings.LEDGER_BUNDLE_DIR:
        return 0
    folder = Path(settings.LEDGER_BUNDLE_DIR)
    if _day_of(folder) == local_day(at).isoformat():
        return 0
    export(folder, at=at, since_last=True)
    (folder / DAY).write_text(local_day(at).isoformat(), encoding="utf-8")
    return 1


DAY = ".day"
"""In the bundle: the day of Taiwan on which it was last written whole."""


def _day_of(folder: Path) -> str:
    try:
        return (folder / DAY).read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""


def export(
    folder: Path,
    *,
    at: datetime,
    since_last: bool = False,
    progress: Callable[[int], None] = lambda size: None,
) -> int:
    """Write the bundle as it is at `at`; returns the size of the log it holds.

    Raises:
        LedgerKeyMissing: there is no key to sign with.
        LedgerStands: a bundle of another log lies there, or a longer one; or nothing may be entered.
        OSError: the disk refused.
    """
    refuse_to_enter()
    claims = take_down_claims(at)
    ask_witnesses(at)  # so that what is published carries their lines
    return write_bundle(folder, claims, since_last=since_last, progress=progress).size
