"""Two web processes behind the HAProxy of the documentation, and readers who remember answers."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "docs" / "operations" / "haproxy.cfg"
MINBEN = [sys.executable, "-m", "minben.config"]
FRONT, SERVERS = 8200, {"a": 8201, "b": 8202}
UP_WITHIN = 60.0  # seconds


def until(true: "object", what: str, within: float = UP_WITHIN) -> None:
    """Wait until `true()` holds."""
    end = time.monotonic() + within
    while time.monotonic() < end:
        with suppress(OSError):
            if true():  # type: ignore[operator]
                return
        time.sleep(0.1)
    raise AssertionError(f"not within {within:.0f} s: {what}")


@dataclass
class Site:
    """The two processes, and HAProxy before them."""

    folder: Path
    env: dict[str, str]
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    haproxy: subprocess.Popen[bytes] | None = None

    def start(self, name: str) -> None:
        """Start one process and wait until it answers."""
        port = SERVERS[name]
        serve = ["serve", "--port", str(port), "--no-tick", "--no-sequencer", "--workers", "1"]
        self.running[name] = subprocess.Popen(
            [*MINBEN, *serve], env=self.env, start_new_session=True, stdout=subprocess.DEVNULL
        )
        url = f"http://127.0.0.1:{port}/readyz?checks=database,migrations"
        until(lambda: urllib.request.urlopen(url, timeout=2).status == 200, f"{name} ready")

    def stop(self, name: str, how: int = signal.SIGTERM) -> None:
        """End one process; its own children as well if it is killed."""
        process = self.running.pop(name)
        if how == signal.SIGKILL:
            os.killpg(process.pid, how)
        else:
            process.send_signal(how)
        process.wait(30)

    def tell(self, command: str) -> str:
        """Say something to HAProxy's own socket."""
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(str(self.folder / "haproxy.sock"))
            line.sendall(f"{command}\n".encode())
            return b"".join(iter(lambda: line.recv(65536), b"")).decode()

    def column(self, name: str, column: str) -> str:
        """One cell of HAProxy's statistics of a server."""
        rows = [row.split(",") for row in self.tell("show stat").lstrip("# ").splitlines() if row]
        row = next(row for row in rows if row[:2] == ["web", name])
        return row[rows[0].index(column)]

    def restart(self, name: str) -> None:
        """The rolling restart of the documentation, for one server."""
        self.tell(f"set server web/{name} state drain")
        until(lambda: self.column(name, "scur") == "0", f"{name} drained")
        self.stop(name)
        self.start(name)
        self.tell(f"set server web/{name} state ready")
        until(lambda: self.column(name, "status").startswith("UP"), f"{name} up")


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    if not (haproxy := shutil.which("haproxy")):
        pytest.skip("no HAProxy here: apt-get install haproxy")
    folder = Path(tempfile.mkdtemp(prefix="minben-scale-"))
    env = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"} | {
        "MINBEN_MODE": "demo",
        "MINBEN_VAR": str(folder),
        "MINBEN_PROXIES": "1",
        "SECRET_KEY": "only-for-tests" * 4,
        "PYTHONPATH": str(ROOT / "src"),
        "MINBEN_SOCKET": str(folder / "haproxy.sock"),
        "MINBEN_BIND": f"127.0.0.1:{FRONT}",
        "MINBEN_A": f"127.0.0.1:{SERVERS['a']}",
        "MINBEN_B": f"127.0.0.1:{SERVERS['b']}",
    }
    env.pop("DATABASE_URL", None)
    subprocess.run([*MINBEN, "migrate"], env=env, check=True, stdout=subprocess.DEVNULL)
    made = Site(folder, env)
    try:
        for name in SERVERS:
            made.start(name)
        made.haproxy = subprocess.Popen([haproxy, "-f", str(EXAMPLE), "-db"], env=env)
        until(lambda: all(made.column(n, "status").startswith("UP") for n in SERVERS), "HAProxy")
        yield made
    finally:
        for name in list(made.running):
            made.stop(name)
        if made.haproxy:
            made.haproxy.terminate()
            made.haproxy.wait(10)
        shutil.rmtree(folder, ignore_errors=True)


class Readers:
    """Threads that ask without pause and remember every answer; ``with Readers(…) as seen:``."""

    def __init__(self, threads: int, *asked: tuple[str, str]) -> None:
        self.asked, self.seen, self.lost = asked, Counter[tuple[str, int]](), list[str]()
        self._over = threading.Event()
        self._lock = threading.Lock()
        self._threads = [threading.Thread(target=self._ask) for _ in range(threads)]

    def __enter__(self) -> "Readers":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()

    def _ask(self) -> None:
        line = http.client.HTTPConnection("127.0.0.1", FRONT, timeout=20)
        while not self._over.is_set():
            for method, path in self.asked:
                try:
                    line.request(method, path, headers={"Host": "127.0.0.1"})
                    answer = line.getresponse()
                    answer.read()
                    with self._lock:
                        self.seen[(method, answer.status)] += 1
                except (OSError, http.client.HTTPException) as error:
                    line.close()
                    with self._lock:
                        self.lost.append(f"{method} {path}: {type(error).__name__}")
        line.close()
