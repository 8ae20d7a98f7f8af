"""How the site is served (伺服器): Granian, one process per core (ADR 0004).

Where endorsements share transactions, threads stand ready to wait for one; how many of them work
at once is the gate's affair (`base.middleware.GateMiddleware`).
"""

import gc
import os
import sys
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.template.loader import get_template
from django.urls import URLResolver, get_resolver
from django.utils import translation

from minben.config import env


def granian(
    host: str,
    port: int,
    application: str = "minben.config.wsgi:application",
    *,
    workers: int | None = None,
    threads: int | None = None,
) -> list[str]:
    """The command that serves `application`; one worker per core, one in all on SQLite."""
    lite = connection.vendor == "sqlite"
    usual = 32 if settings.ENDORSE_TOGETHER else 4
    threads = threads or env.number("MINBEN_THREADS", usual)
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", str(workers or (1 if lite else os.cpu_count() or 1)),
        "--blocking-threads", str(threads), "--log-level", "warning",
        # Without it one worker that dies takes the others with it.
        "--respawn-failed-workers",
        application,
    ]  # fmt: skip


def loaded() -> None:
    """Load what every page needs: views, addresses and texts of each language, common templates.

    The framework would do so while somebody waits for the first page of a process.
    """
    for language, _ in settings.LANGUAGES:
        with translation.override(language):
            _addressed(get_resolver())
    common = Path(apps.get_app_config("base").path) / "templates"
    for one in common.rglob("*.html"):
        get_template(str(one.relative_to(common)))


def _addressed(of: URLResolver) -> None:
    """Compile the addresses of a part of the tree, and of all below it, in the language in use."""
    _ = of.reverse_dict
    for one in of.url_patterns:
        if isinstance(one, URLResolver):
            _addressed(one)


def settled() -> None:
    """Take what a process has loaded out of the collector's rounds: it stays until the end."""
    gc.collect()
    gc.freeze()
