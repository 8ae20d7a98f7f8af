"""The clock wall with 10,000 open duties: under 300 ms of the server's time, on either database.

    make measures

It prints what it measured as JSON. That the number of queries does not grow is asserted in
tests/web/portal/test_clock.py.
"""

import json

import pytest
from django.db import connection
from django.test import Client

from minben.casework.queries.wall import State
from minben.kernel import clock
from tests.factories import make_agency
from tests.measures.walls import seconds_of, wall_of
from tests.web.desk.conftest import NOW

OPEN, ENDED, TIMES, MOST = 10_000, 10_000, 15, 0.3


@pytest.mark.django_db
def test_a_page_of_ten_thousand_open_duties(client: Client) -> None:
    wall_of([make_agency(f"第{n}局", f"bureau-{n}") for n in range(40)], OPEN, ENDED, NOW)
    pages = [f"/clock/?state={state.value}" for state in State]
    pages += ["/clock/?state=open&agency=bureau-7", "/api/v1/clock?state=overdue"]
    found = {}
    with clock.moved_by(NOW - clock.now()):
        for page in pages:
            seconds_of(client, page, 2)  # templates are read once
            took = seconds_of(client, page, TIMES)
            found[page] = {
                "median_ms": round(took[TIMES // 2] * 1000),
                "worst_ms": round(took[-1] * 1000),
            }
    print("\n" + json.dumps({"database": connection.vendor, "open": OPEN, "ended": ENDED, **found}))
    slow = {page: told for page, told in found.items() if told["median_ms"] >= MOST * 1000}
    assert not slow
