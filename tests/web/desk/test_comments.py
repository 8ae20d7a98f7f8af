"""Moderation in the browser: reported first, hidden with ground and reason, restored, left."""

from collections.abc import Callable

import pytest

from minben.discussion.models import Comment, Report
from minben.kernel.actor import Role
from minben.proposals.models import Proposal
from tests.factories import accept_one, file_one
from tests.web.conftest import SignedIn
from tests.web.desk.conftest import comment_one, report_one

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
STAFF = Callable[..., SignedIn]
REASON = "指名辱罵其他附議人。"


@pytest.fixture
def checker(staff_client: STAFF) -> SignedIn:
    return staff_client(Role.CHECKER)


@pytest.fixture
def proposal() -> Proposal:
    return accept_one(file_one())


def hide(client: SignedIn, comment: Comment, ground: str = "abuse", reason: str = REASON):  # type: ignore[no-untyped-def]
    return client.post(f"/desk/comments/{comment.pk}/", {"ground": ground, "reason": reason})


def test_no_comment_yet(checker: SignedIn) -> None:
    page = checker.get("/desk/comments/").content.decode()
    assert "還沒有人留言" in page
    assert "目前沒有被檢舉的留言" in page
    assert "沒有已隱藏的留言" in checker.get("/desk/comments/?show=hidden").content.decode()


def test_reported_ones_come_first_with_what_was_reported(
    checker: SignedIn, proposal: Proposal
) -> None:
    reported = comment_one(proposal, "被檢舉的這一則")
    comment_one(proposal, "最新的這一則")
    report_one(reported, "這是人身攻擊")
    page = checker.get("/desk/comments/").content.decode()
    assert page.index("被檢舉的這一則") < page.index("最新的這一則")
    assert "這是人身攻擊" in page
    assert f"/proposals/{proposal.case.number}/" in page


def test_hiding_settles_the_reports_and_can_be_undone(
    checker: SignedIn, proposal: Proposal
) -> None:
    comment = comment_one(proposal)
    report_one(comment)
    assert hide(checker, comment)["Location"] == "/desk/comments/"
    comment.refresh_from_db()
    assert (comment.hide_ground, comment.hide_reason) == ("abuse", REASON)
    assert not Report.objects.filter(settled_at=None).exists()
    assert REASON in checker.get("/desk/comments/?show=hidden").content.decode()
    assert "恢復顯示" in checker.get(f"/desk/comments/{comment.pk}/").content.decode()
    assert checker.post(f"/desk/comments/{comment.pk}/restore/").status_code == 302
    comment.refresh_from_db()
    assert comment.hidden_at is None
    assert checker.post(f"/desk/comments/{comment.pk}/restore/").status_code == 409


def test_leaving_a_comment_settles_its_reports(checker: SignedIn, proposal: Proposal) -> None:
    comment = comment_one(proposal)
    report_one(comment)
    assert checker.post(f"/desk/comments/{comment.pk}/dismiss/").status_code == 302
    assert "目前沒有被檢舉的留言" in checker.get("/desk/comments/").content.decode()
    comment.refresh_from_db()
    assert comment.hidden_at is None


def test_hiding_twice_keeps_what_was_typed(checker: SignedIn, proposal: Proposal) -> None:
    comment = comment_one(proposal)
    hide(checker, comment, reason="先隱藏的理由是這個。")
    answer = hide(checker, comment)
    assert answer.status_code == 409
    assert REASON in answer.content.decode()
    comment.refresh_from_db()
    assert comment.hide_reason == "先隱藏的理由是這個。"


@pytest.mark.parametrize(
    ("ground", "reason", "field"),
    [
        ("", REASON, "ground"),
        ("dislike", REASON, "ground"),
        ("abuse", "", "reason"),
        ("abuse", " 短 ", "reason"),
        ("abuse", "長" * 501, "reason"),
    ],
)
def test_bad_input_is_told_beside_its_field(
    checker: SignedIn, proposal: Proposal, ground: str, reason: str, field: str
) -> None:
    comment = comment_one(proposal)
    answer = hide(checker, comment, ground, reason)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert f'id="id_{field}_error"' in page
    assert reason.strip() in page
    comment.refresh_from_db()
    assert comment.hidden_at is None


def test_nobody_moderates_a_comment_of_their_own(checker: SignedIn, proposal: Proposal) -> None:
    comment = comment_one(proposal)
    Comment.objects.filter(pk=comment.pk).update(author=checker.user)
    page = checker.get(f"/desk/comments/{comment.pk}/").content.decode()
    assert 'name="ground"' not in page
    assert hide(checker, comment).status_code == 403
    for act in ("restore", "dismiss"):
        assert checker.post(f"/desk/comments/{comment.pk}/{act}/").status_code in (403, 409)


def test_forged_ids_are_not_found(checker: SignedIn) -> None:
    for path in ("", "restore/", "dismiss/"):
        assert checker.post(f"/desk/comments/987654/{path}").status_code == 404
