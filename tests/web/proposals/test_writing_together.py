"""Co-drafting: opening a draft, what everybody sees of it, and suggestions."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from django.test import Client

from minben.discussion import actions as discussion
from minben.discussion.models import Comment
from minben.discussion.rules import HideGround
from minben.kernel.actor import SYSTEM, Role
from minben.proposals import actions
from minben.proposals.models import Draft, Proposal
from tests.factories import DAY, DAY0, make_staff
from tests.web.conftest import SignedIn
from tests.web.proposals.writing import WHOLE, begin, body, photo, post, url, whole

pytestmark = pytest.mark.django_db
At = Callable[..., AbstractContextManager[None]]


@pytest.fixture(autouse=True)
def _day_one(at_instant: At) -> Iterator[None]:
    with at_instant(DAY0 + DAY):
        yield


@pytest.fixture
def writer(citizen_client: Callable[..., SignedIn]) -> SignedIn:
    return citizen_client()


def opened(writer: SignedIn, days: int = 10) -> Draft:
    draft = whole(writer)
    return actions.open_codrafting(draft_id=draft.pk, days=days, by=writer.actor, at=DAY0)


def page_of(draft: Draft, language: str = "/en") -> str:
    return f"{language}/co-drafting/{draft.pk}/"


def test_opening_makes_the_draft_public(writer: SignedIn) -> None:
    draft = whole(writer)
    assert Client().get(page_of(draft)).status_code == 404
    assert writer.get(url(draft, "co-drafting")).status_code == 200
    response = writer.post(url(draft, "co-drafting"), {"days": "14"})
    assert response["Location"] == page_of(draft, "")
    page = body(Client().get(page_of(draft)))
    for words in (WHOLE["subject"], WHOLE["content"], WHOLE["benefits"], "2026-03-17"):
        assert words in page
    assert writer.user.public_name in page
    assert writer.user.email not in page


@pytest.mark.parametrize("days", ["0", "61", "-3", "9" * 40, "soon", "", "1.5"])
def test_a_number_of_days_that_cannot_be(writer: SignedIn, days: str) -> None:
    draft = whole(writer)
    response = writer.post(url(draft, "co-drafting"), {"days": days})
    assert response.status_code == 422
    assert f'value="{days}"' in body(response) or not days
    assert Client().get(page_of(draft)).status_code == 404


def test_a_draft_without_a_subject_stays_closed(writer: SignedIn) -> None:
    draft = begin(writer)
    assert writer.post(url(draft, "co-drafting"), {"days": "5"}).status_code == 422


def test_opening_twice_is_refused(writer: SignedIn) -> None:
    draft = opened(writer)
    response = writer.post(url(draft, "co-drafting"), {"days": "5"})
    assert response.status_code == 409


def test_the_list_shows_open_ones_and_ended_ones(writer: SignedIn) -> None:
    running = opened(writer)
    private = begin(writer, subject="還沒公開的草稿")
    ended = begin(writer, subject="已經結束的草稿")
    actions.open_codrafting(draft_id=ended.pk, days=1, by=writer.actor, at=DAY0 - 5 * DAY)
    page = body(Client().get("/en/co-drafting/"))
    assert page.index(str(running.pk)) < page.index("Ended") < page.index(str(ended.pk))
    assert str(private.pk) not in page


def test_an_empty_list_says_what_to_do() -> None:
    page = body(Client().get("/en/co-drafting/"))
    assert "No draft is open at the moment" in page
    assert "/en/propose/" in page


def test_the_author_is_told_that_writing_is_public_now(writer: SignedIn) -> None:
    draft = opened(writer)
    assert "everybody can read at once" in body(writer.get(url(draft, "content", "/en")))
    post(writer, draft, "content", content="採納建議之後，內容改成這樣，讓每個人都看得懂。")
    assert "採納建議之後" in body(Client().get(page_of(draft)))


def test_whoever_is_confirmed_can_suggest(
    writer: SignedIn, citizen_client: Callable[..., SignedIn]
) -> None:
    draft, other = opened(writer), citizen_client()
    address = page_of(draft, "") + "suggest/"
    response = other.post(address, {"body": "第二段\n請舉例 <b>說明</b>"})
    assert response["Location"] == page_of(draft, "") + "#suggestions"
    page = body(Client().get(page_of(draft)))
    assert "請舉例 &lt;b&gt;說明&lt;/b&gt;" in page
    assert other.user.public_name in page


def test_signing_in_leads_back_to_the_page(writer: SignedIn) -> None:
    draft = opened(writer)
    address = page_of(draft, "") + "suggest/"
    assert "Sign in and suggest" in body(Client().get(page_of(draft)))
    assert address in Client().get(address)["Location"].replace("%2F", "/")
    assert writer.get(address)["Location"] == page_of(draft, "") + "#suggest"


def test_who_is_not_confirmed_is_sent_there_first(
    writer: SignedIn, citizen_client: Callable[..., SignedIn]
) -> None:
    draft = opened(writer)
    response = citizen_client(verified=False).post(page_of(draft) + "suggest/", {"body": "好"})
    assert response.status_code == 302
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("", "Please write your comment."), ("建" * 1001, "A comment has at most 1000 characters.")],
)
def test_a_suggestion_that_is_refused_stays_typed(
    writer: SignedIn, typed: str, sentence: str
) -> None:
    draft = opened(writer)
    response = writer.post(page_of(draft) + "suggest/", {"body": typed})
    page = body(response)
    assert response.status_code == 422
    assert sentence in page
    assert 'id="id_body_error"' in page
    assert typed in page


def test_after_the_end_nothing_is_suggested_and_the_draft_can_be_submitted(
    writer: SignedIn, at_instant: At
) -> None:
    draft = opened(writer, days=3)
    with at_instant(DAY0 + 4 * DAY):
        page = body(Client().get(page_of(draft)))
        assert "Co-drafting ended on" in page
        assert "Sign in and suggest" not in page
        response = writer.post(page_of(draft) + "suggest/", {"body": "晚了一天的建議"})
        assert response.status_code == 409
        assert "Co-drafting of this proposal has ended." in body(response)
        assert "晚了一天的建議" not in body(Client().get(page_of(draft)))
        assert writer.post(url(draft, "check")).status_code == 302
        assert Proposal.objects.count() == 1


def test_suggesting_to_what_was_never_open(writer: SignedIn) -> None:
    draft = whole(writer)
    assert writer.post(page_of(draft) + "suggest/", {"body": "建議"}).status_code == 404
    assert not Comment.objects.exists()


def test_a_hidden_suggestion_shows_ground_and_reason_instead(writer: SignedIn) -> None:
    draft = opened(writer)
    actions.suggest(draft_id=draft.pk, body="某人的電話號碼", by=writer.actor, at=DAY0)
    discussion.hide_comment(
        comment_id=Comment.objects.get().pk,
        ground=HideGround.PERSONAL_DATA,
        reason="含有他人電話",
        by=make_staff(Role.CHECKER),
        at=DAY0,
    )
    page = body(Client().get(page_of(draft)))
    assert "某人的電話號碼" not in page
    assert "含有他人電話" in page


def test_submitted_and_waiting_then_public(writer: SignedIn) -> None:
    draft = opened(writer)
    actions.file_proposal(draft_id=draft.pk, by=writer.actor, at=DAY0 + DAY)
    assert "is not public as a proposal yet" in body(Client().get(page_of(draft)))
    number = Proposal.objects.get().case.number
    assert f"/proposals/{number}/" not in body(Client().get(page_of(draft)))
    assert f"/proposals/{number}/" in body(writer.get(page_of(draft)))


def test_content_that_is_withheld_is_withheld_here_too(writer: SignedIn) -> None:
    draft = opened(writer)
    proposal = actions.file_proposal(draft_id=draft.pk, by=writer.actor, at=DAY0 + DAY)
    checker = make_staff(Role.CHECKER)
    actions.take_up_check(proposal_id=proposal.pk, by=checker, at=DAY0 + DAY)
    actions.hide(
        proposal_id=proposal.pk,
        ground="infringes_rights",
        reason="侵害他人權利",
        by=checker,
        at=DAY0 + DAY,
    )
    assert Client().get(page_of(draft)).status_code == 404
    assert WHOLE["subject"] not in body(Client().get("/en/co-drafting/"))


def test_what_became_of_it_is_told_with_dates_and_sources(writer: SignedIn) -> None:
    draft = opened(writer)
    facts = [
        {
            "date": "2017-05-19",
            "precision": "day",
            "zh": "召開協作會議。",
            "en": "A meeting is held.",
            "source": "逐字紀錄",
        },
        {"date": "2018-01-01", "precision": "year", "zh": "新版上線。", "en": "It is launched."},
    ]
    actions.tell_history(draft_id=draft.pk, history=facts, by=SYSTEM, at=DAY0)
    page = body(Client().get(page_of(draft)))
    assert 'datetime="2017-05-19"' in page
    assert "A meeting is held." in page
    assert "逐字紀錄" in page
    assert "In 2018" in page
    assert "2018-01-01" not in page
    assert "召開協作會議。" in body(Client().get(page_of(draft, "")))


def test_an_open_drafts_files_can_be_seen_but_not_kept(
    writer: SignedIn, settings: object, tmp_path: object
) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    draft = opened(writer)
    post(writer, draft, "evidence", uploads=photo())
    draft.refresh_from_db()
    file = draft.evidence["files"][0]
    response = Client().get(f"/files/{file['sha256']}/{file['name']}")
    assert response.status_code == 200
    assert response["Cache-Control"].startswith("private")


def test_the_page_takes_at_most_ten_queries(
    writer: SignedIn, django_assert_max_num_queries: Callable[[int], AbstractContextManager[None]]
) -> None:
    draft = opened(writer)
    for n in range(30):
        actions.suggest(draft_id=draft.pk, body=f"建議之{n}", by=writer.actor, at=DAY0)
    with django_assert_max_num_queries(10):
        writer.get(page_of(draft))
    with django_assert_max_num_queries(4):
        Client().get(page_of(draft))
    with django_assert_max_num_queries(6):
        Client().get("/co-drafting/")
