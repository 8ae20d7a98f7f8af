"""Rehearsing a restore (還原演練): a backup is good once it was restored and its ledger recounted.

A base backup and the archived write-ahead log become a second, private database, as of a chosen
instant; its ledger is recomputed from the first leaf, and compared with what was published. The
running platform and its backup are only read.
"""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg

from minben.ledger.merkle import Frontier, leaf_hash
from minben.ledger.notes import Checkpoint, NoteFault, split_note
from minben.ledger.tiles import WIDTH, Tile
from minben.ledger.verifier.sources import Source

HASH, NOTE_MAX = 32, 65_536
Connection = psycopg.Connection[tuple[Any, ...]]  # Any: columns of any type


class BackupFault(RuntimeError):
    """The backup cannot be restored, or what it holds contradicts itself or what was published."""


@dataclass(frozen=True, slots=True)
class Backup:
    """Where a backup lies, and how its database is called.

    Args:
        base: folder of a base backup (``pg_basebackup --format=plain``).
        wal: folder into which ``archive_command`` copies the log.
        until: the instant to restore to; None: as far as the archive goes.
        programs: folder of PostgreSQL's programs, of the version of the backup.
        database: name of the platform's database.
        role: a superuser's name in it.
    """

    base: Path
    wal: Path
    until: datetime | None
    programs: Path
    database: str
    role: str = "postgres"


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restored database holds.

    Args:
        size: leaves of its ledger, recomputed one by one; `root` of all of them.
        signed: leaves under its newest checkpoint.
        roots: root of the tree at every size that was asked for.
    """

    size: int
    root: bytes
    signed: int
    proposals: int
    endorsements: int
    waiting: int
    last_act: datetime | None
    roots: dict[int, bytes]


@contextmanager
def restored(backup: Backup) -> Iterator[Connection]:
    """A connection to the backup, restored into a private folder that vanishes afterwards.

    Nobody else can connect to it, and it archives nothing.

    Raises:
        BackupFault: the server does not start, or ends; with the last line of its log.
    """
    home = Path(tempfile.mkdtemp(prefix="minben-restore-"))
    server: subprocess.Popen[bytes] | None = None
    try:
        _lay_out(backup, home)
        server = _start(backup, home)
        with _connect(backup, home, server) as to:
            yield to
    finally:
        if server is not None:
            server.terminate()
            server.wait()
        shutil.rmtree(home, ignore_errors=True)


def _owner() -> dict[str, Any]:  # Any: arguments of Popen
    """PostgreSQL refuses to run as root: then it runs as its own user."""
    return {} if os.geteuid() else {"user": "postgres", "group": "postgres", "extra_groups": []}


def _lay_out(backup: Backup, home: Path) -> None:
    """Copy the base backup and say how to recover it."""
    data = home / "data"
    shutil.copytree(backup.base, data, symlinks=True)
    data.chmod(0o700)
    # The backup of a packaged server has its settings elsewhere, and they are not wanted here.
    (home / "postgresql.conf").write_text("", encoding="utf-8")
    (home / "pg_hba.conf").write_text("local all all trust\n", encoding="utf-8")
    (data / "postgresql.auto.conf").write_text("", encoding="utf-8")
    (data / "recovery.signal").touch()
    (data / "standby.signal").unlink(missing_ok=True)
    if not os.geteuid():
        for path in (home, *home.rglob("*")):
            shutil.chown(path, "postgres", "postgres")


def _start(backup: Backup, home: Path) -> "subprocess.Popen[bytes]":
    settings = {
        "config_file": str(home / "postgresql.conf"),
        "hba_file": str(home / "pg_hba.conf"),
        "listen_addresses": "",  # only whoever may enter the folder gets in
        "unix_socket_directories": str(home),
        "restore_command": f"cp '{backup.wal.resolve()}/%f' '%p'",
        "archive_mode": "off",
        "hot_standby": "off",  # else the limits of the original server would be asked for
        "recovery_target_action": "promote",
    }
    if backup.until:
        settings["recovery_target_time"] = backup.until.isoformat()
    command = [str(backup.programs / "postgres"), "-D", str(home / "data")]
    command += [f"--{name}={value}" for name, value in settings.items()]
    with (home / "log").open("wb") as log:
        return subprocess.Popen(command, stdout=log, stderr=log, cwd="/", **_owner())  # noqa: S603  PostgreSQL itself


def _connect(backup: Backup, home: Path, server: "subprocess.Popen[bytes]") -> Connection:
    """Wait as long as the recovery takes, which is as long as there is log to read."""
    while server.poll() is None:
        with suppress(psycopg.OperationalError):
            return psycopg.connect(
                host=str(home), user=backup.role, dbname=backup.database, connect_timeout=5
            )
        time.sleep(0.2)
    raise BackupFault(f"the backup cannot be restored: {_why(home / 'log')}")


def _why(log: Path) -> str:
    """What a server that ended said last of why; answers to our own asking are none of it."""
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    ours = ("starting up", "not yet accepting", "in recovery mode")
    fatal = [
        line
        for line in lines
        if ("FATAL" in line or "PANIC" in line) and not any(one in line for one in ours)
    ]
    return (fatal or lines or ["its log is empty"])[-1]


def examine(to: Connection, sizes: set[int]) -> Restored:
    """Recompute the whole ledger of a database; note the roots at `sizes`.

    Raises:
        BackupFault: a leaf, a hash or a signed root is not what it should be.
    """
    notes = to.execute("SELECT size, root FROM ledger_checkpoint ORDER BY id").fetchall()
    wanted = sizes | {size for size, _ in notes}
    frontier = Frontier()
    roots = {0: frontier.root()}
    with to.cursor(name="leaves") as leaves:
        leaves.itersize = 10_000
        leaves.execute("SELECT index, entry, hash FROM ledger_leaf ORDER BY index")
        for index, entry, told in leaves:
            made = leaf_hash(bytes(entry))
            if index != frontier.size or made != bytes(told):
                raise BackupFault(
                    f"leaf {frontier.size} of the restored ledger is missing or false"
                )
            frontier.append(made)
            if frontier.size in wanted:
                roots[frontier.size] = frontier.root()
    for size, root in notes:
        if roots.get(size) != bytes(root):
            raise BackupFault(f"the restored ledger is not what was signed at {size} leaves")
    counts = to.execute(
        """SELECT (SELECT max(size) FROM ledger_tree),
                  (SELECT count(*) FROM proposals_proposal),
                  (SELECT count(*) FROM proposals_endorsement),
                  (SELECT count(*) FROM ledger_intake),
                  greatest((SELECT max(at) FROM audit_event),
                           (SELECT max(at) FROM proposals_endorsement))"""
    ).fetchone() or (0, 0, 0, 0, None)
    if (counts[0] or 0) != frontier.size:
        raise BackupFault(f"{frontier.size} leaves, but the tree says {counts[0]}")
    signed = max((size for size, _ in notes), default=0)
    _, proposals, endorsements, waiting, last_act = counts
    return Restored(
        frontier.size, frontier.root(), signed, proposals, endorsements, waiting, last_act, roots
    )


def published_checkpoint(source: Source) -> Checkpoint:
    """What was published last. Raises BackupFault."""
    note = source.read("checkpoint", NOTE_MAX)
    try:
        return Checkpoint.parse(split_note((note or b"").decode())[0])
    except (NoteFault, UnicodeDecodeError) as error:
        raise BackupFault(f"the published checkpoint cannot be read: {error}") from error


def missing_leaves(found: Restored, known: Checkpoint, source: Source) -> int:
    """How many published leaves the restored ledger lacks; 0 if it has them all.

    Raises:
        BackupFault: one of the two does not begin with the other.
    """
    if found.size >= known.size:
        if found.roots.get(known.size) != known.root:
            raise BackupFault(f"the first {known.size} leaves are not those published")
        return 0
    frontier = Frontier()
    for number in range(-(-found.size // WIDTH)):
        tile = Tile(0, number, min(WIDTH, known.size - number * WIDTH))
        hashes = source.read(tile.path, WIDTH * HASH) or b""
        for start in range(0, len(hashes), HASH):
            if frontier.size < found.size:
                frontier.append(hashes[start : start + HASH])
    if frontier.size != found.size or frontier.root() != found.root:
        raise BackupFault(f"the {found.size} restored leaves are not the first ones published")
    return known.size - found.size
