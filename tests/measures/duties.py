"""Many duties of many agencies, ticks that are processes of their own, and the count of what fired."""

import os
import resource
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.db import connection

from minben.audit.models import Event
from minben.casework.models import Case, Deadline, Reminder
from minben.casework.queries import rule_set_in_force
from minben.casework.rules import CaseOrigin, DeadlineKind
from minben.casework.rules.reminding import instant_of, next_mark
from minben.kernel.actor import Role
from minben.kernel.periods import end_of, local_day
from minben.notify.models import Notice
from minben.people.models import Agency
from tests.factories import make_agency, make_staff

DAY = timedelta(days=1)
KINDS = (DeadlineKind.RESPONSE, DeadlineKind.HANDLING_PLAN, DeadlineKind.CONTACT)
ROLES = (Role.OFFICER, Role.LEAD, Role.PARTICIPATION)


def staffed(count: int) -> list[Agency]:
    """Agencies with an officer, a lead and a participation officer each."""
    found = [make_agency(f"第{n}局", f"bureau-{n}") for n in range(count)]
    for agency in found:
        for role in ROLES:
            make_staff(role, agency)
    return found


def owed(agencies: Sequence[Agency], running: int, due: int, now: datetime) -> list[int]:
    """Running duties, and so many that came overdue two days ago; the ids of these.

    The last days of the others lie one to four hundred days ahead.
    """
    rules = rule_set_in_force("ey", now)
    missed, mark = end_of(local_day(now) - 2 * DAY), Case.objects.count()
    cases = Case.objects.bulk_create(
        [
            Case(
                number=f"D{mark}-{n}",
                jurisdiction=rules.jurisdiction,
                rule_set=rules,
                filed_at=now - 90 * DAY,
                lead=agencies[n % len(agencies)],
                origin=CaseOrigin.AGENCY,
                subject=f"第 {n} 件機關自提案",
            )
            for n in range(running + due)
        ],
        batch_size=5000,
    )
    rows = []
    for n, case in enumerate(cases):
        due_at = missed if n < due else end_of(local_day(now) + (1 + n % 400) * DAY)
        rows.append(
            Deadline(
                case=case,
                kind=KINDS[n % 3],
                starts_at=now - 80 * DAY,
                base_due_at=due_at,
                due_at=due_at,
                basis="依據",
                agency_id=case.lead_id,
                remind_at=instant_of(-1, due_at) if n < due else next_mark(due_at, now),
            )
        )
    made = Deadline.objects.bulk_create(rows, batch_size=5000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return [row.pk for row in made[:due]]


@dataclass(frozen=True, slots=True)
class Fired:
    """How often each of some duties was marked missed, reminded of, and told to somebody."""

    missed: Counter[str]
    reminded: Counter[int]
    told: int

    def is_once(self, pks: Sequence[int], readers: int) -> bool:
        """Each exactly once, and in one letter to each reader."""
        return (
            self.missed == Counter({f"deadline:{pk}": 1 for pk in pks})
            and self.reminded == Counter(dict.fromkeys(pks, 1))
            and self.told == len(pks) * readers
        )


def fired(pks: Sequence[int]) -> Fired:
    """What stands in the database of these duties."""
    wanted = set(pks)
    events = Event.objects.filter(kind="casework.deadline_missed").values_list("subject", flat=True)
    letters = Notice.objects.filter(kind="casework.overdue").values_list("context", flat=True)
    return Fired(
        Counter(one for one in events if int(one.partition(":")[2]) in wanted),
        Counter(
            pk for pk in Reminder.objects.values_list("deadline_id", flat=True) if pk in wanted
        ),
        sum(one["deadline"] in wanted for told in letters.iterator() for one in told["items"]),
    )


def begin_tick(env: Mapping[str, str], log: Path) -> "subprocess.Popen[bytes]":
    """A tick of its own, as a host's timer starts it."""
    command = [sys.executable, "-m", "minben.config", "tick"]
    with log.open("ab") as out:
        return subprocess.Popen(command, env=dict(env), stdout=out, stderr=out)


def kill_when(process: "subprocess.Popen[bytes]", least: int, before: int, within: float) -> int:
    """SIGKILL once so many duties more were marked than `before`; how many were by then."""
    until = time.monotonic() + within
    while (done := marked() - before) < least:
        assert process.poll() is None, "it ended by itself"
        assert time.monotonic() < until, "it did nothing"
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    return done


def marked() -> int:
    """How many misses and reminders stand in the database."""
    return Event.objects.filter(kind="casework.deadline_missed").count() + Reminder.objects.count()


def cpu_of_ended() -> float:
    """Seconds of processor that all processes took that were begun here and ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
