"""The formal response in the browser: drafted without losing text, published by an explicit act."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from minben.casework import actions as casework
from minben.casework.models import Response
from minben.kernel.actor import Role
from minben.kernel.refusal import Refusal
from minben.people.models import Agency
from minben.proposals import actions as proposals
from minben.proposals.models import Proposal
from tests.factories import accept_one, file_one, make_agency, make_staff
from tests.web.conftest import SignedIn
from tests.web.desk.conftest import BLOCKS, NOW, draft_one, reach_one

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
STAFF = Callable[..., SignedIn]


@pytest.fixture
def agency() -> Agency:
    return make_agency()


@pytest.fixture
def officer(staff_client: STAFF, agency: Agency) -> SignedIn:
    return staff_client(Role.OFFICER, agency)


@pytest.fixture
def reached(agency: Agency) -> Proposal:
    return reach_one(agency)


def url(proposal: Proposal, page: str = "") -> str:
    return f"/desk/responses/{proposal.case.number}/{page}"


def save(client: SignedIn, proposal: Proposal, act: str = "save", **changes: Any) -> Any:
    data = {**BLOCKS, "adoption": "partly_adopted", "revision": 0, "act": act} | changes
    return client.post(url(proposal), data)


def publish(client: SignedIn, proposal: Proposal, revision: Any = 1, confirmed: str = "on") -> Any:
    data = {"revision": revision} | ({"confirmed": confirmed} if confirmed else {})
    return client.post(url(proposal, "publish/"), data)


def stored(proposal: Proposal) -> Response:
    return Response.objects.get(case_id=proposal.case_id)


def test_the_queue_holds_the_agencys_own_cases_by_due_date(
    officer: SignedIn, agency: Agency
) -> None:
    later, sooner = reach_one(agency, NOW), reach_one(agency, NOW - timedelta(days=40))
    foreign = reach_one(make_agency("交通部", "motc"))
    page = officer.get("/desk/responses/").content.decode()
    assert page.index(sooner.case.number) < page.index(later.case.number)
    assert foreign.case.number not in page
    assert "還有" in page


def test_an_empty_queue_says_so(officer: SignedIn) -> None:
    assert "目前沒有待回應的案件" in officer.get("/desk/responses/").content.decode()


@pytest.mark.parametrize("role", [Role.OFFICER, Role.LEAD])
def test_saving_and_opening_again(
    staff_client: STAFF, agency: Agency, reached: Proposal, role: Role
) -> None:
    client = staff_client(role, agency)
    assert 'name="revision" value="0"' in client.get(url(reached)).content.decode()
    assert save(client, reached, follow_up="", adoption="")["Location"] == url(reached)
    page = client.get(url(reached)).content.decode()
    assert BLOCKS["analysis"] in page
    assert 'name="revision" value="1"' in page
    assert client.user.nickname in page
    assert stored(reached).published_at is None


def test_a_preview_saves_nothing_and_keeps_the_text(officer: SignedIn, reached: Proposal) -> None:
    answer = save(officer, reached, act="preview")
    assert answer.status_code == 200
    page = answer.content.decode()
    assert page.count(BLOCKS["deliberation"]) == 2  # as citizens see it, and in its field
    assert 'class="official"' in page
    assert not Response.objects.exists()


def test_going_on_to_publish_saves_first(officer: SignedIn, reached: Proposal) -> None:
    assert save(officer, reached, act="publish")["Location"] == url(reached, "publish/")
    assert stored(reached).revision == 1


def test_two_writers_see_both_texts_and_nobody_loses_any(
    officer: SignedIn, agency: Agency, reached: Proposal
) -> None:
    draft_one(reached, make_staff(Role.LEAD, agency), analysis="主管先存的文字。")
    answer = save(officer, reached, analysis="承辦人後寫的文字。", revision=0)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "主管先存的文字。" in page
    assert "承辦人後寫的文字。" in page
    assert page.count(BLOCKS["deliberation"]) == 1  # what is the same stands there once
    assert 'name="revision" value="1"' in page
    assert stored(reached).analysis == "主管先存的文字。"
    assert save(officer, reached, analysis="合併後的文字。", revision=1).status_code == 302
    assert stored(reached).analysis == "合併後的文字。"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"analysis": "長" * 6001}, "analysis"),
        ({"adoption": "ignored"}, "adoption"),
        ({"revision": "-1"}, "revision"),
        ({"revision": "x"}, "revision"),
        ({"revision": ""}, "revision"),
    ],
)
def test_bad_input_keeps_every_block(
    officer: SignedIn, reached: Proposal, changes: dict[str, str], field: str
) -> None:
    answer = save(officer, reached, **changes)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "ds-error-summary" in page
    for text in (BLOCKS | changes).values():
        if len(text) > 20:
            assert text in page
    assert not Response.objects.exists()


def test_a_forged_revision_is_a_conflict_and_not_a_loss(
    officer: SignedIn, reached: Proposal
) -> None:
    answer = save(officer, reached, revision=99)
    assert answer.status_code == 409
    assert BLOCKS["follow_up"] in answer.content.decode()


def test_the_confirmation_shows_the_whole_response_and_what_follows(
    officer: SignedIn, reached: Proposal
) -> None:
    draft_one(reached, officer.actor)
    page = officer.get(url(reached, "publish/")).content.decode()
    for text in BLOCKS.values():
        assert text in page
    assert "部分參採" in page
    assert "不能收回" in page
    assert 'name="confirmed"' in page
    assert "checked" not in page.split('name="confirmed"')[1].split(">")[0]


def test_what_is_confirmed_is_what_citizens_get(officer: SignedIn, reached: Proposal) -> None:
    draft_one(reached, officer.actor)
    confirmation = officer.get(url(reached, "publish/")).content.decode()
    assert publish(officer, reached)["Location"] == f"/proposals/{reached.case.number}/"
    public = officer.get(f"/proposals/{reached.case.number}/").content.decode()
    assert official(public) == official(confirmation)
    reached.refresh_from_db()
    assert (reached.state, reached.adoption) == ("answered", "partly_adopted")


def official(page: str) -> str:
    """The response's frame, without white space."""
    return "".join(page.split('<section class="official"', 1)[1].split("</section>", 1)[0].split())


def test_publishing_asks_for_the_tick(officer: SignedIn, reached: Proposal) -> None:
    draft_one(reached, officer.actor)
    answer = publish(officer, reached, confirmed="")
    assert answer.status_code == 422
    assert "請先勾選" in answer.content.decode()
    assert stored(reached).published_at is None


def test_publishing_a_stale_revision_shows_the_new_text_to_read_again(
    officer: SignedIn, agency: Agency, reached: Proposal
) -> None:
    draft_one(reached, officer.actor)
    draft_one(reached, make_staff(Role.LEAD, agency), revision=1, analysis="主管改過的文字。")
    answer = publish(officer, reached, revision=1)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "主管改過的文字。" in page
    assert 'name="revision" value="2"' in page
    assert "checked" not in page.split('name="confirmed"')[1].split(">")[0]
    assert stored(reached).published_at is None


@pytest.mark.parametrize("missing", [*BLOCKS, "adoption"])
def test_publishing_what_is_incomplete_is_refused(
    officer: SignedIn, reached: Proposal, missing: str
) -> None:
    save(officer, reached, **{missing: ""})
    page = officer.get(url(reached, "publish/")).content.decode()
    assert f"#id_{missing}" in page
    assert 'name="confirmed"' not in page
    assert publish(officer, reached).status_code == 422
    assert stored(reached).published_at is None


def test_publishing_without_a_draft_is_refused(officer: SignedIn, reached: Proposal) -> None:
    assert "還沒有草稿" in officer.get(url(reached, "publish/")).content.decode()
    assert publish(officer, reached).status_code == 409


def test_a_published_response_stands_and_later_text_is_handed_back(
    officer: SignedIn, reached: Proposal
) -> None:
    draft_one(reached, officer.actor)
    publish(officer, reached)
    for page in ("", "publish/"):
        answer = officer.get(url(reached, page))
        assert answer["Location"] == f"/proposals/{reached.case.number}/"
    assert publish(officer, reached).status_code == 409
    late = save(officer, reached, analysis="發布之後才送出的文字。", revision=1)
    assert late.status_code == 409
    assert "發布之後才送出的文字。" in late.content.decode()
    assert stored(reached).analysis == BLOCKS["analysis"]
    assert reached.case.number in officer.get("/desk/responses/").content.decode()


def test_other_agencies_neither_read_nor_write(
    staff_client: STAFF, agency: Agency, reached: Proposal, officer: SignedIn
) -> None:
    draft_one(reached, officer.actor)
    other = make_agency("交通部", "motc")
    casework.assign_agencies(
        case=reached.case,
        agency_ids=[agency.pk, other.pk],
        by=make_staff(Role.ADMINISTRATOR),
        at=NOW,
    )
    assisting = staff_client(Role.LEAD, other)
    for page in ("", "publish/"):
        assert assisting.get(url(reached, page)).status_code == 403
    assert save(assisting, reached, revision=1).status_code == 403
    assert publish(assisting, reached).status_code == 403
    assert stored(reached).revision == 1


def test_a_proposal_that_has_not_reached_awaits_no_response(
    officer: SignedIn, agency: Agency
) -> None:
    waiting = accept_one(file_one(agencies=(agency,)))
    for page in ("", "publish/"):
        assert officer.get(url(waiting, page)).status_code == 409
    assert save(officer, waiting).status_code == 409
    assert officer.get(url(file_one())).status_code == 403


def test_an_overdue_response_can_still_be_given(
    officer: SignedIn, agency: Agency, at_instant: Callable[[datetime], Any]
) -> None:
    late = reach_one(agency, NOW)
    draft_one(late, officer.actor)
    with at_instant(NOW + timedelta(days=90)):
        assert "已逾期" in officer.get("/desk/responses/").content.decode()
        assert publish(officer, late).status_code == 302
    late.refresh_from_db()
    assert late.state == "answered"


def test_the_actions_refuse_a_stale_revision_too(officer: SignedIn, reached: Proposal) -> None:
    draft_one(reached, officer.actor)
    with pytest.raises(Refusal, match="draft_changed"):
        proposals.publish_answer(proposal_id=reached.pk, revision=7, by=officer.actor, at=NOW)
