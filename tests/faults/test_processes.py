"""Killed processes of the platform: web workers, the sequencer of the ledger, the tick."""

import time

import pytest

from tests.faults.conftest import MakeScene
from tests.faults.scene import unharmed

BACK = 20.0  # seconds; what is measured stands in build/faults.json


@pytest.mark.quick
def test_one_web_worker_is_killed(make_scene: MakeScene) -> None:
    scene = make_scene()
    scene.warm()
    scene.mark()
    gone = scene.site.kill("worker", 1)
    back = scene.recover(BACK)
    renewed = scene.site.wait_new("worker", gone)
    unharmed(scene.reckon(back_s=back, worker_back_s=renewed))


def test_all_web_workers_are_killed(make_scene: MakeScene) -> None:
    scene = make_scene()
    scene.warm()
    scene.mark()
    gone = scene.site.kill("worker")
    assert len(gone) == 2
    back = scene.recover(BACK)
    renewed = scene.site.wait_new("worker", gone)
    unharmed(scene.reckon(back_s=back, worker_back_s=renewed))


@pytest.mark.quick
def test_the_sequencer_is_killed_again_and_again(make_scene: MakeScene) -> None:
    scene = make_scene()
    scene.warm()
    began = scene.mark()
    slowest = 0.0
    for _ in range(2):
        gone = scene.site.kill("sequencer")
        slowest = max(slowest, scene.site.wait_new("sequencer", gone))
    back = scene.recover(BACK)
    # Nobody who endorses notices that the ledger stands still.
    assert scene.oracle.last_failure_after(began) == 0
    unharmed(scene.reckon(back_s=back, sequencer_back_s=slowest))


def test_two_sequencers_started_by_mistake(make_scene: MakeScene) -> None:
    scene = make_scene()
    scene.mark()
    with scene.site.beside("ledger", "run") as second:
        scene.warm()
        scene.load.wait_for(400)
        scene.site.kill("sequencer")  # the second one has to be able to go on alone
        back = scene.recover(BACK, 500)
        assert second.poll() is None, "the second sequencer has ended"
        unharmed(scene.reckon(back_s=back))


def test_the_tick_is_killed(make_scene: MakeScene) -> None:
    scene = make_scene()
    scene.warm()
    began = scene.mark()
    with scene.site.beside("tick", "--every", "1") as second:
        time.sleep(2)
        second.kill()
    renewed = scene.site.wait_new("tick", scene.site.kill("tick"))
    back = scene.recover(BACK)
    assert scene.oracle.last_failure_after(began) == 0
    scene.site.minben("tick")
    unharmed(scene.reckon(back_s=back, tick_back_s=renewed))
