"""Every letter on demands: what happened, what to do, by when; plain text, two languages."""

import pytest
from django.conf import settings
from django.core import mail
from django.urls import resolve
from django.utils import translation

from minben.demands import actions
from minben.demands.notices import _SUBJECTS
from minben.kernel.actor import SYSTEM, Role
from minben.notify.actions import send_due
from minben.notify.models import Notice
from minben.people import queries as people
from minben.people.models import User
from tests.db.demands.scene import NOW, REASON, Scene, answered, propose, split
from tests.factories import DAY, make_staff

pytestmark = pytest.mark.django_db
TESTED = {"split_published", "correction_answered", "corrected", "assigned"}


@pytest.fixture(params=["zh-hant", "en"])
def language(request: pytest.FixtureRequest, one: Scene) -> str:
    speaks(one.petitioner, request.param)
    return str(request.param)


def speaks(user: User, language: str) -> None:
    User.objects.filter(pk=user.pk).update(language=language)
    user.refresh_from_db()


def letter(kind: str, to: User) -> str:
    """The body of the letter of that kind that reached that person, as it left."""
    Notice.objects.exclude(kind=f"demands.{kind}", recipient=f"person:{to.pk}").delete()
    assert send_due(by=SYSTEM, at=NOW + 10 * DAY) == 1, Notice.objects.get().last_error
    sent = mail.outbox[-1]
    assert sent.to == [to.email]
    body = str(sent.body)
    for left_over in ("{{", "{%", "%(", "&#", "&lt;", "&amp;", "<", "None"):
        assert left_over not in body, (left_over, body)
    links = [word for word in body.split() if word.startswith(settings.SITE_URL)]
    assert links
    for link in links:
        path = link.removeprefix(settings.SITE_URL)
        assert path.startswith("/en/") is (to.language == "en")
        with translation.override(to.language):
            resolve(path.split("#")[0])
    return body


def test_each_kind_has_its_test() -> None:
    assert set(_SUBJECTS) == TESTED


def test_the_split_is_published(one: Scene, language: str) -> None:
    split(one)
    actions.publish_split(case_id=one.case_id, by=one.officer, at=NOW)
    body = letter("split_published", one.petitioner)
    assert "2026-03-12" in body
    assert f"/cases/{one.proposal.case.number}/demands/" in body
    assert "3" in body


@pytest.mark.parametrize("taken", [True, False])
def test_a_correction_is_answered(one: Scene, language: str, taken: bool) -> None:
    split(one)
    actions.publish_split(case_id=one.case_id, by=one.officer, at=NOW)
    made = propose(one)
    actions.answer_correction(
        correction_id=made.pk, taken=taken, answer="已參照原文 & 附件。", by=one.officer, at=NOW
    )
    body = letter("correction_answered", one.petitioner)
    assert "已參照原文 & 附件。" in body
    assert (("未採納" in body) or ("has not taken over" in body)) is not taken


def test_a_disposition_is_corrected(one: Scene, language: str) -> None:
    [row] = answered(one, "adopted")
    actions.correct_disposition(
        demand_id=row.pk,
        adoption="not_adopted",
        reason=f"經再查明，{REASON}",
        follow_up="",
        because="原列經費數字有誤。",
        number=1,
        by=one.officer,
        at=NOW,
    )
    body = letter("corrected", one.petitioner)
    assert "原列經費數字有誤。" in body
    assert ("不予採納" in body) or ("Not adopted" in body)


def test_a_demand_is_assigned(one: Scene, language: str) -> None:
    user = people.user_of(make_staff(Role.OFFICER, one.other))
    speaks(user, language)
    [row] = split(one, "增設行人庇護島")
    actions.assign_demand(demand_id=row.pk, agency_id=one.other.pk, by=one.officer, at=NOW)
    body = letter("assigned", user)
    assert "增設行人庇護島" in body
    assert f"/desk/demands/{row.pk}/" in body


def test_who_acts_is_not_told_of_it(one: Scene) -> None:
    [row] = split(one, "增設行人庇護島")
    actions.assign_demand(demand_id=row.pk, agency_id=one.agency.pk, by=one.officer, at=NOW)
    assert not Notice.objects.filter(recipient=one.officer.id, kind="demands.assigned").exists()
