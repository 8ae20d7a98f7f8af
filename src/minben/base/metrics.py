"""Counts of this process for the host's monitoring (監測數據), in the form Prometheus reads.

Several processes serve one site: with ``PROMETHEUS_MULTIPROC_DIR`` each writes its counts into
a file of its own there, and whichever is asked adds them up. `minben serve` sets that folder.
Labels take few values only: names of views, methods, statuses, codes of refusals.
"""

import os
import shutil
from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from minben.kernel.refusal import Refusal

P = ParamSpec("P")
R = TypeVar("R")

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
SECONDS = (0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
_OWN = CollectorRegistry()

requests = Counter(
    "minben_requests", "Requests answered.", ("view", "method", "status"), registry=_OWN
)
request_seconds = Histogram(
    "minben_request_seconds",
    "Time from the first line of our code to the answer, without sending it.",
    ("view", "method"),
    buckets=SECONDS,
    registry=_OWN,
)
_endorsements = Counter(
    "minben_endorsements",
    "Attempts to endorse, by outcome: accepted, or the code of the refusal.",
    ("outcome",),
    registry=_OWN,
)


def counting_endorsements(act: Callable[P, R]) -> Callable[P, R]:
    """Count what becomes of every call of `act`: ``accepted``, or the code of its refusal."""
    accepted = _endorsements.labels("accepted")

    @wraps(act)
    def counted(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            done = act(*args, **kwargs)
        except Refusal as refusal:
            _endorsements.labels(refusal.code).inc()
            raise
        accepted.inc()
        return done

    return counted


def count_accepted(how_many: int) -> None:
    """Count endorsements that were accepted together."""
    _endorsements.labels("accepted").inc(how_many)


def fresh_folder(path: Path) -> str:
    """An empty folder for the counts of processes about to start; those of the last run go."""
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(parents=True)
    return str(path)


def exposition(figures: Iterable[Collector]) -> bytes:
    """The counts of all processes of this site, and `figures` read at this moment."""
    registry = CollectorRegistry()
    counted = b""
    if os.environ.get(FOLDER):
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    else:
        counted = generate_latest(_OWN)
    for figure in figures:
        registry.register(figure)
    return counted + generate_latest(registry)
