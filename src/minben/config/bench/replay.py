"""Replay of recorded surges (重播): second by second, through the action every endorsement takes.

Each recorded endorsement is given by a person of its own from the same county, at the recorded
instant by the platform's clock, and at that instant divided by the speed by ours. Afterwards the
totals per day and per county must be those of the archive, exactly.
"""

import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from threading import Lock
from time import monotonic, sleep
from typing import Any

import click
from django.db import connection, connections

from minben.config.bench import crowd, oracle
from minben.kernel.actor import Actor, ActorKind
from minben.kernel.periods import local_day
from minben.kernel.refusal import Refusal
from minben.proposals import actions
from minben.proposals.archive.endorsements_file import endorsements_in
from minben.proposals.archive.faults import Reject
from minben.proposals.archive.lines import ArchiveFile
from minben.proposals.archive.records import ArchivedEndorsement

TOWNSHIP_MOST = 12  # characters of an account's; archives hold longer places abroad
Totals = Counter[tuple[str, str, str]]  # (proposal, day of Taiwan, county) → endorsements


@dataclass(frozen=True, slots=True)
class Act:
    """One recorded endorsement and who gives it now."""

    archived: ArchivedEndorsement
    proposal_id: int
    person_id: int


@dataclass(slots=True)
class Seen:
    """What the replay saw: seconds each act took, how late each began, and what was refused."""

    took: list[float] = field(default_factory=list)
    late: list[float] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    lock: Lock = field(default_factory=Lock)


def recorded(path: Path, proposal: str) -> list[ArchivedEndorsement]:
    """Endorsements of one proposal of the archive, of all, or of the busiest, in time.

    Raises:
        click.BadParameter: there are none.
    """
    file = ArchiveFile(path)
    try:
        rows = [one for one in endorsements_in(file) if not isinstance(one, Reject)]
    finally:
        file.close()
    if rows and proposal == "busiest":
        proposal = busiest_minute(rows)[0]
    if proposal != "all":
        rows = [one for one in rows if one.archive_id == proposal]
    if not rows:
        raise click.BadParameter("no endorsements of it in that file", param_hint="--proposal")
    return sorted(rows, key=lambda one: (one.at, one.archive_id, one.number))


def busiest_minute(rows: Iterable[ArchivedEndorsement]) -> tuple[str, datetime, int]:
    """The proposal with the busiest minute, that minute, and how many endorsed in it."""
    minutes = Counter((one.archive_id, one.at.replace(second=0, microsecond=0)) for one in rows)
    (proposal, minute), n = max(minutes.items(), key=lambda item: (item[1], item[0]))
    return proposal, minute, n


def window(rows: Sequence[ArchivedEndorsement], minutes: int) -> list[ArchivedEndorsement]:
    """Those in so many minutes around the busiest one; all for 0."""
    if not minutes:
        return list(rows)
    _, peak, _ = busiest_minute(rows)
    begin = peak - timedelta(minutes=minutes // 2)
    end = begin + timedelta(minutes=minutes)
    return [one for one in rows if begin <= one.at < end]


def totals(rows: Iterable[tuple[str, datetime, str]]) -> Totals:
    """Endorsements per proposal, day of Taiwan and county."""
    return Counter((proposal, local_day(at).isoformat(), county) for proposal, at, county in rows)


def first_difference(wanted: Totals, got: Totals) -> dict[str, Any] | None:  # Any: JSON values
    """The first place where two totals differ, in order."""
    for place in sorted(wanted.keys() | got.keys()):
        if wanted[place] != got[place]:
            return {"place": list(place), "archive": wanted[place], "platform": got[place]}
    return None


@contextmanager
def sequencer() -> Iterator[None]:
    """The sequencer beside the endorsements, as on a platform that is served."""
    process = subprocess.Popen([sys.executable, "-m", "minben.config", "ledger", "run"])
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def replay(
    rows: Sequence[ArchivedEndorsement],
    *,
    speed: float,
    threads: int,
    entering: Callable[[], AbstractContextManager[None]] = sequencer,
) -> dict[str, Any]:  # Any: JSON values
    """Replay and reckon; `speed` 0 is as fast as possible."""
    numbers = _proposals(rows)
    acts = _acts(rows, numbers)
    with entering():
        began = monotonic()
        seen = _drive(acts, speed, threads)
        took = monotonic() - began
        settled = oracle.settle()
    wanted = totals((one.archive_id, one.at, one.county) for one in rows)
    got = totals(_given(numbers))
    difference = first_difference(wanted, got)
    return {
        "endorsements": len(rows),
        "proposals": len(numbers),
        "recorded_seconds": round((rows[-1].at - rows[0].at).total_seconds()),
        "busiest_recorded_minute": busiest_minute(rows)[2],
        "speed": speed or "max",
        "threads": threads,
        "seconds": round(took, 2),
        "throughput": round(len(seen.took) / took, 1),
        "p50_ms": _ms(seen.took, 0.5),
        "p95_ms": _ms(seen.took, 0.95),
        "p99_ms": _ms(seen.took, 0.99),
        "late_p99_ms": _ms(seen.late, 0.99) if speed else None,
        "refused": dict(seen.refused),
        "settled_seconds": settled,
        "days": len({(proposal, day) for proposal, day, _ in wanted}),
        "counties": len({county for _, _, county in wanted}),
        "totals_equal": difference is None,
        "first_difference": difference,
        "curve_equal": _curves(numbers) == _cumulated(wanted),
        "shown_equal": _shown(numbers) == Counter(one.archive_id for one in rows),
        "ledger": oracle.ledger(),
    }


def _ms(seconds: Sequence[float], share: float) -> float:
    if not seconds:
        return 0.0
    ordered = sorted(seconds)
    return round(ordered[min(int(len(ordered) * share), len(ordered) - 1)] * 1000, 2)


def _proposals(rows: Sequence[ArchivedEndorsement]) -> dict[str, int]:
    """A proposal for each of the archive, open from before its first endorsement to after its last."""
    times: dict[str, list[datetime]] = defaultdict(list)
    for one in rows:
        times[one.archive_id].append(one.at)
    found = {}
    for archive_id, at in times.items():
        (number,) = crowd.open_proposals(1, min(at))
        pk, _ = oracle.pair(
            "SELECT p.id, c.id FROM proposals_proposal p JOIN casework_case c ON c.id = p.case_id"
            " WHERE c.number = %s",
            number,
        )
        # The archive's windows were not always those of the rules; the record counts here.
        oracle.lengthen(pk, max(at) + timedelta(days=1))
        found[archive_id] = pk
    return found


def _acts(rows: Sequence[ArchivedEndorsement], numbers: dict[str, int]) -> list[Act]:
    places = [(one.county, one.township[:TOWNSHIP_MOST]) for one in rows]
    people = crowd.multiply(len(rows), rows[0].at, places)
    return [
        Act(one, numbers[one.archive_id], person) for one, person in zip(rows, people, strict=True)
    ]


def _drive(acts: Sequence[Act], speed: float, threads: int) -> Seen:
    """Give the endorsements from several threads, each at its time or as soon as one is free."""
    seen, turn = Seen(), count()
    first, began = acts[0].archived.at, monotonic()

    def work() -> None:
        took, late = [], []
        try:
            while (n := next(turn)) < len(acts):
                act = acts[n]
                if speed:
                    due = began + (act.archived.at - first).total_seconds() / speed
                    sleep(max(due - monotonic(), 0))
                    late.append(monotonic() - due)
                start = monotonic()
                if fault := _give(act):
                    seen.refused[fault] += 1
                else:
                    took.append(monotonic() - start)
        finally:
            connections.close_all()
        with seen.lock:
            seen.took += took
            seen.late += late

    with ThreadPoolExecutor(threads) as pool:
        for done in [pool.submit(work) for _ in range(threads)]:
            done.result()
    return seen


def _give(act: Act) -> str:
    by = Actor(ActorKind.PERSON, str(act.person_id), True, frozenset(), False)
    one = act.archived
    try:
        actions.endorse(proposal_id=act.proposal_id, by=by, at=one.at, reason=one.reason)
    except Refusal as refusal:
        if refusal.code != "endorse_reason_too_long":
            return refusal.code
        # Reasons were longer then than a rule set allows now; the count does not hang on them.
        actions.endorse(proposal_id=act.proposal_id, by=by, at=one.at)
    return ""


def _given(numbers: dict[str, int]) -> list[tuple[str, datetime, str]]:
    found = []
    for archive_id, pk in numbers.items():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT at, county FROM proposals_endorsement"
                " WHERE proposal_id = %s AND number IS NOT NULL",
                [pk],
            )
            found += [(archive_id, oracle.instant(at), county) for at, county in cursor.fetchall()]
    return found


def _shown(numbers: dict[str, int]) -> Counter[str]:
    return Counter(
        {
            archive_id: oracle.value("SELECT endorsed FROM proposals_proposal WHERE id = %s", pk)
            for archive_id, pk in numbers.items()
        }
    )


def _curves(numbers: dict[str, int]) -> dict[tuple[str, str], int]:
    """The published curve: total at the end of each day on which somebody endorsed."""
    found: dict[tuple[str, str], int] = {}
    for archive_id, pk in numbers.items():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT day, total FROM proposals_curvepoint WHERE proposal_id = %s", [pk]
            )
            found |= {(archive_id, str(day)): total for day, total in cursor.fetchall()}
    return found


def _cumulated(wanted: Totals) -> dict[tuple[str, str], int]:
    days: Counter[tuple[str, str]] = Counter()
    for (archive_id, day, _), n in wanted.items():
        days[archive_id, day] += n
    found: dict[tuple[str, str], int] = {}
    running: Counter[str] = Counter()
    for archive_id, day in sorted(days):
        running[archive_id] += days[archive_id, day]
        found[archive_id, day] = running[archive_id]
    return found
