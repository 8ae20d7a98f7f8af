"""Workers that send and are killed, a mail server beside them, and the count of what came of it."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from tests.faults.installation import environment

TAKEN = re.compile(r"qmgr\[1\]: (\w+): .*queue active")
NAMED = re.compile(r"cleanup\[1\]: (\w+): message-id=<([^>]+)>")


@dataclass
class Office:
    """The mail server's log and orders, and the environment of workers.

    Args:
        killed: how many workers were killed so far.
    """

    home: Path
    env: Mapping[str, str]
    workers: list["subprocess.Popen[bytes]"] = field(default_factory=list)
    killed: int = 0

    @property
    def log(self) -> Path:
        return self.home / "mail.log"

    def minben(self, *words: str) -> str:
        """Run one command to its end; what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "minben.config", *words],
            env=dict(self.env), capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    def hire(self) -> None:
        """Start one more worker."""
        command = [sys.executable, "-m", "minben.config", "mail", "send", "--every", "1"]
        with (self.home / "workers.log").open("ab") as out:
            self.workers.append(
                subprocess.Popen(command, env=dict(self.env), stdout=out, stderr=out)
            )

    def kill(self, place: int = 0) -> None:
        """SIGKILL, from one moment to the next."""
        worker = self.workers.pop(place)
        assert worker.poll() is None, (self.home / "workers.log").read_text()[-2000:]
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        self.killed += 1

    def order(self, what: str) -> Path:
        """Ask the mail server for one thing; returns the file that appears when it does it."""
        (self.home / "orders" / f"{what}.begun").unlink(missing_ok=True)
        (self.home / "orders" / what).touch()
        return self.home / "orders" / f"{what}.begun"

    def knock(self) -> None:
        """Connect and say nothing: one more line in the log."""
        socket.create_connection(("127.0.0.1", int(self.env["SMTP_PORT"]))).close()

    def taken(self) -> Counter[str]:
        """How often the mail server took each letter."""
        names: dict[str, str] = {}
        found: Counter[str] = Counter()
        for line in self.log.read_text(encoding="ascii").splitlines():
            if named := NAMED.search(line):
                names[named[1]] = named[2]
            elif taken := TAKEN.search(line):
                found[names[taken[1]]] += 1
        return found


def wait_for(happened: Callable[[], bool], within: float, every: float = 0.05) -> None:
    until = time.monotonic() + within
    while not happened():
        assert time.monotonic() < until, "it did not happen"
        time.sleep(every)


@contextmanager
def post_office(
    home: Path, database: str, *, refuse: float = 0.0, **settings: str
) -> Iterator[Office]:
    """A mail server, and workers that all end with it."""
    (home / "orders").mkdir(parents=True)
    command = [sys.executable, "-m", "tests.measures.sink", "--log", str(home / "mail.log")]
    command += ["--orders", str(home / "orders"), "--refuse", str(refuse)]
    env = environment(home, database) | {"MAIL_LOG": str(home / "mail.log")} | settings
    sink = subprocess.Popen(command, env=env, stdout=subprocess.PIPE)
    assert sink.stdout is not None
    office = Office(home, env | {"SMTP_PORT": sink.stdout.readline().decode().strip()})
    try:
        yield office
    finally:
        for process in (*office.workers, sink):
            process.kill()
            process.wait()


def kill_in_the_middle(office: Office) -> None:
    """Once after the server took a letter and before it said so, once when the end got lost."""
    for order in ("late", "deaf"):
        begun = office.order(order)
        wait_for(begun.exists, 30)
        while office.workers:  # whoever was it is among them
            office.kill()
        office.hire()


def database_url(settings: Mapping[str, object]) -> str:
    """DATABASE_URL of the test's database, for other processes."""
    name = str(settings["NAME"])
    if "sqlite" in str(settings["ENGINE"]):
        return f"sqlite:///{name}"
    where = {
        "host": settings.get("HOST") or "/var/run/postgresql",
        "port": settings.get("PORT"),
        "user": settings.get("USER") or os.environ.get("USER"),
    }
    return f"postgresql:///{name}?{urlencode({key: told for key, told in where.items() if told})}"
