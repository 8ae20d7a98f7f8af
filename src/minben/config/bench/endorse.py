"""Endorsing under load, beside what it is measured against in the same run (附議量測)."""

import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from os import environ
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlencode

import click
from django.conf import settings
from django.db import connection
from psycopg import sql

from minben.config.bench import crowd, load, oracle, seeding, servers, statements
from minben.config.bench.scratch import NotHere
from minben.kernel import clock

PER_SECOND = 4000  # more people than any run can use up
ROUNDS = 2  # of the comparison of few and many; each has people of its own
FEW = 1000
SIGN = "/proposals/{}/endorse/"
# Not at the address of the real one, which the intake above would take.
NOTHING = (("no_op", "/proposals/{}/nothing/"), ("no_op_person", "/proposals/{}/sign/"))


@dataclass(slots=True)
class Plan:
    """What a run does and for how long.

    Args:
        seconds: of each load.
        connections: at which the peak is looked for.
        many: endorsements already there in the large case.
        only: names of parts to do; all if empty.
    """

    port: int
    seconds: int
    connections: tuple[int, ...]
    many: int
    only: frozenset[str]
    folder: Path
    runs: list[dict[str, Any]] = field(default_factory=list)  # Any: JSON values
    figures: dict[str, float] = field(default_factory=dict)
    peak_at: int = 0
    left_out: dict[str, str] = field(default_factory=dict)

    def part(self, name: str, measure: Callable[[], None]) -> None:
        """Do one part, if it is wanted; what hinders it is noted, and the others are done."""
        if not self.wants(name):
            return
        try:
            measure()
        except NotHere as error:
            self.left_out[name] = str(error)
            click.echo(f"  {name}: {error}", err=True)

    def result(self, sent: Any) -> dict[str, Any]:  # Any: JSON values
        """What all parts found; `sent` are statements per request."""
        return {
            "runs": self.runs,
            "figures": self.figures,
            "left_out": self.left_out,
            "sql_per_request": sent,
        }

    def wants(self, name: str) -> bool:
        """Say whether that part is done."""
        return not self.only or name in self.only

    def people(self, nth: int = 0) -> Path:
        """A file of people with cookies and tokens."""
        return self.folder / f"people-{nth}.txt"

    def keep(self, name: str, told: dict[str, Any], **more: Any) -> None:  # Any: JSON values
        """Note what one load saw, and say it."""
        self.runs.append({"run": name} | more | told)
        at = told.get("connections") or told.get("clients")
        click.echo(
            f"  {name:16} {at:>4} c  {told['throughput']:>9,.1f}/s"
            f"  p99 {told.get('p99_ms', 0):>7.1f} ms  errors {told.get('errors', 0)}",
            err=True,
        )


def measure(plan: Plan) -> dict[str, Any]:  # Any: JSON values
    """Everything `plan` wants, on the platform of this process."""
    at = clock.now()
    postgres = connection.vendor == "postgresql"
    numbers = iter(crowd.open_proposals(2 * len(plan.connections) + 10, at))
    for nth in range(ROUNDS):
        crowd.sign_in(crowd.multiply(plan.seconds * PER_SECOND, at), plan.people(nth))
    oracle.tidy()
    sent = _statements(plan, next(numbers))
    plan.part("real", lambda: _real(plan, numbers))
    if plan.peak_at:
        plan.part("load80", lambda: _at_eighty(plan, numbers))
    if postgres:
        plan.part("no_op", lambda: _no_op(plan, next(numbers)))
        plan.part("plain", lambda: _plain(plan))
        plan.part("million", lambda: _million(plan, [next(numbers) for _ in range(2)]))
    told = oracle.ledger()
    if postgres:  # last, because what it inserts waits for no sequencer
        plan.part("pgbench", lambda: _pgbench(plan, numbers))
    return plan.result(sent) | {"ledger": told}


@contextmanager
def _platform(plan: Plan) -> Iterator[None]:
    with servers.running(servers.platform(plan.port), plan.port, "/proposals/"):
        yield


def _statements(plan: Plan, number: str) -> dict[str, int]:
    """Statements of one real endorsement by itself, and of a whole batch where they share."""
    lines = plan.people().read_text(encoding="ascii").splitlines()
    found = {"alone": _sent(number, lines[-2:], "multipart/form-data")}
    if settings.ENDORSE_TOGETHER:
        found["of_a_batch"] = _sent(number, lines[-4:-2], "application/x-www-form-urlencoded")
    return found


def _sent(number: str, lines: list[str], kind: str) -> int:
    """Statements of the last of these people's endorsements; before it all is warm."""
    found = 0
    for line in lines:
        client, token = statements.browser(line)
        form = {"csrfmiddlewaretoken": token, "reason": ""}
        with statements.counted() as seen:
            if kind == "multipart/form-data":
                answer = client.post(SIGN.format(number), form)
            else:
                answer = client.post(SIGN.format(number), urlencode(form), content_type=kind)
        if answer.status_code != 302 or not answer["Location"].endswith("/endorsed/"):
            raise RuntimeError(f"an endorsement was answered {answer.status_code}")
        found = len(seen)
    return found


def _one(
    plan: Plan,
    number: str,
    connections: int,
    *,
    path: str = SIGN,
    seconds: int = 0,
    pause_ms: float = 0,
    nth: int = 0,
    again: bool = False,
) -> load.Figures:
    return load.endorse(
        plan.port,
        path.format(number),
        plan.people(nth),
        connections=connections,
        seconds=seconds or plan.seconds,
        pause_ms=pause_ms,
        again=again,
    )


def _real(plan: Plan, numbers: Iterator[str]) -> None:
    """The platform as it is served, at several numbers of connections; each on a fresh proposal."""
    with _platform(plan):
        _warm(plan, next(numbers))
        for connections in plan.connections:
            number = next(numbers)
            got = _one(plan, number, connections)
            account = oracle.account(number, got.acknowledged, connections)
            plan.keep("real", got.told, oracle=account.told)
            if got.throughput > plan.figures.get("real", 0):
                plan.figures["real"], plan.peak_at = got.throughput, connections
    if connection.vendor == "sqlite":
        plan.figures["sqlite"] = plan.figures.pop("real", 0)


def _warm(plan: Plan, number: str) -> None:
    _one(plan, number, 8, seconds=2)
    oracle.settle()


def _at_eighty(plan: Plan, numbers: Iterator[str]) -> None:
    """Four fifths of the peak: many connections with pauses, so that requests come by chance."""
    peak = plan.figures.get("real") or plan.figures.get("sqlite") or 0
    connections = max(64, plan.peak_at * 2)
    wanted = connections / (0.8 * peak) * 1000  # ms from one request of a connection to its next
    pause = max(wanted - 10, 0)
    with _platform(plan):
        _warm(plan, next(numbers))
        for _ in range(2):  # attempts tell how long an answer takes
            got = _one(
                plan, next(numbers), connections, seconds=max(plan.seconds // 3, 2), pause_ms=pause
            )
            pause = max(pause + wanted - connections / max(got.throughput, 1) * 1000, 0)
        number = next(numbers)
        got = _one(plan, number, connections, pause_ms=pause)
        account = oracle.account(number, got.acknowledged, connections)
    share = round(got.throughput / peak, 3)
    plan.keep("load80", got.told, share_of_peak=share, pause_ms=pause, oracle=account.told)
    plan.figures["p99_at_80"] = got.p99_ms


def _no_op(plan: Plan, number: str) -> None:
    with servers.running(
        servers.no_op(plan.port), plan.port, f"/proposals/{number}/", **servers.NO_OP
    ):
        for name, path in NOTHING:
            for connections in plan.connections:
                got = _one(plan, number, connections, path=path, again=True)
                plan.keep(name, got.told)
                plan.figures[name] = max(plan.figures.get(name, 0), got.throughput)


def _plain(plan: Plan) -> None:
    plain_settings = {"DJANGO_SETTINGS_MODULE": "minben.config.bench.plain_settings"}
    make_plain_tables(["plain-1", "plain-2", "plain-3", "plain-4"][: len(plan.connections) + 1])
    with servers.running(
        servers.plain(plan.port), plan.port, "/proposals/plain-1/count.json", **plain_settings
    ):
        for n, connections in enumerate(plan.connections[:3], start=1):
            got = _one(plan, f"plain-{n}", connections)
            rows = oracle.value(
                "SELECT count(*) FROM plain_signature s JOIN plain_petition p"
                " ON p.id = s.petition_id WHERE p.number = %s",
                f"plain-{n}",
            )
            plan.keep("plain", got.told, rows=rows)
            plan.figures["plain"] = max(plan.figures.get("plain", 0), got.throughput)


def make_plain_tables(numbers: list[str]) -> None:
    """The tables of the plain site, with a petition for each number."""
    subprocess.run(
        [sys.executable, "-m", "django", "migrate", "--run-syncdb", "--verbosity", "0"],
        env=environ | {"DJANGO_SETTINGS_MODULE": "minben.config.bench.plain_settings"},
        check=True,
    )
    for number in numbers:
        oracle.change(
            "INSERT INTO plain_petition (number, subject, threshold, signed)"
            " VALUES (%s, 'plain', 5000, 0)",
            number,
        )


def _pgbench(plan: Plan, numbers: Iterator[str]) -> None:
    """The very statement of an endorsement, with a new person each time."""
    first, last = oracle.pair("SELECT min(id), max(id) FROM people_user")
    oracle.change(f"CREATE SEQUENCE bench_person MINVALUE {first} MAXVALUE {last} CACHE 100")
    lines = plan.people().read_text(encoding="ascii").splitlines()
    for line, clients in zip(lines, plan.connections, strict=False):
        statement = captured_statement(line, next(numbers))
        oracle.change("ALTER SEQUENCE bench_person RESTART")
        got = load.database_alone(
            environ["DATABASE_URL"], statement, clients=clients, seconds=min(plan.seconds, 3)
        )
        plan.keep("pgbench", got)
        plan.figures["pgbench"] = max(plan.figures.get("pgbench", 0), got["throughput"])


def captured_statement(line: str, number: str) -> str:
    """What one endorsement sends, its values written in, and `nextval` where the person stands."""
    client, token = statements.browser(line)
    with statements.immediate_statements() as seen:
        client.post(SIGN.format(number), {"csrfmiddlewaretoken": token, "reason": ""})
    person = oracle.value("SELECT person_id FROM proposals_endorsement ORDER BY id DESC LIMIT 1")
    return woven(*seen[-1], person)


def _literal(value: Any) -> str:  # Any: what a column holds
    if isinstance(value, bytes):  # in hex: pgbench would take a colon among them for a variable
        return f"'\\x{value.hex()}'::bytea"
    return sql.Literal(value).as_string(None)


def woven(statement: str, values: Sequence[Any], person: int) -> str:  # Any: of columns
    """A statement with its values written in, and the next person in the place of `person`."""
    pieces = statement.split("%s")
    texts = ["nextval('bench_person')" if value == person else _literal(value) for value in values]
    whole = [pieces[0]]
    for text, piece in zip(texts, pieces[1:], strict=True):
        whole += [text, piece]
    return "".join(whole).replace("%%", "%")


def _million(plan: Plan, numbers: list[str]) -> None:
    """A proposal few have endorsed and one a million have, in turn, twice."""
    at = clock.now()
    found: dict[str, list[float]] = {"few": [], "many": []}
    for number, there in zip(numbers, (FEW, plan.many), strict=True):
        click.echo(f"  seeding {there:,}", err=True)
        took = seeding.seed(number, crowd.multiply(there, at), at)
        plan.figures["sequencer"] = round(there / took, 1)
    connections = plan.peak_at or plan.connections[0]
    with _platform(plan):
        for nth in range(ROUNDS):
            for name, number in zip(found, numbers, strict=True):
                before = oracle.value(*_ROWS, number)
                got = _one(plan, number, connections, nth=nth)
                settled = oracle.settle()
                rows = oracle.value(*_ROWS, number) - before
                plan.keep(name, got.told, there=before, rows=rows, settled_seconds=settled)
                found[name].append(got.throughput)
    for name, got_each in found.items():
        plan.figures[name] = median(got_each)


_ROWS = (
    "SELECT count(*) FROM proposals_endorsement e JOIN proposals_proposal p"
    " ON p.id = e.proposal_id JOIN casework_case c ON c.id = p.case_id WHERE c.number = %s",
)
