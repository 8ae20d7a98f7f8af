"""The clock wall with 10,000 open duties: under 300 ms of the server's time, on either database.

    make measures

It prints what it measured as JSON. That the number of queries does not grow is asserted in
tests/web/portal/test_clock.py.
"""

import json
from dataclasses import asdict

import pytest
from django.db import connection
from django.test import Client

from minben.casework.queries.wall import State
from minben.kernel import clock
from tests.factories import make_agency
from tests.measures.walls import page_takes, wall_of
from tests.web.desk.conftest import NOW

OPEN, ENDED, TIMES, MOST = 10_000, 10_000, 15, 300


@pytest.mark.django_db
def test_a_page_of_ten_thousand_open_duties(client: Client) -> None:
    wall_of([make_agency(f"第{n}局", f"bureau-{n}") for n in range(40)], OPEN, ENDED, NOW)
    pages = [f"/clock/?state={state.value}" for state in State]
    pages += ["/clock/?state=open&agency=bureau-7", "/api/v1/clock?state=overdue"]
    found = {}
    with clock.moved_by(NOW - clock.now()):
        for page in pages:
            page_takes(client, page, 2)  # templates are read once
            found[page] = page_takes(client, page, TIMES)
    told = {page: asdict(took) for page, took in found.items()}
    print("\n" + json.dumps({"database": connection.vendor, "open": OPEN, "ended": ENDED, **told}))
    assert not {page: took for page, took in told.items() if took["fastest"] >= MOST}
