"""A database and a folder for one bench, gone at its end (暫用環境)."""

import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import parse_qs, urlsplit, urlunsplit

import psycopg
from psycopg import sql

from minben.ledger.notes import SigningKey

HOST = "127.0.0.1"
ORIGIN = "bench.invalid/ledger"
LOOPBACK = frozenset({"", "localhost", "127.0.0.1", "::1"})
_KEPT = ("PATH", "LANG", "LC_ALL", "HOME", "TMPDIR", "PYTHONPATH", "VIRTUAL_ENV")
_TUNED = ("MINBEN_THREADS", "ENDORSE_TOGETHER")  # what a host may try out


class NotHere(Exception):
    """What the bench needs is not on this machine, or lies beyond it."""


def local_server(address: str) -> str:
    """`address` if it names a PostgreSQL on this machine.

    Raises:
        NotHere: another kind of database, or another host.
    """
    parts = urlsplit(address)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise NotHere("set DATABASE_URL to a PostgreSQL where a scratch database may be made")
    asked = parse_qs(parts.query)
    hosts = [*asked.get("host", []), *asked.get("hostaddr", [])] or [parts.hostname or ""]
    for host in hosts:
        if host not in LOOPBACK and not host.startswith("/"):
            raise NotHere(f"benches stay on this machine, and {host} is another")
    return address


def named(address: str, database: str) -> str:
    """The same server, another database."""
    return urlunsplit(urlsplit(address)._replace(path=f"/{database}"))


def needed(*programs: str) -> None:
    """Raises NotHere for a program that is not installed."""
    for program in programs:
        if not shutil.which(program):
            raise NotHere(f"{program} is needed (Debian: apt-get install {program})")


@contextmanager
def scratch_database(server: str) -> Iterator[str]:
    """A new, empty database; dropped whatever happens. Yields its address."""
    name = sql.Identifier(f"minben_bench_{os.getpid()}")
    with psycopg.connect(server, autocommit=True) as to:
        to.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
        to.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(name))
    try:
        yield named(server, f"minben_bench_{os.getpid()}")
    finally:
        with psycopg.connect(server, autocommit=True) as to:
            to.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A folder for keys, static files and what the platform writes."""
    folder = Path(tempfile.mkdtemp(prefix="minben-bench-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def environment(folder: Path, database: str, port: int) -> dict[str, str]:
    """The environment of a production platform for one bench; no mail, no SMS leaves it."""
    kept = {name: os.environ[name] for name in (*_KEPT, *_TUNED) if name in os.environ}
    return kept | {
        "DJANGO_SETTINGS_MODULE": "minben.config.settings",
        "MINBEN_MODE": "production",
        "MINBEN_TLS": "off",
        "MINBEN_VAR": str(folder),
        "SECRET_KEY": secrets.token_urlsafe(48),
        "LEDGER_KEY": str(SigningKey.generate(ORIGIN)),
        "LEDGER_ORIGIN": ORIGIN,
        "DATABASE_URL": database,
        "SITE_URL": f"http://{HOST}:{port}",
        "SMS_URL": f"http://{HOST}:9/nobody-listens-here",
        "SMTP_HOST": HOST,
        "SMTP_PORT": "9",
    }


def run_inside(arguments: list[str], environment: dict[str, str]) -> int:
    """Run this very command inside the scratch platform; returns its exit code.

    Ctrl-C and a request to end reach it first, so that its servers end before the database does.
    """
    before = {
        number: signal.signal(number, lambda *_: inner.terminate())
        for number in (signal.SIGTERM, signal.SIGINT)
    }
    command = [sys.executable, "-m", "minben.config", "bench", *arguments]
    inner = subprocess.Popen(command, env=environment, start_new_session=True)  # noqa: S603  our own
    try:
        return inner.wait()
    finally:
        with suppress(ProcessLookupError):  # whatever it started and could not end itself
            os.killpg(inner.pid, signal.SIGKILL)
        inner.wait()
        for number, handler in before.items():
            signal.signal(number, handler)
