"""One broken row cannot stop the tick; a database that is away does."""

import logging

import pytest
from django.db import OperationalError

from minben.base.each import each
from minben.config import jobs
from minben.kernel.actor import SYSTEM
from minben.proposals import actions
from minben.proposals.actions import ending
from minben.proposals.models import Proposal
from minben.proposals.rules import State
from tests.factories import DAY, DAY0, accept_one, file_one


def test_the_others_are_done_and_the_broken_one_is_told(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        assert each([1, 0, 2], lambda n: 10 // n) == 15
    assert "due work failed for 0" in caplog.text


def test_a_database_that_is_away_stops_the_work() -> None:
    def away(row: int) -> int:
        raise OperationalError

    with pytest.raises(OperationalError):
        each([1, 2], away)


@pytest.mark.django_db
def test_a_window_that_cannot_close_leaves_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    broken, whole = (
        accept_one(file_one(subject=s)) for s in ("河濱公園請設飲水臺", "圖書館請延長開放時間")
    )
    close = ending._close

    def fails_for_one(case_id: int, *rest: object) -> int:
        if case_id == broken.case_id:
            raise ValueError("a row nobody foresaw")
        return close(case_id, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(ending, "_close", fails_for_one)
    assert actions.close_due(by=SYSTEM, at=DAY0 + 70 * DAY) == 1
    assert Proposal.objects.get(pk=whole.pk).state == State.LAPSED


def test_a_job_that_fails_leaves_the_other_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(at: object) -> dict[str, int]:
        raise ValueError("a job nobody foresaw")

    monkeypatch.setattr(jobs, "_JOBS", (fails, lambda at: {"letters": 2}))
    assert jobs.tick(DAY0) == {"letters": 2}
