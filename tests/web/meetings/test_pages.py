"""What everybody sees of meetings: lists, one meeting in a minute, its calendar, its topics."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from minben.kernel.actor import SYSTEM
from minben.meetings import actions
from minben.meetings.rules.places import ParticipantKind, WhyNot
from tests.db.meetings.scenes import (
    DAY,
    HOUR,
    OPEN,
    WHEN,
    a_round,
    agreed,
    announced,
    draft,
    endorser,
    host,
    invited,
    named,
    nominated,
    officer,
    petition,
    planned,
    register,
    reported,
    vote,
)
from tests.factories import actor, make_person

pytestmark = pytest.mark.django_db
At = Callable[..., Any]


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(f"/en{path}")
    assert answer.status_code == status
    return answer.content.decode()


def test_a_meeting_says_in_a_minute_what_when_where_and_how_to_join(
    client: Client, at_instant: At
) -> None:
    meeting = invited(public_places=20, live_url="https://live.example.org/m")
    named(meeting, host(), ParticipantKind.STAKEHOLDER, name="李大明")
    register(meeting, endorser(meeting), name="陳小華")
    with at_instant(OPEN + DAY):
        shown = page(client, f"/meetings/{meeting.number}/")
    assert meeting.title in shown
    assert meeting.purpose in shown
    assert "1 April 2026" in shown
    assert "10:00" in shown
    assert meeting.place in shown
    assert 'href="https://live.example.org/m"' in shown
    assert "20 places, in the order of registration" in shown
    assert "the first five who register" in shown
    assert "it decides nothing" in shown
    assert "2 of 60 places are taken" in shown
    assert "Stakeholders 1" in shown
    for name in ("李大明", "陳小華"):
        assert name not in shown


def test_what_is_not_announced_does_not_exist(client: Client, at_instant: At) -> None:
    meeting = planned()
    with at_instant(OPEN):
        for path in ("", "meeting.ics"):
            assert client.get(f"/meetings/{meeting.number}/{path}").status_code == 404
        assert meeting.title not in page(client, "/meetings/")
        page(client, "/meetings/M2026-9999/", 404)


def test_a_meeting_about_a_case_that_was_hidden_is_hidden_too(
    client: Client, at_instant: At
) -> None:
    from minben.proposals.models import Proposal

    meeting = announced()
    Proposal.objects.filter(case=meeting.case_id).update(
        state="checking", opens_at=None, closes_at=None
    )
    with at_instant(OPEN):
        page(client, f"/meetings/{meeting.number}/", 404)
        assert client.get(f"/meetings/{meeting.number}/meeting.ics").status_code == 404
        assert meeting.title not in page(client, "/meetings/")


def test_the_list_tells_what_comes_and_what_was(client: Client, at_instant: At) -> None:
    with at_instant(OPEN):
        assert "No meeting is announced" in page(client, "/meetings/")
    meeting = announced()
    with at_instant(OPEN):
        shown = page(client, "/meetings/")
        assert shown.index(meeting.title) < shown.index('id="past"')
    with at_instant(WHEN + 6 * HOUR):
        shown = page(client, "/meetings/")
        assert shown.index(meeting.title) > shown.index('id="past"')


def test_a_meeting_called_off_says_why(client: Client, at_instant: At) -> None:
    by = host()
    meeting = announced(by)
    actions.cancel(meeting_id=meeting.pk, reason="颱風停止上班上課", by=by, at=OPEN)
    with at_instant(OPEN + DAY):
        shown = page(client, f"/meetings/{meeting.number}/")
        told = Calendar.from_ical(client.get(f"/meetings/{meeting.number}/meeting.ics").content)
    assert "颱風停止上班上課" in shown
    assert "Take part" not in shown
    assert told.walk("VEVENT")[0]["STATUS"] == "CANCELLED"


def test_the_calendar_entry(client: Client, at_instant: At) -> None:
    meeting = announced()
    with at_instant(OPEN):
        answer = client.get(f"/meetings/{meeting.number}/meeting.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    [event] = Calendar.from_ical(answer.content).walk("VEVENT")
    assert event.decoded("DTSTART") == WHEN
    assert event.decoded("DTEND") == WHEN + 5 * HOUR
    assert str(event["SUMMARY"]) == meeting.title
    assert str(event["LOCATION"]) == meeting.place
    assert event["STATUS"] == "CONFIRMED"
    assert event["UID"].startswith(f"meeting-{meeting.number}@")


def test_the_result_stands_there_with_what_came_of_it(client: Client, at_instant: At) -> None:
    by = host()
    meeting = reported(by)
    action = agreed(meeting, by)
    draft(
        meeting, by, agreed="更正：先在兩處路口試辦庇護島並檢討成效。", correction="處數誤植為三處"
    )
    with at_instant(WHEN + 2 * DAY):
        shown = page(client, f"/meetings/{meeting.number}/")
    assert "三處路口試辦庇護島，並延長秒數" in shown
    assert "經費來源尚待協調" in shown
    assert action.text in shown
    assert "更正：" not in shown  # a draft is nobody's to read
    with at_instant(action.due_at + HOUR):
        actions.mark_late(by=SYSTEM, at=action.due_at)
        assert "late" in page(client, f"/meetings/{meeting.number}/")


def test_why_people_do_not_come_is_counted_not_told(client: Client, at_instant: At) -> None:
    by = host()
    meeting = announced(by)
    row = named(meeting, by, ParticipantKind.STAKEHOLDER, name="李大明")
    actions.not_coming(
        registration_id=row.pk, reason=WhyNot.FORMAT, note="擔心曝光", by=by, at=OPEN
    )
    with at_instant(OPEN):
        shown = page(client, f"/meetings/{meeting.number}/")
    assert "Does not want to be streamed or recorded 1" in shown
    assert "擔心曝光" not in shown
    assert "李大明" not in shown


def test_topics_their_reasons_and_the_vote(client: Client, at_instant: At) -> None:
    by = officer()
    held = a_round(by)
    topic = nominated(held, by)
    with at_instant(OPEN + 2 * DAY):
        shown = page(client, f"/meetings/topics/{held.pk}/")
        assert topic.reason in shown
        assert "votes are told when the round is over" in shown
    vote(held, by, topic)
    with at_instant(OPEN + 9 * DAY):
        assert "1 vote" not in page(client, f"/meetings/topics/{held.pk}/")
    actions.count_rounds(by=SYSTEM, at=held.closes_at)
    with at_instant(held.closes_at):
        shown = page(client, f"/meetings/topics/{held.pk}/")
        assert "1 vote · won" in shown
        assert "1 of 1 agencies" in shown
        assert "財政部" in shown
        assert held.title in page(client, "/meetings/topics/")


def test_what_the_pages_ask_the_database(
    client: Client, at_instant: At, django_assert_max_num_queries: Any
) -> None:
    by = host()
    meeting = reported(by, public_places=30)
    for _ in range(3):
        agreed(meeting, by)
    with at_instant(WHEN + 2 * DAY):
        client.get("/meetings/")
        with django_assert_max_num_queries(11):
            client.get(f"/meetings/{meeting.number}/")
        with django_assert_max_num_queries(5):
            client.get("/meetings/")
        with django_assert_max_num_queries(2):
            client.get("/meetings/topics/")


def test_the_public_handling_page_names_announced_meetings_only(
    client: Client, at_instant: At
) -> None:
    by, proposal = host(), petition()
    shown = announced(by, proposal=proposal)
    hidden = planned(by, proposal=proposal, kind="workshop", title="還在籌備的工作坊")
    with at_instant(OPEN):
        text = page(client, f"/cases/{proposal.case.number}/")
    assert shown.title in text
    assert hidden.title not in text


@pytest.mark.parametrize("kind", ["public", "endorser", "petitioner"])
def test_registering_and_giving_up(
    citizen_client: Callable[..., Any], at_instant: At, kind: str
) -> None:
    proposer = make_person()
    meeting = invited(proposal=petition(proposer), public_places=5)
    person = proposer if kind == "petitioner" else make_person()
    if kind == "endorser":
        from tests.factories import endorse

        proposal = meeting.case_id
        from minben.proposals.models import Proposal

        row = Proposal.objects.get(case=proposal)
        endorse(proposal_id=row.pk, by=actor(person), at=row.opens_at)
    browser = citizen_client(person)
    with at_instant(OPEN + DAY):
        form = browser.get(f"/en/meetings/{meeting.number}/register/").content.decode()
        assert f'value="{kind}"' in form
        sent = browser.post(
            f"/en/meetings/{meeting.number}/register/", {"kind": kind, "name": "王小明"}
        )
        assert sent.status_code == 302
        shown = browser.get(f"/en/meetings/{meeting.number}/").content.decode()
        assert "You have a place" in shown
        again = browser.post(
            f"/en/meetings/{meeting.number}/register/", {"kind": kind, "name": "王小明"}
        )
        assert again.status_code == 409
        assert "registered for this meeting already" in again.content.decode()
        assert browser.post(f"/en/meetings/{meeting.number}/give-up/").status_code == 302
        assert "You have a place" not in browser.get(
            f"/en/meetings/{meeting.number}/"
        ).content.decode().replace("You gave your place up", "").replace(
            "As the proposer you have a place", ""
        )


def test_who_did_not_endorse_reads_why_beside_what_was_typed(
    citizen_client: Callable[..., Any], at_instant: At
) -> None:
    meeting = invited()
    browser = citizen_client()
    with at_instant(OPEN):
        refused = browser.post(
            f"/en/meetings/{meeting.number}/register/", {"kind": "endorser", "name": "王小明"}
        )
    text = refused.content.decode()
    assert refused.status_code == 403
    assert "the first five who register after the letter" in text
    assert "王小明" in text


def test_the_proposer_suggests_whom_to_hear(
    citizen_client: Callable[..., Any], at_instant: At
) -> None:
    proposer = make_person()
    meeting = announced(proposal=petition(proposer))
    browser, other = citizen_client(proposer), citizen_client()
    with at_instant(OPEN):
        assert "Suggest whom" in browser.get(f"/en/meetings/{meeting.number}/").content.decode()
        path = f"/en/meetings/{meeting.number}/suggest/"
        assert browser.post(path, {"name": "林醫師", "organisation": "協會"}).status_code == 302
        assert browser.post(path, {"name": ""}).status_code == 422
        assert other.get(path).status_code == 403
    assert meeting.registrations.get().state == "suggested"


def test_english_and_chinese_pages_have_no_words_of_the_other(
    client: Client, at_instant: At
) -> None:
    meeting = announced()
    with at_instant(OPEN):
        shown = client.get(f"/meetings/{meeting.number}/").content.decode()
    assert "Where it stands" not in shown
    assert "Take part" not in shown
