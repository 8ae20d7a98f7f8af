"""The letters on who is responsible: to whom, what to do, why; plain text, two languages."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.urls import resolve
from django.utils import translation

from minben.assigning import actions
from minben.kernel.actor import SYSTEM, Actor
from minben.notify.actions import send_due
from minben.notify.models import Notice
from minben.people import queries as people
from minben.proposals import actions as proposals
from tests.db.assigning.handing import AT, REASON, Asked, asked

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)
WHY = "道路設計屬交通部法定職掌 <與> & 稅捐機關僅就財源提供意見。"


@pytest.fixture(params=["zh-hant", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def case_read_in(language: str) -> Asked:
    """A case whose people read that language; the first agency's officer is asked anew."""
    case = asked()
    for by in (case.one, case.two, case.admin):
        user = people.user_of(by)
        user.language = language
        user.save()
    proposals.name_agencies(
        proposal_id=case.proposal.pk, agency_ids=[case.second.pk], by=case.admin, at=LATER
    )
    proposals.name_agencies(
        proposal_id=case.proposal.pk, agency_ids=[case.first.pk], by=case.admin, at=LATER
    )
    return case


def letter(kind: str, to: Actor) -> str:
    """The newest letter of that kind to that person, as it left."""
    kept = Notice.objects.filter(kind=f"assigning.{kind}", recipient=to.id).order_by("-pk")[0]
    Notice.objects.exclude(pk=kept.pk).delete()
    assert send_due(by=SYSTEM, at=LATER) == 1, Notice.objects.get().last_error
    body = str(mail.outbox[-1].body)
    for left_over in ("{{", "{%", "%(", "&#", "&lt;", "&amp;", "None"):
        assert left_over not in body, (left_over, body)
    links = [word for word in body.split() if word.startswith(settings.SITE_URL)]
    assert links
    with translation.override(people.user_of(to).language):
        for link in links:
            resolve(link.removeprefix(settings.SITE_URL))
    return f"{mail.outbox[-1].subject}\n{body}"


def test_who_is_asked_reads_what_to_do(language: str) -> None:
    case = case_read_in(language)
    body = letter("offered", case.one)
    assert case.proposal.subject in body
    assert (
        "MOF was named as the lead agency" if language == "en" else "財政部被指定為案件的主辦機關"
    ) in body
    assert ("both lead" if language == "en" else "併列主辦") in body


def test_administrators_read_that_a_dispute_waits(language: str) -> None:
    case = case_read_in(language)
    actions.dispute_offer(offer_id=case.offer().pk, reason=REASON, by=case.one, at=LATER)
    body = letter("escalated", case.admin)
    assert ("waits for your decision" if language == "en" else "權責爭議待您決定") in body
    assert ("MOF" if language == "en" else "財政部") in body


def test_the_agencies_read_who_leads_and_why(language: str) -> None:
    case = case_read_in(language)
    actions.dispute_offer(offer_id=case.offer().pk, reason=REASON, by=case.one, at=LATER)
    actions.decide_dispute(
        offer_id=case.offer().pk, agencies=["motc", "mof"], reason=WHY, by=case.admin, at=LATER
    )
    body = letter("settled", case.one)
    assert ("Lead agency: MOTC, MOF" if language == "en" else "主辦機關：交通部、財政部") in body
    assert WHY in body
    assert "Assisting" not in body
    assert "協辦" not in body


def test_a_letter_that_is_no_longer_true_is_not_sent() -> None:
    case = asked()
    proposals.name_agencies(
        proposal_id=case.proposal.pk, agency_ids=[case.second.pk], by=case.admin, at=LATER
    )
    Notice.objects.exclude(kind="assigning.offered").delete()
    actions.accept_offer(offer_id=case.offer(case.second).pk, by=case.two, at=LATER)
    assert send_due(by=SYSTEM, at=LATER) == 0
    assert not mail.outbox


def test_a_dispute_that_is_decided_asks_nobody_any_more() -> None:
    case = asked()
    actions.dispute_offer(offer_id=case.offer().pk, reason=REASON, by=case.one, at=LATER)
    actions.decide_dispute(
        offer_id=case.offer().pk, agencies=["mof"], reason=WHY, by=case.admin, at=LATER
    )
    Notice.objects.exclude(kind="assigning.escalated").delete()
    assert Notice.objects.count() == 1
    assert send_due(by=SYSTEM, at=LATER) == 0
    assert not mail.outbox
