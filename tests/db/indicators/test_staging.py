"""Files that wait for their import go after a day, whoever comes by or not."""

from datetime import datetime, timedelta

import pytest

from minben.indicators import actions, jobs
from minben.indicators.declared.drafts import Layout
from minben.indicators.models import Source, Staged
from minben.kernel.actor import SYSTEM, Actor
from tests.db.refused import admin
from tests.factories import DAY0
from tests.registry_scene import WIDE, declared

pytestmark = pytest.mark.django_db
HOURS = timedelta(hours=24)


def kept(source: Source, at: datetime, by: Actor = SYSTEM) -> Staged:
    return actions.stage_files(
        source_code=source.code, files={"a.csv": WIDE}, layout=Layout(), by=by, at=at
    )


def test_the_tick_drops_what_waited_longer_than_a_day_once() -> None:
    source = declared()
    kept(source, DAY0)
    late = kept(source, DAY0 + HOURS / 2, admin())
    assert jobs.due(DAY0 + HOURS)["uploads_dropped"] == 0
    after = DAY0 + HOURS + timedelta(microseconds=1)
    assert [jobs.due(after)["uploads_dropped"] for _ in range(2)] == [1, 0]
    assert list(Staged.objects.all()) == [late]
    assert jobs.due(DAY0 + 9 * HOURS)["uploads_dropped"] == 1
    assert not Staged.objects.exists()


def test_what_the_tick_left_can_still_be_imported() -> None:
    source, by = declared(), admin()
    held = kept(source, DAY0, by)
    jobs.due(DAY0 + HOURS)
    done = actions.take_staged(
        source_code=source.code, staged_id=held.pk, confirmed="", by=by, at=DAY0 + HOURS
    )
    assert done.observations == 4
