"""Primary and synchronous standby: Patroni with etcd decides, HAProxy leads to the primary."""

import http.client
import json
import os
import shutil
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg

from tests.faults.cluster import DATABASE, ROLE, Cluster
from tests.faults.places import family, free_port, give, owner

PROGRAMS = ("patroni", "etcd", "haproxy")
TTL = 10  # seconds without a sign of life after which a primary is none any more
LIFE = {
    "ttl": TTL,
    "loop_wait": 1,
    "retry_timeout": 3,
    "maximum_lag_on_failover": 1048576,
    "synchronous_mode": True,
    "postgresql": {"use_pg_rewind": True, "parameters": {"synchronous_commit": "on"}},
}


def missing() -> list[str]:
    """Which of the programs are not installed."""
    return [name for name in PROGRAMS if shutil.which(name) is None]


class Node:
    """One database server and the Patroni that watches it."""

    def __init__(self, name: str, home: Path, etcd: int) -> None:
        self.name, self.home, self.data = name, home / name, home / name / "data"
        self.home.mkdir()
        self.port, self.rest = free_port(), free_port()
        self.process: subprocess.Popen[bytes] | None = None
        everybody = {"username": "postgres"}
        plan = {
            "scope": "faults",
            "name": name,
            "restapi": {
                "listen": f"127.0.0.1:{self.rest}",
                "connect_address": f"127.0.0.1:{self.rest}",
            },
            "etcd3": {"host": f"127.0.0.1:{etcd}"},
            "bootstrap": {"dcs": LIFE},
            "postgresql": {
                "listen": f"127.0.0.1:{self.port}",
                "connect_address": f"127.0.0.1:{self.port}",
                "data_dir": str(self.data),
                "bin_dir": str(Path(Cluster.program("postgres")).parent),
                "pgpass": str(self.home / "pgpass"),
                "authentication": {
                    "superuser": everybody,
                    "replication": everybody,
                    "rewind": everybody,
                },
                "parameters": {"unix_socket_directories": "", "shared_buffers": "64MB"},
            },
        }
        (self.home / "patroni.yml").write_text(json.dumps(plan))  # JSON is YAML
        give(self.home)

    def start(self) -> None:
        """Start Patroni, which starts the database when it is its turn."""
        with (self.home / "patroni.log").open("ab") as log:
            self.process = subprocess.Popen(
                ["patroni", str(self.home / "patroni.yml")], stdout=log, stderr=log, cwd="/",
                env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}, **owner(),
            )  # fmt: skip

    def kill(self) -> None:
        """Kill the database and its Patroni at once, as a machine that loses its power."""
        assert self.process
        pids = [*family(self.process.pid), *self._database()]
        for pid in dict.fromkeys(pids):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()
        self.process = None

    def _database(self) -> list[int]:
        try:
            first = int((self.data / "postmaster.pid").read_text().split()[0])
        except (OSError, IndexError, ValueError):
            return []
        return list(family(first))

    def stop(self) -> None:
        """End it, in order if it can be."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.kill()
        self.process = None

    def ask(self, path: str, change: object = None) -> tuple[int, Any]:  # Any: JSON
        """Ask Patroni; status 0 when it does not answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.rest, timeout=3)
        try:
            body = None if change is None else json.dumps(change)
            connection.request("GET" if body is None else "PATCH", path, body)
            answer = connection.getresponse()
            text = answer.read()
            return answer.status, json.loads(text) if text[:1] in b"{[" else text
        except (OSError, http.client.HTTPException, json.JSONDecodeError):
            return 0, None
        finally:
            connection.close()


class HighlyAvailable:
    """Two nodes, of which the site sees whichever is the primary, always at the same port."""

    host = "127.0.0.1"

    def __init__(self, home: Path, first: Cluster) -> None:
        """Begin with the data of the stopped cluster `first`."""
        self.home, self.port = home, free_port()
        self._etcd_port, self._peer_port = free_port(), free_port()
        self.nodes = [Node(name, home, self._etcd_port) for name in ("one", "two")]
        self._others: list[subprocess.Popen[bytes]] = []
        first.copy(self.nodes[0].data)

    def start(self) -> None:
        """Start everything; returns when the standby is synchronous."""
        self._start_etcd()
        one, two = self.nodes
        one.start()
        self._until(lambda: one.ask("/primary")[0] == 200, "no primary", 60)
        self._until(lambda: one.ask("/config", LIFE)[0] == 200, "not configured", 20)
        two.start()
        self._until(lambda: two.ask("/sync")[0] == 200, "no synchronous standby", 90)
        self._start_haproxy()
        self._until(self._answers, "nobody leads to the primary", 30)

    def _start_etcd(self) -> None:
        client, peer = (f"http://127.0.0.1:{p}" for p in (self._etcd_port, self._peer_port))
        folder = self.home / "etcd"
        folder.mkdir(mode=0o700)
        self._run(
            "etcd", "--name", "faults", "--data-dir", str(folder),
            "--listen-client-urls", client, "--advertise-client-urls", client,
            "--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer,
            "--initial-cluster", f"faults={peer}",
        )  # fmt: skip

    def _start_haproxy(self) -> None:
        plan = f"""
global
    maxconn 400
defaults
    mode tcp
    timeout connect 2s
    timeout check 2s
    timeout client 1h
    timeout server 1h
listen primary
    bind 127.0.0.1:{self.port}
    option httpchk OPTIONS /primary
    http-check expect status 200
    default-server inter 500ms fall 2 rise 1 on-marked-down shutdown-sessions
"""
        for node in self.nodes:
            plan += f"    server {node.name} 127.0.0.1:{node.port} check port {node.rest}\n"
        (self.home / "haproxy.cfg").write_text(plan)
        self._run("haproxy", "-db", "-f", str(self.home / "haproxy.cfg"))

    def _run(self, *command: str) -> None:
        with (self.home / f"{command[0]}.log").open("ab") as log:
            self._others.append(subprocess.Popen(command, stdout=log, stderr=log, cwd="/"))

    def _until(self, wanted: Any, fault: str, within: float) -> None:  # Any: asks and says
        until = time.monotonic() + within
        while not wanted():
            if time.monotonic() > until:
                raise TimeoutError(f"{fault} within {within} s: {self._logs()}")
            time.sleep(0.2)

    def _logs(self) -> str:
        return "\n".join(path.read_text(errors="replace")[-1500:] for path in self.logs())

    def logs(self) -> list[Path]:
        """What everybody wrote."""
        return sorted(self.home.rglob("*.log"))

    def _answers(self) -> bool:
        try:
            with self.connect():
                return True
        except psycopg.OperationalError:
            return False

    def primary(self) -> Node:
        """The node that is the primary now."""
        return next(node for node in self.nodes if node.ask("/primary")[0] == 200)

    def wait_standby(self, node: Node, within: float = 90.0) -> None:
        """Wait until a node follows the primary again, synchronously."""
        self._until(lambda: node.ask("/sync")[0] == 200, f"{node.name} does not follow", within)

    def url(self, port: int = 0) -> str:
        """The platform's DATABASE_URL: HAProxy."""
        return f"postgresql://{ROLE}@{self.host}:{port or self.port}/{DATABASE}"

    def connect(self, port: int = 0) -> "psycopg.Connection[tuple[Any, ...]]":
        """A connection of the tests' own: to the primary, or to one node's port."""
        return psycopg.connect(
            host=self.host, port=port or self.port, user="postgres", dbname=DATABASE,
            connect_timeout=3, autocommit=True,
        )  # fmt: skip

    def remove(self) -> None:
        """End everything."""
        for node in self.nodes:
            node.stop()
        for other in self._others:
            other.terminate()
            other.wait(20)
