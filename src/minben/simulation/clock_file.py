"""Where the sandbox keeps its clock: one small file beside the database.

A file and not a row, because every request reads it and pages must not pay a query for a
feature that production does not have.
"""

import json
from datetime import timedelta
from pathlib import Path

from django.conf import settings


def _path() -> Path:
    return Path(settings.VAR) / "sandbox-clock.json"


def offset() -> timedelta:
    """How far the sandbox's clock is moved; zero in production and without a file."""
    if not settings.SANDBOX:
        return timedelta(0)
    try:
        return timedelta(seconds=float(json.loads(_path().read_text())["offset_seconds"]))
    except FileNotFoundError:
        return timedelta(0)


def move_to(value: timedelta) -> None:
    """Set the offset. Raises RuntimeError on a production platform."""
    if not settings.SANDBOX:
        raise RuntimeError("the clock of a production platform can't be moved")
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps({"offset_seconds": value.total_seconds()}))
    fresh.replace(path)
