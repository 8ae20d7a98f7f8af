"""The curve on the page: days of Taiwan, archived counts, and nothing drawn from nothing."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from minben.kernel.actor import ANONYMOUS
from minben.proposals.models import CurvePoint, Proposal
from minben.proposals.queries.endorsements import curve_of
from minben.proposals.queries.facts import facts
from tests.factories import DAY, DAY0
from tests.web.proposals.stages import OPEN, crowd, open_one

pytestmark = pytest.mark.django_db
At = Callable[..., Any]


def rows(proposal: Proposal, at: datetime) -> list[tuple[date, int, int]] | None:
    shown = facts(proposal.case.number, ANONYMOUS, at)
    assert shown is not None
    curve = curve_of(shown, at)
    return curve and [(row.day, row.added, row.total) for row in curve.rows]


def test_a_day_ends_at_midnight_in_taiwan() -> None:
    proposal = open_one()
    midnight = datetime(2026, 3, 3, 16, tzinfo=UTC)  # the beginning of 4 March in Taipei
    crowd(proposal, 1, midnight - timedelta(minutes=1))
    crowd(proposal, 2, midnight)
    assert rows(proposal, OPEN + DAY) == [
        (date(2026, 3, 3), 1, 1),
        (date(2026, 3, 4), 2, 3),
        (date(2026, 3, 5), 0, 3),
    ]


def test_there_is_no_curve_before_it_opens() -> None:
    proposal = open_one()
    assert rows(proposal, DAY0 + timedelta(hours=2)) is None


def test_it_ends_with_the_window() -> None:
    proposal = open_one()
    crowd(proposal, 3)
    found = rows(proposal, OPEN + 300 * DAY)
    assert found is not None
    assert len(found) == 60
    assert found[-1] == (date(2026, 5, 1), 0, 3)


def test_an_archive_s_daily_counts_are_drawn_as_they_are(client: Client, at_instant: At) -> None:
    proposal = open_one()
    Proposal.objects.filter(pk=proposal.pk).update(archive_id="a-1", endorsed=9, numbered=9)
    CurvePoint.objects.create(proposal=proposal, day=date(2026, 3, 4), total=4)
    CurvePoint.objects.create(proposal=proposal, day=date(2026, 3, 9), total=9)
    assert rows(proposal, OPEN + 30 * DAY) == [
        (date(2026, 3, 4), 4, 4),
        (date(2026, 3, 9), 5, 9),
    ]
    with at_instant(OPEN + 30 * DAY):
        page = client.get(f"/en/proposals/{proposal.case.number}/").content.decode()
    assert "9 endorsements by 2026-03-09" in page


def test_a_number_without_days_is_not_drawn(client: Client, at_instant: At) -> None:
    proposal = open_one()
    Proposal.objects.filter(pk=proposal.pk).update(archive_id="a-2", endorsed=9, numbered=9)
    assert rows(proposal, OPEN) is None
    with at_instant(OPEN):
        page = client.get(f"/en/proposals/{proposal.case.number}/").content.decode()
    assert "The archive tells their number only." in page
