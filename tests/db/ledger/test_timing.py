"""No process acts before what was signed last, whatever the clock of its machine says."""

from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from minben.config import cli, health
from minben.config.commands.opening import open_command
from minben.config.commands.sequencing import run_command
from minben.config.commands.serving import tick_command
from minben.kernel import clock
from minben.kernel.actor import SYSTEM
from minben.ledger import actions as ledger
from minben.ledger import middleware, timing
from minben.ledger.keys import log_vkey
from minben.ledger.models import Checkpoint, Intake
from minben.ledger.publishing import export
from minben.ledger.verifier.checking import Wishes, verify
from minben.ledger.verifier.differences import Difference
from minben.ledger.verifier.sources import open_source
from minben.proposals.models import Endorsement, Proposal
from tests.factories import DAY, DAY0, accept_one, file_one, make_agency, make_person
from tests.ledger_book import HOUR, MINUTE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_times")]
SIGNED = DAY0 + 2 * DAY
SetTo = Callable[[datetime], None]


@pytest.fixture
def start_at(monkeypatch: pytest.MonkeyPatch) -> SetTo:
    """A process that starts while the machine's clock says so, and remembers nothing."""

    class Machine(datetime):
        told = DAY0

        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return cls.told

    def start(at: datetime) -> None:
        Machine.told = at
        monkeypatch.setattr(clock, "datetime", Machine)
        for name in ("_latest", "_recorded"):
            monkeypatch.setattr(clock, name, datetime.min.replace(tzinfo=DAY0.tzinfo))
        monkeypatch.setattr(timing, "_asked", None)

    return start


@pytest.fixture
def proposal() -> Proposal:
    """One that is open, in a log whose newest checkpoint was signed at SIGNED."""
    found = accept_one(file_one(agencies=(make_agency(),)))
    for at in (DAY0 + 2 * HOUR, SIGNED):
        ledger.sequence_all(by=SYSTEM, at=at)
        ledger.sign_checkpoint(by=SYSTEM, at=at)
    return found


def endorse_over_http(proposal: Proposal) -> int:
    client = Client()
    client.force_login(make_person())
    return client.post(f"/proposals/{proposal.case.number}/endorse/", secure=True).status_code


def look(folder: Path) -> None:
    export(folder, at=clock.now())
    verify(open_source(str(folder)), Wishes(now=clock.now(), keys=[log_vkey()]))


@pytest.mark.parametrize("back", [MINUTE, 30 * MINUTE, clock.HELD - MINUTE])
def test_started_with_a_clock_that_was_set_back_it_waits_at_what_was_signed(
    back: timedelta, proposal: Proposal, start_at: SetTo, tmp_path: Path
) -> None:
    start_at(SIGNED - back)
    assert endorse_over_http(proposal) == 302
    assert Endorsement.objects.get().at == SIGNED
    look(tmp_path)


def test_without_that_the_verifier_calls_it_back_dated(
    proposal: Proposal, start_at: SetTo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start_at(SIGNED - 30 * MINUTE)
    monkeypatch.setattr(timing, "look", lambda **_: None)
    assert endorse_over_http(proposal) == 302
    with pytest.raises(Difference, match="back_dated"):
        look(tmp_path)


@pytest.mark.parametrize("back", [clock.HELD, 3 * DAY])
def test_hours_behind_nothing_is_written(
    back: timedelta,
    proposal: Proposal,
    start_at: SetTo,
    caplog: pytest.LogCaptureFixture,
) -> None:
    start_at(SIGNED - back)
    client = Client()
    answer = client.post(f"/proposals/{proposal.case.number}/endorse/", secure=True)
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert not Intake.objects.exists()
    assert client.get("/proposals/", secure=True).status_code == 200
    client.post("/proposals/", secure=True)
    told = [row.getMessage() for row in caplog.records if row.name == middleware.__name__]
    assert len(told) == 1, "said once a minute, not for each request"
    assert "behind the newest checkpoint" in told[0]


def test_when_the_time_has_caught_up_it_writes_again(
    proposal: Proposal, start_at: SetTo, tmp_path: Path
) -> None:
    start_at(SIGNED - 3 * HOUR)
    assert endorse_over_http(proposal) == 503
    clock.datetime.told = SIGNED + MINUTE  # type: ignore[attr-defined]
    assert endorse_over_http(proposal) == 302
    assert Endorsement.objects.get().at == SIGNED + MINUTE
    look(tmp_path)


def test_a_clock_that_is_always_late_is_told_again_and_again(
    proposal: Proposal, start_at: SetTo, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Told at its start only, it would go on half an hour behind everybody else."""
    start_at(SIGNED - 30 * MINUTE)
    timing.look()
    later = SIGNED + 45 * MINUTE
    ledger.sign_checkpoint(by=SYSTEM, at=later + HOUR)  # another machine's
    clock.datetime.told = later - 30 * MINUTE  # type: ignore[attr-defined]
    timing.look()
    assert clock.now() == later - 30 * MINUTE, "asked a moment ago"
    monkeypatch.setattr(timing, "EVERY", 0)
    timing.look()
    assert clock.now() == later + HOUR


def test_it_asks_once_in_a_while_and_never_in_a_sandbox(
    proposal: Proposal, start_at: SetTo, settings: LazySettings
) -> None:
    start_at(SIGNED)
    with CaptureQueriesContext(connection) as asked:
        for _ in range(5):
            timing.look()
    assert len(asked) == 1
    start_at(SIGNED - DAY)
    settings.SANDBOX = True
    with CaptureQueriesContext(connection) as asked:
        timing.refuse_behind(again=True)
    assert len(asked) == 0
    assert clock.behind() == timedelta(0)


def test_commands_refuse_too(proposal: Proposal, start_at: SetTo) -> None:
    start_at(SIGNED - DAY)
    for command in (tick_command, open_command):
        done = CliRunner().invoke(command)
        assert (done.exit_code, "behind the newest checkpoint" in done.output) == (1, True)
    done = CliRunner().invoke(cli.cli, ["switch"])
    assert isinstance(done.exception, timing.ClockBehind)
    start_at(SIGNED)
    assert CliRunner().invoke(open_command).exit_code == 0


def test_the_sequencer_says_so_once_and_waits(
    proposal: Proposal, start_at: SetTo, monkeypatch: pytest.MonkeyPatch
) -> None:
    start_at(SIGNED - DAY)
    rounds = iter([False, False, False, True])

    class Stop:
        def is_set(self) -> bool:
            return next(rounds)

        def wait(self, seconds: float) -> None:
            """At once."""

        def set(self) -> None:
            """Never."""

    monkeypatch.setattr("minben.config.commands.sequencing.threading.Event", Stop)
    monkeypatch.setattr("minben.config.commands.sequencing.signal.signal", lambda *_: None)
    signed = Checkpoint.objects.count()
    done = CliRunner().invoke(run_command)
    assert done.exit_code == 0, done.output
    assert done.output.count("behind the newest checkpoint") == 1
    assert Checkpoint.objects.count() == signed


def test_health_tells_by_how_much(proposal: Proposal, start_at: SetTo) -> None:
    start_at(SIGNED - 90 * MINUTE)
    assert health.problems(("clock",), SIGNED) == {"clock": "5400 s behind the ledger"}
    start_at(SIGNED - timedelta(seconds=20))
    assert health.problems(("clock",), SIGNED) == {}


def test_a_log_that_was_never_signed_is_no_reason(db: None, start_at: SetTo) -> None:
    start_at(DAY0)
    timing.refuse_behind(again=True)
    assert clock.now() == DAY0


def waiting(since: datetime) -> None:
    """An act that was handed in at that time and has no place yet."""
    act = ledger.Submission(kind="casework.pause_cancelled", at=since, ref=1, subject="pause:1")
    ledger.submit(act, by=SYSTEM, at=since)
    Intake.objects.update(recorded_at=since)


def test_nothing_is_signed_while_acts_wait_that_are_older(
    proposal: Proposal, settings: LazySettings
) -> None:
    """After an outage of the sequencer: signed too early, what waits would look back-dated."""
    at = SIGNED + HOUR
    waiting(at - 5 * MINUTE - timedelta(seconds=1))
    assert ledger.sign_checkpoint(by=SYSTEM, at=at) is None
    settings.SANDBOX = True  # where the clock leaps over days
    with_leaps = ledger.sign_checkpoint(by=SYSTEM, at=at)
    assert with_leaps is not None
    settings.SANDBOX = False
    Intake.objects.update(recorded_at=at - 4 * MINUTE)
    assert ledger.sign_checkpoint(by=SYSTEM, at=at + HOUR - 4 * MINUTE) is None
    ledger.sequence_all(by=SYSTEM, at=at)
    assert ledger.sign_checkpoint(by=SYSTEM, at=at) is not None


def test_after_an_outage_everything_is_entered_before_anything_is_signed(
    proposal: Proposal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sequencer was away for an hour, and what waits does not fit into one batch."""
    back = SIGNED + HOUR
    for n in range(3):
        ledger.submit(
            ledger.Submission(
                kind="casework.pause_cancelled", at=SIGNED + n * MINUTE, ref=n, subject=f"pause:{n}"
            ),
            by=SYSTEM,
            at=SIGNED + n * MINUTE,
        )
    Intake.objects.update(recorded_at=SIGNED + 2 * MINUTE)
    ledger.sequence(by=SYSTEM, at=back, limit=1)
    assert ledger.sign_checkpoint(by=SYSTEM, at=back) is None
    while ledger.sequence(by=SYSTEM, at=back, limit=1):
        ledger.sign_checkpoint(by=SYSTEM, at=back)
    export(tmp_path, at=back)
    verify(open_source(str(tmp_path)), Wishes(now=back, keys=[log_vkey()]))
