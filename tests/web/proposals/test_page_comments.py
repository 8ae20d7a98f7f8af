"""Comments: written, listed, moderated with reasons, reported."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from minben.discussion import actions as discussion
from minben.discussion.models import Comment, Report, Thread
from minben.discussion.rules import HideGround, Side
from minben.kernel.actor import Role
from minben.proposals.models import Proposal
from tests.factories import DAY, actor, make_person, make_staff
from tests.web.proposals.stages import OPEN, open_one

pytestmark = pytest.mark.django_db
At = Callable[..., Any]
BODY = "延長秒數之前，請先調查路口的車流。"


def base(proposal: Proposal, english: bool = True) -> str:
    return ("/en" if english else "") + f"/proposals/{proposal.case.number}/"


def said(proposal: Proposal, side: Side = Side.PRO, body: str = BODY) -> Comment:
    return discussion.comment(
        thread_id=proposal.thread_id, side=side, body=body, by=actor(make_person()), at=OPEN
    )


@pytest.mark.parametrize("english", [False, True])
def test_a_comment_stands_in_its_column(
    citizen_client: At, client: Client, at_instant: At, english: bool
) -> None:
    proposal, browser = open_one(), citizen_client()
    url = base(proposal, english)
    with at_instant(OPEN):
        assert browser.get(f"{url}comment/").status_code == 200
        response = browser.post(f"{url}comment/", {"side": "con", "body": BODY})
        page = client.get(url).content.decode()
    assert response.status_code == 302
    assert response["Location"] == f"{url}#comments"
    assert page.index('data-side="con"') < page.index(BODY)
    assert browser.user.public_name in page


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"side": "pro", "body": "  "}, "id_body"),
        ({"side": "", "body": BODY}, "id_side"),
        ({"side": "suggestion", "body": BODY}, "id_side"),
        ({"side": "pro", "body": "長" * 1001}, "id_body"),
        ({}, "id_body"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(
    citizen_client: At, at_instant: At, typed: dict[str, str], field: str
) -> None:
    proposal = open_one()
    with at_instant(OPEN):
        response = citizen_client().post(f"{base(proposal)}comment/", typed)
    page = response.content.decode()
    assert response.status_code == 422
    assert f'id="{field}_error"' in page
    assert typed.get("body", "") in page
    assert not Comment.objects.exists()


def test_a_closed_discussion_takes_nothing_and_loses_nothing(
    citizen_client: At, at_instant: At
) -> None:
    proposal, browser = open_one(), citizen_client()
    Thread.objects.filter(pk=proposal.thread_id).update(closed_at=OPEN)
    with at_instant(OPEN + DAY):
        response = browser.post(f"{base(proposal)}comment/", {"side": "pro", "body": BODY})
        offered = browser.get(f"{base(proposal)}comment/").content.decode()
        page = browser.get(base(proposal)).content.decode()
    assert response.status_code == 409
    assert BODY in response.content.decode()
    assert "This discussion is closed." in offered
    assert "<textarea" not in offered
    assert "This discussion is closed." in page


def test_commenting_asks_for_the_same_confirmation_as_endorsing(
    client: Client, citizen_client: At, at_instant: At
) -> None:
    proposal = open_one()
    with at_instant(OPEN):
        stranger = client.post(f"{base(proposal)}comment/", {"side": "pro", "body": BODY})
        unconfirmed = citizen_client(verified=False).post(f"{base(proposal)}comment/")
    assert "login" in stranger["Location"]
    assert "finish" in unconfirmed["Location"]
    assert not Comment.objects.exists()


def test_a_hidden_comment_shows_ground_and_reason_and_no_text(
    client: Client, at_instant: At
) -> None:
    proposal = open_one()
    comment = said(proposal, body="很難聽的話")
    discussion.hide_comment(
        comment_id=comment.pk,
        ground=HideGround.ABUSE,
        reason="人身攻擊，與議題無關。",
        by=make_staff(Role.CHECKER),
        at=OPEN,
    )
    with at_instant(OPEN + DAY):
        pages = [client.get(base(proposal)), client.get(f"{base(proposal)}comments/")]
    for page in (response.content.decode() for response in pages):
        assert "很難聽的話" not in page
        assert "人身攻擊，與議題無關。" in page
        assert "Insults or personal attacks" in page


def test_the_full_list_is_paged_and_of_one_side_or_both(client: Client, at_instant: At) -> None:
    proposal = open_one()
    for n in range(52):
        said(proposal, Side.PRO, f"贊成第{n}則")
    said(proposal, Side.CON, "反對的理由")
    url = f"{base(proposal)}comments/"
    with at_instant(OPEN + DAY):
        first, second = client.get(url), client.get(f"{url}?page=2")
        con = client.get(f"{url}?side=con").content.decode()
        forged = client.get(f"{url}?side=suggestion")
    assert first.content.decode().count('class="comment"') == 50
    assert second.content.decode().count('class="comment"') == 3
    assert con.count('class="comment"') == 1
    assert "反對的理由" in con
    assert forged.content.decode().count('class="comment"') == 50


def test_an_empty_discussion_invites(client: Client, at_instant: At) -> None:
    proposal = open_one()
    with at_instant(OPEN):
        assert 'class="empty"' in client.get(f"{base(proposal)}comments/").content.decode()


def test_reporting_reaches_the_moderators(citizen_client: At, at_instant: At) -> None:
    proposal, browser = open_one(), citizen_client()
    comment = said(proposal)
    url = f"{base(proposal)}comments/{comment.pk}/report/"
    with at_instant(OPEN):
        assert BODY in browser.get(url).content.decode()
        response = browser.post(url, {"reason": "這是廣告"})
        assert response["Location"] == f"{base(proposal)}comments/"
        again = browser.post(url, {"reason": "再檢舉一次"})
        empty = citizen_client().post(url, {"reason": ""})
        long = citizen_client().post(url, {"reason": "長" * 301})
    assert Report.objects.get().reason == "這是廣告"
    assert again.status_code == 409
    assert "再檢舉一次" in again.content.decode()
    assert (empty.status_code, long.status_code) == (422, 422)
    assert "長" * 301 in long.content.decode()


def test_only_a_comment_of_this_discussion_can_be_reported(
    citizen_client: At, client: Client, at_instant: At
) -> None:
    proposal, other = open_one(), open_one()
    comment = said(other)
    url = f"{base(proposal)}comments/{comment.pk}/report/"
    with at_instant(OPEN):
        assert citizen_client().get(url).status_code == 404
        assert client.get(url).status_code == 302
