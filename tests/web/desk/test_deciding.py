"""Deciding appeals: both kinds go the same way from what was typed to the act, and are told."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest

from minben.kernel.actor import Role
from minben.proposals.models import Appeal, CampaignAppeal
from tests.db.campaigned import LATER, endorsed_one, run
from tests.db.proposals.test_campaign_appeals import appealed, endorser
from tests.factories import DAY, make_staff
from tests.web.conftest import SignedIn
from tests.web.desk.conftest import NOW, appeal_one

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("later")]
STAFF = Callable[..., SignedIn]
REASON = "查證後認為原決定理由不足。"
KINDS = ["hidden", "struck"]
each_kind = pytest.mark.parametrize("kind", KINDS)


@pytest.fixture
def later(at_instant: Callable[[datetime], Any]) -> Iterator[None]:
    with at_instant(LATER + 2 * DAY):
        yield


@pytest.fixture
def checker(staff_client: STAFF) -> SignedIn:
    return staff_client(Role.CHECKER)


def filed(kind: str) -> tuple[str, str, Appeal | CampaignAppeal]:
    """An appeal of that kind: its page, its queue, and its row."""
    if kind == "hidden":
        proposal = appeal_one(make_staff(Role.CHECKER), at=NOW)
        queue = "/desk/appeals/"
        return f"{queue}{proposal.case.number}/", queue, proposal.appeal
    case = endorsed_one()
    run(case)
    appeal, queue = appealed(case, endorser(case)), "/desk/campaigns/appeals/"
    return f"{queue}{appeal.pk}/", queue, appeal


@pytest.mark.parametrize(
    ("kind", "upheld", "said"),
    [
        ("hidden", "yes", "申覆成立，提議已恢復。"),
        ("hidden", "no", "申覆不成立，維持隱藏。"),
        ("struck", "yes", "申覆成立：附議恢復計入。"),
        ("struck", "no", "申覆不成立。"),
    ],
)
def test_the_queue_tells_how_it_was_decided(
    checker: SignedIn, kind: str, upheld: str, said: str
) -> None:
    place, queue, row = filed(kind)
    answer = checker.post(place, {"upheld": upheld, "reason": REASON}, follow=True)
    assert answer.redirect_chain == [(queue, 302)]
    assert said in answer.content.decode()
    row.refresh_from_db()
    assert (row.upheld, row.reason) == (upheld == "yes", REASON)
    assert (row.decided_by, row.decided_at is not None) == (checker.actor.id, True)


@each_kind
def test_looking_decides_nothing(checker: SignedIn, kind: str) -> None:
    place, _, row = filed(kind)
    answer = checker.get(place, {"upheld": "yes", "reason": REASON})
    assert answer.status_code == 200
    assert "_error" not in answer.content.decode()
    row.refresh_from_db()
    assert row.decided_at is None


@each_kind
@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"upheld": "", "reason": REASON}, "upheld"),
        ({"upheld": "perhaps", "reason": REASON}, "upheld"),
        ({"upheld": "no", "reason": ""}, "reason"),
        ({"upheld": "no", "reason": "太短"}, "reason"),  # the rule's refusal, not the form's
    ],
)
def test_what_is_wrong_stands_beside_its_field(
    checker: SignedIn, kind: str, typed: dict[str, str], field: str
) -> None:
    place, _, row = filed(kind)
    answer = checker.post(place, typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in page
    assert typed["reason"] in page
    row.refresh_from_db()
    assert row.decided_at is None


@each_kind
def test_what_somebody_else_decided_meanwhile_stands(
    checker: SignedIn, staff_client: STAFF, kind: str
) -> None:
    place, _, row = filed(kind)
    staff_client(Role.CHECKER).post(place, {"upheld": "no", "reason": REASON})
    answer = checker.post(place, {"upheld": "yes", "reason": "我的理由是另一個。"})
    assert answer.status_code == 409
    assert "我的理由是另一個。" in answer.content.decode()
    row.refresh_from_db()
    assert (row.upheld, row.reason) == (False, REASON)
