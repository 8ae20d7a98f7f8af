"""The mark of a network: compared, never an address, never across proposals, and forgotten."""

from datetime import timedelta

import pytest

from minben.audit.models import Event
from minben.config.jobs import tick
from minben.kernel.actor import SYSTEM
from minben.proposals import actions as proposals
from minben.proposals.conditions import Conditions
from minben.proposals.models import Endorsement, Proposal
from minben.proposals.queries.networks import BYTES, mark_of, marks_in
from tests.db.campaigned import counted, endorsed_one

pytestmark = pytest.mark.django_db
HOME, OFFICE = "203.0.113.9", "198.51.100.7"


def marked() -> Proposal:
    """Four of ten came from one network, one from another, and of five nothing is known."""
    proposal = endorsed_one()
    rows = Endorsement.objects.filter(proposal=proposal).order_by("number")
    for row, address in zip(rows, [HOME, HOME, OFFICE, HOME, HOME], strict=False):
        row.network = mark_of(proposal.pk, address)
        row.save(update_fields=["network"])
    return proposal


def test_a_mark_tells_no_address_and_no_other_proposal() -> None:
    mark = mark_of(1, HOME)
    assert mark is not None
    assert len(mark) == BYTES
    assert mark == mark_of(1, "203.0.113.200")
    assert mark != mark_of(2, HOME)
    assert mark != mark_of(1, OFFICE)
    assert b"203" not in mark
    assert mark_of(1, "unknown") is None


def test_the_key_is_not_in_the_database(settings: object) -> None:
    before = mark_of(1, HOME)
    settings.SECRET_KEY = "another-key-that-is-long-enough-0123456789"  # type: ignore[attr-defined]
    assert mark_of(1, HOME) != before


@pytest.mark.parametrize(
    ("network", "n"), [("203.0.113.0/24", 4), ("203.0.0.0/16", 4), ("198.51.100.0/24", 1)]
)
def test_a_network_is_found(network: str, n: int) -> None:
    campaign = counted(marked(), conditions=Conditions(network=network))
    assert campaign.counted == n
    assert campaign.networks == {"known": n, "distinct": 1, "largest": n}


def test_what_has_no_mark_is_in_no_network() -> None:
    proposal = marked()
    assert len(marks_in(proposal.pk, "203.0.0.0/16")) == 256
    assert marks_in(proposal.pk, "") == frozenset()
    campaign = counted(proposal, conditions=Conditions(since=proposal.opens_at))
    assert campaign.networks == {"known": 5, "distinct": 2, "largest": 4}


def test_marks_are_forgotten_half_a_year_after_the_window() -> None:
    proposal = marked()
    over = proposal.closes_at + timedelta(days=180)
    assert proposals.empty_networks(by=SYSTEM, at=over - timedelta(seconds=1)) == 0
    assert Endorsement.objects.filter(network__isnull=False).count() == 5
    tick(over)
    assert not Endorsement.objects.filter(network__isnull=False).exists()
    proposal.refresh_from_db()
    assert proposal.networks_emptied_at == over
    [event] = Event.objects.filter(kind="proposals.networks_emptied")
    assert event.data == {"count": 5}
    tick(over + timedelta(days=1))
    assert Event.objects.filter(kind="proposals.networks_emptied").count() == 1
