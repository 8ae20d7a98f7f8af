"""Every letter about a meeting: what happened, when and where, what to do; in two languages."""

from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.urls import resolve
from django.utils import translation

from minben.kernel.actor import SYSTEM, Role
from minben.meetings import actions
from minben.meetings.models import Meeting
from minben.meetings.notices import _COMING, _FACTS
from minben.meetings.rules.places import ParticipantKind
from minben.notify.actions import expand_mailings, send_due
from minben.notify.models import Notice
from minben.people import queries as people
from minben.people.models import User
from minben.proposals.models import Proposal
from tests.db.meetings.scenes import (
    DAY,
    HOUR,
    OPEN,
    WHEN,
    agreed,
    announced,
    draft,
    held,
    host,
    petition,
    publish,
    register,
    reported,
)
from tests.db.meetings.scenes import settings as settings_of
from tests.factories import actor, endorse, make_agency, make_person, make_staff

pytestmark = pytest.mark.django_db
TITLE = "路口庇護島 <5 公尺> & 「延長」秒數's"
PUBLIC = ParticipantKind.PUBLIC


@pytest.fixture(params=["zh-hant", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def reader(language: str) -> User:
    person = make_person()
    person.language = language
    person.save()
    return person


def letter(kind: str, to: User, at: Any = OPEN) -> str:
    """The body of the letter of that kind that reached that person, as it left."""
    Notice.objects.exclude(kind=f"meetings.{kind}", recipient=f"person:{to.pk}").delete()
    assert send_due(by=SYSTEM, at=at) == 1, Notice.objects.get().last_error
    sent = mail.outbox[-1]
    assert sent.to == [to.email]
    body = str(sent.body)
    for left_over in ("{{", "{%", "%(", "&#", "&lt;", "&amp;", "None"):
        assert left_over not in body, (left_over, body)
    assert TITLE in body
    assert TITLE in str(sent.subject)
    links = [word for word in body.split() if word.startswith(settings.SITE_URL)]
    assert links
    for link in links:
        path = link.removeprefix(settings.SITE_URL)
        assert path.startswith("/en/") is (to.language == "en")
        with translation.override(to.language):
            resolve(path.split("#")[0])
    english = "written automatically" in body
    assert english is (to.language == "en")
    return body


def test_the_proposer_is_told_when_and_where(language: str) -> None:
    person = reader(language)
    announced(proposal=petition(person), title=TITLE)
    body = letter("announced", person)
    assert "2026-04-01" in body
    assert "10:00" in body
    assert "中央聯合辦公大樓" in body


def test_everybody_who_endorsed_is_written_to(language: str) -> None:
    person, by = reader(language), host()
    meeting = announced(by, title=TITLE)
    proposal = Proposal.objects.get(case=meeting.case_id)
    endorse(proposal_id=proposal.pk, by=actor(person), at=proposal.opens_at)
    actions.invite_endorsers(meeting_id=meeting.pk, by=by, at=OPEN)
    expand_mailings(by=SYSTEM, at=OPEN)
    body = letter("endorsers_invited", person)
    assert proposal.subject in body
    assert "5" in body
    assert "List-Unsubscribe" in mail.outbox[-1].extra_headers


def registered(language: str, **changes: Any) -> tuple[Any, Meeting, User]:
    by, person = host(), reader(language)
    meeting = announced(by, title=TITLE, public_places=1, **changes)
    register(meeting, actor(person), PUBLIC)
    return by, meeting, person


def test_a_place(language: str) -> None:
    _, _, person = registered(language)
    assert "2026-04-01" in letter("seated", person)


def test_waiting_and_moving_up(language: str) -> None:
    _, meeting, first = registered(language)
    second = reader(language)
    register(meeting, actor(second), PUBLIC)
    letter("waiting", second)
    row = meeting.registrations.get(person=first)
    actions.give_up(registration_id=row.pk, by=actor(first), at=OPEN)
    letter("moved_up", second)


def test_another_time(language: str) -> None:
    by, meeting, person = registered(language)
    later = settings_of(
        title=TITLE, starts_at=WHEN + DAY, ends_at=WHEN + DAY + HOUR, public_places=1
    )
    actions.change_meeting(meeting_id=meeting.pk, settings=later, by=by, at=OPEN)
    assert "2026-04-02" in letter("moved", person)


def test_called_off(language: str) -> None:
    by, meeting, person = registered(language)
    actions.cancel(meeting_id=meeting.pk, reason="颱風停止上班上課", by=by, at=OPEN)
    assert "颱風停止上班上課" in letter("cancelled", person)


def test_the_result(language: str) -> None:
    person, by = reader(language), host()
    meeting = held(by, proposal=petition(person), title=TITLE)
    draft(meeting, by)
    publish(meeting, by, 1)
    letter("reported", person, WHEN + DAY)


def test_an_agency_is_told_what_it_has_to_do_and_that_it_is_late(language: str) -> None:
    by, motc = host(), make_agency("交通部", "motc")
    person = people.user_of(make_staff(Role.OFFICER, motc))
    person.language = language
    person.save()
    action = agreed(reported(by, title=TITLE), by, agency_id=motc.pk)
    body = letter("action_agreed", person, WHEN + DAY)
    assert "2026-05-31" in body
    assert action.text in body
    actions.mark_late(by=SYSTEM, at=action.due_at)
    assert action.text in letter("action_late", person, action.due_at)


def test_nobody_is_called_to_a_meeting_that_was_called_off(language: str) -> None:
    by, meeting, person = registered(language)
    actions.cancel(meeting_id=meeting.pk, reason="颱風停止上班上課", by=by, at=OPEN)
    Notice.objects.exclude(kind="meetings.seated", recipient=f"person:{person.pk}").delete()
    assert send_due(by=SYSTEM, at=OPEN) == 0
    assert Notice.objects.get().dropped_at == OPEN


def test_every_kind_is_read_above() -> None:
    assert set(_COMING) | set(_FACTS) == {
        "announced",
        "endorsers_invited",
        "seated",
        "waiting",
        "moved_up",
        "moved",
        "cancelled",
        "reported",
        "action_agreed",
        "action_late",
    }
