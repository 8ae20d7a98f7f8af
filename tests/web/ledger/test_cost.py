"""What checking receipts may cost: a missing one is looked for once, and nobody asks without end."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client

from minben.ledger import checking, queries
from minben.ledger.issuing import Proofs, issue
from minben.ledger.models import Intake
from minben.ledger.receipts import Receipt
from tests.factories import DAY
from tests.web.ledger.logs import sign, small
from tests.web.ledger.test_pages import PAGE, hand_in, promised, proved
from tests.web.proposals.stages import OPEN, open_one

pytestmark = pytest.mark.django_db
At = Callable[..., Any]
LATE = OPEN + 9 * DAY


@pytest.fixture
def starts(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """From where leaves were looked for."""
    found: list[int] = []
    real = queries.find_leaf

    def spy(hashed: bytes, since: Any, start: int = 0) -> int | None:
        found.append(start)
        return real(hashed, since, start)

    monkeypatch.setattr(queries, "find_leaf", spy)
    return found


def never_entered() -> Receipt:
    """A genuine promise that was broken."""
    one = promised()
    Intake.objects.filter(kind="proposals.endorsed").delete()
    sign()
    return one


def test_what_is_missing_is_looked_for_once(
    client: Client, at_instant: At, starts: list[int]
) -> None:
    one, size = never_entered(), queries.tree_size()
    with at_instant(LATE):
        for _ in range(3):
            assert "The promise was broken" in hand_in(client, one).content.decode()
        open_one()
        sign(OPEN + timedelta(hours=1))
        assert queries.tree_size() > size
        hand_in(client, one)
        hand_in(client, one)
    assert starts == [0, size, size, size, queries.tree_size()]


def test_what_comes_later_is_found_all_the_same(
    client: Client, at_instant: At, starts: list[int]
) -> None:
    small()
    one = promised()
    with at_instant(OPEN + timedelta(minutes=1)):
        assert "not due yet" in hand_in(client, one).content.decode()
        sign()
        assert "It is in the ledger" in hand_in(client, one).content.decode()
    assert starts[0] == 0
    assert starts[1] > 0


def test_so_often_from_one_address(client: Client, at_instant: At, settings: LazySettings) -> None:
    cache.clear()
    one = proved()
    with at_instant(LATE):
        told = [hand_in(client, one).status_code for _ in range(31)]
        assert told == [200] * 30 + [429]
        refused = client.post(PAGE, {"text": "something that I pasted"})
        page = refused.content.decode()
        assert refused.status_code == 429
        assert "try again in a minute" in page
        assert "something that I pasted" in page, "nothing typed is lost"
        assert client.get(PAGE).status_code == 200, "reading is free"
        elsewhere = Client(REMOTE_ADDR="198.51.100.7")
        assert hand_in(elsewhere, one).status_code == 200


def test_refused_nothing_is_looked_for(
    client: Client, at_instant: At, starts: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("minben.portal.views.ledger.ratelimit.consume", lambda *_, **__: False)
    with at_instant(LATE):
        assert hand_in(client, promised()).status_code == 429
    assert starts == []


def test_an_empty_form_is_not_counted(
    client: Client, at_instant: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("minben.portal.views.ledger.ratelimit.consume", lambda *_, **__: 1 / 0)
    with at_instant(LATE):
        assert client.post(PAGE, {"text": ""}).status_code == 422


def test_so_many_without_a_place_at_once(
    client: Client, at_instant: At, starts: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "UNPLACED", 2)
    one, placed = promised(), proved()
    with at_instant(OPEN + timedelta(minutes=1)):
        assert hand_in(client, [one, one, placed]).status_code == 200
        assert len(starts) == 2
        refused = hand_in(client, [one, one, one])
    assert refused.status_code == 422
    assert "looked for at once" in refused.content.decode()
    assert len(starts) == 2
    assert issue(one.entry, Proofs()).place is None
