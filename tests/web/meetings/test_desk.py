"""Meetings from the side of whoever holds them, and of participation officers who choose them."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from minben.base.inbox import waiting
from minben.kernel.actor import SYSTEM, Role
from minben.meetings import actions
from minben.meetings.models import Ballot, Meeting, Topic, TopicRound
from minben.meetings.rules.places import ParticipantKind
from minben.people.models import Agency
from tests.db.meetings.scenes import (
    DAY,
    HOUR,
    OPEN,
    PURPOSE,
    WHEN,
    a_round,
    agreed,
    announced,
    held,
    host,
    named,
    nominated,
    officer,
    petition,
    planned,
    reported,
)
from tests.factories import actor, make_agency, make_person

pytestmark = pytest.mark.django_db
Browser = Any


@pytest.fixture
def agency() -> Agency:
    return make_agency()


@pytest.fixture
def browser(staff_client: Callable[..., Any], agency: Agency) -> Browser:
    return staff_client(Role.OFFICER, agency)


def text(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status
    return str(answer.content.decode())


def created(browser: Browser, agency: Agency, at_instant: Any) -> Meeting:
    """A meeting made and given a time through the forms."""
    proposal = petition()
    with at_instant(OPEN):
        form = text(browser.get(f"/en/desk/meetings/new/?case={proposal.case.number}"))
        assert f'value="{proposal.case.number}"' in form
        sent = {
            "case": proposal.case.number,
            "kind": "collaboration",
            "agency": str(agency.pk),
            "title": "路口庇護島協作會議",
            "purpose": PURPOSE,
            "aim": "clarify",
            "capacity": "60",
            "public_places": "10",
        }
        assert browser.post("/en/desk/meetings/new/", sent).status_code == 302
        meeting = Meeting.objects.get()
        base = f"/en/desk/meetings/{meeting.number}/"
        page = text(browser.get(base))
        assert "Set time and place" in page
        assert "Issue analysis sheet" in page
        changed = sent | {
            "day": "2026-04-01",
            "starts_at": "10:00",
            "ends_at": "15:00",
            "place": "中央聯合辦公大樓",
        }
        assert browser.post(f"{base}change/", changed).status_code == 302
    return meeting


def test_a_meeting_is_prepared_and_announced(
    browser: Browser, agency: Agency, at_instant: Any
) -> None:
    meeting = created(browser, agency, at_instant)
    base = f"/en/desk/meetings/{meeting.number}/"
    task = meeting.tasks.first()
    assert task is not None
    with at_instant(OPEN):
        assert browser.post(f"{base}tasks/{task.pk}/", {"done": "1"}).status_code == 302
        more = {"text": "製作手板", "who": "", "days": "3"}
        assert browser.post(f"{base}tasks/", more).status_code == 302
        piece = {"starts": "10:00", "ends": "11:00", "title": "機關引言", "who": ""}
        assert browser.post(f"{base}agenda/", piece).status_code == 302
        overlap = text(browser.post(f"{base}agenda/", piece), 422)
        assert "stands at this time already" in overlap
        assert "機關引言" in overlap
        assert browser.post(f"{base}announce/").status_code == 302
        assert browser.post(f"{base}invite/").status_code == 302
        person = {"kind": "stakeholder", "agency": str(agency.pk), "name": "李大明"}
        assert browser.post(f"{base}people/", person).status_code == 302
        assert browser.post(f"{base}groups/").status_code == 302
        page = text(browser.get(base))
        for shown in ("李大明", "機關引言", "製作手板", "Endorsers were written to"):
            assert shown in page
    assert meeting.registrations.get().table == 1


def test_who_came_the_result_and_what_comes_of_it(
    browser: Browser, agency: Agency, at_instant: Any
) -> None:
    by = host()
    meeting = announced(by)
    row = named(meeting, by, name="李大明")
    base = f"/en/desk/meetings/{meeting.number}/"
    with at_instant(WHEN + HOUR):
        assert text(browser.get(f"{base}attendance/")).count("李大明") == 1
        assert browser.post(f"{base}attendance/", {f"p{row.pk}": "present"}).status_code == 302
        assert browser.post(f"{base}hold/").status_code == 302
        told = {"agreed": "先在三處路口試辦庇護島，並於三個月後檢討成效。", "revision": "0"}
        assert browser.post(f"{base}report/", told).status_code == 302
        stale = text(browser.post(f"{base}report/", told), 409)
        assert "Somebody saved this draft" in stale
        assert "三處路口試辦" in stale
        assert browser.post(f"{base}report/publish/", {"revision": "x"}).status_code == 409
        assert browser.post(f"{base}report/publish/", {"revision": "1"}).status_code == 302
        action = {"text": "三處路口試辦", "agency": str(agency.pk), "due": "2026-06-30"}
        assert browser.post(f"{base}actions/", action).status_code == 302
        done = {"state": "doing", "text": "已完成設計"}
        assert browser.post(f"{base}actions/1/", done).status_code == 302
    row.refresh_from_db()
    assert row.attendance == "present"
    with at_instant(WHEN + DAY):
        public = text(browser.get(f"/en/meetings/{meeting.number}/"))
    for shown in ("三處路口試辦庇護島", "已完成設計", "1 came"):
        assert shown in public
    assert "李大明" not in public


def test_what_was_typed_comes_back_with_the_reason_beside_it(
    browser: Browser, agency: Agency, at_instant: Any
) -> None:
    meeting = planned()
    base = f"/en/desk/meetings/{meeting.number}/"
    with at_instant(OPEN):
        refused = text(
            browser.post(
                f"{base}change/",
                {
                    "title": "路口庇護島協作會議",
                    "purpose": PURPOSE,
                    "aim": "clarify",
                    "live_url": "http://not.example.org/secure",
                    "capacity": "60",
                    "public_places": "0",
                },
            ),
            422,
        )
        assert "must begin with https://" in refused
        assert "http://not.example.org/secure" in refused
        unknown = {
            "case": "2026-999999",
            "kind": "workshop",
            "agency": str(agency.pk),
            "title": "路口庇護島工作坊",
            "purpose": PURPOSE,
            "aim": "clarify",
            "capacity": "60",
            "public_places": "0",
        }
        assert "no public case" in text(browser.post("/en/desk/meetings/new/", unknown), 422)
        year = unknown | {"day": "0001-01-01", "starts_at": "10:00", "ends_at": "11:00"}
        assert "Check the year" in text(browser.post("/en/desk/meetings/new/", year), 422)


def test_people_named_suggested_and_moved(browser: Browser, at_instant: Any) -> None:
    proposer, by = make_person(), host()
    meeting = announced(by, proposal=petition(proposer))
    given = [
        actions.suggest(
            meeting_id=meeting.pk, name=name, organisation="", by=actor(proposer), at=OPEN
        )
        for name in ("林醫師", "吳老師")
    ]
    base = f"/en/desk/meetings/{meeting.number}/people/"
    with at_instant(OPEN):
        assert browser.post(f"{base}{given[0].pk}/accept/").status_code == 302
        assert "吳老師" in text(browser.get(f"{base}{given[1].pk}/not-coming/"))
        assert browser.post(f"{base}{given[1].pk}/not-coming/", {"reason": ""}).status_code == 422
        why = {"reason": "represented", "note": ""}
        assert browser.post(f"{base}{given[1].pk}/not-coming/", why).status_code == 302
        table = {"table": "3", "host": "on"}
        assert browser.post(f"{base}{given[0].pk}/table/", table).status_code == 302
        assert browser.post(f"{base}{given[0].pk}/table/", {"table": "13"}).status_code == 422
        assert browser.get(f"{base}999999/table/").status_code == 404
    rows = {row.name: row for row in meeting.registrations.all()}
    assert (rows["林醫師"].table, rows["林醫師"].is_host) == (3, True)
    assert rows["吳老師"].reason == "represented"


def test_another_agency_sees_nothing_and_may_still_name_its_people(
    staff_client: Callable[..., Any], at_instant: Any
) -> None:
    motc = make_agency("交通部", "motc")
    other = staff_client(Role.OFFICER, motc)
    meeting, hidden = announced(), planned()
    row = named(meeting, host(), name="李大明")
    base = f"/en/desk/meetings/{meeting.number}/"
    with at_instant(OPEN):
        for path in ("", "change/", "cancel/", "attendance/", "report/", "actions/"):
            assert other.get(base + path).status_code == 404
        for path in ("announce/", "invite/", "hold/", "groups/", f"people/{row.pk}/accept/"):
            assert other.post(base + path).status_code == 404
        assert other.get(f"/en/desk/meetings/{hidden.number}/people/").status_code == 404
        form = text(other.get(f"{base}people/"))
        assert "李大明" not in form
        person = {"kind": "official", "agency": str(motc.pk), "name": "陳科長"}
        assert other.post(f"{base}people/", person).status_code == 302
        foreign = person | {"agency": str(make_agency().pk)}
        assert other.post(f"{base}people/", foreign).status_code == 422
    assert meeting.registrations.filter(agency=motc).count() == 1


def test_a_meeting_is_called_off_with_a_reason(browser: Browser, at_instant: Any) -> None:
    meeting = announced()
    path = f"/en/desk/meetings/{meeting.number}/cancel/"
    with at_instant(OPEN):
        assert "Write 5 to 500" in text(browser.post(path, {"reason": "雨"}), 422)
        assert browser.post(path, {"reason": "颱風停止上班上課"}).status_code == 302
    meeting.refresh_from_db()
    assert meeting.state == "cancelled"


def test_a_vote_by_somebody_who_is_no_participation_officer(
    staff_client: Callable[..., Any], at_instant: Any
) -> None:
    by = officer()
    held_round = a_round(by)
    topic = nominated(held_round, by)
    outsider = staff_client(Role.OFFICER, make_agency())
    admin = staff_client(Role.ADMINISTRATOR)
    path = f"/en/desk/meetings/topics/{held_round.pk}/vote/"
    sent = {"agency": str(make_agency().pk), "topics": str(topic.pk)}
    with at_instant(OPEN + 8 * DAY):
        assert outsider.post(path, sent).status_code == 403
        assert admin.post(path, sent).status_code == 422
    assert not Ballot.objects.exists()


def test_a_round_in_the_browser(staff_client: Callable[..., Any], at_instant: Any) -> None:
    agency = make_agency()
    browser = staff_client(Role.PARTICIPATION, agency)
    proposal = petition()
    with at_instant(OPEN):
        sent = {
            "government": str(agency.jurisdiction_id),
            "title": "三月議題票選",
            "votes_from": "2026-03-12",
            "closes_at": "2026-03-19",
            "votes_each": "2",
            "winners": "1",
        }
        past = text(
            browser.post("/en/desk/meetings/topics/new/", sent | {"votes_from": "2026-03-01"}), 422
        )
        assert "Nominations end after today" in past
        assert "三月議題票選" in past
        assert browser.post("/en/desk/meetings/topics/new/", sent).status_code == 302
        held_round = TopicRound.objects.get()
        base = f"/en/desk/meetings/topics/{held_round.pk}/"
        assert "Nominate a topic" in text(browser.get(base))
        topic = {
            "agency": str(agency.pk),
            "case": proposal.case.number,
            "criteria": ["room", "cross_agency"],
            "reason": "跨機關且各方看法差異很大。",
        }
        assert browser.post(f"{base}nominate/", topic).status_code == 302
        assert "nominated in this round already" in text(
            browser.post(f"{base}nominate/", topic), 422
        )
    named_topic = Topic.objects.get()
    with at_instant(OPEN + 8 * DAY):
        assert proposal.subject in text(browser.get(f"{base}vote/"))
        ballot = {"agency": str(agency.pk), "topics": [str(named_topic.pk)]}
        assert browser.post(f"{base}vote/", ballot).status_code == 302
        assert "Your agency has voted" in text(browser.get(base))
        assert "has voted in this round" in text(browser.post(f"{base}vote/", ballot), 409)
    actions.count_rounds(by=SYSTEM, at=held_round.closes_at)
    with at_instant(held_round.closes_at):
        assert "1 vote" in text(browser.get(base))


def test_the_inbox_says_what_is_to_be_done_next(
    agency: Agency, django_assert_max_num_queries: Any
) -> None:
    by = host()
    preparing, to_report = planned(by), held(by)
    action = agreed(reported(by), by)
    with django_assert_max_num_queries(40):
        found = waiting(by, WHEN + DAY)
    urls = {item.url: item for item in found}
    assert f"/desk/meetings/{preparing.number}/" in {url.removeprefix("/en") for url in urls}
    assert f"/desk/meetings/{to_report.number}/" in {url.removeprefix("/en") for url in urls}
    mine = [item for url, item in urls.items() if url.endswith("/actions/1/")]
    assert [item.due_at for item in mine] == [action.due_at]


def test_what_the_inbox_and_the_section_ask(django_assert_num_queries: Any) -> None:
    from minben.base.sections import Seen
    from minben.meetings import inboxes, sections

    by, nobody = host(), actor(make_person())
    meeting = planned(by)
    for source in (inboxes._meetings, inboxes._actions):
        with django_assert_num_queries(1):
            source(by, WHEN)
        with django_assert_num_queries(0):
            assert source(nobody, WHEN) == ()
    seen = Seen(meeting.case_id, "", by, WHEN)
    with django_assert_num_queries(1):
        assert sections._of_case(seen) is not None
    with django_assert_num_queries(1):
        assert sections._of_case_public(seen) is None


def test_what_the_desk_pages_ask(
    browser: Browser, at_instant: Any, django_assert_max_num_queries: Any
) -> None:
    by = host()
    meeting = announced(by, public_places=40)
    for _ in range(12):
        named(meeting, by, ParticipantKind.OFFICIAL)
    with at_instant(OPEN):
        browser.get("/desk/meetings/")
        with django_assert_max_num_queries(12):
            browser.get(f"/desk/meetings/{meeting.number}/")
        with django_assert_max_num_queries(6):
            browser.get("/desk/meetings/")


def test_late_actions_are_shown_to_administrators(
    staff_client: Callable[..., Any], at_instant: Any
) -> None:
    by = host()
    action = agreed(reported(by), by, due=date(2026, 5, 1))
    actions.mark_late(by=SYSTEM, at=action.due_at)
    admin = staff_client(Role.ADMINISTRATOR)
    with at_instant(action.due_at):
        page = text(admin.get("/en/desk/meetings/actions/"))
    assert "Late, in all agencies" in page
    assert action.text in page


def test_a_correction_asks_why(browser: Browser, at_instant: Any) -> None:
    by = host()
    meeting = reported(by)
    path = f"/en/desk/meetings/{meeting.number}/report/"
    with at_instant(WHEN + 2 * DAY):
        assert 'name="correction"' in text(browser.get(path))
        sent = {
            "agreed": "更正：先在兩處路口試辦庇護島並檢討。",
            "open_points": "",
            "correction": "",
            "revision": "0",
        }
        assert "Write 5 to 500" in text(browser.post(path, sent), 422)
        assert browser.post(path, sent | {"correction": "處數誤植為三處"}).status_code == 302
