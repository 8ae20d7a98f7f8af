"""The tick leaves a pulse, by the real clock, also where the sandbox's is moved."""

from datetime import timedelta

import pytest
from click.testing import CliRunner

from minben.config.commands.serving import tick_command
from minben.kernel import clock
from minben.operations import queries

pytestmark = pytest.mark.django_db


def test_the_tick_leaves_a_pulse(monkeypatch: pytest.MonkeyPatch) -> None:
    # The calendar of the law ends one day; no window is open here, so a moved clock is harmless.
    monkeypatch.setattr("minben.simulation.clock_file.offset", lambda: timedelta(days=3))
    assert queries.last_done("tick") is None
    before = clock.now()
    assert CliRunner().invoke(tick_command).exit_code == 0
    first = queries.last_done("tick")
    assert first is not None
    assert before <= first <= clock.now()
    assert CliRunner().invoke(tick_command).exit_code == 0
    second = queries.last_done("tick")
    assert second is not None
    assert second > first
