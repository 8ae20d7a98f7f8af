"""Whatever is done on the platform, in any order, its ledger verifies from outside."""

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from minben.config.jobs import tick
from minben.kernel.actor import SYSTEM
from minben.ledger import actions as ledger
from minben.ledger.guarding import known_files
from minben.ledger.keys import log_vkey
from minben.ledger.publishing import export
from minben.ledger.verifier.checking import Wishes, verify
from minben.ledger.verifier.sources import open_source
from tests.db.machine import Life, make_cast
from tests.db.whole_life import walk

FIGURES = ("endorsements", "reached", "deadlines_met", "deadlines_missed", "deadlines_recomputed")


class Watched(Life):
    """The machine of proposals; a checkpoint follows every act, and an auditor every example."""

    found: Counter[str] = Counter()

    def __init__(self) -> None:
        super().__init__()
        known_files()[0].unlink(missing_ok=True)  # the example before was rolled back

    def attempt(self, act: Callable[..., Any], **given: Any) -> str:
        code = super().attempt(act, **given)
        ledger.sequence_all(by=SYSTEM, at=self.now)
        ledger.sign_checkpoint(by=SYSTEM, at=self.now)
        return code

    def teardown(self) -> None:
        folder = Path(tempfile.mkdtemp(prefix="minben-bundle-"))
        try:
            tick(self.now)  # what passed unmet meanwhile is told
            export(folder, at=self.now)
            report = verify(open_source(str(folder)), Wishes(now=self.now, keys=[log_vkey()]))
            for name in FIGURES:
                self.found[name] += report.figures[name]
        finally:
            shutil.rmtree(folder)
            super().teardown()


@pytest.mark.django_db
@pytest.mark.usefixtures("real_times")
def test_the_ledger_of_any_life_verifies() -> None:
    Watched.cast, Watched.seen, Watched.found = make_cast(), Counter(), Counter()
    run_state_machine_as_test(
        Watched,
        settings=settings(
            max_examples=max(12, settings().max_examples // 20),
            stateful_step_count=40,
            deadline=None,
            phases=(Phase.generate,),
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
    walk(Watched())  # what the draws may have missed
    assert all(Watched.found[name] for name in FIGURES), Watched.found
