"""Every letter of this module: what happened, what to do, by when; plain text, two languages."""

from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.urls import resolve
from django.utils import translation

from minben.answering import actions
from minben.answering.notices import SUBJECTS
from minben.answering.rules import PostKind
from minben.config.jobs import tick
from minben.kernel.actor import SYSTEM
from minben.notify.actions import send_due
from minben.notify.models import Notice
from minben.people.models import User
from minben.proposals.models import Proposal
from tests.db.answering.scenes import AT, SUMMARY, answer, contact, officer, plan, reached_one
from tests.factories import DAY, make_person

pytestmark = pytest.mark.django_db
SUBJECT = "路口庇護島請加寬 <5 公尺> & 「延長」秒數's"
DONE = "已召開兩次跨部會會議 <三月>，並完成現況盤點與費用估算。"


@pytest.fixture(params=["zh-hant", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def of(language: str) -> tuple[Proposal, User]:
    person = make_person()
    person.language = language
    person.save()
    proposal = reached_one(person)
    Proposal.objects.filter(pk=proposal.pk).update(subject=SUBJECT)
    proposal.refresh_from_db()
    return proposal, person


def letter(kind: str, to: User, wait: Any = AT + 400 * DAY) -> str:
    """The body of the one letter of that kind that reached that person."""
    tick(AT + 30 * DAY)
    Notice.objects.exclude(kind=kind, recipient=f"person:{to.pk}").delete()
    mail.outbox.clear()
    Notice.objects.update(sent_at=None, attempts=0, handed_at=None, lease=None)
    assert send_due(by=SYSTEM, at=wait) == 1
    [sent] = mail.outbox
    body = str(sent.body)
    for left_over in ("{{", "{%", "%(", "&#", "&lt;", "&amp;", "None"):
        assert left_over not in body.replace(SUBJECT, "").replace(DONE, ""), (left_over, body)
    links = [word for word in body.split() if word.startswith(settings.SITE_URL)]
    assert links
    for link in links:
        path = link.removeprefix(settings.SITE_URL)
        assert path.startswith("/en/") is (to.language == "en"), link
        with translation.override(to.language):
            resolve(path.split("#")[0])
    assert SUBJECT in body or SUBJECT in sent.subject
    return body


def test_plan_published(language: str) -> None:
    proposal, person = of(language)
    plan(proposal, officer())
    body = letter("answering.plan_published", person)
    assert SUMMARY in body
    assert "2026-03-12" in body
    assert ("You need to do nothing" if language == "en" else "不必做任何事") in body


def test_contact_logged_asks_by_when_and_tells_what_silence_means(language: str) -> None:
    proposal, person = of(language)
    found = contact(proposal, officer())
    body = letter("answering.contact_logged", person)
    assert "2026-03-12" in body
    assert f"/cases/{proposal.case.number}/contacts/{found.pk}/" in body
    assert ("If you say nothing" if language == "en" else "如果沒有表示") in body


@pytest.mark.parametrize("adoption", ["", "not_adopted"])
def test_posted(language: str, adoption: str) -> None:
    proposal, person = of(language)
    by = officer()
    answer(proposal, by, adoption="under_study")
    actions.publish_post(
        case_id=proposal.case_id,
        kind=PostKind.STUDY_RETURN,
        done=DONE,
        ahead="",
        adoption=adoption,
        reason="費用超過效益。" if adoption else "",
        by=by,
        at=AT + DAY,
    )
    body = letter("answering.posted", person)
    assert DONE in body
    told = "Not adopted" if language == "en" else "不予採納"
    assert (told in body) is bool(adoption)


def test_adoption_corrected(language: str) -> None:
    proposal, person = of(language)
    by = officer()
    response = answer(proposal, by)
    actions.correct_response(
        case_id=proposal.case_id,
        response_id=response.pk,
        block="adoption",
        text="adopted",
        reason="誤選參採情形，應為同意參採。",
        seen=0,
        by=by,
        at=AT + DAY,
    )
    body = letter("answering.adoption_corrected", person)
    assert "誤選參採情形" in body
    assert ("Partly adopted" if language == "en" else "部分參採") in body
    assert f"/cases/{proposal.case.number}/corrections/" in body


def test_the_answer_tells_of_comments_and_survey(language: str) -> None:
    proposal, person = of(language)
    answer(proposal, officer())
    body = letter("proposals.answered", person)
    assert "2026-03-08" in body
    assert "2026-03-19" in body
    assert f"/cases/{proposal.case.number}/survey/" in body


def test_every_kind_has_its_test_here() -> None:
    assert set(SUBJECTS) == {"plan_published", "contact_logged", "posted", "adoption_corrected"}
