"""The sequencer as a process (入帳程序): gives acts their places, counts, and signs checkpoints."""

import signal
import threading
import time

import click
from django.conf import settings
from django.db import DatabaseError, InterfaceError, close_old_connections

from minben.config.env import Misconfigured
from minben.kernel import clock
from minben.kernel.actor import SYSTEM
from minben.ledger import actions as ledger
from minben.ledger.guarding import LedgerStands, refuse_to_enter, remember_signed
from minben.ledger.keys import LedgerKeyMissing, log_key
from minben.ledger.timing import ClockBehind, refuse_behind
from minben.simulation import clock_file

BATCH = 4000  # acts in one transaction


def _enter() -> int:
    """Enter one batch at the platform's own time; returns how many acts were taken."""
    with clock.moved_by(clock_file.offset()):
        return ledger.sequence(by=SYSTEM, at=clock.now(), limit=BATCH)


def _sign() -> None:
    with clock.moved_by(clock_file.offset()):
        ledger.sign_checkpoint(by=SYSTEM, at=clock.now())
    remember_signed()


@click.command("run", short_help="執行入帳程序 · run the sequencer")
@click.option(
    "--pause", default=0.5, show_default=True, help="兩次入帳之間的秒數 · seconds between"
)
def run_command(pause: float) -> None:
    """將已完成的公開行為依序記入公開帳本、計算附議數，並定期簽署檢查點。可同時執行兩個，不會重複入帳。
    · Enter public acts into the ledger in order, count endorsements, sign checkpoints on a fixed
    cadence. Two at once take turns and enter nothing twice."""
    try:
        log_key()
    except LedgerKeyMissing as error:
        raise Misconfigured(str(error)) from None
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    signed, sure, said = 0.0, False, ""
    while not stop.is_set():
        taken = 0
        try:
            refuse_behind()
            if not sure:  # at the start, and whenever the database may be another one
                refuse_to_enter()
                sure = True
            taken = _enter()
            if time.monotonic() - signed >= settings.LEDGER_SECONDS:
                _sign()
                signed = time.monotonic()
        except (DatabaseError, InterfaceError) as error:
            # A database that restarts must not end the counting for good.
            click.echo(f"minben ledger: {type(error).__name__}: {error}".splitlines()[0], err=True)
            close_old_connections()
            sure = False
        except ClockBehind as error:
            if str(error) != said:  # it may catch up, or be set right, while we wait
                said = str(error)
                click.echo(f"minben ledger: {error}", err=True)
        except LedgerStands as error:
            raise click.ClickException(str(error)) from None
        if taken < BATCH:
            stop.wait(pause)
