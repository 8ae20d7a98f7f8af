"""Plan, contacts, reports and corrections on the desk: what is typed is kept, acts are explicit."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from minben.answering.models import Contact, Correction, Plan, Post
from minben.casework.models import Response
from minben.kernel.actor import Role
from minben.proposals.models import Proposal
from tests.db.answering.scenes import (
    AT,
    BLOCKS,
    MINUTES,
    OFFICE,
    SUMMARY,
    answer,
    contact,
    officer,
    plan,
    reached_one,
)
from tests.factories import make_agency
from tests.web.conftest import SignedIn
from tests.web.desk.conftest import queries_of

pytestmark = pytest.mark.django_db
At = Callable[..., Any]
STEP = {"what_1": "與提議者會面", "until_1": "2026-03-12"}


@pytest.fixture
def desk(staff_client: Callable[..., SignedIn], at_instant: At) -> Any:
    client = staff_client(Role.OFFICER, make_agency())
    with at_instant(AT):
        yield client


def url(proposal: Proposal, page: str) -> str:
    return f"/en/desk/cases/{proposal.case.number}/{page}/"


def test_a_plan_is_drafted_looked_at_and_published(desk: SignedIn) -> None:
    proposal = reached_one()
    page = desk.get(url(proposal, "plan")).content.decode()
    assert "The plan is due" in page
    given = {"revision": 0, "summary": SUMMARY, "office": OFFICE, "act": "publish"} | STEP
    assert desk.post(url(proposal, "plan"), given)["Location"] == url(proposal, "plan/publish")
    page = desk.get(url(proposal, "plan/publish")).content.decode()
    assert SUMMARY in page
    assert "與提議者會面" in page
    assert desk.post(url(proposal, "plan/publish"), {"revision": 1}).status_code == 422
    assert Plan.objects.get().published_at is None
    done = desk.post(url(proposal, "plan/publish"), {"revision": 1, "confirmed": "on"})
    assert done.status_code == 302
    assert Plan.objects.get().published_at is not None
    assert SUMMARY in desk.get(url(proposal, "plan")).content.decode()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"until_1": ""}, "A step needs both"),
        ({"office": "王先生 0912345678"}, "mobile number"),
        ({"summary": "長" * 3001}, "3000"),
        ({"until_1": "9999-12-31"}, "Check the year"),
    ],
)
def test_a_refused_plan_keeps_what_was_typed(
    desk: SignedIn, changes: dict[str, str], said: str
) -> None:
    proposal = reached_one()
    given = {"revision": 0, "summary": SUMMARY, "office": OFFICE} | STEP | changes
    refused = desk.post(url(proposal, "plan"), given)
    assert refused.status_code == 422
    page = refused.content.decode()
    assert said in page
    assert "與提議者會面" in page
    assert "Error:" in page
    assert not Plan.objects.exists()


def test_two_writers_of_a_plan_see_both_texts(desk: SignedIn) -> None:
    proposal = reached_one()
    first = {"revision": 0, "summary": "先存的文字，說明如何處理。", "office": ""}
    desk.post(url(proposal, "plan"), first)
    answered = desk.post(url(proposal, "plan"), first | {"summary": "後寫的文字。"})
    assert answered.status_code == 409
    page = answered.content.decode()
    assert "先存的文字" in page
    assert "後寫的文字" in page
    assert 'name="revision" value="1"' in page


def test_a_contact_is_logged_and_a_refused_one_keeps_its_text(desk: SignedIn) -> None:
    proposal = reached_one()
    given = {
        "channel": "phone",
        "held_on": "2026-03-05",
        "held_time": "09:30",
        "reached": "yes",
        "discussed": MINUTES,
        "agreed": "",
        "office": OFFICE,
    }
    refused = desk.post(url(proposal, "contacts"), given | {"office": "a@b.tw"})
    assert refused.status_code == 422
    assert MINUTES in refused.content.decode()
    late = desk.post(url(proposal, "contacts"), given | {"held_on": "2026-03-06"})
    assert "after it took place" in late.content.decode()
    assert desk.post(url(proposal, "contacts"), given).status_code == 302
    found = Contact.objects.get()
    assert found.held_at.isoformat() == "2026-03-05T01:30:00+00:00"
    assert MINUTES in desk.get(url(proposal, "contacts")).content.decode()


def test_without_a_citizen_the_log_says_so(desk: SignedIn) -> None:
    proposal = reached_one()
    Proposal.objects.filter(pk=proposal.pk).update(proposer=None)
    page = desk.get(url(proposal, "contacts")).content.decode()
    assert "There is nobody to contact" in page
    assert "<textarea" not in page


def test_a_report_before_the_answer_offers_no_end_of_a_study(desk: SignedIn) -> None:
    proposal = reached_one()
    page = desk.get(url(proposal, "posts")).content.decode()
    assert "Does this end the study" not in page
    given = {"kind": "progress", "done": "已召開兩次跨部會會議，完成現況盤點與費用估算。"}
    assert desk.post(url(proposal, "posts"), given | {"done": "短"}).status_code == 422
    assert desk.post(url(proposal, "posts"), given | {"kind": "study_return"}).status_code == 422
    assert desk.post(url(proposal, "posts"), given).status_code == 302
    public = desk.get(f"/en/proposals/{proposal.case.number}/").content.decode()
    assert given["done"] in public
    assert "Interim response" in public


def test_a_return_ends_a_study_with_reasons(desk: SignedIn) -> None:
    proposal = reached_one()
    answer(proposal, desk.actor, adoption="under_study")
    page = desk.get(url(proposal, "posts")).content.decode()
    assert "Does this end the study" in page
    assert "六個月" in page
    given = {
        "kind": "study_return",
        "done": "已召開兩次跨部會會議，完成現況盤點與費用估算。",
        "adoption": "adopted",
        "reason": "",
    }
    refused = desk.post(url(proposal, "posts"), given)
    assert refused.status_code == 422
    assert given["done"] in refused.content.decode()
    assert desk.post(url(proposal, "posts"), given | {"reason": "可行。"}).status_code == 302
    assert Post.objects.get().ends_study


def test_a_correction_chooses_its_part_and_is_seen_word_by_word(desk: SignedIn) -> None:
    proposal = reached_one()
    response = answer(proposal, desk.actor)
    page = desk.get(url(proposal, "corrections")).content.decode()
    assert 'value="deliberation"' in page
    where = f"{url(proposal, 'corrections')}?response={response.pk}&block=deliberation"
    page = desk.get(where).content.decode()
    assert BLOCKS["deliberation"] in page
    given = {
        "response": response.pk,
        "block": "deliberation",
        "seen": 0,
        "text": "三月十七日邀集提議者開會。",
        "reason": "日期誤植，依會議紀錄更正。",
    }
    refused = desk.post(url(proposal, "corrections"), given | {"reason": "短"})
    assert refused.status_code == 422
    assert given["text"] in refused.content.decode()
    assert desk.post(url(proposal, "corrections"), given).status_code == 302
    assert Correction.objects.get().before == BLOCKS["deliberation"]
    public = desk.get(f"/en/proposals/{proposal.case.number}/").content.decode()
    assert given["text"] in public
    assert given["reason"] in public
    assert BLOCKS["deliberation"] not in public
    diff = desk.get(f"/en/cases/{proposal.case.number}/corrections/").content.decode()
    assert "<del>" in diff
    assert "<ins>" in diff
    assert "[taken out: " in diff
    assert given["reason"] in diff
    again = desk.post(url(proposal, "corrections"), given | {"text": "另一段。"})
    assert again.status_code == 409


def test_the_adoption_is_corrected_by_choice(desk: SignedIn) -> None:
    proposal = reached_one()
    response = answer(proposal, desk.actor)
    where = f"{url(proposal, 'corrections')}?response={response.pk}&block=adoption"
    assert 'value="under_study"' in desk.get(where).content.decode()
    given = {
        "response": response.pk,
        "block": "adoption",
        "seen": 0,
        "adoption": "adopted",
        "reason": "誤選參採情形，應為同意參採。",
    }
    assert desk.post(url(proposal, "corrections"), given).status_code == 302
    proposal.refresh_from_db()
    assert proposal.adoption == "adopted"
    assert Response.objects.get(pk=response.pk).adoption == "partly_adopted"


@pytest.mark.parametrize("page", ["plan", "plan/publish", "contacts", "posts", "corrections"])
def test_another_agency_and_a_case_that_did_not_reach_are_refused(
    desk: SignedIn, staff_client: Callable[..., SignedIn], page: str
) -> None:
    from tests.factories import accept_one, file_one

    proposal = reached_one()
    other = staff_client(Role.LEAD, make_agency("交通部", "motc"))
    assert other.get(url(proposal, page)).status_code == 403
    early = accept_one(file_one(agencies=(make_agency(),)))
    assert desk.get(url(early, page)).status_code == 409
    assert desk.get(f"/en/desk/cases/2026-999999/{page}/").status_code == 404


@pytest.mark.parametrize("page", ["plan", "plan/publish", "contacts", "posts", "corrections"])
def test_pages_take_at_most_twelve_statements(desk: SignedIn, page: str) -> None:
    proposal = reached_one()
    desk.get(url(proposal, page))
    few = queries_of(lambda: desk.get(url(proposal, page)))
    by = officer()
    for n in range(3):
        plan(proposal, by, AT + timedelta(minutes=n))
        contact(proposal, by, AT + timedelta(minutes=n))
    assert queries_of(lambda: desk.get(url(proposal, page))) <= few <= 12


def test_the_editor_chooses_what_the_demands_add_up_to(
    staff_client: Callable[..., SignedIn], at_instant: At
) -> None:
    from minben.demands import actions as demands
    from tests.db.demands import scene as demanded

    one = demanded.scene()
    [first] = demanded.assigned(one, "增設行人庇護島")
    client = staff_client(Role.OFFICER, one.agency)
    with at_instant(demanded.NOW):
        where = f"/en/desk/responses/{one.proposal.case.number}/"
        assert (
            'value="not_adopted" id'
            not in client.get(where).content.decode().replace(" checked", "")
            or "checked" not in client.get(where).content.decode()
        )
        demands.publish_split(case_id=one.case_id, by=one.officer, at=demanded.NOW)
        given = {**BLOCKS, "adoption": "not_adopted", "revision": 0, "act": "save"}
        client.post(where, given)
        page = client.get(f"{where}publish/").content.decode()
        assert "dispose of every demand" in page
        assert 'name="confirmed"' not in page
        demanded.disposed(one, first, "not_adopted")
        assert 'name="confirmed"' in client.get(f"{where}publish/").content.decode()
