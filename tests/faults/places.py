"""Where the tests of faults run: binaries, ports and folders of their own."""

import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import minben

ROOT = Path(minben.__file__).resolve().parents[2]
OLDEST = 15
# Below what the system hands out for outgoing connections: a port must still be free when the
# server that was killed comes back to it.
_PORTS = iter(range(8150, 8200))


def postgresql() -> Path | None:
    """The folder of PostgreSQL's programs, the newest of version 15 or later, or nothing."""
    given = os.environ.get("MINBEN_PG_BIN")
    versions = sorted(
        (path for path in Path("/usr/lib/postgresql").glob("*/bin") if (path / "initdb").exists()),
        key=lambda path: float(path.parent.name),
    )
    found = [Path(given)] if given else [v for v in versions if float(v.parent.name) >= OLDEST]
    return found[-1] if found else None


def owner() -> dict[str, Any]:  # Any: arguments of Popen
    """How to start what refuses to run as root: as postgres if we are root, else as ourselves."""
    if os.geteuid() != 0:
        return {}
    return {"user": "postgres", "group": "postgres", "extra_groups": []}


def folder(prefix: str = "minben-faults-") -> Path:
    """A new folder that the owner of the database may enter and write."""
    made = Path(tempfile.mkdtemp(prefix=prefix, dir=os.environ.get("MINBEN_FAULTS_DIR")))
    give(made)
    return made


def give(path: Path) -> None:
    """Hand a path to whom the database runs as."""
    path.chmod(0o700 if path.is_dir() and (path / "PG_VERSION").exists() else 0o755)
    if os.geteuid() == 0:
        shutil.chown(path, "postgres", "postgres")


def free_port() -> int:
    """A port of this machine nobody listens at; never the same twice."""
    for port in _PORTS:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise RuntimeError("no port left between 8150 and 8199")


def family(pid: int) -> Iterator[int]:
    """A process and everything that descends from it."""
    yield pid
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    try:
        children = listed.read_text(encoding="ascii").split()
    except OSError:
        return
    yield from chain.from_iterable(family(int(child)) for child in children)


def command_of(pid: int) -> str:
    """The command line of a process, or nothing if it is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""
