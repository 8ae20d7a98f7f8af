"""Is this process alive, and is the platform fit to serve? (健康檢查)

`/healthz` answers as long as the process does. `/readyz` names what is wrong with database,
migrations, ledger, tick or clock. A load balancer asks only ``/readyz?checks=database,migrations``: a
late ledger is a reason to wake somebody, not to take every server away.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.loader import MigrationLoader
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from minben.base.access import public
from minben.kernel import clock
from minben.ledger import queries as ledger
from minben.ledger import timing
from minben.operations import queries as operations

Check = Callable[[datetime], str]
SLACK = timedelta(seconds=30)  # by so much the clocks of good machines may differ
_migrated = False  # once this process has seen its whole schema, it stays there


def _database(at: datetime) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return ""


def _migrations(at: datetime) -> str:
    global _migrated
    if not _migrated:
        loader = MigrationLoader(connection)
        missing = [
            node for node in loader.graph.leaf_nodes() if node not in loader.applied_migrations
        ]
        if missing:
            return f"not applied: {', '.join(sorted('.'.join(node) for node in missing))}"
        _migrated = True
    return ""


def _ledger(at: datetime) -> str:
    since = ledger.backlog().since
    behind = at - since if since else timedelta(0)
    most = timedelta(seconds=settings.READY_LEDGER_SECONDS)
    return f"{behind.total_seconds():.0f} s behind" if behind > most else ""


def _tick(at: datetime) -> str:
    done = operations.last_done("tick")
    if done is None:
        return "never done"
    age = at - done
    most = timedelta(seconds=settings.READY_TICK_SECONDS)
    return f"{age.total_seconds():.0f} s ago" if age > most else ""


def _clock(at: datetime) -> str:
    timing.look()
    behind = clock.behind()
    return f"{behind.total_seconds():.0f} s behind the ledger" if behind > SLACK else ""


CHECKS: dict[str, Check] = {
    "database": _database,
    "migrations": _migrations,
    "ledger": _ledger,
    "tick": _tick,
    "clock": _clock,
}


def problems(names: tuple[str, ...], at: datetime) -> dict[str, str]:
    """What is wrong, by check; empty if all is well. A few small queries.

    A database that is away answers for all checks.
    """
    found = {}
    try:
        for name in names:
            if said := CHECKS[name](at):
                found[name] = said
    except (DatabaseError, InterfaceError):
        return {"database": "does not answer"}
    return found


@public
@never_cache
@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return HttpResponse("ok\n", content_type="text/plain")


@public
@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """200 if the platform is fit to serve; else 503 with what is wrong, by check."""
    asked = [name for name in request.GET.get("checks", "").split(",") if name]
    if unknown := sorted(set(asked) - set(CHECKS)):
        return JsonResponse({"unknown": unknown, "checks": list(CHECKS)}, status=400)
    found = problems(tuple(asked or CHECKS), clock.now() - clock.offset())
    return JsonResponse({"ready": not found, "problems": found}, status=503 if found else 200)
