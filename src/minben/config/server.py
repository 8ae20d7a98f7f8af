"""How the site is served (伺服器): Granian, one process per core, few threads (ADR 0004)."""

import os
import sys

from django.db import connection

from minben.config import env


def granian(
    host: str,
    port: int,
    application: str = "minben.config.wsgi:application",
    *,
    workers: int | None = None,
) -> list[str]:
    """The command that serves `application`; one worker per core, one in all on SQLite."""
    lite = connection.vendor == "sqlite"
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", str(workers or (1 if lite else os.cpu_count() or 1)),
        "--blocking-threads", str(env.number("MINBEN_THREADS", 4)), "--log-level", "warning",
        # Without it one worker that dies takes the others with it.
        "--respawn-failed-workers",
        application,
    ]  # fmt: skip
