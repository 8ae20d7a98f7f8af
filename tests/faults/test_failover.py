"""Fail-over: the primary loses its power in mid-load, and the synchronous standby takes over."""

import shutil
import time
from collections.abc import Iterator

import pytest

from tests.faults.conftest import MakeScene, Stage
from tests.faults.load import Outcome
from tests.faults.places import folder
from tests.faults.scene import unharmed
from tests.faults.standby import TTL, HighlyAvailable, missing

# Until the lost primary's term is over, plus what promoting and noticing take.
BACK = TTL + 35.0

pytestmark = pytest.mark.skipif(
    bool(missing()), reason=f"not installed: {', '.join(missing())} (apt-get install them)"
)


@pytest.fixture
def pair(stage: Stage) -> Iterator[HighlyAvailable]:
    home = folder()
    made = HighlyAvailable(home, stage.cluster)
    try:
        made.start()
        yield made
    finally:
        made.remove()
        shutil.rmtree(home, ignore_errors=True)


def test_the_primary_is_killed_and_the_standby_takes_over(
    pair: HighlyAvailable, make_scene: MakeScene
) -> None:
    scene = make_scene(cluster=pair)
    scene.warm()
    lost = pair.primary()
    scene.mark()
    lost.kill()
    back = scene.recover(BACK)
    heir = pair.primary()
    assert heir is not lost
    assert scene.oracle.tally()[Outcome.UNAVAILABLE], "nobody noticed"
    lost.start()
    began = time.monotonic()
    pair.wait_standby(lost)
    unharmed(scene.reckon(back_s=back, term_s=TTL, standby_again_s=time.monotonic() - began))
    counted = "SELECT count(*) FROM proposals_endorsement"
    with pair.connect() as here, pair.connect(lost.port) as there:
        assert here.execute(counted).fetchone() == there.execute(counted).fetchone()
