"""A tick over 100,000 deadlines with 1,000 due, two at once, one of them killed: each fires once.

    make measures

Needs PostgreSQL (DATABASE_URL). It prints what it measured as JSON. The small form, on both
databases, is tests/db/casework/test_killed_ticks.py.
"""

import json
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from minben.kernel import clock
from tests.measures.duties import (
    ROLES,
    begin_tick,
    cpu_of_ended,
    fired,
    kill_when,
    marked,
    owed,
    staffed,
)
from tests.measures.post_office import database_url, post_office

RUNNING, DUE, MOST = 99_000, 1_000, 30.0


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_thousand_due_of_a_hundred_thousand(tmp_path: Path) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("two ticks at once need PostgreSQL")
    agencies, now = staffed(30), clock.now()
    alone = owed(agencies, RUNNING, DUE, now)
    with post_office(tmp_path, database_url(settings.DATABASES["default"])) as office:
        log = tmp_path / "ticks.log"

        begun, spent = time.monotonic(), cpu_of_ended()
        assert begin_tick(office.env, log).wait() == 0, log.read_text()
        one, cpu = time.monotonic() - begun, cpu_of_ended() - spent
        assert fired(alone).is_once(alone, len(ROLES))

        together = owed(agencies, 0, DUE, now)
        before, begun = marked(), time.monotonic()
        first, second = begin_tick(office.env, log), begin_tick(office.env, log)
        at_the_kill = kill_when(first, DUE // 2, before, within=60)
        assert second.wait() == 0, log.read_text()
        assert begin_tick(office.env, log).wait() == 0, log.read_text()  # the next minute's
        three = time.monotonic() - begun
        found = fired(together)
    print(
        "\n"
        + json.dumps(
            {
                "deadlines": RUNNING + 2 * DUE,
                "due": DUE,
                "one_tick_seconds": round(one, 1),
                "one_tick_cpu_seconds": round(cpu, 1),
                "marked_at_the_kill": at_the_kill,
                "two_at_once_one_killed_and_the_next_seconds": round(three, 1),
                "missed": sum(found.missed.values()),
                "reminded": sum(found.reminded.values()),
                "told_in_letters": found.told,
            }
        )
    )
    assert 0 < at_the_kill < 2 * DUE
    assert found.is_once(together, len(ROLES))
    assert one < MOST
    assert three < MOST
