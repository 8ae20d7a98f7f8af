"""A stage set once, and for every fault a platform of its own that begins on it."""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.faults.cluster import Cluster
from tests.faults.installation import Site, environment
from tests.faults.places import ROOT, folder, postgresql
from tests.faults.scene import FIGURES, Scene

PEOPLE = 6000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without PostgreSQL's programs nothing here can run, and it is said why."""
    if postgresql() is None:
        why = pytest.mark.skip(reason="no PostgreSQL 15 or later here: apt-get install postgresql")
        for item in items:
            if "faults" in item.path.parts and "stage" in getattr(item, "fixturenames", ()):
                item.add_marker(why)


@dataclass(frozen=True)
class Stage:
    """A stopped database with one open proposal and many signed-in people.

    Args:
        told: what `tests.faults.stage` printed.
    """

    cluster: Cluster
    var: Path
    told: dict[str, Any]  # Any: JSON values


@pytest.fixture(scope="session")
def stage() -> Iterator[Stage]:
    home = folder()
    var = home / "var"
    var.mkdir()
    cluster = Cluster(home / "data")
    try:
        cluster.create()
        done = subprocess.run(
            [sys.executable, "-m", "tests.faults.stage", str(PEOPLE)],
            env=environment(var, cluster.url()), capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-3000:]
        cluster.stop()
        yield Stage(cluster, var, json.loads(done.stdout.splitlines()[-1]))
    finally:
        cluster.remove()
        shutil.rmtree(home, ignore_errors=True)


MakeScene = Callable[..., Scene]


@pytest.fixture
def make_scene(stage: Stage, request: pytest.FixtureRequest) -> Iterator[MakeScene]:
    """Makes the platform of one test; removed afterwards.

    Takes what `Scene` takes, and a running `cluster`; or `settings` of one of its own, the folder
    `data` of it, and `away`: the wire at whose other end it runs.
    """
    with ExitStack() as ending:
        home = folder()
        ending.callback(shutil.rmtree, home, ignore_errors=True)

        def make(**how: Any) -> Scene:  # Any: arguments of Scene
            cluster = how.pop("cluster", None)
            if cluster is None:
                data, wire = how.pop("data", home / "data"), how.pop("away", None)
                cluster = stage.cluster.copy(data, how.pop("settings", None))
                cluster.log = home / "postgresql.log"
                ending.callback(cluster.remove)
                if wire:
                    cluster.host, cluster.inside = wire.THERE, wire.inside
                cluster.start()
            var = home / "var"
            var.mkdir()
            shutil.copy(stage.var / "ledger.test.key", var)
            (var / "static").symlink_to(stage.var / "static")
            scene = Scene(request.node.name, cluster, var, stage.told, **how)
            ending.callback(scene.close)
            return scene

        yield make


@pytest.fixture(scope="session", autouse=True)
def _figures() -> Iterator[None]:
    """What was measured stands in build/faults.json afterwards."""
    began = time.monotonic()
    yield
    if FIGURES:
        path = ROOT / "build" / "faults.json"
        path.parent.mkdir(exist_ok=True)
        whole = {"seconds": round(time.monotonic() - began), "faults": FIGURES}
        path.write_text(json.dumps(whole, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


__all__ = ["MakeScene", "Site", "Stage"]
