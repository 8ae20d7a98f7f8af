"""Letters that remind agencies of what they owe: what, by when, where, why; two languages."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.urls import resolve
from django.utils import translation

from minben.casework.actions.reminding import remind_due
from minben.casework.models import Deadline
from minben.casework.rules.reminding import instant_of
from minben.kernel.actor import SYSTEM, Role
from minben.notify.actions import send_due
from minben.notify.models import Notice
from minben.people.models import User
from minben.proposals.models import Proposal
from tests.factories import make_agency, make_staff
from tests.web.desk.conftest import reach_one

pytestmark = pytest.mark.django_db
SUBJECT = "路口庇護島請加寬 <5 公尺> & 「延長」秒數's"


@pytest.mark.parametrize("language", ["zh-hant", "en"])
@pytest.mark.parametrize(
    ("mark", "english", "chinese"),
    [
        (14, ("falls due soon", "14 days left"), ("即將到期", "還有 14 天")),
        (1, ("falls due soon", "1 day left"), ("即將到期", "還有 1 天")),
        (0, ("falls due today", "due today"), ("今日到期", "今日到期")),
        (-1, ("is overdue", "1 day overdue"), ("已逾期", "已逾期 1 天")),
        (-8, ("is overdue", "8 days overdue"), ("已逾期", "已逾期 8 天")),
    ],
)
def test_each_says_what_is_owed_until_when_and_where(
    language: str, mark: int, english: tuple[str, str], chinese: tuple[str, str]
) -> None:
    agency = make_agency()
    proposal = reach_one(agency)
    Proposal.objects.filter(pk=proposal.pk).update(subject=SUBJECT)
    Deadline.objects.exclude(case_id=proposal.case_id, kind="response").update(remind_at=None)
    who = make_staff(Role.OFFICER, agency)
    User.objects.filter(pk=who.person_id).update(language=language)
    duty = Deadline.objects.get(case_id=proposal.case_id, kind="response")
    at = instant_of(mark, duty.due_at)
    assert remind_due(by=SYSTEM, at=at) == 1
    Notice.objects.exclude(kind__startswith="casework.").delete()
    assert send_due(by=SYSTEM, at=at + timedelta(minutes=1)) == 1, Notice.objects.get().last_error
    [sent] = mail.outbox
    body = str(sent.body)
    for left_over in ("{{", "{%", "%(", "&#", "&lt;", "&amp;", "None"):
        assert left_over not in body.replace(SUBJECT, ""), (left_over, body)
    for said in (english if language == "en" else chinese) + (
        "2026-05-02", proposal.case.number, SUBJECT, duty.basis,
    ):  # fmt: skip
        assert said in body, (said, body)
    assert ("Formal response" if language == "en" else "正式回應") in body
    assert SUBJECT in sent.subject
    links = [word for word in body.split() if word.startswith(settings.SITE_URL)]
    assert len(links) == 1
    path = links[0].removeprefix(settings.SITE_URL)
    assert path.startswith("/en/") is (language == "en")
    with translation.override(language):
        assert resolve(path).view_name == "desk:case"


@pytest.mark.parametrize(
    "kind", ["check", "response", "appeal", "handling_plan", "contact", "study_return"]
)
def test_every_kind_of_duty_has_a_name_in_the_letter(kind: str) -> None:
    proposal = reach_one(make_agency())
    Deadline.objects.filter(case_id=proposal.case_id).update(remind_at=None)
    rows = Deadline.objects.filter(case_id=proposal.case_id, outcome="open")
    duty = rows.get(kind="response")
    rows.exclude(pk=duty.pk).update(outcome="cancelled", outcome_at=duty.starts_at)
    rows.update(kind=kind, remind_at=duty.starts_at)
    make_staff(Role.OFFICER, make_agency())
    at = instant_of(0, duty.due_at)
    remind_due(by=SYSTEM, at=at)
    Notice.objects.exclude(kind__startswith="casework.").delete()
    with translation.override("zh-hant"):
        assert send_due(by=SYSTEM, at=at) == 1
    [line] = [one for one in str(mail.outbox[0].body).splitlines() if one.startswith("- ")]
    assert not line.startswith("-  ")
