"""Every letter on a proposal: what happened, why, what to do, by when; plain text, two languages."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import resolve
from django.utils import translation

from minben.kernel.actor import SYSTEM, Role
from minben.notify.actions import send_due
from minben.notify.models import Notice
from minben.people import queries as people
from minben.people.models import User
from minben.proposals import actions
from minben.proposals.models import Proposal
from minben.proposals.notices import _SUBJECTS
from tests.factories import DAY, DAY0, actor, endorse, make_agency, make_person, make_staff
from tests.web.proposals.stages import OPEN, answered_one, hidden_one, lapsed_one, open_one

pytestmark = pytest.mark.django_db
At = Callable[..., Any]
SUBJECT = "路口庇護島請加寬 <5 公尺> & 「延長」秒數's"


@pytest.fixture(params=["zh-hant", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def reader(language: str) -> User:
    person = make_person()
    person.language = language
    person.save()
    return person


def letter(kind: str, to: User) -> str:
    """The body of the letter of that kind that reached that person, as it left."""
    Notice.objects.exclude(kind=f"proposals.{kind}", recipient=f"person:{to.pk}").delete()
    assert send_due(by=SYSTEM, at=OPEN + 400 * DAY) == 1, Notice.objects.get().last_error
    sent = mail.outbox[-1]
    assert sent.to == [to.email]
    body = str(sent.body)
    for left_over in ("{{", "{%", "%(", "&#", "&lt;", "&amp;", "<", "None"):
        assert left_over not in body.replace(SUBJECT, ""), (left_over, body)
    links = [word for word in body.split() if word.startswith(settings.SITE_URL)]
    assert links
    for link in links:
        path = link.removeprefix(settings.SITE_URL)
        assert path.startswith("/en/") is (to.language == "en")
        with translation.override(to.language):
            resolve(path.split("#")[0])
    return body


def renamed(proposal: Proposal) -> None:
    Proposal.objects.filter(pk=proposal.pk).update(subject=SUBJECT)


def test_accepted(language: str) -> None:
    person = reader(language)
    open_one(person)
    body = letter("accepted", person)
    assert "2026-03-03" in body
    assert "2026-05-01" in body
    assert "5000" in body


def test_hidden_says_ground_reason_and_until_when_to_appeal(language: str) -> None:
    person, target = reader(language), open_one()
    proposal = hidden_one(
        person, ground="duplicate_open", reason="與附議中的提議相同。", merge_into=target
    )
    body = letter("hidden", person)
    ground = "The same content" if language == "en" else "與附議中之提議內容相同"
    assert ground in body
    assert "與附議中的提議相同。" in body
    assert "2026-04-01" in body
    assert f"/proposals/{target.case.number}/" in body
    assert f"/proposals/{proposal.case.number}/appeal/" in body


@pytest.mark.parametrize("upheld", [False, True])
def test_appeals(language: str, upheld: bool) -> None:
    person = reader(language)
    proposal = hidden_one(person)
    renamed(proposal)
    actions.appeal(
        proposal_id=proposal.pk, text="第二段已寫明，請再看一次。", by=actor(person), at=DAY0 + DAY
    )
    actions.decide_appeal(
        proposal_id=proposal.pk,
        upheld=upheld,
        reason="已再次審視。",
        by=make_staff(Role.CHECKER),
        at=DAY0 + 2 * DAY,
    )
    body = letter("appeal_upheld" if upheld else "appeal_rejected", person)
    assert "已再次審視。" in body
    assert SUBJECT in body
    assert ("2026-05-03" in body) is upheld  # sixty days from 5 March


def test_endorsed(language: str) -> None:
    person, proposal = reader(language), open_one()
    renamed(proposal)
    endorse(proposal_id=proposal.pk, by=actor(person), at=OPEN)
    actions.confirm_endorsements(by=SYSTEM, at=OPEN)
    body = letter("endorsed", person)
    assert f"/proposals/{proposal.case.number}/endorsed/" in body
    assert SUBJECT in body
    assert "2026-05-01" in body


@pytest.mark.parametrize("kind", ["reached", "reached_agency"])
def test_reached(language: str, kind: str) -> None:
    agency, person = make_agency(), reader(language)
    officer = people.user_of(make_staff(Role.OFFICER, agency))
    officer.language = language
    officer.save()
    proposal = open_one(person, threshold=1, agencies=(agency,))
    endorse(proposal_id=proposal.pk, by=actor(make_person()), at=OPEN)
    body = letter(kind, person if kind == "reached" else officer)
    assert "2026-05-04" in body
    assert ("/desk/" in body) is (kind == "reached_agency")


def test_lapsed(language: str) -> None:
    person = reader(language)
    proposal = open_one(person)
    actions.close_due(by=SYSTEM, at=proposal.closes_at)
    body = letter("lapsed", person)
    assert "2026-05-01" in body
    assert "/propose/" in body


def test_answered(language: str) -> None:
    person = reader(language)
    proposal = answered_one(person)
    body = letter("answered", person)
    assert ("Partly adopted" if language == "en" else "部分參採") in body
    assert f"/proposals/{proposal.case.number}/#response" in body


def test_extended(language: str) -> None:
    agency, person = make_agency(), reader(language)
    proposal = open_one(person, threshold=1, agencies=(agency,))
    renamed(proposal)
    endorse(proposal_id=proposal.pk, by=actor(make_person()), at=OPEN)
    why = "須跨部會協商，並召開二次公聽會蒐集各界意見後再行回應。"
    actions.extend_response(
        proposal_id=proposal.pk,
        until=date(2026, 7, 4),
        reason=why,
        by=make_staff(Role.OFFICER, agency),
        at=OPEN + 30 * DAY,
    )
    body = letter("extended", person)
    assert "2026-07-04" in body
    assert why in body
    assert f"/proposals/{proposal.case.number}/" in body


def test_every_kind_has_its_test_here() -> None:
    tested = {
        "accepted", "hidden", "appeal_upheld", "appeal_rejected", "endorsed", "reached",
        "reached_agency", "lapsed", "answered", "extended",
    }  # fmt: skip
    by_campaigns = {
        "invalidated", "restored", "campaign_run", "campaign_restored", "fell_below",
        "campaign_appeal_upheld", "campaign_appeal_rejected",
    }  # fmt: skip
    assert set(_SUBJECTS) == tested | by_campaigns  # in db/proposals/test_campaign*.py


def test_the_links_of_a_letter_open(client: Client, at_instant: At) -> None:
    proposal = lapsed_one()
    with at_instant(OPEN + 100 * DAY):
        assert client.get(f"/proposals/{proposal.case.number}/").status_code == 200
