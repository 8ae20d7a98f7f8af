"""The list asks at most ten questions, whatever the number of proposals; stages agree with rules."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from minben.casework.models import Pause
from minben.proposals.models import Proposal
from minben.proposals.queries.stages import LISTED_STAGES, public_rows, stage_at
from minben.proposals.rules import Stage, State, stage_of
from tests.factories import DAY, DAY0, make_agency, make_person
from tests.many import make_many
from tests.web.proposals.stages import OPEN, pause

pytestmark = pytest.mark.django_db
At = Callable[..., Any]
MOST = 10
QUERIES = (
    "",
    "?q=行人號誌",
    "?q=行人&stage=endorsing&stage=reached&agency=mof&government=ey&county=臺北市&topic=transport",
    "?q=我覺得行人號誌真的太短了",
    "?sort=closing",
    "?sort=recent&page=2",
)


def asked(client: Client, path: str) -> int:
    client.get(path)  # what is kept for the life of the process is kept now
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("signed_in", [False, True])
def test_at_most_ten_and_no_more_for_many(
    client: Client, citizen_client: At, at_instant: At, signed_in: bool, query: str, prefix: str
) -> None:
    reader = citizen_client() if signed_in else client
    agencies = (make_agency(), make_agency("交通部", "motc"))
    path = f"{prefix}/proposals/{query}"
    with at_instant(OPEN):
        make_many(5, agencies=agencies)
        few = asked(reader, path)
        make_many(195, agencies=agencies)
        many = asked(reader, path)
    assert few <= MOST
    assert many <= MOST
    assert many <= few + 1  # a page that was empty asks nothing about its rows


def test_at_most_ten_during_a_pause_with_every_filter(citizen_client: At, at_instant: At) -> None:
    make_many(40, agencies=(make_agency(),), endorser=make_person())
    reader = citizen_client()
    pause(OPEN, 10)
    with at_instant(OPEN + DAY):
        assert asked(reader, f"/en/proposals/{QUERIES[2]}&stage=paused") <= MOST
        assert asked(reader, "/en/proposals/?q=行人號誌") <= MOST


@pytest.mark.parametrize("days", [-3, 0, 1, 30, 61, 100, 200])
@pytest.mark.parametrize("paused", [False, True])
def test_the_database_tells_the_same_stage_as_the_rules(days: int, paused: bool) -> None:
    rows = make_many(8)
    if paused:
        Pause.objects.create(
            jurisdiction=rows[0].case.jurisdiction,
            starts_at=DAY0 - 5 * DAY,
            ends_at=DAY0 + 400 * DAY,
            reason_zh="選舉",
            source="公告",
            declared_at=DAY0,
            declared_by="system:test",
        )
    at = DAY0 + days * DAY + timedelta(hours=1)
    told = dict(
        Proposal.objects.filter(pk__in=[row.pk for row in rows])
        .annotate(stage=stage_at(at))
        .values_list("pk", "stage")
    )
    for row in rows:
        assert told[row.pk] == stage_of(
            State(row.state),
            at,
            opens_at=row.opens_at,
            closes_at=row.closes_at,
            response_due_at=row.response_due_at,
            paused=paused,
        )


def test_every_stage_of_a_public_proposal_is_offered() -> None:
    assert set(LISTED_STAGES) == set(Stage) - {Stage.CHECKING, Stage.HIDDEN}
    assert not public_rows().filter(state__in=["checking", "hidden"]).exists()
