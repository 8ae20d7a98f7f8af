"""The proposal page in every stage: what is asked, how far it is, what comes next and by when."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from minben.kernel.actor import Role
from minben.proposals import actions
from minben.proposals.models import Proposal
from tests.factories import DAY, DAY0, actor, endorse, file_one, make_agency, make_person
from tests.web.proposals.stages import (
    BLOCKS,
    OPEN,
    answered_one,
    crowd,
    hidden_one,
    lapsed_one,
    open_one,
    pause,
    reached_one,
    withdrawn_one,
)

pytestmark = pytest.mark.django_db
At = Callable[..., Any]


def url(proposal: Proposal, english: bool = False) -> str:
    return ("/en" if english else "") + f"/proposals/{proposal.case.number}/"


def text(client: Client, proposal: Proposal, english: bool = True) -> str:
    response = client.get(url(proposal, english))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize("english", [False, True])
def test_a_proposal_being_endorsed(client: Client, at_instant: At, english: bool) -> None:
    agency = make_agency()
    proposal = open_one(agencies=(agency,))
    crowd(proposal, 20)
    with at_instant(OPEN + DAY):
        page = text(client, proposal, english)
    assert proposal.subject in page
    assert proposal.content[:20] in page
    assert proposal.proposer_name in page
    assert "5,000" in page
    assert 'data-stage="endorsing"' in page
    assert '<time datetime="2026-05-01">' in page  # 60 days from 3 March
    assert f'href="{url(proposal, english)}endorse/"' in page
    assert "路人20" in page
    assert "tw-join-2018" in page
    assert ("MOF" if english else "財政部") in page
    assert "<desc" in page


def test_before_it_opens_the_opening_day_is_next(client: Client, at_instant: At) -> None:
    proposal = open_one()
    with at_instant(DAY0 + timedelta(hours=2)):
        page = text(client, proposal)
    assert 'data-stage="scheduled"' in page
    assert page.index("Endorsing opens") < page.index("Endorsing closes")
    assert '<time datetime="2026-03-03">' in page
    assert "starts in 1 day" in page
    assert "Endorsing opens on the day after the check, on 2026-03-03." in page
    assert "Sign in and endorse" not in page


def test_a_pause_says_when_it_ends_and_gives_days_back(client: Client, at_instant: At) -> None:
    proposal = open_one()
    pause(OPEN, 9)
    with at_instant(OPEN + DAY):
        page = text(client, proposal)
    assert 'data-stage="paused"' in page
    assert "Endorsing resumes" in page
    assert "National election" in page
    assert "Endorsing is paused." in page
    assert '<time datetime="2026-05-11">' in page  # later than 1 May
    assert "as many days are left as before" in page  # in the timeline


def test_a_reached_one_counts_down_to_the_answer(client: Client, at_instant: At) -> None:
    proposal = reached_one()
    with at_instant(OPEN + DAY):
        page = text(client, proposal)
    assert 'data-stage="reached"' in page
    assert "The government must answer" in page
    assert '<time datetime="2026-05-04">' in page  # two months from 5 March
    assert "Sign in and endorse" in page  # the window is still open
    assert "Endorsement no. 3 made it a case." in page


def test_a_late_answer_is_shown_as_late(client: Client, at_instant: At) -> None:
    proposal = reached_one()
    with at_instant(OPEN + 70 * DAY):
        page = text(client, proposal)
    assert 'data-stage="overdue"' in page
    assert 'data-urgency="overdue"' in page
    assert "days overdue" in page


def test_an_answer_stands_under_the_seal_in_four_blocks(client: Client, at_instant: At) -> None:
    proposal = answered_one()
    with at_instant(OPEN + 11 * DAY):
        page = text(client, proposal)
    assert 'id="response"' in page
    assert "seal-print" in page
    for block in BLOCKS.values():
        assert block in page
    assert page.index("Analysis") < page.index("Deliberation") < page.index("Follow-up plan")
    assert page.count("Partly adopted") >= 3  # panel, head of the response, third block
    assert page.index('id="response"') < page.index('id="content"')


def test_a_lapsed_one_says_so(client: Client, at_instant: At) -> None:
    proposal = lapsed_one()
    with at_instant(OPEN + 90 * DAY):
        page = text(client, proposal)
    assert 'data-stage="lapsed"' in page
    assert "may be proposed again at any time" in page
    assert "4,998 endorsements short" in page
    assert 'Closed at the end of <time datetime="2026-05-01">' in page
    assert "Sign in and endorse" not in page


def test_a_window_that_closed_a_minute_ago_is_not_called_open(
    client: Client, at_instant: At
) -> None:
    proposal = open_one()
    assert proposal.closes_at is not None
    with at_instant(proposal.closes_at + timedelta(minutes=1)):
        page = text(client, proposal)
    assert 'data-stage="lapsed"' in page
    assert "Sign in and endorse" not in page


def test_a_withdrawn_one_keeps_its_page_and_its_reason(client: Client, at_instant: At) -> None:
    proposal = withdrawn_one()
    with at_instant(OPEN + DAY):
        page = text(client, proposal)
    assert 'data-stage="withdrawn"' in page
    assert "打得不夠清楚" in page


def test_a_number_nobody_has_is_not_found(client: Client) -> None:
    assert client.get("/proposals/2026-999999/").status_code == 404


def test_a_hidden_one_leads_to_the_register(client: Client, at_instant: At) -> None:
    proposal = hidden_one()
    with at_instant(DAY0 + DAY):
        response = client.get(url(proposal))
    assert response.status_code == 302
    assert response["Location"] == reverse("proposals:hidden_entry", args=[proposal.case.number])


def test_only_proposer_and_checkers_see_one_being_checked(
    client: Client, citizen_client: At, staff_client: At, at_instant: At
) -> None:
    person = make_person()
    proposal = file_one(person)
    with at_instant(DAY0 + timedelta(hours=1)):
        assert client.get(url(proposal)).status_code == 404
        assert citizen_client().get(url(proposal)).status_code == 404
        assert staff_client(Role.CHECKER).get(url(proposal)).status_code == 200
        page = text(citizen_client(person), proposal)
    assert "The check should be done" in page
    assert '<time datetime="2026-03-05">' in page  # the third working day
    assert "not public yet" in page
    assert "Withdraw my proposal" in page


def test_one_withdrawn_before_its_check_is_gone(
    client: Client, citizen_client: At, at_instant: At
) -> None:
    person = make_person()
    proposal = file_one(person)
    actions.withdraw(proposal_id=proposal.pk, reason="寫錯了，先撤回。", by=actor(person), at=DAY0)
    with at_instant(DAY0 + DAY):
        response = client.get(url(proposal))
        assert response.status_code == 410
        assert proposal.subject not in response.content.decode()
        assert citizen_client(person).get(url(proposal)).status_code == 200


def test_the_button_says_what_this_reader_must_do(citizen_client: At, at_instant: At) -> None:
    proposal = open_one()
    mine = citizen_client()
    endorse(proposal_id=proposal.pk, by=mine.actor, at=OPEN)
    with at_instant(OPEN + DAY):
        assert "Endorse this proposal" in text(citizen_client(), proposal)
        assert "Confirm my account and endorse" in text(citizen_client(verified=False), proposal)
        assert "you are no. 1" in text(mine, proposal)


def test_what_people_wrote_is_never_markup(client: Client, at_instant: At) -> None:
    proposal = open_one()
    Proposal.objects.filter(pk=proposal.pk).update(
        subject="<script>alert(1)</script>",
        content="第一段\n\n<img src=x onerror=alert(1)>",
        evidence={
            "links": [
                {"title": "<b>報導</b>", "url": "https://example.org/a"},
                {"title": "壞連結", "url": "javascript:alert(1)"},
            ],
            "video": "https://video.example.org/1",
            "files": [{"sha256": "0a" * 32, "name": "路口 1.pdf", "media_type": "application/pdf"}],
        },
    )
    crowd(proposal, 1, reason="<i>斜體</i>")
    with at_instant(OPEN + DAY):
        page = text(client, proposal)
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "<i>斜" not in page
    assert "javascript:" not in page
    assert 'href="https://example.org/a" rel="nofollow noopener ugc"' in page
    assert 'href="https://video.example.org/1"' in page
    assert f'href="/en/files/{"0a" * 32}/%E8%B7%AF%E5%8F%A3%201.pdf"' in page
