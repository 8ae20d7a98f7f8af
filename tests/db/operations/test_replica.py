"""Reading from a copy: only for nobody, never for what must be new, and not when it is unfit."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import MiddlewareNotUsed
from django.db import OperationalError, transaction
from django.http import HttpResponse
from django.test import RequestFactory

from minben.kernel import clock
from minben.operations.replica import Fitness, ReplicaMiddleware, ReplicaRouter
from minben.people.models import Agency

ROOT = Path(__file__).parents[3]


class Always(Fitness):
    """A copy that is always fit, until it is to be avoided."""

    avoided = False

    def fit(self) -> bool:
        return not self.avoided

    def avoid(self) -> None:
        self.avoided = True


@pytest.fixture
def middleware(settings: Any) -> ReplicaMiddleware:
    settings.DATABASE_REPLICA = True
    made = ReplicaMiddleware(lambda request: HttpResponse(ReplicaRouter().db_for_read(Agency)))
    made.fitness = Always()
    return made


def read_by(middleware: ReplicaMiddleware, method: str = "GET", cookie: str = "") -> str:
    request = RequestFactory().generic(method, "/")
    if cookie:
        request.COOKIES[cookie] = "a" * 32
    return middleware(request).content.decode()


@pytest.mark.django_db
def test_only_reading_without_a_session_is_read_from_the_copy(
    middleware: ReplicaMiddleware, transactional_db: None
) -> None:
    assert read_by(middleware) == "replica"
    assert read_by(middleware, "HEAD") == "replica"
    assert read_by(middleware, cookie="csrftoken") == "replica"
    assert read_by(middleware, cookie="sessionid") == "default"
    for method in ("POST", "PUT", "DELETE", "BREW"):
        assert read_by(middleware, method) == "default"
    assert ReplicaRouter().db_for_read(Agency) == "default", "outside of a request"


def test_writing_and_migrating_is_for_the_primary() -> None:
    router = ReplicaRouter()
    assert router.db_for_write(Agency) == "default"
    assert router.allow_migrate("default", "people")
    assert not router.allow_migrate("replica", "people")
    assert router.allow_relation(None, None)


@pytest.mark.django_db
def test_inside_a_transaction_the_primary_is_read(
    middleware: ReplicaMiddleware, transactional_db: None
) -> None:
    def inside(request: object) -> HttpResponse:
        with transaction.atomic():
            return HttpResponse(ReplicaRouter().db_for_read(Agency))

    middleware.get_response = inside
    assert read_by(middleware) == "default"


@pytest.mark.parametrize(("status", "avoided"), [(503, True), (500, False)])
def test_what_fails_on_the_copy_is_asked_of_the_primary(
    middleware: ReplicaMiddleware, status: int, avoided: bool, transactional_db: None
) -> None:
    def answer(request: object) -> HttpResponse:
        used = ReplicaRouter().db_for_read(Agency)
        return HttpResponse(used, status=status if used == "replica" else 200)

    middleware.get_response = answer
    assert read_by(middleware) == "default"
    assert middleware.fitness.avoided is avoided  # type: ignore[attr-defined]


def test_without_a_copy_there_is_no_middleware() -> None:
    with pytest.raises(MiddlewareNotUsed):
        ReplicaMiddleware(lambda request: HttpResponse())


@pytest.mark.parametrize(
    ("age", "fit"), [(timedelta(0), True), (timedelta(hours=1), False), (None, False)]
)
def test_a_copy_is_fit_while_the_pulse_arrives(
    age: timedelta | None, fit: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def pulse(work: str, using: str) -> Any:
        asked.append(using)
        return None if age is None else clock.now() - age

    monkeypatch.setattr("minben.operations.queries.last_done", pulse)
    fitness = Fitness(every=3600, rest=3600)
    assert [fitness.fit() for _ in range(5)] == [fit] * 5
    assert asked == ["replica"], "asked once, remembered afterwards"


def test_a_copy_that_is_away_rests(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(work: str, using: str) -> Any:
        raise OperationalError("connection refused")

    monkeypatch.setattr("minben.operations.queries.last_done", away)
    fitness = Fitness(every=0, rest=3600)
    assert not fitness.fit()
    monkeypatch.setattr("minben.operations.queries.last_done", lambda *a, **k: clock.now())
    assert not fitness.fit(), "still resting"
    fitness = Fitness(every=3600, rest=3600)
    assert fitness.fit()
    fitness.avoid()
    assert not fitness.fit()


TWO = """
import os, shutil, sys
from pathlib import Path
import django
django.setup()
from django.core.management import call_command
from django.conf import settings
from django.db import connections
from django.test import Client
from minben.casework.shipped import add_shipped_rule_sets
from minben.kernel import clock
from minben.kernel.actor import SYSTEM
from minben.operations import actions
from minben.people import actions as people

settings.ALLOWED_HOSTS = ["testserver"]
settings.STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
                     "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}}
at = clock.now()
call_command("migrate", verbosity=0)
call_command("createcachetable", verbosity=0)
add_shipped_rule_sets(by=SYSTEM, at=at)
actions.beat(work="tick", by=SYSTEM, at=at)
def agency(code):
    people.add_agency(code=code, jurisdiction_code="ey", name_zh=code, name_en=code, by=SYSTEM, at=at)
agency("on-both")
connections["default"].close()
primary, copy = (Path(settings.DATABASES[name]["NAME"]) for name in ("default", "replica"))
connections["replica"].close()
with connections["default"].cursor() as cursor:
    cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
shutil.copy(primary, copy)
agency("on-primary-only")
reader = Client()
PATH = "/api/v1/agencies?limit=500"
first = reader.get(PATH)
assert first.status_code == 200, first.content
assert b"on-both" in first.content
assert b"on-primary-only" not in first.content, "not read from the copy"
somebody = Client()
somebody.cookies["sessionid"] = "a" * 32
assert b"on-primary-only" in somebody.get(PATH).content
connections["replica"].close()
copy.write_bytes(b"broken" * 500)
for extra in copy.parent.glob(copy.name + "-*"):
    extra.unlink()
again = Client().get(PATH)
assert again.status_code == 200, again.status_code
assert b"on-primary-only" in again.content, "answered by the primary"
print("seen")
"""


def test_two_databases(tmp_path: Path) -> None:
    """The whole platform on a primary and a copy that lacks the newest row, then breaks."""
    env = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"} | {
        "DJANGO_SETTINGS_MODULE": "minben.config.settings",
        "MINBEN_MODE": "demo",
        "MINBEN_VAR": str(tmp_path),
        "SECRET_KEY": "only-for-tests" * 4,
        "DATABASE_REPLICA_URL": f"sqlite:///{tmp_path / 'copy.sqlite3'}",
        "PYTHONPATH": str(ROOT / "src"),
    }
    done = subprocess.run(
        [sys.executable, "-c", TWO], env=env, capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.stdout.strip() == "seen", done.stderr[-2000:]
