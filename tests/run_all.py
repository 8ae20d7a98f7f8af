"""Runs the whole suite: on SQLite, on PostgreSQL when one is reachable, and in a browser.

What is left out is said at the end, with what would enable it. REQUIRE_ALL=1 makes that a failure.
"""

import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import psycopg

LOCAL_POSTGRESQL = "postgresql:///postgres?host=/var/run/postgresql"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def postgresql() -> str:
    """The address of a PostgreSQL server that lets us in, or an empty string."""
    given = os.environ.get("DATABASE_URL", "")
    candidates = [given] if given.startswith("postgres") else [
        LOCAL_POSTGRESQL,
        "postgresql://postgres@127.0.0.1/postgres",
    ]  # fmt: skip
    for address in candidates:
        with suppress(psycopg.OperationalError), psycopg.connect(address, connect_timeout=3):
            return address
    return ""


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
    if address := postgresql():
        on_database = ["tests/db", "tests/web", "tests/api"]
        # What is thrown away afterwards need not survive a power failure; the faults are tried
        # on clusters of their own, where it must.
        quick = {"DATABASE_URL": address, "PGOPTIONS": "-c synchronous_commit=off"}
        passed.append(run("PostgreSQL", [*on_database, *workers], **quick))
    else:
        left_out.append("PostgreSQL: start one, or set DATABASE_URL=postgresql://…")
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
    if os.environ.get("MINBEN_PG_BIN") or any(
        Path("/usr/lib/postgresql").glob("1[5-9]/bin/initdb")
    ):
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
