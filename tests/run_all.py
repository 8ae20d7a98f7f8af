"""Runs the whole suite: on SQLite, on PostgreSQL when one is reachable, and in a browser.

What is left out is said at the end, with what would enable it. REQUIRE_ALL=1 makes that a failure.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psycopg

from tests.faults.cluster import Cluster
from tests.faults.places import folder
from tests.faults.places import postgresql as programs

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
RUNNING = "postgresql:///postgres?host=/var/run/postgresql"
FORGETFUL = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "autovacuum": "off",
    "max_connections": "200",
    "shared_buffers": "256MB",
}


@contextmanager
def postgresql() -> Iterator[str]:
    """The address of a PostgreSQL server that lets us in, or an empty string.

    Best is one of our own that waits for no disk: emptying the tables behind a test of
    transactions takes a second elsewhere. What must survive a power failure is tried among the
    faults. DATABASE_URL names another one; a server that runs here will do as well.
    """
    if (given := os.environ.get("DATABASE_URL", "")).startswith("postgres"):
        yield given
    elif programs():
        place = folder("minben-suite-")
        cluster = Cluster(place / "data", FORGETFUL)
        try:
            cluster.create()
            yield cluster.url(user="postgres")
        finally:
            cluster.remove()
            shutil.rmtree(place, ignore_errors=True)
    else:
        found = ""
        with suppress(psycopg.OperationalError), psycopg.connect(RUNNING, connect_timeout=3):
            found = RUNNING
        yield found


def run(title: str, arguments: list[str], **environment: str) -> bool:
    """Run pytest once; say what it is first."""
    print(f"\n== {title}", flush=True)
    command = [sys.executable, "-m", "pytest", "-q", *arguments]
    env = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"} | environment
    return subprocess.call(command, env=env) == 0


def main() -> int:
    """Run what can be run; 0 if all of it passed."""
    left_out = []
    workers = ["-n", os.environ.get("TEST_WORKERS", "2")]
    suite = ["tests/rules", "tests/db", "tests/web", "tests/api", "tests/repo"]
    passed = [run("SQLite", [*suite, *workers])]
    on_database = ["tests/db", "tests/web", "tests/api"]
    with postgresql() as address:
        if address:
            passed.append(run("PostgreSQL", [*on_database, *workers], DATABASE_URL=address))
        else:
            left_out.append("PostgreSQL: install or start one, or set DATABASE_URL=postgresql://…")
    if browser := next(filter(None, map(shutil.which, BROWSERS)), None):
        passed.append(run("Browser", ["tests/e2e"], MINBEN_BROWSER=browser))
    else:
        left_out.append("Browser: apt-get install chromium fonts-noto-cjk")
    if not shutil.which("zbarimg"):
        left_out.append("QR codes read by another program: apt-get install zbar-tools")
    if not shutil.which("java"):
        left_out.append(
            "HTML and SVG read by another program: apt-get install default-jre-headless"
        )
    if programs():
        passed.append(
            run("Faults, the quick ones (all: make faults)", ["tests/faults", "-m", "quick"])
        )
    else:
        left_out.append("Faults: apt-get install postgresql (its programs; no server has to run)")
    for line in left_out:
        print(f"left out · 未執行 — {line}")
    if left_out and os.environ.get("REQUIRE_ALL"):
        return 1
    return 0 if all(passed) else 1


if __name__ == "__main__":
    sys.exit(main())
