"""Reading under load (讀取量測): what everybody reads, warm, as anonymous readers read it."""

from functools import partial
from typing import Any

from minben.config.bench import crowd, load, oracle, servers, statements
from minben.config.bench.endorse import Plan, make_plain_tables
from minben.kernel import clock

COUNT_ALONE = (
    "SELECT p.endorsed, p.threshold, p.reached_at, p.state, p.opens_at FROM proposals_proposal p"
    " JOIN casework_case c ON c.id = p.case_id WHERE c.number = '{}'"
)
ENDORSED = 300


def measure(plan: Plan) -> dict[str, Any]:  # Any: JSON values
    """Everything `plan` wants, on the platform of this process."""
    at = clock.now()
    number = _scene(plan, at)
    paths = {
        "count": f"/proposals/{number}/count.json",
        "page": f"/proposals/{number}/",
        "list": "/proposals/",
        "home": "/",
    }
    sent = {name: statements.of_reading(path) for name, path in paths.items()}
    with servers.running(servers.platform(plan.port), plan.port, paths["count"]):
        for name, path in paths.items():
            plan.part(name, partial(_both, plan, name, path))
    plan.part("no_op", lambda: _no_op(plan, f"/proposals/{number}/"))
    plan.part("plain", lambda: _plain(plan))
    plan.part("pgbench", lambda: _database(plan, number))
    return plan.result(sent)


def _no_op(plan: Plan, path: str) -> None:
    with servers.running(servers.no_op(plan.port), plan.port, path, **servers.NO_OP):
        _both(plan, "no_op", path)


def _plain(plan: Plan) -> None:
    make_plain_tables(["plain-1"])
    settings = {"DJANGO_SETTINGS_MODULE": "minben.config.bench.plain_settings"}
    path = "/proposals/plain-1/count.json"
    with servers.running(servers.plain(plan.port), plan.port, path, **settings):
        _both(plan, "plain", path)


def _scene(plan: Plan, at: Any) -> str:  # Any: datetime
    """Thirty proposals, one of them with endorsements."""
    from minben.config.bench import seeding

    numbers = crowd.open_proposals(30, at)
    seeding.seed(numbers[0], crowd.multiply(ENDORSED, at), at)
    return numbers[0]


def _both(plan: Plan, name: str, path: str) -> None:
    load.read(plan.port, path, connections=8, seconds=1)  # warm in every process
    for connections in plan.connections:
        got = load.read(plan.port, path, connections=connections, seconds=plan.seconds)
        plan.keep(name, got.told, path=path)
        plan.figures[name] = max(plan.figures.get(name, 0), got.throughput)


def _database(plan: Plan, number: str) -> None:
    from os import environ

    oracle.tidy()
    for clients in plan.connections:
        got = load.database_alone(
            environ["DATABASE_URL"],
            COUNT_ALONE.format(number),
            clients=clients,
            seconds=min(plan.seconds, 3),
        )
        plan.keep("pgbench", got)
        plan.figures["pgbench"] = max(plan.figures.get("pgbench", 0), got["throughput"])
