"""Appeals in the browser: seen beside the decision, decided by somebody else, once."""

from collections.abc import Callable
from typing import Any

import pytest

from minben.kernel.actor import Role
from minben.proposals import actions as proposals
from minben.proposals.models import Appeal, Proposal
from tests.factories import actor, file_one, make_staff
from tests.web.conftest import SignedIn
from tests.web.desk.conftest import NOW, appeal_one, hide_one

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
STAFF = Callable[..., SignedIn]
REASON = "第二段已經寫明訴求，檢核時漏看。"


@pytest.fixture
def checker(staff_client: STAFF) -> SignedIn:
    return staff_client(Role.CHECKER)


@pytest.fixture
def appealed() -> Proposal:
    """Hidden by somebody else than who is signed in."""
    return appeal_one(make_staff(Role.CHECKER))


def url(proposal: Proposal) -> str:
    return f"/desk/appeals/{proposal.case.number}/"


def decide(client: SignedIn, proposal: Proposal, upheld: str = "yes", reason: str = REASON) -> Any:
    return client.post(url(proposal), {"upheld": upheld, "reason": reason})


def test_an_empty_queue_says_so(checker: SignedIn) -> None:
    assert "目前沒有待決定的申覆" in checker.get("/desk/appeals/").content.decode()


def test_the_screen_shows_the_appeal_beside_the_decision(
    checker: SignedIn, appealed: Proposal
) -> None:
    assert appealed.subject in checker.get("/desk/appeals/").content.decode()
    page = checker.get(url(appealed)).content.decode()
    for text in (
        "訴求第二段寫得很清楚",
        "訴求不夠明確",
        "訴求不明確或僅涉個人利益",
        appealed.content[:20],
    ):
        assert text in page


@pytest.mark.parametrize(
    ("upheld", "state", "told"), [("yes", "endorsing", "申覆成立"), ("no", "hidden", "申覆不成立")]
)
def test_deciding(
    checker: SignedIn, appealed: Proposal, upheld: str, state: str, told: str
) -> None:
    assert decide(checker, appealed, upheld)["Location"] == "/desk/appeals/"
    appealed.refresh_from_db()
    assert appealed.state == state
    assert told in checker.get(url(appealed)).content.decode()


def test_an_administrator_may_decide(staff_client: STAFF, appealed: Proposal) -> None:
    assert decide(staff_client(Role.ADMINISTRATOR), appealed).status_code == 302


def test_who_hid_it_does_not_decide(checker: SignedIn) -> None:
    proposal = appeal_one(checker.actor)
    page = checker.get(url(proposal)).content.decode()
    assert "這件提議是您隱藏的" in page
    assert 'name="upheld"' not in page
    answer = decide(checker, proposal)
    assert answer.status_code == 403
    assert REASON in answer.content.decode()
    assert Appeal.objects.get(proposal=proposal).decided_at is None


def test_nobody_decides_on_a_proposal_of_their_own(checker: SignedIn) -> None:
    proposal = hide_one(file_one(checker.user), make_staff(Role.CHECKER))
    proposals.appeal(
        proposal_id=proposal.pk,
        text="請再看一次，訴求很明確。",
        by=actor(checker.user),
        at=NOW,
    )
    page = checker.get(url(proposal)).content.decode()
    assert "這是您自己的提議" in page
    assert 'name="upheld"' not in page
    assert decide(checker, proposal).status_code == 403


def test_deciding_twice_changes_nothing(
    checker: SignedIn, staff_client: STAFF, appealed: Proposal
) -> None:
    decide(staff_client(Role.CHECKER), appealed, "no")
    answer = decide(checker, appealed, "yes")
    assert answer.status_code == 409
    assert REASON in answer.content.decode()
    appealed.refresh_from_db()
    assert appealed.state == "hidden"


@pytest.mark.parametrize(
    ("upheld", "reason", "field"),
    [
        ("", REASON, "upheld"),
        ("perhaps", REASON, "upheld"),
        ("yes", "", "reason"),
        ("no", "   短 ", "reason"),
        ("no", "長" * 1001, "reason"),
    ],
)
def test_bad_input_is_told_beside_its_field(
    checker: SignedIn, appealed: Proposal, upheld: str, reason: str, field: str
) -> None:
    answer = decide(checker, appealed, upheld, reason)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert f'id="id_{field}_error"' in page
    assert reason.strip() in page
    assert Appeal.objects.get(proposal=appealed).decided_at is None
