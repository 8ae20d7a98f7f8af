"""A PostgreSQL of one's own: every commit on disk before it is told, and a hand on its power."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg

from tests.faults.places import family, free_port, give, owner, postgresql

ROLE = DATABASE = "minben"
DURABLE = {
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "shared_buffers": "64MB",
    "max_connections": "60",
    "log_line_prefix": "%m [%p] ",
}


class Cluster:
    """One data folder and, while it runs, one server.

    Args:
        data: the data folder; made by `create`, or copied from another cluster's.
        settings: of the server, over the durable ones.
    """

    def __init__(self, data: Path, settings: Mapping[str, str] | None = None) -> None:
        self.data = data
        self.port = free_port()
        self.settings = DURABLE | dict(settings or {})
        self.log = data.parent / f"{data.name}.log"
        self.server: subprocess.Popen[bytes] | None = None
        self.host = "127.0.0.1"
        self.inside: list[str] = []  # what the command begins with, to run it elsewhere

    @staticmethod
    def program(name: str) -> str:
        """The path of one of PostgreSQL's programs."""
        found = postgresql()
        assert found, "no PostgreSQL here"
        return str(found / name)

    def create(self) -> None:
        """Make the data folder, the role and the database of the platform."""
        command = [self.program("initdb"), "-D", str(self.data), "-U", "postgres", "-A", "trust"]
        command += ["-E", "UTF8", "--locale", "C.UTF-8"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/", **owner())
        with (self.data / "pg_hba.conf").open("a") as rules:
            rules.write("host all all samenet trust\nhost replication all samenet trust\n")
        self.start()
        with self.connect("postgres") as to:
            to.execute(f"CREATE ROLE {ROLE} LOGIN")
            to.execute(f"CREATE DATABASE {DATABASE} OWNER {ROLE} TEMPLATE template0")

    def copy(self, data: Path, settings: Mapping[str, str] | None = None) -> "Cluster":
        """A second cluster that begins with what this stopped one holds."""
        assert self.server is None
        subprocess.run(["cp", "-a", "--reflink=auto", str(self.data), str(data)], check=True)
        give(data)
        return Cluster(data, self.settings | dict(settings or {}))

    def start(self, within: float = 30.0) -> None:
        """Start the server; returns when it answers."""
        options = dict(self.settings) | {
            "port": str(self.port),
            "listen_addresses": self.host,
            "unix_socket_directories": "",
        }
        command = [self.program("postgres"), "-D", str(self.data)]
        command += [f"--{name}={value}" for name, value in options.items()]
        how = owner()
        if self.inside:  # only root may go elsewhere; there it becomes the owner
            who, how = str(how["user"]), {}
            command = [*self.inside, "setpriv", "--reuid", who, "--regid", who,
                       "--clear-groups", *command]  # fmt: skip
        with self.log.open("ab") as log:
            self.server = subprocess.Popen(command, stdout=log, stderr=log, cwd="/", **how)
        self.wait(within)

    def wait(self, within: float = 30.0) -> None:
        """Wait until the server answers. Raises TimeoutError, with the end of its log."""
        until = time.monotonic() + within
        while time.monotonic() < until:
            if self.server and self.server.poll() is not None:
                break
            with suppress(psycopg.OperationalError), self.connect("postgres"):
                return
            time.sleep(0.05)
        raise TimeoutError(self.log.read_text(errors="replace")[-1500:])

    def kill(self) -> None:
        """Kill the server and all its processes at once, as a machine that loses its power.

        What the operating system holds of written files stays, unlike with real power.
        """
        assert self.server
        pids = list(family(self.server.pid))
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.server.wait()
        until = time.monotonic() + 10
        while any(Path(f"/proc/{pid}").exists() for pid in pids) and time.monotonic() < until:
            time.sleep(0.01)
        self.server = None

    def stop(self) -> None:
        """Shut the server down in order (fast); nothing if it does not run."""
        if self.server and self.server.poll() is None:
            self.server.send_signal(signal.SIGINT)
            try:
                self.server.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()
        self.server = None

    def alive(self) -> bool:
        """Whether the server's first process runs."""
        return self.server is not None and self.server.poll() is None

    def remove(self) -> None:
        """Stop, and forget the data."""
        self.stop()
        shutil.rmtree(self.data, ignore_errors=True)

    def url(self, port: int = 0, user: str = ROLE) -> str:
        """The platform's DATABASE_URL, through another port if there is something between."""
        return f"postgresql://{user}@{self.host}:{port or self.port}/{DATABASE}"

    def connect(
        self, database: str = DATABASE, user: str = "postgres"
    ) -> "psycopg.Connection[tuple[Any, ...]]":  # Any: columns of any type
        """A connection of the tests' own, past whatever stands between site and database."""
        return psycopg.connect(
            host=self.host, port=self.port, user=user, dbname=database,
            connect_timeout=3, autocommit=True,
        )  # fmt: skip
