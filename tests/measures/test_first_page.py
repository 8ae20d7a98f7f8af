"""The first page of a process: the wheel under 100 ms, beside a page that shows next to nothing.

    make measures

Each go is a process of its own, loaded as a web process is. It prints what it measured as JSON and
writes it to ``build/first-page.json``. What a page must not load is asserted without a clock in
tests/web/indicators/test_first_page.py.
"""

import json
import os
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from minben.kernel import clock
from minben.kernel.actor import SYSTEM
from minben.simulation.demo.figures import add_practice_figures
from tests.measures.post_office import database_url

GOES, MOST = 5, 100.0
ROOT = Path(__file__).parents[2]
PLAIN, WHEEL, OTHER = "/about/", "/indicators/practice-wheel/", "/indicators/practice-wheel/?unit="
SERIES = {
    "plain, first": ([PLAIN], 0),
    "wheel, first": ([WHEEL], 0),
    "wheel, after a plain page": ([PLAIN, WHEEL], 1),
    "wheel of another unit": ([WHEEL, f"{OTHER}P05"], 1),
}


def _fresh(paths: list[str]) -> dict[str, Any]:
    env = os.environ | {
        "DATABASE_URL": database_url(settings.DATABASES["default"]),
        "DJANGO_SETTINGS_MODULE": "minben.config.settings",
    }
    command = [sys.executable, "-m", "tests.measures.first_page", *paths]
    done = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.django_db(transaction=True)
def test_the_first_wheel_of_a_process() -> None:
    told = files("minben.simulation").joinpath("data/demo/practice-wheel.json")
    add_practice_figures(json.loads(told.read_text("utf-8")), by=SYSTEM, at=clock.now())
    goes = [{name: _fresh(paths) for name, (paths, _) in SERIES.items()} for _ in range(GOES)]
    found: dict[str, Any] = {
        "database": connection.vendor,
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
        "loading": median(one["loading"] for go in goes for one in go.values()),
    }
    for name, (_, at) in SERIES.items():
        took = [go[name]["pages"][at] for go in goes]
        for kind in ("clock", "cpu"):
            found[f"{name}, {kind}"] = {
                "fastest": min(one[kind] for one in took),
                "median": median(one[kind] for one in took),
            }
    out = ROOT / "build/first-page.json"
    out.parent.mkdir(exist_ok=True)
    out.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    print("\n" + json.dumps(found))
    assert found["wheel, first, cpu"]["fastest"] < MOST
