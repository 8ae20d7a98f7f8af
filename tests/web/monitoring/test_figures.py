"""Figures for monitoring: who may read them, what they say, how few labels they have."""

import os
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from minben.kernel import clock
from minben.kernel.actor import SYSTEM
from minben.kernel.refusal import Refusal
from minben.notify.models import Notice
from minben.operations import actions
from minben.operations.rules import Service
from minben.proposals import actions as proposals
from tests.factories import accept_one, actor, file_one, make_person

LOCAL = {"REMOTE_ADDR": "127.0.0.1"}


def figures(**headers: str) -> dict[str, float]:
    """Every sample by its name with labels."""
    answer = Client().get("/metrics", **(LOCAL | headers))
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    lines = [line for line in answer.content.decode().splitlines() if line[:1] != "#"]
    return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines)}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (LOCAL, 200),
        ({"REMOTE_ADDR": "::1"}, 200),
        ({"REMOTE_ADDR": "203.0.113.7"}, 404),
        ({"REMOTE_ADDR": ""}, 404),
        (LOCAL | {"HTTP_X_FORWARDED_FOR": "203.0.113.7"}, 404),
        (LOCAL | {"HTTP_X_FORWARDED_PROTO": "https"}, 404),
        (LOCAL | {"HTTP_FORWARDED": "for=203.0.113.7"}, 404),
        ({"REMOTE_ADDR": "203.0.113.7", "HTTP_AUTHORIZATION": "Bearer right"}, 200),
        ({"REMOTE_ADDR": "203.0.113.7", "HTTP_AUTHORIZATION": "Bearer wrong"}, 404),
        ({"REMOTE_ADDR": "203.0.113.7", "HTTP_AUTHORIZATION": "Bearer "}, 404),
    ],
)
def test_only_who_may_know_is_told(headers: dict[str, str], status: int, settings: Any) -> None:
    settings.METRICS_TOKEN = "right"
    assert Client().get("/metrics", **headers).status_code == status


@pytest.mark.django_db
def test_without_a_token_an_empty_one_opens_nothing(settings: Any) -> None:
    settings.METRICS_TOKEN = ""
    far = {"REMOTE_ADDR": "203.0.113.7", "HTTP_AUTHORIZATION": "Bearer "}
    assert Client().get("/metrics", **far).status_code == 404
    settings.METRICS_NETWORKS = ["203.0.113.0/24"]
    assert Client().get("/metrics", **far).status_code == 200


@pytest.mark.django_db
def test_requests_are_counted_by_view_and_not_by_address() -> None:
    name = 'minben_requests_total{method="GET",status="%d",view="%s"}'
    before = figures()
    for path in ("/about/", "/about/?q=someone@example.org", "/no/such/page/", "/nor/this/"):
        Client().get(path)
    after = figures()
    grown = {key for key in after if after[key] != before.get(key, 0) and "requests_total" in key}
    assert grown == {name % (200, "portal:about"), name % (404, "none")}
    assert after[name % (404, "none")] - before.get(name % (404, "none"), 0) == 2
    timed = 'minben_request_seconds_count{method="GET",view="portal:about"}'
    assert after[timed] - before.get(timed, 0) == 2
    Client().generic("BREW", "/about/")
    assert not [key for key in figures() if "BREW" in key]


@pytest.mark.django_db
def test_what_waits_is_told() -> None:
    at = clock.now()
    actions.beat(work="tick", by=SYSTEM, at=at - timedelta(seconds=90))
    Notice.objects.create(
        key="k", kind="x", recipient="person:1", address="a@example.org", language="en",
        created_at=at, not_before=at - timedelta(hours=1), attempts=2,
    )  # fmt: skip
    actions.set_switch(
        service=Service.MAIL, stop=True, reason_zh="維修", reason_en="", by=SYSTEM, at=at
    )
    told = figures()
    assert 90 <= told["minben_tick_age_seconds"] < 120
    assert told["minben_notices_waiting"] == 1
    assert told["minben_notices_late"] == 1
    assert told["minben_notices_failing"] == 1
    assert told['minben_switch_stopped{service="mail"}'] == 1
    assert told['minben_switch_stopped{service="signing"}'] == 0
    assert told["minben_database_up"] == 1
    assert "minben_ledger_waiting" in told
    assert "minben_ledger_size" in told


@pytest.mark.django_db
def test_a_database_that_is_away_leaves_the_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise OperationalError("connection to server at 10.0.0.9 failed")

    monkeypatch.setattr("minben.ledger.queries.backlog", away)
    told = figures()
    assert told["minben_database_up"] == 0
    assert "minben_ledger_size" not in told


@pytest.mark.django_db
def test_endorsing_is_counted_by_what_became_of_it() -> None:
    proposal, person = accept_one(file_one()), make_person()
    at = proposal.opens_at
    assert at is not None
    before = figures()
    proposals.endorse(proposal_id=proposal.pk, by=actor(person), at=at)
    with pytest.raises(Refusal):
        proposals.endorse(proposal_id=proposal.pk, by=actor(person), at=at)
    after = figures()
    for outcome in ("accepted", "endorsed_already"):
        key = f'minben_endorsements_total{{outcome="{outcome}"}}'
        assert after[key] - before.get(key, 0) == 1


COUNTS = """
import sys
from minben.base import metrics
metrics.requests.labels("a", "GET", 200).inc(int(sys.argv[1]))
metrics.request_seconds.labels("a", "GET").observe(0.004)
if len(sys.argv) > 2:
    sys.stdout.write(metrics.exposition([]).decode())
"""


def test_the_counts_of_several_processes_are_added_up(tmp_path: Path) -> None:
    env = os.environ | {"PROMETHEUS_MULTIPROC_DIR": str(tmp_path), "PYTHONPATH": "src"}
    told = ""
    for arguments in (["1"], ["2"], ["4", "tell"]):
        run = [sys.executable, "-c", COUNTS, *arguments]
        told = subprocess.run(run, env=env, check=True, capture_output=True, text=True).stdout
    assert re.search(r'minben_requests_total\{[^}]*view="a"\} 7\.0', told)
    assert re.search(r"minben_request_seconds_count\{[^}]*\} 3\.0", told)
    assert re.search(r'minben_request_seconds_bucket\{le="0.0025",[^}]*\} 0\.0', told)
