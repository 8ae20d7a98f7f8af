"""Health: the process answers without a database; readiness names what is wrong, and no secret."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.test.utils import CaptureQueriesContext

from minben.config import health
from minben.kernel import clock
from minben.kernel.actor import SYSTEM
from minben.ledger.queries import Backlog
from minben.operations.actions import beat


@pytest.fixture(autouse=True)
def _nothing_known_yet(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """Migrations are asked for again; what other tests left in the intake is not late."""
    monkeypatch.setattr(health, "_migrated", False)
    settings.READY_LEDGER_SECONDS = 86_400


@pytest.fixture
def _beating(db: None) -> None:
    beat(work="tick", by=SYSTEM, at=clock.now())


def asked(path: str = "/readyz", **headers: str) -> tuple[int, Any]:
    answer = Client(**headers).get(path)
    assert "no-store" in answer["Cache-Control"]
    return answer.status_code, answer.json()


def test_alive_needs_no_database_and_no_known_host() -> None:
    answer = Client(HTTP_HOST="10.1.2.3:8000").get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert Client().post("/healthz").status_code == 405


def test_production_does_not_send_them_to_https(settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert Client().get("/healthz").status_code == 200


@pytest.mark.usefixtures("_beating")
def test_ready_when_all_is_well() -> None:
    assert asked() == (200, {"ready": True, "problems": {}})
    with CaptureQueriesContext(connection) as captured:
        asked()
    assert len(captured) <= 4, "asked every few seconds by every balancer"


@pytest.mark.django_db
def test_a_tick_that_never_ran_or_stopped(settings: Any) -> None:
    assert asked() == (503, {"ready": False, "problems": {"tick": "never done"}})
    late = timedelta(seconds=settings.READY_TICK_SECONDS + 5)
    beat(work="tick", by=SYSTEM, at=clock.now() - late)
    status, told = asked()
    assert status == 503
    assert told["problems"]["tick"].endswith("s ago")
    assert asked("/readyz?checks=database,migrations")[0] == 200, "the balancer keeps the server"


@pytest.mark.usefixtures("_beating")
def test_a_moved_clock_is_not_a_late_tick() -> None:
    with clock.moved_by(timedelta(days=60)):
        assert asked()[0] == 200


@pytest.mark.usefixtures("_beating")
def test_a_ledger_that_lies_behind(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    behind = timedelta(seconds=settings.READY_LEDGER_SECONDS + 10)
    found = Backlog(7, clock.now() - behind)
    monkeypatch.setattr("minben.ledger.queries.backlog", lambda: found)
    status, told = asked()
    assert status == 503
    assert told["problems"]["ledger"].endswith("s behind")


@pytest.mark.usefixtures("_beating")
def test_a_migration_that_is_missing_is_named_until_it_is_applied() -> None:
    recorder = MigrationRecorder(connection)
    last = max(name for app, name in recorder.applied_migrations() if app == "operations")
    recorder.record_unapplied("operations", last)
    status, told = asked()
    assert (status, told["problems"]) == (503, {"migrations": f"not applied: operations.{last}"})
    recorder.record_applied("operations", last)
    assert asked()[0] == 200


@pytest.mark.usefixtures("_beating")
def test_a_database_that_is_away_is_said_without_its_address(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def away(*args: object) -> None:
        raise OperationalError("connection to server at 10.0.0.9, user minben, failed")

    with monkeypatch.context() as patched:
        patched.setattr(connection, "cursor", away)
        answer = Client().get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["problems"] == {"database": "does not answer"}
    assert "10.0.0.9" not in answer.content.decode()


@pytest.mark.django_db
def test_an_unknown_check_is_told() -> None:
    status, told = asked("/readyz?checks=database,gravity")
    assert (status, told["unknown"]) == (400, ["gravity"])
