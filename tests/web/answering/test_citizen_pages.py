"""What citizens see and do: minutes, survey, results, the page of the handling."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from minben.answering import actions
from minben.answering.models import Contact, SurveyAnswer
from minben.answering.rules.surveys import WordsVerdict
from minben.kernel.actor import Role
from minben.people.models import User
from minben.proposals.models import Endorsement, Proposal
from tests.db.answering.scenes import (
    AGREED,
    AT,
    MINUTES,
    SUMMARY,
    answer,
    contact,
    officer,
    plan,
    reached_one,
)
from tests.db.refused import checker
from tests.factories import DAY, actor, make_person
from tests.web.conftest import SignedIn

pytestmark = pytest.mark.django_db
At = Callable[..., Any]
Signs = Callable[..., SignedIn]
SCORES = {"understandable": "5", "reasoned": "4", "heard": "3", "overall": "4"}


def proposer(proposal: Proposal) -> User:
    return User.objects.get(pk=proposal.proposer_id)


def handling(proposal: Proposal) -> str:
    return f"/en/cases/{proposal.case.number}/"


def test_the_proposer_looks_at_the_minutes_and_adds_their_words(
    citizen_client: Signs, at_instant: At, client: Client
) -> None:
    proposal = reached_one()
    found = contact(proposal, officer())
    mine = citizen_client(proposer(proposal))
    url = f"/en/cases/{proposal.case.number}/contacts/{found.pk}/"
    with at_instant(AT + DAY):
        page = mine.get(url).content.decode()
        assert MINUTES in page
        assert AGREED in page
        assert "12 March 2026" in page
        refused = mine.post(url, {"verdict": "corrected", "statement": " "})
        assert refused.status_code == 422
        assert "own words" in refused.content.decode()
        public = client.get(handling(proposal)).content.decode()
        assert MINUTES not in public
        sent = {"verdict": "corrected", "statement": "另外談到無障礙。"}
        assert mine.post(url, sent).status_code == 302
        public = client.get(handling(proposal)).content.decode()
        assert MINUTES in public
        assert "另外談到無障礙。" in public
        assert mine.post(url, {"verdict": "objected", "statement": "私事。"}).status_code == 302
        public = client.get(handling(proposal)).content.decode()
        assert MINUTES not in public
        assert "私事。" not in public


def test_minutes_are_for_nobody_else(citizen_client: Signs, at_instant: At, client: Client) -> None:
    proposal = reached_one()
    found = contact(proposal, officer())
    url = f"/en/cases/{proposal.case.number}/contacts/{found.pk}/"
    with at_instant(AT):
        assert citizen_client().get(url).status_code == 404
        assert client.get(url).status_code == 302
        mine = citizen_client(proposer(proposal))
        assert mine.get(f"/en/cases/2026-999999/contacts/{found.pk}/").status_code == 404
    assert Contact.objects.get().verdict == ""


def test_plan_and_contacts_stand_on_the_page_of_the_handling(
    client: Client, at_instant: At
) -> None:
    proposal, by = reached_one(), officer()
    plan(proposal, by)
    plan(proposal, by, AT + DAY, SUMMARY + "另加說明會。")
    contact(proposal, by, reached=False)
    with at_instant(AT + 2 * DAY):
        page = client.get(handling(proposal)).content.decode()
    assert "另加說明會。" in page
    assert "Version 1" in page
    assert "Nobody was reached" in page


def survey(proposal: Proposal) -> str:
    return f"/en/cases/{proposal.case.number}/survey/"


def test_the_survey_is_answered_changed_and_over(
    citizen_client: Signs, at_instant: At, client: Client
) -> None:
    proposal = reached_one(endorsers=5)
    answer(proposal, officer())
    people = [row.person for row in Endorsement.objects.filter(proposal=proposal)]
    mine = citizen_client(people[0])
    with at_instant(AT + DAY):
        assert client.get(survey(proposal)).status_code == 302
        refused = mine.post(survey(proposal), {"overall": "4", "words": "寫了一半"})
        assert refused.status_code == 422
        assert "寫了一半" in refused.content.decode()
        assert mine.post(survey(proposal), SCORES | {"words": "很清楚"}).status_code == 302
        page = mine.get(survey(proposal)).content.decode()
        assert "You have answered" in page
        assert "很清楚" in page
        other = citizen_client().get(survey(proposal)).content.decode()
        assert "not among those who are asked" in other
        assert "<textarea" not in other
        for person in people[1:]:
            actions.answer_survey(
                case_id=proposal.case_id,
                scores={name: int(score) for name, score in SCORES.items()},
                words="",
                by=actor(person),
                at=AT + DAY,
            )
        assert "Mean" not in client.get(handling(proposal)).content.decode()
        shown = client.get(f"/en/proposals/{proposal.case.number}/").content.decode()
        assert survey(proposal) in shown
        assert "comments are taken until the end of" in shown
    answered = SurveyAnswer.objects.get(person=people[0])
    with at_instant(AT + 20 * DAY):
        page = client.get(handling(proposal)).content.decode()
        assert "5 of 6 people" in page
        assert "83 %" in page
        assert "Mean 4.00 of 5, from 5 answers" in page
        assert "很清楚" not in page
        actions.judge_words(
            answer_id=answered.pk, verdict=WordsVerdict.SHOWN, by=checker(), at=AT + 20 * DAY
        )
        assert "很清楚" in client.get(handling(proposal)).content.decode()
        assert "The survey is over" in mine.get(survey(proposal)).content.decode()
        assert mine.post(survey(proposal), SCORES).status_code == 409
        assert (
            survey(proposal)
            not in client.get(f"/en/proposals/{proposal.case.number}/").content.decode()
        )


def test_with_few_answers_nothing_is_shown(client: Client, at_instant: At) -> None:
    proposal = reached_one()
    answer(proposal, officer())
    with at_instant(AT + 20 * DAY):
        page = client.get(handling(proposal)).content.decode()
    assert "So few answers are not shown" in page
    assert "Mean" not in page


def test_words_are_moderated_without_a_name(
    staff_client: Signs, citizen_client: Signs, at_instant: At
) -> None:
    proposal = reached_one()
    answer(proposal, officer())
    person = Endorsement.objects.get(proposal=proposal).person
    actions.answer_survey(
        case_id=proposal.case_id,
        scores={name: int(score) for name, score in SCORES.items()},
        words="回應很慢",
        by=actor(person),
        at=AT + timedelta(hours=1),
    )
    desk = staff_client(Role.CHECKER)
    with at_instant(AT + DAY):
        assert "Nothing waits" in desk.get("/en/desk/survey-words/").content.decode()
    with at_instant(AT + 20 * DAY):
        page = desk.get("/en/desk/survey-words/").content.decode()
        assert "回應很慢" in page
        assert person.nickname not in page
        pk = SurveyAnswer.objects.get().pk
        odd = desk.post("/en/desk/survey-words/", {"answer": "x", "verdict": "shown"})
        assert odd.status_code == 409
        done = desk.post("/en/desk/survey-words/", {"answer": pk, "verdict": "withheld"})
        assert done.status_code == 302
    assert SurveyAnswer.objects.get().verdict == "withheld"
    assert citizen_client().get("/en/desk/survey-words/").status_code == 403


def test_corrections_of_a_case_without_an_answer_do_not_exist(
    client: Client, at_instant: At
) -> None:
    proposal = reached_one()
    with at_instant(AT):
        assert client.get(f"/en/cases/{proposal.case.number}/corrections/").status_code == 404
        assert client.get("/en/cases/2026-999999/corrections/").status_code == 404
        answer(proposal, officer())
        page = client.get(f"/en/cases/{proposal.case.number}/corrections/").content.decode()
    assert "Nothing was corrected" in page


def test_everybody_may_take_what_the_platform_holds_of_them(
    citizen_client: Signs, at_instant: At
) -> None:
    proposal = reached_one()
    contact(proposal, officer())
    mine = citizen_client(proposer(proposal))
    with at_instant(AT):
        told = mine.get("/my/data.json").json()
    assert told["answering"]["contacts"][0]["discussed"] == MINUTES
    assert told["answering"]["survey_answers"] == []
    assert make_person().pk != proposal.proposer_id
