"""Faults of the machine: full volumes, a clock that steps back, packets that vanish."""

import resource
import shutil
import time
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from tests.faults.conftest import MakeScene
from tests.faults.installation import ROLES
from tests.faults.load import Outcome
from tests.faults.machine import Ballast, Clock, Wire, may_mount, may_wire, small_volume
from tests.faults.places import folder
from tests.faults.scene import Scene, unharmed

BACK = 40.0
needs_volume = pytest.mark.skipif(not may_mount(), reason="needs root, to mount a small volume")
needs_wire = pytest.mark.skipif(not may_wire(), reason="needs root and ip, for a wire of its own")


@needs_volume
def test_the_volume_of_the_database_is_full(make_scene: MakeScene, tmp_path: Path) -> None:
    little_wal = {"min_wal_size": "32MB", "max_wal_size": "48MB", "wal_recycle": "on"}
    home = folder()
    with small_volume(home / "volume", 320) as volume:
        scene = make_scene(data=volume / "data", settings=little_wal)
        scene.warm()
        ballast = Ballast(volume)
        ballast.fill()
        full = time.monotonic()
        refused = wait_until_refused(scene, full)
        time.sleep(2)
        ballast.drop()
        stopped = not scene.cluster.alive()
        if stopped:  # no room for its own log: it stops, and whoever watches it starts it again
            scene.cluster.start()
        scene.cluster.wait()
        scene.mark()
        back = scene.recover(BACK)
        away = [one for one in scene.oracle.told if one.outcome is Outcome.UNAVAILABLE]
        assert away
        assert all(one.retry_after for one in away)
        unharmed(scene.reckon(back_s=back, refused_after_s=refused, it_stopped=stopped))
        scene.close()
        scene.cluster.stop()
    shutil.rmtree(home, ignore_errors=True)


def wait_until_refused(scene: Scene, since: float, within: float = 90.0) -> float:
    """Seconds until somebody is told that the service is away."""
    while time.monotonic() - since < within:
        for one in list(scene.oracle.told):
            if one.outcome is Outcome.UNAVAILABLE and one.sent > since:
                return one.heard - since
        # What this load writes would fit into free space of the tables for long.
        with suppress(psycopg.OperationalError), scene.cluster.connect() as to:
            to.execute("CREATE TABLE IF NOT EXISTS filler (x text)")
            to.execute("INSERT INTO filler SELECT repeat('x', 900) FROM generate_series(1, 200)")
        time.sleep(0.1)
    raise TimeoutError("a full volume was not noticed")


def test_the_volume_of_the_ledger_is_full(make_scene: MakeScene) -> None:
    """An export without room fails, and leaves the bundle that is there as it was."""
    scene = make_scene()
    scene.warm()
    bundle = scene.site.var / "bundle"
    scene.site.minben("ledger", "export", str(bundle))
    before = (bundle / "checkpoint").read_bytes()
    scene.load.wait_for(300)
    scene.mark()

    def no_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (2048, 2048))

    failed = scene.site.minben("ledger", "export", str(bundle), check=False, preexec=no_room)
    assert failed.returncode != 0
    assert (bundle / "checkpoint").read_bytes() == before
    scene.site.verify(bundle)
    back = scene.recover(BACK)
    assert scene.oracle.last_failure_after(scene.began) == 0, "endorsing noticed the export"
    unharmed(scene.reckon(back_s=back))
    scene.site.minben("ledger", "export", str(bundle))
    assert (bundle / "checkpoint").read_bytes() != before


@needs_volume
def test_the_volume_of_the_bundle_is_full(make_scene: MakeScene) -> None:
    home = folder()
    with small_volume(home / "volume", 4) as volume:
        scene = make_scene()
        scene.warm()
        bundle = volume / "bundle"
        scene.site.minben("ledger", "export", str(bundle))
        before = (bundle / "checkpoint").read_bytes()
        scene.load.wait_for(300)
        ballast = Ballast(volume)
        ballast.fill()
        scene.mark()
        failed = scene.site.minben("ledger", "export", str(bundle), check=False)
        assert failed.returncode != 0
        assert "No space left" in failed.stderr
        assert (bundle / "checkpoint").read_bytes() == before
        scene.site.verify(bundle)
        back = scene.recover(BACK)
        assert scene.oracle.last_failure_after(scene.began) == 0, "endorsing noticed the export"
        ballast.drop()
        unharmed(scene.reckon(back_s=back))
        scene.site.minben("ledger", "export", str(bundle))
        assert (bundle / "checkpoint").read_bytes() != before
        scene.site.verify(bundle)
    shutil.rmtree(home, ignore_errors=True)


def test_the_clock_steps_back(make_scene: MakeScene, tmp_path: Path) -> None:
    clock = Clock(tmp_path / "clock")
    scene = make_scene(extra=clock.env)
    scene.warm()
    for step in (-3600, 1800, -600):
        clock.step(step)
        began = scene.mark()
        scene.load.wait_for(60, after=began, within=BACK)
        time.sleep(3)  # more than one checkpoint is signed meanwhile
    back = scene.recover(BACK)
    # The future of a moment ago is not refused as too early, and the past not as too late.
    assert set(scene.oracle.tally()) == {"acknowledged"}
    unharmed(scene.reckon(back_s=back))


def test_the_clock_steps_back_and_everything_starts_again(
    make_scene: MakeScene, tmp_path: Path
) -> None:
    """Who starts afterwards remembers no later time; the ledger does."""
    clock = Clock(tmp_path / "clock")
    scene = make_scene(extra=clock.env)
    scene.warm()
    time.sleep(3)  # a checkpoint is signed
    clock.step(-1800)
    gone = {role: scene.site.kill(role) for role in ("worker", *ROLES)}
    began = scene.mark()
    for role, pids in gone.items():
        scene.site.wait_new(role, pids, within=BACK)
    scene.load.wait_for(60, after=began, within=BACK)
    time.sleep(3)
    back = scene.recover(BACK)
    unharmed(scene.reckon(back_s=back))


@needs_wire
def test_packets_between_site_and_database_vanish(make_scene: MakeScene) -> None:
    """Unlike a cut wire nobody is told: only the platform's own patience ends it."""
    wire = Wire()
    try:
        scene = make_scene(away=wire)
        scene.warm()
        wire.unplug()
        began = time.monotonic()
        time.sleep(24)
        during = [one for one in scene.oracle.told if one.sent > began]
        wire.plug_in()
        scene.mark()
        back = scene.recover(BACK)
        away = [one for one in during if one.outcome is Outcome.UNAVAILABLE]
        assert away, "nobody was told anything while the wire was unplugged"
        slowest = max(one.heard - one.sent for one in scene.oracle.told)
        assert slowest < 30, "a request hung"
        unharmed(scene.reckon(back_s=back, slowest_answer_s=slowest, unplugged_s=24))
        scene.close()
        scene.cluster.stop()
    finally:
        wire.close()
