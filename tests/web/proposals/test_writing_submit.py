"""Checking one's answers and submitting: once, under the rules of that day, with reasons if not."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest

from minben.kernel.actor import Role
from minben.proposals import actions
from minben.proposals.models import Draft, Proposal
from tests.factories import DAY, DAY0, accept_one, file_one, make_agency, make_staff
from tests.web.conftest import SignedIn
from tests.web.proposals.writing import WHOLE, begin, body, url, whole

pytestmark = pytest.mark.django_db
At = Callable[..., AbstractContextManager[None]]


@pytest.fixture(autouse=True)
def _day_one(at_instant: At) -> Iterator[None]:
    with at_instant(DAY0 + DAY):
        yield


@pytest.fixture
def writer(citizen_client: Callable[..., SignedIn]) -> SignedIn:
    return citizen_client()


def test_all_answers_are_shown_with_what_holds(writer: SignedIn) -> None:
    draft = whole(writer)
    page = body(writer.get(url(draft, "check", "/en")))
    for words in (
        WHOLE["subject"],
        WHOLE["content"],
        WHOLE["benefits"],
        "Tax and finance",
        "MOF",
        "Not filled in",  # the evidence
        "3 working days",
        "5,000 endorsements",
        "2 months",
        'datetime="2026-03-06"',
        "Online participation in public policy",
        writer.user.public_name,
        "Submit my proposal",
    ):
        assert words in page
    assert f'href="/en{url(draft, "content")}?review=1"' in page


def test_another_governments_rules_have_other_numbers(writer: SignedIn) -> None:
    draft = begin(writer, "taipei", **WHOLE, agency_ids=[])
    page = body(writer.get(url(draft, "check", "/en")))
    assert "1,500 endorsements" in page
    assert "45 days" in page
    assert "The platform&#x27;s administrator decides" in page


def test_what_is_missing_is_listed_and_there_is_no_button(writer: SignedIn) -> None:
    draft = begin(writer, subject="短", content="也短")
    page = body(writer.get(url(draft, "check", "/en")))
    for words in (
        "Please write at least 5 characters.",
        "Please write at least 20 characters.",
        "Please fill this in.",
        "Choose a topic from the list.",
    ):
        assert words in page
    assert "Submit my proposal" not in page


def test_submitting_leads_to_the_number_and_the_next_date(writer: SignedIn) -> None:
    draft = whole(writer)
    response = writer.post(url(draft, "check"))
    proposal = Proposal.objects.get()
    assert response["Location"] == url(draft, "done")
    page = body(writer.get(url(draft, "done", "/en")))
    assert proposal.case.number in page
    assert 'datetime="2026-03-06"' in page
    assert not Draft.objects.exists()
    assert (proposal.subject, proposal.case.rule_set.code) == (WHOLE["subject"], "tw-join-2018")


def test_submitting_twice_is_submitting_once(writer: SignedIn) -> None:
    draft = whole(writer)
    writer.post(url(draft, "check"))
    for step in ("check", "content", "discard"):
        again = writer.post(url(draft, step), {"step": step})
        assert (again.status_code, again["Location"]) == (302, url(draft, "done"))
    assert writer.get(url(draft, "subject"))["Location"] == url(draft, "done")
    assert Proposal.objects.count() == 1


def test_a_draft_that_is_kept_is_submitted_once_too(writer: SignedIn) -> None:
    draft = whole(writer)
    actions.open_codrafting(draft_id=draft.pk, days=10, by=writer.actor, at=DAY0)
    assert writer.post(url(draft, "check")).status_code == 302
    assert writer.post(url(draft, "check"))["Location"] == url(draft, "done")
    assert Proposal.objects.count() == 1
    assert str(draft.pk) not in body(writer.get("/propose/"))


def test_two_at_once_lead_to_the_same_proposal(
    writer: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other press is through between our reading of the draft and our own act."""
    draft = whole(writer)
    file_proposal = actions.file_proposal

    def late(**given: object) -> object:
        file_proposal(**given)  # type: ignore[arg-type]
        return file_proposal(**given)  # type: ignore[arg-type]

    monkeypatch.setattr(actions, "file_proposal", late)
    assert writer.post(url(draft, "check"))["Location"] == url(draft, "done")
    assert Proposal.objects.count() == 1


def test_the_page_after_it_is_the_proposers_own(
    writer: SignedIn, citizen_client: Callable[..., SignedIn]
) -> None:
    draft = whole(writer)
    writer.post(url(draft, "check"))
    assert citizen_client().get(url(draft, "done")).status_code == 404
    assert citizen_client().get(url(draft, "content")).status_code == 403
    assert writer.get(url(begin(writer), "done")).status_code == 404


def test_after_the_check_that_page_is_the_proposal(writer: SignedIn) -> None:
    draft = whole(writer)
    writer.post(url(draft, "check"))
    proposal = accept_one(Proposal.objects.get(), DAY0 + DAY)
    assert writer.get(url(draft, "done"))["Location"] == f"/proposals/{proposal.case.number}/"


# Refusals


def test_unfinished_wording_is_refused_with_the_way_to_its_step(writer: SignedIn) -> None:
    draft = begin(writer, **{**WHOLE, "benefits": "短"}, agency_ids=[])
    response = writer.post(url(draft, "check", "/en"))
    page = body(response)
    assert response.status_code == 422
    assert "Your proposal was not submitted. Nothing you wrote is lost." in page
    assert f'href="/en{url(draft, "benefits")}?review=1"' in page
    assert "Please write at least 10 characters." in page
    assert Draft.objects.filter(pk=draft.pk).exists()


def test_a_missing_topic_leads_to_its_step(writer: SignedIn) -> None:
    draft = begin(writer, **{**WHOLE, "topic": ""}, agency_ids=[])
    response = writer.post(url(draft, "check"))
    assert response.status_code == 422
    assert f"{url(draft, 'agencies')}?review=1" in body(response)


def test_a_pause_is_told_before_and_refused_after(writer: SignedIn) -> None:
    draft = whole(writer)
    actions.declare_pause(
        jurisdiction_id=draft.jurisdiction_id,
        starts_at=DAY0,
        ends_at=DAY0.replace(hour=16) + 9 * DAY,
        reason_zh="選舉期間",
        reason_en="Election period",
        source="選舉公告",
        by=make_staff(Role.ADMINISTRATOR),
        at=DAY0,
    )
    page = body(writer.get(url(draft, "check", "/en")))
    assert "Proposing is paused until" in page
    assert 'datetime="2026-03-11"' in page
    assert "Submit my proposal" not in page
    response = writer.post(url(draft, "check", "/en"))
    assert response.status_code == 409
    assert "Proposing is paused until 2026-03-11" in body(response)
    assert not Proposal.objects.exists()
    taipei = begin(writer, "taipei", **WHOLE, agency_ids=[])
    assert writer.post(url(taipei, "check")).status_code == 302


def test_a_matter_that_has_just_reached_is_barred_with_the_way_to_it(writer: SignedIn) -> None:
    other = accept_one(file_one(subject=WHOLE["subject"], agencies=(make_agency(),)))
    Proposal.objects.filter(pk=other.pk).update(
        state="reached", reached_at=DAY0, endorsed=5000, numbered=5000
    )
    draft = whole(writer)
    response = writer.post(url(draft, "check", "/en"))
    page = body(response)
    assert response.status_code == 409
    assert f"/proposals/{other.case.number}/" in page
    assert "2026-09-03" in page
    assert f'href="/en{url(draft, "subject")}?review=1"' in page
    assert "六個月內" in page  # the basis


def test_an_agency_that_was_closed_meanwhile_is_refused(writer: SignedIn) -> None:
    draft = whole(writer)
    Draft.objects.filter(pk=draft.pk).update(agency_ids=[987_654])
    response = writer.post(url(draft, "check", "/en"))
    assert response.status_code == 422
    assert "This agency does not exist" in body(response)
    assert f"{url(draft, 'agencies')}?review=1" in body(response)


def test_pages_of_writing_take_few_queries(
    writer: SignedIn, django_assert_max_num_queries: Callable[[int], AbstractContextManager[None]]
) -> None:
    draft = whole(writer)
    for step in ("subject", "content", "benefits", "evidence", "agencies", "check"):
        with django_assert_max_num_queries(8):
            assert writer.get(url(draft, step)).status_code == 200
    with django_assert_max_num_queries(8):
        writer.get("/propose/")
