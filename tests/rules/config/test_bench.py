"""Benches: they stay on this machine, and their figures are what the programs said."""

import json
from pathlib import Path

import pytest
from click import BadParameter
from click.testing import CliRunner

from minben.config.bench import goals, load, machine, plot, scratch
from minben.config.bench.endorse import woven
from minben.config.commands import bench
from minben.config.env import Misconfigured

RESULT = (
    'RESULT {"seconds": 2.0, "answers": 110, "acknowledged": 100, "refused": 6, "broken": 3,'
    ' "exhausted": false, "odd_status": 422, "lost": 1, "p50_ms": 5.0, "p95_ms": 9.0,'
    ' "p99_ms": 12.5, "max_ms": 20.0, "bytes": 1100}'
)
PGBENCH = """transaction type: x.sql
number of failed transactions: 2 (0.010%)
latency average = 1.234 ms
tps = 6543.210000 (without initial connection time)
"""
MACHINE = {"cpu": "A & B", "cores": 2}


@pytest.mark.parametrize(
    "address",
    [
        "postgresql:///postgres?host=/var/run/postgresql",
        "postgresql:///postgres",
        "postgresql://me@127.0.0.1:5433/postgres",
        "postgres://me@localhost/postgres",
        "postgresql://me@[::1]/postgres",
    ],
)
def test_a_database_of_this_machine_is_taken(address: str) -> None:
    assert scratch.local_server(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "",
        "sqlite:///x.sqlite3",
        "postgresql://db.example.org/postgres",
        "postgresql:///postgres?host=10.0.0.7",
        "postgresql:///postgres?hostaddr=192.0.2.1",
        "postgresql://127.0.0.1/postgres?host=db.example.org",
    ],
)
def test_any_other_database_is_refused(address: str) -> None:
    with pytest.raises(scratch.NotHere):
        scratch.local_server(address)


def test_the_command_refuses_before_it_does_anything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://db.example.org/postgres")
    monkeypatch.delenv(bench.INSIDE, raising=False)
    monkeypatch.setattr(scratch, "needed", lambda *_: None)
    monkeypatch.setattr(scratch, "scratch_database", lambda *_: pytest.fail("was made"))
    done = CliRunner().invoke(bench.bench_command, ["read", "--quick"])
    assert isinstance(done.exception, Misconfigured)
    assert "another" in str(done.exception)


def test_a_program_that_is_missing_is_named() -> None:
    with pytest.raises(scratch.NotHere, match="no-such-program"):
        scratch.needed("no-such-program")


def test_the_scratch_database_is_on_the_same_server() -> None:
    here = "postgresql:///postgres?host=/var/run/postgresql"
    assert scratch.named(here, "x") == "postgresql:///x?host=/var/run/postgresql"


def test_the_scratch_platform_is_a_production_one_that_tells_nobody(tmp_path: Path) -> None:
    env = scratch.environment(tmp_path, "postgresql:///x", 8149)
    assert env["MINBEN_MODE"] == "production"
    assert env["SMTP_HOST"] == "127.0.0.1"
    assert "127.0.0.1" in env["SMS_URL"]
    assert env["SECRET_KEY"] != scratch.environment(tmp_path, "", 1)["SECRET_KEY"]


def test_figures_of_a_load() -> None:
    told = load.figures(f"Running 2s test\n{RESULT}\n", 16)
    assert told.throughput == 50.0
    assert told.errors == 10
    assert (told.acknowledged, told.odd_status, told.bytes_each) == (100, 422, 10)
    assert (told.p50_ms, told.p95_ms, told.p99_ms) == (5.0, 9.0, 12.5)


def test_a_load_that_said_nothing_is_no_result() -> None:
    with pytest.raises(scratch.NotHere, match="unable to connect"):
        load.figures("unable to connect to 127.0.0.1:1", 16)


def test_figures_of_pgbench() -> None:
    told = load.parsed(PGBENCH, 8)
    assert told == {"clients": 8, "throughput": 6543.2, "mean_ms": 1.234, "failed": 2}
    with pytest.raises(scratch.NotHere):
        load.parsed("pgbench: error", 8)


def test_a_statement_takes_its_values_and_a_new_person_each_time() -> None:
    sql = woven("INSERT %s, %s, %s WHERE a LIKE '5%%'", [1, 77, "it's"], 77)
    assert sql == "INSERT 1, nextval('bench_person'), 'it''s' WHERE a LIKE '5%'"
    assert woven("%s", [b":a\x00"], 1) == r"'\x3a6100'::bytea"  # no variable of pgbench


@pytest.mark.parametrize(
    ("figures", "code", "met"),
    [
        ({"real": 1500.0, "plain": 100.0}, "times_plain", True),
        ({"real": 1499.0, "plain": 100.0}, "times_plain", False),
        ({"real": 45.0, "no_op": 100.0}, "of_no_op", True),
        ({"real": 44.0, "no_op": 100.0}, "of_no_op", False),
        ({"few": 120.0, "many": 100.0}, "million", True),
        ({"few": 121.0, "many": 100.0}, "million", False),
        ({"p99_at_80": 250.0}, "p99", True),
        ({"p99_at_80": 251.0}, "p99", False),
        ({"sqlite": 600.0}, "sqlite", True),
        ({"count": 4999.0}, "count", False),
        ({"page": 1500.0}, "page", True),
    ],
)
def test_goals(figures: dict[str, float], code: str, met: bool) -> None:
    assert {goal["goal"]: goal["met"] for goal in goals.judged(figures)}[code] is met


def test_a_goal_without_its_figures_is_not_judged() -> None:
    assert goals.judged({}) == []
    assert goals.judged({"real": 5.0, "plain": 0.0}) == []


def test_the_machine_is_read_from_what_the_kernel_says() -> None:
    assert machine.cpu_model("processor : 0\nmodel name\t: Some CPU\n") == "Some CPU"
    assert machine.memory_gib("MemTotal:       16777216 kB\n") == 16.0
    assert machine.memory_gib("") == 0.0


@pytest.mark.parametrize("text", ["", "0", "16,", "16,1000", "many"])
def test_connections_are_bounded(text: str) -> None:
    with pytest.raises(BadParameter):
        bench._numbers(text)
    assert bench._numbers("16,32") == (16, 32)


@pytest.mark.parametrize("text", ["0", "-1", "fast", "nan", "1e9"])
def test_speeds_are_bounded(text: str) -> None:
    with pytest.raises(BadParameter):
        bench._speed(text)
    assert (bench._speed("max"), bench._speed("100")) == (0.0, 100.0)


def results() -> list[dict[str, object]]:
    runs = [
        {"run": "real", "connections": 16, "throughput": 800.0, "p99_ms": 40.0, "errors": 0},
        {"run": "real", "connections": 32, "throughput": 1000.0, "p99_ms": 60.0, "errors": 0},
        {"run": "plain", "connections": 16, "throughput": 50.0, "p99_ms": 300.0, "errors": 0},
        {"run": "pgbench", "clients": 8, "throughput": 4000.0, "failed": 0},
    ]
    return [
        {"bench": "endorse", "at": "2026-11-23T00:00:00+00:00", "machine": MACHINE, "runs": runs}
    ]


def test_the_picture_shows_the_best_runs_and_is_the_same_each_time() -> None:
    drawn = plot.svg(results())
    assert drawn == plot.svg(json.loads(json.dumps(results())))
    assert "1,000 · p99 60 ms" in drawn
    assert "800" not in drawn
    assert "A &amp; B" in drawn
    assert drawn.count("<rect") == 1 + 3
    assert "<script" not in drawn


def test_the_table_has_a_line_for_each_best_run() -> None:
    lines = plot.table(results()).splitlines()
    assert len(lines) == 2 + 3
    assert lines[2].split("|")[2:5] == [" endorse, the platform ", " 32 ", " 1,000 "]


def test_views_of_benches_are_nowhere_in_the_platform() -> None:
    from minben.config import settings, urls

    assert "bench" not in settings.ROOT_URLCONF
    assert not any("bench" in app for app in settings.INSTALLED_APPS)
    assert "bench" not in Path(urls.__file__).read_text(encoding="utf-8")
