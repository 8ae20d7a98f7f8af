"""Figures of the whole platform, read when monitoring asks (監測指標)."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from django.db import DatabaseError, InterfaceError, connection
from django.db.models import Count
from prometheus_client.core import GaugeMetricFamily as Gauge
from prometheus_client.registry import Collector

from minben.casework import queries as casework
from minben.kernel import clock
from minben.ledger import queries as ledger
from minben.ledger import timing, watching
from minben.notify import queries as notify
from minben.operations import queries as operations
from minben.operations.rules import Service

_BY_STATE = (
    "SELECT coalesce(state, 'other'), count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() GROUP BY 1"
)


def _one(name: str, told: str, value: float) -> Gauge:
    return Gauge(f"minben_{name}", told, value=value)


def _many(name: str, told: str, label: str, values: dict[str, float]) -> Gauge:
    gauge = Gauge(f"minben_{name}", told, labels=[label])
    for key, value in values.items():
        gauge.add_metric([key], value)
    return gauge


def _seconds(since: datetime | None, at: datetime) -> float:
    return max((at - since).total_seconds(), 0) if since else float("nan")


def _of_ledger(at: datetime) -> Iterator[Gauge]:
    waiting = ledger.backlog()
    yield _one("ledger_size", "Leaves in the ledger.", ledger.tree_size())
    yield _one("ledger_waiting", "Acts not yet in the ledger.", waiting.acts)
    oldest = _seconds(waiting.since, at) if waiting.since else 0
    yield _one("ledger_oldest_waiting_seconds", "For how long the oldest of them waits.", oldest)
    yield _one("ledger_set_aside", "Acts refused for a bad seal: look at once.", ledger.set_aside())
    latest = ledger.latest_checkpoint()
    age = _seconds(latest.at if latest else None, at)
    yield _one("ledger_checkpoint_age_seconds", "Age of the newest checkpoint.", age)
    timing.look()
    behind = clock.behind().total_seconds()
    yield _one("clock_behind_seconds", "The machine's clock behind the newest checkpoint.", behind)
    lags = {
        witness: (latest.at - until).total_seconds()
        for witness, until in watching.cosigned_until().items()
        if latest
    }
    yield _many("witness_lag_seconds", "By how much a witness lies behind.", "witness", lags)


def _of_work(at: datetime) -> Iterator[Gauge]:
    outbox = notify.outbox(at)
    yield _one("notices_waiting", "Notices not sent yet.", outbox.waiting)
    yield _one("notices_late", "Of these, due for more than ten minutes.", outbox.late)
    yield _one("notices_failing", "Of these, refused at least once.", outbox.failing)
    yield _one("notices_in_doubt", "Notices that may have left; see minben mail.", outbox.doubtful)
    overdue = casework.open_deadlines().filter(due_at__lte=at).order_by()
    kinds = {row["kind"]: float(row["n"]) for row in overdue.values("kind").annotate(n=Count("pk"))}
    yield _many("deadlines_overdue", "Running deadlines past their end.", "kind", kinds)
    age = _seconds(operations.last_done("tick"), at)
    yield _one("tick_age_seconds", "Since the tick was last done.", age)


def _of_switches(at: datetime) -> Iterator[Gauge]:
    stops = operations.stops()
    found = {service.value: float(service in stops) for service in Service}
    yield _many("switch_stopped", "1 if the service is stopped.", "service", found)


def _of_database(at: datetime) -> Iterator[Gauge]:
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(_BY_STATE)
        states = {state: float(count) for state, count in cursor.fetchall()}
    yield _many("database_connections", "Connections by what they do.", "state", states)


class Figures(Collector):
    """About a dozen small queries; without a database only `minben_database_up` 0."""

    GROUPS: tuple[Callable[[datetime], Iterable[Gauge]], ...] = (
        _of_ledger,
        _of_work,
        _of_switches,
        _of_database,
    )

    def collect(self) -> Iterator[Gauge]:
        """Read everything once."""
        at = clock.now() - clock.offset()
        try:
            found = [gauge for group in self.GROUPS for gauge in group(at)]
        except (DatabaseError, InterfaceError):
            found = []
        yield _one("database_up", "1 if the database answers.", float(bool(found)))
        yield from found

    def describe(self) -> list[Gauge]:
        """Nothing, so that registering asks nothing."""
        return []
