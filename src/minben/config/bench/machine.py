"""What the figures were measured on (量測環境)."""

import os
import platform
import tempfile
from pathlib import Path
from time import monotonic
from typing import Any

import django
from django.db import connection

SYNCED = 8192  # bytes, a page of the database
SYNC_SECONDS = 1.0
_POSTGRES = (
    "server_version", "fsync", "synchronous_commit", "full_page_writes", "shared_buffers",
    "wal_sync_method", "max_connections",
)  # fmt: skip


def describe(folder: Path) -> dict[str, Any]:  # Any: JSON values
    """Processor, memory, kernel, versions, durability settings, and how fast the disk syncs.

    `folder` lies on the disk whose rate is measured; the database may have another.
    """
    return {
        "cpu": cpu_model(_read("/proc/cpuinfo")),
        "cores": len(os.sched_getaffinity(0)),
        "memory_gib": memory_gib(_read("/proc/meminfo")),
        "kernel": platform.release(),
        "python": platform.python_version(),
        "django": django.get_version(),
        "database": database(),
        "fdatasync_per_second": sync_rate(folder),
        "load_average_before": [round(one, 2) for one in os.getloadavg()],
    }


def _read(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def cpu_model(cpuinfo: str) -> str:
    """The name of the first processor in the text of ``/proc/cpuinfo``."""
    for line in cpuinfo.splitlines():
        name, _, value = line.partition(":")
        if name.strip() == "model name":
            return value.strip()
    return platform.machine()


def memory_gib(meminfo: str) -> float:
    """Memory in GiB from the text of ``/proc/meminfo``; 0.0 if it does not say."""
    for line in meminfo.splitlines():
        if line.startswith("MemTotal:"):
            return round(int(line.split()[1]) / 1024**2, 1)
    return 0.0


def database() -> dict[str, str]:
    """The database in use: its version, and the settings durability hangs on."""
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            cursor.execute("SELECT sqlite_version()")
            version = str(cursor.fetchone()[0])
            cursor.execute("PRAGMA synchronous")
            return {
                "vendor": "sqlite",
                "version": version,
                "synchronous": str(cursor.fetchone()[0]),
            }
        told = {"vendor": "postgresql"}
        for name in _POSTGRES:
            cursor.execute(f"SHOW {name}")
            told[name] = str(cursor.fetchone()[0])
        return told


def sync_rate(folder: Path, seconds: float = SYNC_SECONDS) -> int:
    """Writes of one page a second, each made durable before the next."""
    with tempfile.TemporaryFile(dir=folder) as file:
        page, done, began = bytes(SYNCED), 0, monotonic()
        while monotonic() - began < seconds:
            os.pwrite(file.fileno(), page, 0)
            os.fdatasync(file.fileno())
            done += 1
        return round(done / (monotonic() - began))
