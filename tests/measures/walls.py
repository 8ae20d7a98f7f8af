"""A wall of many duties, and how long the server takes for a page of it."""

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.test import Client

from minben.casework.models import Case, Deadline, Extension
from minben.casework.queries import rule_set_in_force
from minben.casework.rules import CaseOrigin, DeadlineKind
from minben.people.models import Agency

DAY = timedelta(days=1)
KINDS = (
    DeadlineKind.RESPONSE,
    DeadlineKind.HANDLING_PLAN,
    DeadlineKind.CONTACT,
    DeadlineKind.STUDY_RETURN,
)


def wall_of(agencies: Sequence[Agency], running: int, ended: int, now: datetime) -> None:
    """Running and ended duties of all kinds around `now`; every tenth answer was extended."""
    dice, rules, before = random.Random(7), rule_set_in_force("ey", now), Case.objects.count()
    cases = Case.objects.bulk_create(
        [
            Case(
                number=f"M{before}-{n}",
                jurisdiction=rules.jurisdiction,
                rule_set=rules,
                filed_at=now - 500 * DAY,
                lead=agencies[n % len(agencies)],
                origin=CaseOrigin.AGENCY,
                subject=f"第 {n} 件機關自提案，說明道路、學校、醫療與環境的事項",
            )
            for n in range(running + ended)
        ],
        batch_size=2000,
    )
    rows = []
    for n, case in enumerate(cases):
        starts = now - dice.randint(1, 120 if n < running else 400) * DAY
        due = starts + 60 * DAY
        done = None if n < running else starts + dice.randint(1, 90) * DAY
        rows.append(
            Deadline(
                case=case,
                kind=KINDS[dice.randrange(len(KINDS))],
                agency_id=case.lead_id,
                starts_at=starts,
                base_due_at=due,
                due_at=due,
                basis="依據",
                outcome="met" if done else "open",
                outcome_at=done,
                missed_at=due if (done or now) >= due else None,
            )
        )
    made = Deadline.objects.bulk_create(rows, batch_size=2000)
    Extension.objects.bulk_create(
        [
            Extension(
                deadline=row,
                from_due_at=row.due_at - 10 * DAY,
                to_due_at=row.due_at,
                latest_due_at=row.due_at + 60 * DAY,
                reason="須跨部會協商，並召開二次公聽會蒐集各界意見後再行回應。",
                basis="依據",
                at=row.starts_at,
                by="person:1",
            )
            for row in made
            if row.kind == DeadlineKind.RESPONSE and row.pk % 10 == 0
        ],
        batch_size=2000,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@dataclass(frozen=True, slots=True)
class Took:
    """Milliseconds for a page, made anew each time: by the clock, and of this process alone.

    On a machine with much else to do the clock tells of that as well; `fastest` tells least of it.
    """

    fastest: int
    median: int
    worst: int
    cpu: int


def page_takes(client: Client, path: str, times: int) -> Took:
    """How long the server takes for the page."""
    clock, cpu = [], []
    for n in range(times):
        begun, spent = time.perf_counter(), time.process_time()
        answer = client.get(f"{path}{'&' if '?' in path else '?'}x={time.monotonic_ns()}{n}")
        clock.append(round((time.perf_counter() - begun) * 1000))
        cpu.append(round((time.process_time() - spent) * 1000))
        assert answer.status_code == 200
    return Took(min(clock), sorted(clock)[times // 2], max(clock), sorted(cpu)[times // 2])
