"""Serving pages and doing due work."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time

import click
from django.conf import settings
from django.db import DatabaseError, InterfaceError, close_old_connections

from minben.base import metrics
from minben.config.env import Misconfigured
from minben.config.jobs import tick
from minben.config.server import granian
from minben.kernel import clock
from minben.kernel.actor import SYSTEM
from minben.ledger.timing import ClockBehind, refuse_behind
from minben.operations.actions import beat
from minben.simulation import clock_file


def _tick_now() -> dict[str, int]:
    refuse_behind()
    with clock.moved_by(clock_file.offset()):
        done = tick(clock.now())
    beat(work="tick", by=SYSTEM, at=clock.now())
    return done


@click.command("tick", short_help="執行到期工作 · do due work")
@click.option("--every", type=click.IntRange(1), metavar="秒 SECONDS", help="持續執行 · keep on")
@click.option("--json", "as_json", is_flag=True, help="輸出 JSON · print JSON")
def tick_command(every: int | None, as_json: bool) -> None:
    """執行所有到期工作：附議截止、逾期標記、通知。重複或延遲執行都安全。
    · Do all due work: close windows, mark what is overdue, send notices. Safe twice and late."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    while True:
        try:
            done = _tick_now()
        except (DatabaseError, InterfaceError) as error:
            if every is None:
                raise
            # A database that restarts must not end the tick for good.
            click.echo(f"minben tick: {type(error).__name__}: {error}".splitlines()[0], err=True)
            done = {}
        except ClockBehind as error:
            if every is None:
                raise click.ClickException(str(error)) from None
            click.echo(f"minben tick: {error}", err=True)
            done = {}
        if as_json and done:
            click.echo(json.dumps(done))
        elif any(done.values()) or every is None:
            click.echo(" ".join(f"{name}={count}" for name, count in done.items()))
        if every is None or stop.wait(every):
            return
        close_old_connections()


def _refuse_taken_port(host: str, port: int) -> None:
    """Say in one line what the server would say in sixty."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise click.ClickException(f"{host}:{port} {error.strerror} (--port)") from None


@click.command("serve", short_help="啟動網站 · serve the site")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--workers", type=click.IntRange(1), help="處理程序數 · processes")
@click.option(
    "--tick/--no-tick", "with_tick", default=True, help="同時執行排程 · also run the tick"
)
@click.option(
    "--sequencer/--no-sequencer",
    "with_sequencer",
    default=True,
    help="同時執行入帳程序 · also run the sequencer",
)
def serve_command(
    host: str, port: int, workers: int | None, with_tick: bool, with_sequencer: bool
) -> None:
    """以 Granian 提供網站。SQLite 使用單一處理程序。
    · Serve with Granian. SQLite gets one process, because it has one writer."""
    if settings.PRODUCTION and not settings.SMS_URL:
        raise Misconfigured("set SMS_URL, the HTTP port that sends SMS (docs/operations/sms.md)")
    command = granian(host, port, workers=workers)
    _refuse_taken_port(host, port)
    # Each process counts for itself; a folder of their own lets one answer for all of them.
    os.environ[metrics.FOLDER] = metrics.fresh_folder(settings.VAR / "metrics" / str(port))
    ours = [sys.executable, "-m", "minben.config"]
    beside = [[*ours, "ledger", "run"]] if with_sequencer else []
    if with_tick:
        beside.append([*ours, "tick", "--every", "60"])
    click.echo(f"民本 Minben: http://{host}:{port}/")
    sys.exit(_run(command, beside))


def _run(command: list[str], beside: list[list[str]]) -> int:
    """Run the server until it ends or we are told to stop; whoever runs beside it ends with it."""
    companions = [Companion(one) for one in beside]
    server = subprocess.Popen(command)  # noqa: S603  our own command
    # A service manager ends only this process: unanswered, it would leave the others behind.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: server.terminate())
    try:
        while True:
            try:
                return server.wait(1)
            except subprocess.TimeoutExpired:
                for companion in companions:
                    companion.revive()
    finally:
        for companion in companions:
            companion.end()


class Companion:
    """A process beside the server, started again when it dies: soon, then ever less often."""

    SOON, RARELY, STABLE = 1, 64, 120  # seconds

    def __init__(self, command: list[str]) -> None:
        self.command, self.pause = command, self.SOON
        self._start()

    def _start(self) -> None:
        self.process = subprocess.Popen(self.command)  # noqa: S603  our own command
        self.started = time.monotonic()

    def revive(self) -> None:
        """Start it again if it has ended and its pause is over."""
        if self.process.poll() is None:
            return
        lived = time.monotonic() - self.started
        if lived < self.pause:
            return
        self.pause = self.SOON if lived > self.STABLE else min(self.pause * 2, self.RARELY)
        click.echo(f"minben: {' '.join(self.command[3:])}: started again", err=True)
        self._start()

    def end(self) -> None:
        """Ask it to end, and wait until it has."""
        self.process.terminate()
        self.process.wait()
