"""A base backup and the archived log: restored to an instant, recounted, compared."""

import json
import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.faults.accounts import settle
from tests.faults.cluster import DATABASE, Cluster
from tests.faults.conftest import MakeScene
from tests.faults.load import Load
from tests.faults.places import folder, give, owner
from tests.faults.scene import FIGURES, Scene, unharmed


@dataclass(frozen=True)
class Kept:
    """A running platform with everything a restore may begin with.

    Args:
        until: an instant between the two loads; `then` and `now` are rows at it and at the end.
        early: the bundle published at that instant; `late` at the end.
    """

    scene: Scene
    base: Path
    wal: Path
    until: str
    then: int
    now: int
    early: Path
    late: Path

    def rehearse(self, *options: str) -> tuple[int, dict[str, Any]]:  # Any: JSON values
        """Exit code and figures, or the error."""
        paths = ("--base", str(self.base), "--wal", str(self.wal), "--database", DATABASE)
        done = self.scene.site.minben("rehearse", *paths, "--json", *options, check=False)
        if done.stdout.startswith("{"):
            return done.returncode, json.loads(done.stdout)
        return done.returncode, {"error": done.stderr}


def archived(wal: Path) -> dict[str, str]:
    """Settings of a server that keeps its log in a folder, each file whole or not at all."""
    return {
        "wal_level": "replica",
        "archive_mode": "on",
        "archive_command": f"cp %p {wal}/%f.part && mv {wal}/%f.part {wal}/%f",
    }


def rows_of(scene: Scene) -> int:
    """Endorsements, when the ledger has entered all of them."""
    with scene.cluster.connect() as to:
        settle(to, scene.told["proposal"])
        (count,) = to.execute("SELECT count(*) FROM proposals_endorsement").fetchone() or (0,)
    return int(count)


def publish(scene: Scene, place: Path) -> Path:
    """The bundle as it is now."""
    scene.site.minben("ledger", "export", str(place))
    return place


def archive_all(to: "psycopg.Connection[tuple[Any, ...]]", wal: Path) -> None:
    """Close the last piece of the log and wait until it is kept."""
    (last,) = to.execute("SELECT pg_walfile_name(pg_switch_wal())").fetchone() or ("",)
    until = time.monotonic() + 30
    while not (wal / str(last)).exists():
        assert time.monotonic() < until, f"{last} is not archived"
        time.sleep(0.1)


def base_backup(cluster: Cluster, place: Path) -> None:
    """As docs/operations/backup.md says, while the site runs."""
    command = [Cluster.program("pg_basebackup"), "--format=plain", "--checkpoint=fast"]
    command += ["--host", cluster.host, "--port", str(cluster.port), "--username=postgres"]
    subprocess.run([*command, "--pgdata", str(place)], check=True, cwd="/", **owner())
    subprocess.run(
        [Cluster.program("pg_verifybackup"), "--quiet", str(place)], check=True, cwd="/", **owner()
    )


@pytest.fixture
def kept(make_scene: MakeScene) -> Iterator[Kept]:
    home = folder()
    yield keep(make_scene, home)
    shutil.rmtree(home, ignore_errors=True)


def keep(make_scene: MakeScene, home: Path) -> Kept:
    """Load, base backup under load, more load, and the log of all of it kept."""
    wal = home / "wal"
    wal.mkdir()
    give(wal)
    scene = make_scene(settings=archived(wal))
    scene.warm()
    base_backup(scene.cluster, home / "base")
    scene.load.wait_for(250)
    scene.load.stop()
    then, early = rows_of(scene), publish(scene, home / "early")
    with scene.cluster.connect() as to:
        (at,) = to.execute("SELECT clock_timestamp()").fetchone() or ("",)
    time.sleep(1)
    more = Load(scene.site.port, scene.told["number"], scene.told["people"][3000:])
    more.oracle = scene.oracle
    more.start()
    more.wait_for(then + 150)
    more.stop()
    now, late = rows_of(scene), publish(scene, home / "late")
    with scene.cluster.connect() as to:
        archive_all(to, wal)
    return Kept(scene, home / "base", wal, at.isoformat(), then, now, early, late)


def test_a_backup_is_restored_to_an_instant_and_recounted(kept: Kept) -> None:
    assert kept.now > kept.then
    code, then = kept.rehearse("--until", kept.until, "--published", str(kept.early))
    assert (code, then.get("endorsements"), then.get("missing")) == (0, kept.then, 0), then
    code, now = kept.rehearse("--published", str(kept.late))
    assert (code, now.get("endorsements"), now.get("missing")) == (0, kept.now, 0), now
    assert now["leaves"] > then["leaves"]
    code, longer = kept.rehearse("--published", str(kept.early))
    assert (code, longer.get("missing")) == (0, 0), longer

    # Restored to before what was published: consistent, and still not to be put in service.
    code, short = kept.rehearse("--until", kept.until, "--published", str(kept.late))
    assert code == 3, short
    assert short["missing"] == short["published"] - short["leaves"] > 0

    # Not the log that was published.
    tile = next(path for path in (kept.late / "tile" / "0").rglob("*") if path.is_file())
    tile.write_bytes(bytes(32) + tile.read_bytes()[32:])
    code, told = kept.rehearse("--until", kept.until, "--published", str(kept.late))
    assert code == 1
    assert "not the first ones published" in told["error"]

    # A piece of the archived log is missing.
    max(path for path in kept.wal.iterdir() if len(path.name) == 24).unlink()
    code, told = kept.rehearse("--published", str(kept.late))
    assert code in (1, 3), told
    code, told = kept.rehearse("--until", "2100-01-01T00:00:00+00:00")
    assert code == 1
    assert "recovery target" in told["error"]
    unharmed(kept.scene.reckon(restored_s=now["restored_s"], recounted_s=now["recounted_s"]))
    assert FIGURES[kept.scene.name]["rows"] == kept.now
