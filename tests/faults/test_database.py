"""Faults of PostgreSQL and of the way to it: killed, full, out of connections, cut off."""

import time

import psycopg
import pytest

from tests.faults.accounts import reckon
from tests.faults.cluster import ROLE
from tests.faults.conftest import MakeScene
from tests.faults.load import Outcome
from tests.faults.proxy import Proxy
from tests.faults.scene import Scene, unharmed

BACK = 30.0


def crash(scene: Scene) -> None:
    """Kill the database in mid-load and start it again on what it had written."""
    scene.warm()
    scene.cluster.kill()
    scene.cluster.start()
    scene.mark()


@pytest.mark.quick
def test_the_database_is_killed_and_comes_back(make_scene: MakeScene) -> None:
    scene = make_scene()
    crash(scene)
    back = scene.recover(BACK)
    assert scene.oracle.tally()[Outcome.UNAVAILABLE], "nobody noticed"
    unharmed(scene.reckon(back_s=back))


def test_a_database_that_acknowledges_before_the_disk_has_it_loses(make_scene: MakeScene) -> None:
    """The test can fail: without synchronous commit acknowledged endorsements are lost."""
    lazy = {
        "synchronous_commit": "off",
        "wal_writer_delay": "10s",
        "wal_writer_flush_after": "1GB",
        "autovacuum": "off",
    }
    scene = make_scene(settings=lazy, extra={"PGOPTIONS": "-c synchronous_commit=off"})
    scene.warm()
    for _ in range(3):  # each time what was acknowledged last may be gone
        scene.cluster.kill()
        scene.cluster.start()
        scene.load.wait_for(60, after=scene.mark())
    scene.load.stop()
    with scene.cluster.connect() as to:
        rows = to.execute("SELECT person_id FROM proposals_endorsement").fetchall()
    certain, possible = scene.oracle.certain, scene.oracle.possible
    found = reckon((person for (person,) in rows), certain=certain, possible=possible)
    print(f"\n{scene.name}: {len(found.lost)} of {len(certain)} lost, as expected")
    assert found.lost, "a lazy database lost nothing: this test has no teeth"


@pytest.mark.quick
def test_no_connection_is_left(make_scene: MakeScene) -> None:
    scene = make_scene(settings={"max_connections": "24"})
    scene.warm()
    hoard = take_all_connections(scene)
    full = time.monotonic()
    time.sleep(3)
    during = [one for one in scene.oracle.told if one.sent > full]
    for one in hoard:
        one.close()
    scene.mark()
    back = scene.recover(BACK)
    away = [one for one in during if one.outcome is Outcome.UNAVAILABLE]
    assert away, "the load did not notice"
    assert all(int(one.retry_after) > 0 for one in away), "nobody said when to come back"
    slowest = max(one.heard - one.sent for one in during)
    assert slowest < 10, "a request hung"
    unharmed(scene.reckon(back_s=back, slowest_answer_s=slowest, refused=len(away)))


def take_all_connections(scene: Scene) -> list["psycopg.Connection[tuple[object, ...]]"]:
    """End the site's connections and take every place, until nobody gets one for a while."""
    hoard = []
    refused = 0
    while refused < 20:
        with scene.cluster.connect("postgres") as boss:
            mine = [one.info.backend_pid for one in hoard]
            boss.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE usename = %s AND pid <> ALL(%s)",
                (ROLE, mine),
            )
        try:
            while True:
                hoard.append(scene.cluster.connect(user=ROLE))
                refused = 0
        except psycopg.OperationalError:
            refused += 1
    return hoard


def test_the_network_between_site_and_database_is_cut(make_scene: MakeScene) -> None:
    scene = make_scene(between=Proxy)
    scene.warm()
    cut = time.monotonic()
    scene.wire.cut()
    time.sleep(3)
    scene.wire.mend()
    scene.mark()
    back = scene.recover(BACK)
    assert scene.oracle.tally()[Outcome.UNAVAILABLE], "nobody noticed"
    unharmed(scene.reckon(back_s=back, cut_s=3, silence_s=scene.oracle.longest_silence(cut)))


def test_the_network_falls_silent(make_scene: MakeScene) -> None:
    """Nothing is refused and nothing arrives; then everything arrives at once."""
    scene = make_scene(between=Proxy)
    scene.warm()
    scene.wire.silence()
    time.sleep(4)
    scene.wire.mend()
    scene.mark()
    back = scene.recover(BACK)
    unharmed(scene.reckon(back_s=back, silent_s=4))


def test_the_network_falls_silent_and_then_breaks(make_scene: MakeScene) -> None:
    """What was asked when it fell silent never gets its answer."""
    scene = make_scene(between=Proxy)
    scene.warm()
    scene.wire.silence()
    time.sleep(2)
    scene.wire.cut()
    scene.wire.mend()
    scene.mark()
    back = scene.recover(BACK)
    unharmed(scene.reckon(back_s=back, silent_s=2))
