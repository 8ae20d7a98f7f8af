"""The servers a bench runs against (受測伺服器): the platform's own, and what it is compared with."""

import http.client
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic, sleep

from minben.config.bench.scratch import HOST, NotHere
from minben.config.server import granian

START_SECONDS, STOP_SECONDS = 90, 30
BENCH = "minben.config.bench"
NO_OP = {"DJANGO_SETTINGS_MODULE": f"{BENCH}.noop_settings"}


def platform(port: int) -> list[str]:
    """The platform as a host starts it, with its sequencer and its tick."""
    return [sys.executable, "-m", "minben.config", "serve", "--host", HOST, "--port", str(port)]


def no_op(port: int) -> list[str]:
    """Views that do nothing, behind the platform's own middleware and the platform's own server.

    With as few threads as are best for it: nothing there waits for anything. Runs with NO_OP.
    """
    return granian(HOST, port, threads=4)


def plain(port: int) -> list[str]:
    """A deliberately plain site: gunicorn with two synchronous workers, Django's defaults."""
    return [
        sys.executable, "-m", "gunicorn", "--workers", "2", "--bind", f"{HOST}:{port}",
        "--log-level", "error", f"{BENCH}.plain_wsgi:application",
    ]  # fmt: skip


@contextmanager
def running(command: list[str], port: int, path: str, **more: str) -> Iterator[None]:
    """Start a server, wait until it answers `path`, end it afterwards.

    Raises:
        NotHere: it did not start.
    """
    server = subprocess.Popen(command, env=os.environ | more, stdout=sys.stderr)  # noqa: S603  ours
    try:
        if not _up(server, port, path):
            raise NotHere(f"{' '.join(command[1:4])} does not start")
        yield
    finally:
        server.terminate()
        try:
            server.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _up(server: "subprocess.Popen[bytes]", port: int, path: str) -> bool:
    """Wait until it answers; False if it ended or did not in time."""
    began = monotonic()
    while monotonic() - began < START_SECONDS and server.poll() is None:
        if answers(port, path) < 500:
            return True
        sleep(0.1)
    return False


def answers(port: int, path: str) -> int:
    """The status of one answer; 599 for none."""
    to = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        to.request("GET", path)
        return to.getresponse().status
    except (OSError, http.client.HTTPException):
        return 599
    finally:
        to.close()
