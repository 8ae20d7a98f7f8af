"""Two ticks at once, one killed in the middle: every duty is missed, marked and told exactly once.

The small form of tests/measures/test_duties.py, on both databases.
"""

from pathlib import Path

import pytest
from django.conf import settings

from minben.kernel import clock
from tests.measures.duties import ROLES, begin_tick, fired, kill_when, marked, owed, staffed
from tests.measures.post_office import database_url, post_office

DUE = 250  # more than a batch


@pytest.mark.django_db(transaction=True)
def test_two_ticks_at_once_and_one_killed_fire_each_duty_once(tmp_path: Path) -> None:
    pks = owed(staffed(3), 30, DUE, clock.now())
    with post_office(tmp_path, database_url(settings.DATABASES["default"])) as office:
        log = tmp_path / "ticks.log"
        before = marked()
        first, second = begin_tick(office.env, log), begin_tick(office.env, log)
        at_the_kill = kill_when(first, DUE // 5, before, within=60)
        assert second.wait() == 0, log.read_text()
        assert begin_tick(office.env, log).wait() == 0, log.read_text()
    assert 0 < at_the_kill < 2 * DUE
    assert fired(pks).is_once(pks, len(ROLES))
