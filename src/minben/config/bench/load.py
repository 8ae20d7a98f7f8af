"""Load from wrk (負載), and PostgreSQL's own from pgbench."""

import json
import re
import subprocess
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from minben.config.bench.scratch import HOST, NotHere

LUA = Path(__file__).with_name("lua")
_TPS = re.compile(r"^tps = ([\d.]+)", re.MULTILINE)
_LATENCY = re.compile(r"^latency average = ([\d.]+) ms", re.MULTILINE)
_FAILED = re.compile(r"^number of failed transactions: (\d+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Figures:
    """What a load saw.

    Args:
        throughput: answers a second that were what was asked for.
        errors: answers that were not, and connections that broke.
        acknowledged: endorsements acknowledged, or pages answered.
        exhausted: people ran out before the time did.
    """

    connections: int
    seconds: float
    throughput: float
    p50_ms: float
    p95_ms: float
    p99_ms: float
    max_ms: float
    errors: int
    acknowledged: int
    exhausted: bool = False
    odd_status: int = 0
    bytes_each: int = 0

    @property
    def told(self) -> dict[str, Any]:  # Any: JSON values
        """As JSON."""
        return asdict(self)


def figures(output: str, connections: int) -> Figures:
    """What a script of ours printed at the end of a run of wrk.

    Raises:
        NotHere: it printed nothing of the kind.
    """
    line = next((one for one in output.splitlines() if one.startswith("RESULT ")), None)
    if line is None:
        raise NotHere(f"wrk said: {output.strip()[-300:]}")
    told: dict[str, Any] = json.loads(line.removeprefix("RESULT "))
    seconds = told["seconds"] or 1.0
    return Figures(
        connections=connections,
        seconds=round(seconds, 2),
        throughput=round(told["acknowledged"] / seconds, 1),
        p50_ms=told["p50_ms"],
        p95_ms=told["p95_ms"],
        p99_ms=told["p99_ms"],
        max_ms=told["max_ms"],
        errors=told["refused"] + told["broken"] + told["lost"],
        acknowledged=told["acknowledged"],
        exhausted=told["exhausted"],
        odd_status=told["odd_status"],
        bytes_each=round(told.get("bytes", 0) / max(told["answers"], 1)),
    )


def read(port: int, path: str, *, connections: int, seconds: int) -> Figures:
    """Read one address as fast as it goes."""
    return _wrk("read.lua", port, [], connections, seconds, path)


def endorse(
    port: int,
    path: str,
    people: Path,
    *,
    connections: int,
    seconds: int,
    pause_ms: float = 0,
    again: bool = False,
) -> Figures:
    """Let one person after the other endorse; with `pause_ms`, after a random pause of that mean.

    `again`: begin anew when everybody has had a turn; only where it does not matter who asks.

    Raises:
        NotHere: more were endorsing than there are people, so the time was not used up.
    """
    turns = "again" if again else "once"
    arguments = [path, str(people), "1", f"{pause_ms:.3f}", turns]
    found = _wrk("endorse.lua", port, arguments, connections, seconds)
    if found.exhausted:
        raise NotHere("people ran out before the time did")
    return found


def _wrk(
    script: str, port: int, arguments: list[str], connections: int, seconds: int, path: str = "/"
) -> Figures:
    command = [
        "wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s",
        "-s", str(LUA / script), f"http://{HOST}:{port}{path}", "--", *arguments,
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=seconds + 60)  # noqa: S603  ours
    return figures(done.stdout + done.stderr, connections)


def database_alone(database: str, statement: str, *, clients: int, seconds: int) -> dict[str, Any]:
    """The same statement from pgbench, without web and Python: transactions a second."""
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write(statement.strip().rstrip(";") + ";\n")
        script.flush()
        command = [
            "pgbench", "-n", "-M", "prepared", "-c", str(clients), "-j", str(min(clients, 2)),
            "-T", str(seconds), "-f", script.name, database,
        ]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds + 60)  # noqa: S603  ours
    return parsed(done.stdout + done.stderr, clients)


def parsed(output: str, clients: int) -> dict[str, Any]:  # Any: JSON values
    """Figures of pgbench.

    Raises:
        NotHere: it did not run.
    """
    found = _TPS.search(output)
    if found is None:
        raise NotHere(f"pgbench said: {output.strip()[-300:]}")
    latency, failed = _LATENCY.search(output), _FAILED.search(output)
    return {
        "clients": clients,
        "throughput": round(float(found[1]), 1),
        "mean_ms": float(latency[1]) if latency else 0.0,
        "failed": int(failed[1]) if failed else 0,
    }
