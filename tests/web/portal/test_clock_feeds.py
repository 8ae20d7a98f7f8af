"""The wall for other programs: calendars that readers take, a feed, nothing of what is hidden."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from minben.casework import actions as casework
from minben.casework.models import Deadline
from minben.casework.rules import DeadlineKind, Outcome
from minben.kernel.actor import SYSTEM, Role
from minben.proposals import actions as proposals
from minben.proposals.models import Proposal
from tests.factories import DAY, file_one, make_agency, make_staff
from tests.web.desk.conftest import NOW, reach_one

pytestmark = pytest.mark.django_db
At = Callable[..., Any]
WHY = "須跨部會協商，並召開二次公聽會蒐集各界意見，再行回應；逐項說明；" * 3
ATOM = "{http://www.w3.org/2005/Atom}"


def events(client: Client, path: str) -> dict[str, Any]:
    """Events by the kind of duty, as a calendar program reads them."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    raw = answer.content
    assert raw.startswith(b"BEGIN:VCALENDAR\r\n")
    assert raw.endswith(b"END:VCALENDAR\r\n")
    for line in raw.split(b"\r\n"):
        assert len(line) <= 75, line  # RFC 5545 §3.1
        assert b"\n" not in line
        line.decode()  # folded between characters, not within one
    calendar = Calendar.from_ical(raw)
    assert (str(calendar["method"]), str(calendar["x-wr-timezone"])) == ("PUBLISH", "Asia/Taipei")
    found = {}
    for event in calendar.walk("VEVENT"):
        kind = Deadline.objects.get(pk=int(str(event["uid"]).partition("@")[0][5:])).kind
        assert kind not in found
        found[kind] = event
    return found


def extend(proposal: Proposal) -> None:
    proposals.extend_response(
        proposal_id=proposal.pk,
        until=(NOW + 70 * DAY).date(),
        reason=WHY,
        by=make_staff(Role.OFFICER, make_agency()),
        at=NOW,
    )


def test_a_case_in_a_calendar(client: Client, at_instant: At) -> None:
    proposal = reach_one(make_agency())
    with at_instant(NOW):
        found = events(client, f"/cases/{proposal.case.number}/duties.ics")
    assert set(found) == {"check", "response", "handling_plan", "contact"}
    answer = found["response"]
    assert answer["dtstart"].dt == date(2026, 5, 2)
    assert answer["dtend"].dt == date(2026, 5, 3)
    assert answer["dtstart"].params["VALUE"] == "DATE"  # the day in Taiwan, wherever one reads it
    assert (str(answer["status"]), int(answer["sequence"])) == ("CONFIRMED", 0)
    assert proposal.subject in answer["summary"]
    assert str(answer["url"]).endswith(f"/proposals/{proposal.case.number}/")
    assert found["handling_plan"]["dtstart"].dt == date(2026, 3, 9)
    assert "財政部" in found["contact"]["description"]
    assert "如期辦畢" in found["check"]["summary"]


def test_a_moved_date_keeps_its_name_and_grows_its_sequence(client: Client, at_instant: At) -> None:
    proposal = reach_one(make_agency())
    path = f"/en/cases/{proposal.case.number}/duties.ics"
    with at_instant(NOW):
        before = events(client, path)["response"]
        extend(proposal)
    with at_instant(NOW + DAY):
        after = events(client, path)["response"]
    assert after["uid"] == before["uid"]
    assert (int(before["sequence"]), int(after["sequence"])) == (0, 1)
    assert after["dtstart"].dt == date(2026, 5, 11)
    assert "First due 2026-05-02" in after["description"]
    assert WHY in after["description"]
    assert after["last-modified"].dt > before["last-modified"].dt


def test_what_is_cancelled_says_so(client: Client, at_instant: At) -> None:
    proposal = reach_one(make_agency())
    casework.end_deadline(
        case_id=proposal.case_id,
        kind=DeadlineKind.CONTACT,
        outcome=Outcome.CANCELLED,
        by=SYSTEM,
        at=NOW,
    )
    with at_instant(NOW):
        found = events(client, "/clock/duties.ics?agency=mof")
    assert (str(found["contact"]["status"]), int(found["contact"]["sequence"])) == ("CANCELLED", 1)
    assert found["contact"]["summary"].startswith("[取消]")
    assert str(found["response"]["status"]) == "CONFIRMED"


def test_an_agency_sees_its_own_and_what_ended_lately(client: Client, at_instant: At) -> None:
    mine = reach_one(make_agency())
    reach_one(make_agency("交通部", "motc"))
    casework.end_deadline(
        case_id=mine.case_id,
        kind=DeadlineKind.CONTACT,
        outcome=Outcome.MET,
        by=SYSTEM,
        at=NOW,
    )
    with at_instant(NOW + DAY):
        assert set(events(client, "/clock/duties.ics?agency=mof")) == {
            "response", "handling_plan", "contact"
        }  # fmt: skip
    with at_instant(NOW + 200 * DAY):
        later = events(client, "/clock/duties.ics?agency=mof")
    assert set(later) == {"response", "handling_plan"}
    assert "已逾期" in later["response"]["summary"]


def test_of_what_is_not_public_only_the_number_is_told(client: Client, at_instant: At) -> None:
    waiting = file_one(agencies=(make_agency(),), subject="尚未檢核完成的一件提議案")
    with at_instant(NOW):
        assert client.get(f"/cases/{waiting.case.number}/duties.ics").status_code == 404
        for path in ("/clock/duties.ics", "/clock/duties.atom"):
            body = client.get(path).content.decode()
            assert waiting.case.number in body.replace("\r\n ", "")
            assert "尚未檢核" not in body.replace("\r\n ", "")


@pytest.mark.parametrize(
    "path",
    [
        "/clock/duties.ics?agency=nobody",
        "/cases/2026-999999/duties.ics",
    ],
)
def test_of_an_agency_or_case_nobody_knows_there_is_none(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_feed_tells_what_happened_last_first(client: Client, at_instant: At) -> None:
    older, newer = reach_one(make_agency()), reach_one(make_agency(), at=NOW + DAY)
    with at_instant(NOW + 2 * DAY):
        extend_at = NOW + 2 * DAY
        proposals.extend_response(
            proposal_id=older.pk,
            until=(NOW + 70 * DAY).date(),
            reason=WHY,
            by=make_staff(Role.OFFICER, make_agency()),
            at=extend_at,
        )
    with at_instant(NOW + 3 * DAY):
        answer = client.get("/en/clock/duties.atom?agency=mof")
    assert answer["Content-Type"].startswith("application/atom+xml")
    entries = ElementTree.fromstring(answer.content).findall(f"{ATOM}entry")
    assert len(entries) == 6
    first = entries[0]
    assert older.subject in (first.findtext(f"{ATOM}title") or "")
    assert (first.findtext(f"{ATOM}updated") or "").startswith(extend_at.date().isoformat())
    assert any(newer.subject in (one.findtext(f"{ATOM}title") or "") for one in entries)
    names = [one.findtext(f"{ATOM}id") for one in entries]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("path", ["/clock/duties.ics?agency=mof", "/clock/duties.atom?agency=mof"])
def test_queries_do_not_grow(client: Client, at_instant: At, path: str) -> None:
    spent = []
    for count in (1, 3):
        for _ in range(count):
            reach_one(make_agency())
        with at_instant(NOW), CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        spent.append(len(queries))
    assert spent[0] == spent[1] <= 5


def test_the_wall_and_the_agency_link_to_them(client: Client, at_instant: At) -> None:
    reach_one(make_agency())
    with at_instant(NOW + timedelta(hours=1)):
        page = client.get("/en/clock/?agency=mof").content.decode()
        assert 'href="/en/clock/duties.ics?agency=mof"' in page
        assert 'type="application/atom+xml"' in page
        agency = client.get("/en/agencies/mof/").content.decode()
    assert 'href="/en/clock/duties.ics?agency=mof"' in agency
